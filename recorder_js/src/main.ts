// Runs first in every frame: while recording, in a strict replay and in a free one.
import { DrivenAnimations, type Moments } from './animations.ts';
import { Channel, takeBinding } from './channel.ts';
import { hideCaret } from './caret.ts';
import { installClock } from './clock.ts';
import { config } from './config.ts';
import { followEvents } from './events.ts';
import { Free } from './free.ts';
import { type Traffic, holdPromises } from './gates.ts';
import { holdListeners } from './held.ts';
import { followInput } from './input.ts';
import { type Originals, hideWrappers, replaceMethod, shareOriginals } from './masquerade.ts';
import {
  type List, NativeWeakMap, addEventListener, append, documentTitle, dispatchEvent, jsonParse, list, preventDefault, innermostTarget, localName, apply,
} from './natives.ts';
import { holdDialogs, holdObservers } from './observers.ts';
import { type Performance as Performed, perform } from './perform.ts';
import { installRandomness } from './random.ts';
import { Recording } from './recording.ts';
import { Pace, followPace } from './pace.ts';
import { Replaying, type Stop } from './replaying.ts';
import { countResources } from './resources.ts';
import { realOrigin, sameOriginParent } from './scheduler.ts';
import { Settling, frames, readyState as nativeReadyState } from './settle.ts';
import { installTimers } from './timers.ts';
import { Timeline } from './timeline.ts';

/** What frames of one origin share. */
interface Stage {
  originals: Originals;
  timeline: Timeline;
  channel: Channel;
  documents: List<Document>;
  traffic: List<Traffic>;
  settling: Settling | undefined;
  recording: Recording | undefined;
  /** Of a strict replay: when it stands, and when it goes on. */
  pace: Pace | undefined;
  performers: List<(what: Performed) => string | null>;
}

type Command = (name: string, ...args: any[]) => unknown;

begin();

function begin(): void {
  const joined = joinParent();
  // Every frame gets the binding: it must not stay where the page could find it.
  if (joined) takeBinding();
  const stage = joined ?? open();
  if (!stage) return;
  install(stage);
  const answer: Command | undefined = joined ? undefined : commandsOf(stage);
  // Python finds this listener by its unguessable name, and calls it; frames meet here, too.
  addEventListener(window, config.token, (first: unknown, a: unknown, b: unknown, c: unknown) => {
    if (typeof first === 'string') return answer?.(first, a, b, c);
    const meeting = (first as CustomEvent<Meeting>).detail;
    if (meeting) meeting.stage = stage;
    return undefined;
  });
  if (!joined) stage.channel.flush();
  if (!joined) stage.pace?.begin();
}

// ---- which timeline

interface Meeting {
  stage?: Stage;
}

function joinParent(): Stage | undefined {
  const parent = sameOriginParent();
  if (!parent) return undefined;
  const detail: Meeting = {};
  dispatchEvent(parent, new CustomEvent(config.token, { detail }));
  return detail.stage;
}

function open(): Stage | undefined {
  const top = window.parent === window;
  if (top && location.href === 'about:blank') return undefined;
  const id = config.mode === 'record' ? undefined : documentId();
  const recorded = id === undefined ? undefined : config.documents[id];
  const channel = new Channel();
  channel.post(['document', {
    url: document.URL, top, id: id ?? null, origin: recorded?.origin ?? realOrigin,
    seed: recorded?.seed ?? (seed | 0), navigation: navigationType(), index: historyIndex(), known: recorded !== undefined,
  }]);
  if (config.mode !== 'record' && !recorded) return unknownDocument(channel);

  const timeline = new Timeline(recorded?.origin ?? realOrigin, recorded?.seed ?? seed);
  const stage: Stage = {
    originals: new NativeWeakMap(), timeline, channel, documents: list(), traffic: list(), settling: undefined, recording: undefined, pace: undefined,
    performers: list(),
  };
  if (config.mode === 'record') openRecording(stage);
  else if (config.mode === 'replay') timeline.conductor = new Replaying(timeline, jsonParse(recorded!.log) as List<unknown>);
  else timeline.conductor = new Free(timeline, jsonParse(recorded!.log) as List<unknown>);
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
  return window.parent === window ? config.next : undefined;
}

function navigationType(): string {
  return (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.type ?? 'navigate';
}

function historyIndex(): number {
  const navigation = (window as unknown as { navigation?: { currentEntry?: { index: number } } }).navigation;
  return navigation?.currentEntry?.index ?? -1;
}

function pendingOf(stage: Stage): number {
  let sum = 0;
  for (let i = 0; i < stage.traffic.length; i++) sum += stage.traffic[i]!.pending;
  return sum;
}

function openRecording(stage: Stage): void {
  const { timeline, channel, documents } = stage;
  const recording = new Recording(timeline, () => channel.arm());
  append(channel.beforeFlush, () => {
    const entries = recording.take();
    if (entries.length > 0) channel.post(['entries', entries]);
  });
  timeline.conductor = recording;
  stage.recording = recording;
  stage.settling = new Settling(timeline, recording, channel, documents, () => pendingOf(stage));
}

// ---- what is wrapped in every realm

function install(stage: Stage): void {
  const { timeline, channel, settling, recording } = stage;
  const realm = timeline.realms++;
  shareOriginals(stage.originals);
  const start = realm === 0 ? 0 : timeline.ticks;
  append(stage.documents, document);
  append(stage.performers, perform);
  const { conductor } = timeline;

  // Before the wrapping of listeners, so that these are the browser's own.
  if (config.mode !== 'record') keepPopupsShut();
  if (config.mode === 'replay') followPace(() => stage.pace);
  followEvents(timeline, (name) => conductor.loaded(name));
  const resources = countResources();
  if (recording) recording.resources = resources;
  else if (conductor instanceof Replaying) conductor.loadedResources = resources;
  if (recording && settling) {
    followInput(channel, {
      begin: () => ({ n: timeline.next('A'), revoke: recording.mark(timeline.last('A')) }),
      action: (continues) => settling.interrupt(continues),
      done: (typing) => settling.owe(typing),
    }, realm);
    if (realm === 0) settling.owe(false);
  }

  installClock(timeline, start);
  installRandomness(timeline);
  installTimers(timeline, start);
  holdListeners(timeline);
  append(stage.traffic, holdPromises(timeline));
  holdObservers(timeline);
  holdDialogs(timeline, (kind, message, answer) => channel.post(['dialog', kind, message, answer ?? null]));
  refuseServiceWorkers(channel);
  hideWrappers();
}

/** In a replay the recorded choice is set; a native list would only swallow the inputs that follow. */
function keepPopupsShut(): void {
  const focus = HTMLElement.prototype.focus;
  addEventListener(window, 'mousedown', (event: Event) => {
    const element = innermostTarget(event) as Element;
    if (!event.isTrusted || localName(element) !== 'select') return;
    preventDefault(event);
    apply(focus as never, element, []);
  }, true);
}

/** A service worker would answer requests out of sight of both archive and timeline. */
function refuseServiceWorkers(channel: Channel): void {
  replaceMethod(globalThis.ServiceWorkerContainer?.prototype, 'register', () => (_self, args) => {
    channel.post(['gap', 'service-worker', `the page asked for the service worker ${'' + args[0]}; it was refused`]);
    return Promise.reject(new DOMException('Service workers are not available', 'SecurityError'));
  });
}

// ---- commands of Python

function commandsOf(stage: Stage): Command {
  const { conductor } = stage.timeline;
  if (conductor instanceof Replaying) return replayCommands(stage, conductor);
  if (conductor instanceof Free) return freeCommands(stage, conductor);
  return recordCommands(stage);
}

function recordCommands(stage: Stage): Command {
  const { settling, channel } = stage;
  return (name, n: number) => {
    if (name === 'freeze') return settling?.freeze(n);
    if (name === 'thaw') return settling?.thaw();
    if (name === 'owed') return settling?.isOwed;
    if (name === 'flush') return channel.flush();
    return undefined;
  };
}

function performIn(stage: Stage, realm: number, what: Performed): string | null {
  const performer = stage.performers[realm];
  return performer ? performer(what) : 'the frame is not there';
}

function replayCommands(stage: Stage, replaying: Replaying): Command {
  const { timeline, documents, channel } = stage;
  const animations = new DrivenAnimations(timeline, documents);
  replaying.onTime = () => animations.follow();
  replaying.onAnimationEnd = () => animations.endNearest();
  let showCaret: (() => void) | undefined;
  const prepare = async (stop: Stop): Promise<void> => {
    animations.follow(true);
    if (stop.why !== 'checkpoint') return;
    animations.place(stop.moments);
    showCaret = hideCaret(documents);
    await frames(2);
    animations.place(stop.moments);
  };
  stage.pace = new Pace(replaying, prepare, (stop, sequence) => {
    channel.post(['stop', { why: stop.why, n: stop.n, sequence, ...state(stage), skips: replaying.skips }]);
    channel.flush();
  }, () => {
    showCaret?.();
    showCaret = undefined;
    animations.follow(true);
  });
  return (name, ...args) => {
    if (name === 'go') return stage.pace?.go(args[0] as number);
    if (name === 'perform') return performIn(stage, args[0] as number, args[1] as Performed);
    if (name === 'where') return replaying.where();
    return undefined;
  };
}

function freeCommands(stage: Stage, free: Free): Command {
  const animations = new DrivenAnimations(stage.timeline, stage.documents);
  free.onTime = () => animations.follow();
  free.busy = () => nativeReadyState(document) !== 'complete' || pendingOf(stage) > 0;
  let showCaret: (() => void) | undefined;
  const advance = async (ticks: number, limit: number, moments: Moments | undefined): Promise<object> => {
    showCaret?.();
    showCaret = undefined;
    animations.follow(true);
    await free.advance(ticks, limit);
    animations.follow(true);
    if (moments) {
      animations.place(moments);
      showCaret = hideCaret(stage.documents);
      await frames(2);
      animations.place(moments);
    }
    return state(stage);
  };
  return (name, ...args) => {
    if (name === 'advance') return advance(args[0] as number, args[1] as number, args[2] as Moments | undefined);
    if (name === 'perform') return performIn(stage, args[0] as number, args[1] as Performed);
    return undefined;
  };
}

function state(stage: Stage): { url: string; title: string; ticks: number } {
  return { url: document.URL, title: documentTitle(document), ticks: stage.timeline.ticks };
}
