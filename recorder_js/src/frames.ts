// Frames of the browser: where what moves stands for all code that runs until the next one.
import { type Moments, timeOfTimeline } from './animations.ts';
import { marker } from './log.ts';
import { replaceMethod } from './masquerade.ts';
import { addEventListener, eventTarget } from './nativeevents.ts';
import { append, floor, getter, list, round } from './natives.ts';
import { localName } from './nodes.ts';
import type { Recording } from './recording.ts';
import { nativeFrame } from './scheduler.ts';
import { TICKS } from './timeline.ts';

const timelineOf = getter<object | null>('Document', 'timeline', null);
const propertyOf = getter<string>('TransitionEvent', 'propertyName', '');
/** In seconds. */
const elapsedTime = getter<number>('TransitionEvent', 'elapsedTime', 0);

/** From one frame to the next. */
export const FRAME_TICKS = (1000 * TICKS) / 60;

/** A frame that has not begun is guessed by its rate (Chromium 156), and what moves goes by that guess: microseconds count. */
const PRECISION = 100;
/** So many ticks, as the log has them. */
export const precise = (ticks: number): number => round(ticks * PRECISION) / PRECISION;

/** Frames that a motion takes to begin, at the most. */
const FRAMES_TO_BEGIN = 3;

/** So little that nobody sees it, in ms, and enough to be a value of its own. */
const HARDLY = 0.005;

/** What a log tells of frames, and of what moves. */
export class Frames {
  /** Whether anything may move by itself: only then code can see which frame it is. */
  moves = false;
  /** Where everything that moves stands. */
  standing: () => Moments = list;
  private readonly recording: Recording;
  /** The frame that was told of last: when it began, and when that was told, in ticks. */
  private began = -1;
  private told = -1;
  /** How many frames more show where everything stands, and when the latest of these began. */
  private toShow = 0;
  private shown = -1;

  /** What was called off in the latest frame in which anything was, where the log says so, and when that frame began. */
  private turned: Moments = list();
  private turnsAt = 0;
  private turnedIn = -1;

  constructor(recording: Recording) {
    this.recording = recording;
  }

  /**
   * Writes an entry. A frame has the time at which it began; where something was told of since then, and for other code
   * while something moves, an entry of its own says before it which frame that sees. Gives the index of the entry.
   */
  write(kind: string, argument: unknown, delta: number): number {
    const { recording } = this;
    const { ticks } = recording.timeline;
    const isFrame = kind === 'R';
    const began = isFrame || this.moves ? this.latest() : undefined;
    if (began === undefined) return recording.write(kind, argument, delta);
    const since = precise(began - ticks);
    if (isFrame && since > 0 && since <= delta && since === floor(since)) {
      this.tell(began, ticks + since);
      return recording.write(kind, argument, since);
    }
    const isKnown = began === this.began && ticks + delta - this.told < FRAME_TICKS;
    if (isKnown && !isFrame) return recording.write(kind, argument, delta);
    this.tell(began, ticks + delta);
    recording.write('f', precise(since - delta), delta);
    return recording.write(kind, argument, 0);
  }

  /**
   * Something begins to move, or goes on. When it does so only the browser knows, which takes a frame or two to begin:
   * until then each of them says where everything stands.
   */
  begin(key = ''): void {
    this.moves = true;
    this.turnBack(key);
    const isAsked = this.toShow > 0;
    this.toShow = FRAMES_TO_BEGIN;
    if (!isAsked) this.show();
  }

  private show(): void {
    const { recording } = this;
    const began = this.latest();
    if (began === undefined) this.toShow = 0;
    else if (began !== this.shown) {
      this.toShow--;
      this.shown = began;
      if (!recording.isFrozen) {
        const delta = recording.sinceLast();
        const at = recording.timeline.ticks + delta;
        this.tell(began, at);
        recording.write('f', marker(precise(began - at), this.standing()), delta);
      }
    }
    if (this.toShow > 0) nativeFrame(() => this.show());
  }

  /** Something was called off on its way, when it stood at `at` ms: it may have turned back from there. */
  turn(key: string, at: number): void {
    const { recording } = this;
    const began = this.latest();
    if (began === undefined) return;
    if (began !== this.turnedIn) {
      this.turnedIn = began;
      this.turned = list();
      this.turnsAt = recording.placeOf(recording.log('t', this.turned));
    }
    append(this.turned, key);
    append(this.turned, at);
    recording.amend(this.turnsAt, 't', this.turned);
  }

  /**
   * What was called off before it had moved, as far as it was told, is under way again: its style was that of a frame
   * more. Only what has moved turns back.
   */
  private turnBack(key: string): void {
    if (this.turnedIn !== this.latest()) return;
    for (let i = 0; i < this.turned.length; i += 2) {
      if (this.turned[i] !== key || this.turned[i + 1] !== 0) continue;
      this.turned[i + 1] = HARDLY;
      return this.recording.amend(this.turnsAt, 't', this.turned);
    }
  }

  private tell(began: number, at: number): void {
    this.began = began;
    this.told = at;
  }

  /** When the latest frame began. A browser rounds what it tells of that, and moves everything to that very time. */
  private latest(): number | undefined {
    const timeline = globalThis.document ? timelineOf(document) : null;
    const time = timeline ? timeOfTimeline(timeline) : null;
    return time === null ? undefined : precise(time * TICKS) + this.recording.late;
  }
}

/** Tells a recording of what begins to move in one realm. */
export function noticeMotion(frames: Frames): void {
  const keyOf = (event: Event): string => {
    const target = eventTarget(event);
    return propertyOf(event) + '@' + (target ? localName(target as Element) : '');
  };
  const hear = (type: string, heard: (event: Event) => void): void =>
    addEventListener(window, type, (event: Event) => void (event.isTrusted && heard(event)), true);
  hear('transitionrun', (event) => frames.begin(keyOf(event)));
  hear('animationstart', () => frames.begin());
  hear('transitioncancel', (event) => frames.turn(keyOf(event), round(elapsedTime(event) * 1e7) / 1e4));
  // No event tells of these. Asking where they stand has the browser work out styles, which the page's code did not.
  replaceMethod(globalThis.Element?.prototype, 'animate', (native) => (self, args) => {
    const animation = native(self, args);
    nativeFrame(() => frames.begin());
    return animation;
  });
}
