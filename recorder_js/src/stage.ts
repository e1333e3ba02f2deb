// Which timeline a document plays on: its own, or that of a parent of its origin.
import { noteShadowRoot, standingOf } from './animations.ts';
import { Bubbles } from './bubbles.ts';
import { Channel } from './channel.ts';
import type { Lists } from './choosing.ts';
import { config } from './config.ts';
import { Crew } from './crew.ts';
import type { DrivenAnimations } from './driven.ts';
import { Free } from './free.ts';
import type { Traffic } from './gates.ts';
import { Hover } from './hover.ts';
import type { Dragging } from './input/dragging.ts';
import { Insides } from './inside.ts';
import type { Crossing } from './input/raw.ts';
import type { Originals } from './masquerade.ts';
import { dispatchEvent } from './nativeevents.ts';
import { type List, append, jsonParse, list, NativeWeakMap, stringSlice } from './natives.ts';
import { frameElement, ownerDocument, queryAll, windowParent } from './nodes.ts';
import { Neighbour } from './neighbour.ts';
import type { Attentive } from './pace.ts';
import type { Performance as Performed } from './perform.ts';
import { Recording } from './recording.ts';
import { Replaying } from './replaying.ts';
import { realOrigin, sameOriginParent } from './scheduler.ts';
import { Settling } from './settle.ts';
import { Snapping } from './snapping.ts';
import { Timeline } from './timeline.ts';
import { type Lives, takeLives } from './shared.ts';
import { type WorkerLogs, takeWorkerLogs } from './workers.ts';

/** What frames of one origin share. */
export interface Stage {
  originals: Originals;
  timeline: Timeline;
  channel: Channel;
  documents: List<Document>;
  traffic: List<Traffic>;
  settling: Settling | undefined;
  recording: Recording | undefined;
  neighbour: Neighbour | undefined;
  /** Of a replay: who hears of inputs; of a strict one, when it stands and when it goes on. */
  pace: Attentive | undefined;
  /** Of a replay: who moves the animations. */
  animations: DrivenAnimations | undefined;
  bubbles: Bubbles;
  snapping: Snapping;
  hover: Hover;
  dragging: Dragging;
  crossing: Crossing;
  noteShadowRoot: (root: ShadowRoot) => void;
  insides: Insides;
  performers: List<(what: Performed) => string | null>;
  finders: List<(path: number[]) => Element | null>;
  lists: List<Lists>;
  /** What each worker of this timeline did, by number. */
  workerLogs: WorkerLogs;
  /** Which shared workers it was connected to. */
  lives: Lives;
  crew: Crew;
}

/** What two frames hand each other when they meet. */
export interface Meeting {
  stage?: Stage;
}

/** The stage of the parent frame, when it has our origin and plays on one. */
export function joinParent(): Stage | undefined {
  const parent = sameOriginParent();
  if (!parent) return undefined;
  const detail: Meeting = {};
  dispatchEvent(parent, new CustomEvent(config.token, { detail }));
  return detail.stage;
}

/** A stage of its own, announced to Python; undefined where nothing is recorded or replayed. */
export function openStage(): Stage | undefined {
  const top = window.parent === window;
  if (top && document.URL === 'about:blank') return undefined;
  const id = config.mode === 'record' ? undefined : documentId();
  const recorded = id === undefined ? undefined : config.documents[id];
  const channel = new Channel();
  channel.post(['document', {
    url: document.URL, top, id: id ?? null, origin: recorded?.origin ?? realOrigin,
    seed: recorded?.seed ?? (seed | 0), navigation: navigationType(), index: historyIndex(), known: recorded !== undefined,
  }]);
  if (config.mode !== 'record' && !recorded) return unknownDocument(channel);

  const log = recorded ? (jsonParse(recorded.log) as List<any>) : list<any>();
  const timeline = new Timeline(recorded?.origin ?? realOrigin, recorded?.seed ?? seed);
  const stage: Stage = {
    originals: new NativeWeakMap(), timeline, channel, documents: list(), traffic: list(),
    settling: undefined, recording: undefined, neighbour: undefined, pace: undefined, animations: undefined,
    bubbles: new Bubbles(), snapping: new Snapping(), hover: new Hover(), dragging: { own: false, dropped: false },
    crossing: { of: undefined }, noteShadowRoot, insides: new Insides(),
    performers: list(), finders: list(), lists: list(),
    workerLogs: takeWorkerLogs(log), lives: takeLives(log), crew: new Crew(config.mode === 'record'),
  };
  if (config.mode === 'record') openRecording(stage);
  else if (config.mode === 'replay') timeline.conductor = new Replaying(timeline, log);
  else timeline.conductor = new Free(timeline, log);
  return stage;
}

const seed = (Math.random() * 0x7fffffff) | 0;

function unknownDocument(channel: Channel): undefined {
  channel.flush();
  return undefined;
}

function documentId(): string | undefined {
  // In a replay the answer that made this document names it; see "Server-Timing" in the replay proxy.
  const entry = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined;
  const timings = entry?.serverTiming ?? [];
  for (let i = 0; i < timings.length; i++) if (timings[i]!.name === 'rx') return timings[i]!.description;
  const top = window.parent === window;
  const ids = recordedAt(document.URL, top);
  // Firefox shows that entry to secure origins alone; elsewhere an address that came only once names the document.
  if (config.console && !isSecureContext && top) return ids.length === 1 ? ids[0] : undefined;
  if (top && (config.next !== undefined || stringSlice(location.protocol, 0, 4) === 'http')) return config.next;
  // A document that no answer of the network made: known by its address, and its place among the frames.
  if (ids.length < 2) return ids[0];
  const place = top ? null : placeInTree();
  for (let i = 0; i < ids.length; i++) if (config.documents[ids[i]!]!.frame === place) return ids[i];
  return undefined;
}

/** The documents of an address that were recorded: of the page itself, or of its frames. */
function recordedAt(url: string, top: boolean): List<string> {
  const found = list<string>();
  for (const id in config.documents) {
    const recorded = config.documents[id]!;
    if ((recorded.frame === null) === top && recorded.url === url) append(found, id);
  }
  return found;
}

/**
 * Which frame this is, of those that share a timeline, by the order of their elements in the documents. The window of a frame
 * beside it must not be touched: one that is still empty would begin then, and live on in the document that comes.
 */
export function placeBesideParent(): string {
  let place = '';
  let frame: Element | null;
  for (let view: Window = window; (frame = frameElement(view)); view = windowParent(view) as Window) {
    const all = queryAll(ownerDocument(frame) as Document, 'iframe,frame,object,embed');
    let index = 0;
    while (index < all.length && all[index] !== frame) index++;
    place = place === '' ? '' + index : index + '/' + place;
  }
  return place;
}

/**
 * Which frame of the page this is: indexes among the frames of each document, from the top down. It touches the windows
 * beside it, so that one that is still empty begins.
 */
function placeInTree(): string {
  let place = '';
  for (let view: Window = window; view.parent !== view; view = view.parent) {
    let index = 0;
    while (index < view.parent.length && view.parent[index] !== view) index++;
    place = place === '' ? '' + index : index + '/' + place;
  }
  return place;
}

function navigationType(): string {
  return (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.type ?? 'navigate';
}

function historyIndex(): number {
  const navigation = (window as unknown as { navigation?: { currentEntry?: { index: number } } }).navigation;
  return navigation?.currentEntry?.index ?? -1;
}

function openRecording(stage: Stage): void {
  const { timeline, channel, documents } = stage;
  const recording = new Recording(timeline, () => channel.armLazily());
  append(channel.beforeFlush, () => {
    const entries = recording.take();
    if (entries.length > 0) channel.post(['entries', entries]);
  });
  timeline.conductor = recording;
  recording.frames.standing = () => standingOf(documents);
  stage.recording = recording;
  stage.neighbour = new Neighbour(timeline, recording, channel, documents);
  stage.settling = new Settling(stage, recording);
}

