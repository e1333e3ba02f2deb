// CSS transitions, CSS animations and the Web Animations API under the virtual clock.
import {
  type List, NativeWeakMap, append, apply, getter, list, localName, method, round, uncurryThis, weakMapGet, weakMapSet,
} from './natives.ts';
import { type Run, TICKS, type Timeline } from './timeline.ts';

type AnimationLike = object;
const playState = getter<string>('Animation', 'playState', 'idle');
const effectOf = getter<object | null>('Animation', 'effect', null);
const pause = method<[], void>('Animation', 'pause', undefined);
const play = method<[], void>('Animation', 'play', undefined);
const finish = method<[], void>('Animation', 'finish', undefined);
const timing = method<[], { endTime?: number; duration?: number } | null>('AnimationEffect', 'getComputedTiming', null);
const updateTiming = method<[object], void>('AnimationEffect', 'updateTiming', undefined);
const keyframesOf = method<[], Keyframe[] | undefined>('KeyframeEffect', 'getKeyframes', undefined);
const setKeyframes = method<[object], void>('KeyframeEffect', 'setKeyframes', undefined);
const time = Object.getOwnPropertyDescriptor(globalThis.Animation?.prototype ?? {}, 'currentTime');
const getTime = (animation: AnimationLike): number =>
  time?.get ? ((apply(time.get as never, animation, []) as number | null) ?? 0) : 0;
const setTime = (animation: AnimationLike, value: number): void => {
  if (time?.set) apply(time.set as never, animation, [value]);
};
const rateOf = getter<number>('Animation', 'playbackRate', 1);
const getAnimations = globalThis.document?.getAnimations;
const getShadowAnimations = globalThis.ShadowRoot?.prototype.getAnimations;
const Weak = globalThis.WeakRef;
const deref = globalThis.WeakRef && uncurryThis(WeakRef.prototype.deref);

/** A document does not tell of what moves in its shadow trees. Beyond the latest of them, nobody has the time to ask. */
const MOST_ROOTS = 1000;
let roots = list<WeakRef<ShadowRoot>>();

/** Has the animations of a shadow tree follow the clock as well. */
export function noteShadowRoot(root: ShadowRoot): void {
  if (roots.length >= 2 * MOST_ROOTS) roots = latest(roots);
  append(roots, new Weak(root));
}

function latest(all: List<WeakRef<ShadowRoot>>): List<WeakRef<ShadowRoot>> {
  const kept = list<WeakRef<ShadowRoot>>();
  for (let i = all.length - MOST_ROOTS; i < all.length; i++) append(kept, all[i] as WeakRef<ShadowRoot>);
  return kept;
}

/** The latest shadow trees that are still there. */
export function shadowRoots(): List<ShadowRoot> {
  const found = list<ShadowRoot>();
  for (let i = roots.length > MOST_ROOTS ? roots.length - MOST_ROOTS : 0; i < roots.length; i++) {
    const root = deref(roots[i] as WeakRef<ShadowRoot>) as ShadowRoot | undefined;
    if (root) append(found, root);
  }
  return found;
}

function animationsOf(documents: List<Document>): List<AnimationLike> {
  const found = list<AnimationLike>();
  const look = (place: Document | ShadowRoot, ask: Function): void => {
    const some = apply(ask as never, place, []) as List<AnimationLike>;
    for (let i = 0; i < some.length; i++) append(found, some[i] as AnimationLike);
  };
  for (let i = 0; i < documents.length && getAnimations; i++) look(documents[i] as Document, getAnimations);
  const shadows = shadowRoots();
  for (let i = 0; i < shadows.length; i++) look(shadows[i] as ShadowRoot, getShadowAnimations as Function);
  return found;
}

const endOf = (animation: AnimationLike): number => {
  const effect = effectOf(animation);
  return (effect ? timing(effect)?.endTime : undefined) ?? Infinity;
};

/**
 * Rounded alike when frozen and when written down: else a spinner differs in a few dozen pixels. One that stands still
 * is where it is.
 */
const rounded = (animation: AnimationLike): number => {
  const at = getTime(animation);
  return playState(animation) === 'running' ? round(at * 10) / 10 : at;
};

const animationName = getter<string>('CSSAnimation', 'animationName', '');
const transitionProperty = getter<string>('CSSTransition', 'transitionProperty', '');
const targetOf = getter<Element | null>('KeyframeEffect', 'target', null);

/** Names an animation equally in recording and replay: what moves, and on what kind of element. */
function keyOf(animation: AnimationLike): string {
  const kind = animationName(animation) || transitionProperty(animation) || 'script';
  const effect = effectOf(animation);
  const target = effect ? targetOf(effect) : null;
  return kind + '@' + (target ? localName(target) : '');
}

type Keyframe = { [property: string]: unknown };
/** What a keyframe tells besides the property that moves. */
const OF_A_KEYFRAME: Keyframe = { offset: true, computedOffset: true, easing: true, composite: true };

/** The property that a transition moves, as its keyframes name it, with its first and its last value. */
function courseOf(animation: AnimationLike): { property: string; from: unknown; to: unknown } | undefined {
  const effect = transitionProperty(animation) ? effectOf(animation) : null;
  const frames = effect ? keyframesOf(effect) : undefined;
  const first = frames?.[0];
  const last = frames?.[frames.length - 1];
  if (!first || !last) return undefined;
  for (const property in first) {
    if (!OF_A_KEYFRAME[property]) return { property, from: first[property], to: last[property] };
  }
  return undefined;
}

/**
 * Keys and moments in turn. A moment is the current time in milliseconds; of a transition also the value at which it
 * began, and how long it takes. One that turned back half way, such as a hover that layout took away again, began
 * wherever real frames had brought it, and takes as long as it had taken (CSS Transitions, 3.1).
 */
export type Moments = List<string | Moment>;
export type Moment = number | [time: number, from: unknown, duration: number];
const timeOf = (moment: Moment): number => (typeof moment === 'number' ? moment : moment[0]);

function momentOf(animation: AnimationLike, at: number): Moment {
  const course = courseOf(animation);
  return course ? [at, course.from, timing(effectOf(animation) as object)?.duration ?? 0] : at;
}

/** Has a transition begin where it began in the recording, and take as long. */
function takeCourse(animation: AnimationLike, from: unknown, duration: number): void {
  const course = courseOf(animation);
  const effect = effectOf(animation);
  if (!effect || !course) return;
  setKeyframes(effect, { [course.property]: [from, course.to] });
  updateTiming(effect, { duration });
}

/** Milliseconds until everything stands that moves and comes to an end by itself; 0 when nothing does. */
export function motionLeft(documents: List<Document>): number {
  const all = animationsOf(documents);
  let most = 0;
  for (let i = 0; i < all.length; i++) {
    const animation = all[i] as AnimationLike;
    const end = endOf(animation);
    if (playState(animation) !== 'running' || end >= 20_000) continue;
    // One that runs still moves, however near its end.
    const left = end - getTime(animation) + 1;
    if (left > most) most = left;
  }
  return most;
}

/**
 * An animation that ran apart from the main thread may stay drawn as it was before its time was set (Chromium 156),
 * unless that changes in the next frame as well: it goes next to its place, and a frame later to it.
 */
const NUDGE_MS = 0.1;

interface Stopped {
  animation: AnimationLike;
  /** Where it stands for the picture, in milliseconds; undefined when it is there. */
  at: number | undefined;
}

/** Recording: keeps everything that moves where it is, for a picture. */
export class Stillness {
  /** Where everything stands. */
  moments: Moments = list();
  private readonly stopped = list<Stopped>();
  private readonly documents: List<Document>;

  constructor(documents: List<Document>) {
    this.documents = documents;
    this.hold();
  }

  /** Stops what moves, to be called before each frame; true when there is more of it than last time. */
  hold(): boolean {
    for (let i = 0; i < this.stopped.length; i++) {
      const { animation, at } = this.stopped[i] as Stopped;
      if (at !== undefined) setTime(animation, at);
      (this.stopped[i] as Stopped).at = undefined;
    }
    const all = animationsOf(this.documents);
    const grew = 2 * all.length > this.moments.length;
    this.moments = list();
    for (let i = 0; i < all.length; i++) this.stop(all[i] as AnimationLike);
    return grew;
  }

  private stop(animation: AnimationLike): void {
    const at = rounded(animation);
    const moment = momentOf(animation, at);
    append(this.moments, keyOf(animation));
    append(this.moments, moment);
    if (playState(animation) !== 'running') return;
    pause(animation);
    // What is told of a course is rounded: the picture shows what a replay can show.
    if (typeof moment !== 'number') takeCourse(animation, moment[1], moment[2]);
    setTime(animation, at + NUDGE_MS);
    append(this.stopped, { animation, at });
  }

  /** Lets everything go on. */
  resume(): void {
    for (let i = 0; i < this.stopped.length; i++) {
      const { animation } = this.stopped[i] as Stopped;
      if (playState(animation) === 'paused') play(animation);
    }
  }
}

/** The moments alone, where nobody waits for a picture. */
export function momentsOf(documents: List<Document>): Moments {
  const all = animationsOf(documents);
  const moments: Moments = list();
  for (let i = 0; i < all.length; i++) {
    append(moments, keyOf(all[i] as AnimationLike));
    append(moments, momentOf(all[i] as AnimationLike, rounded(all[i] as AnimationLike)));
  }
  return moments;
}

/** An end that the log tells of may come this much before ours: both clocks tick in frames. */
const NEAR_END_MS = 60;
/** And at the very most, where it can be of nothing else. */
const MOST_EARLY_MS = 1000;

/** What we see begin has begun in the recording at that time or later, but for the frames of a clock that was read. */
const EARLY_MS = 50;

/** A picture of the recording: when it was taken, and where what moved stood then. */
export interface Pictured {
  ticks: number;
  moments: Moments;
}

/** Replay: every animation is paused as soon as it is seen and follows the virtual clock. */
export class DrivenAnimations {
  /** By animation that we drive, the ticks at which it stood at its beginning. */
  private readonly begun = new NativeWeakMap<AnimationLike, number | undefined>();
  /** The moments at which animations were placed last. */
  private readonly placed = new NativeWeakMap<AnimationLike, Moments>();
  private readonly timeline: Timeline;
  private readonly documents: List<Document>;
  /** The picture that comes next, as far as anybody knows. */
  private readonly next: () => Pictured | undefined;
  private last = -1;

  constructor(timeline: Timeline, documents: List<Document>, next: () => Pictured | undefined) {
    this.timeline = timeline;
    this.documents = documents;
    this.next = next;
  }

  /** Moves all animations to the present; at most every 8 virtual milliseconds unless `now`. */
  follow(now = false): void {
    const { ticks } = this.timeline;
    if (!now && ticks - this.last < 8 * TICKS) return;
    this.last = ticks;
    const all = animationsOf(this.documents);
    const next = this.next();
    for (let i = 0; i < all.length; i++) this.drive(all[i] as AnimationLike, all, next);
  }

  /** The log says that something ended `ahead` ticks from now: what is over by then ends. */
  endDue(ahead: number): void {
    const all = animationsOf(this.documents);
    const next = this.next();
    for (let i = 0; i < all.length; i++) {
      this.drive(all[i] as AnimationLike, all, next);
      if (this.leftOf(all[i] as AnimationLike, all, next) <= ahead / TICKS + NEAR_END_MS) finish(all[i] as AnimationLike);
    }
  }

  /** What the log says has ended did not: it can only be what is nearest to its end. */
  endNearest(): void {
    const all = animationsOf(this.documents);
    const next = this.next();
    let nearest: AnimationLike | undefined;
    let least = 2 * MOST_EARLY_MS;
    for (let i = 0; i < all.length; i++) {
      const left = this.leftOf(all[i] as AnimationLike, all, next);
      if (left >= least) continue;
      least = left;
      nearest = all[i] as AnimationLike;
    }
    if (nearest) finish(nearest);
  }

  /** Milliseconds to the end of what we drive; what the next picture shows on its way comes last. */
  private leftOf(animation: AnimationLike, all: List<AnimationLike>, next: Pictured | undefined): number {
    if (playState(animation) !== 'paused' || weakMapGet(this.begun, animation) === undefined) return Infinity;
    const rate = rateOf(animation);
    const left = (rate < 0 ? getTime(animation) : endOf(animation) - getTime(animation)) / (rate < 0 ? -rate : rate);
    return this.outlasts(animation, all, next) ? left + MOST_EARLY_MS : left;
  }

  /**
   * Sets the exact moments of a checkpoint, before each of its frames; what had ended by then ends. Gives the number
   * of animations.
   */
  place(moments: Moments): number {
    const all = animationsOf(this.documents);
    const used = list<boolean>();
    const now: Pictured = { ticks: this.timeline.ticks, moments };
    for (let i = 0; i < all.length; i++) {
      this.drive(all[i] as AnimationLike, all, now);
      this.leaveOver(all[i] as AnimationLike, moments, used);
    }
    for (let i = 0; i < all.length; i++) {
      const animation = all[i] as AnimationLike;
      if (playState(animation) === 'finished') continue;
      const found = indexOfKey(moments, keyOf(animation), used);
      if (found < 0) {
        if (endOf(animation) !== Infinity) finish(animation);
        continue;
      }
      used[found] = true;
      this.placeAt(animation, moments, moments[found + 1] as Moment);
    }
    return all.length;
  }

  private placeAt(animation: AnimationLike, moments: Moments, moment: Moment): void {
    const at = timeOf(moment);
    const isNew = weakMapGet(this.placed, animation) !== moments;
    weakMapSet(this.placed, animation, moments);
    if (isNew && typeof moment !== 'number') takeCourse(animation, moment[1], moment[2]);
    setTime(animation, isNew ? at + NUDGE_MS : at);
    if (weakMapGet(this.begun, animation) !== undefined) this.begin(animation, at);
  }

  /** One that is over, and goes on to be shown as it ended, has its moment among the others of its kind. */
  private leaveOver(animation: AnimationLike, moments: Moments, used: List<boolean>): void {
    if (playState(animation) !== 'finished') return;
    const key = keyOf(animation);
    const at = getTime(animation);
    for (let i = 0; i < moments.length; i += 2) {
      if (used[i] || moments[i] !== key || timeOf(moments[i + 1] as Moment) !== at) continue;
      used[i] = true;
      return;
    }
  }

  private drive(animation: AnimationLike, all: List<AnimationLike>, next: Pictured | undefined): void {
    this.adopt(animation);
    const state = playState(animation);
    if (state === 'finished' || weakMapGet(this.begun, animation) === undefined) return;
    if (state === 'running') pause(animation);
    const at = this.clockOf(animation);
    const end = endOf(animation);
    if (rateOf(animation) < 0 ? at > 0 : at < end) setTime(animation, at);
    else if (this.outlasts(animation, all, next)) setTime(animation, end - NUDGE_MS);
    else finish(animation);
  }

  /** One that the page itself keeps paused stays as it is. */
  private adopt(animation: AnimationLike): void {
    if (playState(animation) !== 'running' || weakMapGet(this.begun, animation) !== undefined) return;
    weakMapSet(this.begun, animation, this.timeline.ticks);
    pause(animation);
  }

  /** It stands at `at` ms now, and moves from there. */
  private begin(animation: AnimationLike, at: number): void {
    weakMapSet(this.begun, animation, this.timeline.ticks - (at * TICKS) / (rateOf(animation) || 1));
  }

  /** Where the clock has brought one that we drive, in ms. */
  private clockOf(animation: AnimationLike): number {
    const begun = weakMapGet(this.begun, animation) as number;
    return rateOf(animation) === 0 ? getTime(animation) : ((this.timeline.ticks - begun) / TICKS) * rateOf(animation);
  }

  // ---- what the page itself does with an animation

  /** Whether it runs, as far as the page knows. */
  isDriven(animation: AnimationLike): boolean {
    this.adopt(animation);
    return playState(animation) === 'paused' && weakMapGet(this.begun, animation) !== undefined;
  }

  /** Brings one to the present, for the page to read. */
  bring(animation: AnimationLike): void {
    if (this.isDriven(animation)) setTime(animation, within(this.clockOf(animation), endOf(animation)));
  }

  /** What the page does to one, and whether that has it run on, stand still, or leaves it as it was. */
  steer(animation: AnimationLike, then: 'run' | 'stand' | 'same', change: Run): void {
    this.bring(animation);
    const wasDriven = this.isDriven(animation);
    change();
    if (then === 'same' && wasDriven) this.begin(animation, getTime(animation));
    else if (then === 'run' && playState(animation) === 'running') {
      const at = getTime(animation);
      pause(animation);
      setTime(animation, at);
      this.begin(animation, at);
    } else if (then !== 'same') weakMapSet(this.begun, animation, undefined);
  }

  /**
   * Whether the next picture shows this animation on its way. The browser begins one at the frame that follows, which
   * we do not wait for: ours is early by that much, and must not be over before. Of several alike the oldest end first.
   */
  private outlasts(animation: AnimationLike, all: List<AnimationLike>, next: Pictured | undefined): boolean {
    if (!next) return false;
    const { ticks } = this.timeline;
    const key = keyOf(animation);
    const end = endOf(animation);
    const begun = weakMapGet(this.begun, animation) as number;
    let shown = 0;
    for (let i = 0; i < next.moments.length; i += 2) {
      if (next.moments[i] !== key) continue;
      const at = timeOf(next.moments[i + 1] as Moment);
      const began = next.ticks - (at * TICKS) / (rateOf(animation) || 1);
      if (at < end && began <= ticks && began >= begun - EARLY_MS * TICKS) shown++;
    }
    for (let i = 0; i < all.length && shown > 0; i++) {
      const other = all[i] as AnimationLike;
      if (other === animation || playState(other) === 'finished' || keyOf(other) !== key) continue;
      if ((weakMapGet(this.begun, other) ?? ticks) > begun) shown--;
    }
    return shown > 0;
  }
}

const within = (at: number, end: number): number => (at < 0 ? 0 : at > end ? end : at);

function indexOfKey(moments: Moments, key: string, used: List<boolean>): number {
  for (let i = 0; i < moments.length; i += 2) if (!used[i] && moments[i] === key) return i;
  return -1;
}
