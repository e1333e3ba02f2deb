// What moves: CSS transitions, CSS animations and the Web Animations API, held still for a picture.
import {
  type List, append, apply, deref, getter, list, method, NativeWeakMap, NativeWeakRef, round, setter, stringIndexOf,
  weakMapGet, weakMapSet,
} from './natives.ts';
import { contains, getRootNode, localName, nodeType } from './nodes.ts';

export type AnimationLike = object;
export const playState = getter<string>('Animation', 'playState', 'idle');
const effectOf = getter<object | null>('Animation', 'effect', null);
export const pause = method<[], void>('Animation', 'pause', undefined);
export const play = method<[], void>('Animation', 'play', undefined);
export const finish = method<[], void>('Animation', 'finish', undefined);
const timing = method<[], { endTime?: number; duration?: number } | null>('AnimationEffect', 'getComputedTiming', null);
const updateTiming = method<[object], void>('AnimationEffect', 'updateTiming', undefined);
const keyframesOf = method<[], Keyframe[] | undefined>('KeyframeEffect', 'getKeyframes', undefined);
const setKeyframes = method<[object], void>('KeyframeEffect', 'setKeyframes', undefined);
const time = Object.getOwnPropertyDescriptor(globalThis.Animation?.prototype ?? {}, 'currentTime');
const readTime = (animation: AnimationLike): number | null =>
  time?.get ? (apply(time.get as never, animation, []) as number | null) : 0;
export const getTime = (animation: AnimationLike): number => readTime(animation) ?? 0;
/** Whether one was called off. Of a transition, asking for its state has styles worked out (Chromium 156), for its time not. */
export const isOff = (animation: AnimationLike): boolean => readTime(animation) === null;
export const setTime = (animation: AnimationLike, value: number): void => {
  if (time?.set) apply(time.set as never, animation, [value]);
};
export const rateOf = getter<number>('Animation', 'playbackRate', 1);
/** Whether the browser has still to begin moving one, which its compositor may do a frame or two later. */
export const isPending = getter<boolean>('Animation', 'pending', false);
export const setRate = setter<number>('Animation', 'playbackRate');
const getAnimations = globalThis.document?.getAnimations;
const getShadowAnimations = globalThis.ShadowRoot?.prototype.getAnimations;

/** A document does not tell of what moves in its shadow trees. Beyond the latest of them, nobody has the time to ask. */
const MOST_ROOTS = 1000;
let roots = list<WeakRef<ShadowRoot>>();

/** Those of which no page knows: what the browser builds a control of. */
const insides = new NativeWeakMap<Node, boolean>();

/** The same as `noteShadowRoot`, of a tree that the browser has built inside of a control. */
export function noteInside(root: ShadowRoot): void {
  weakMapSet(insides, root, true);
  noteShadowRoot(root);
}

const isInside = (element: Element): boolean => weakMapGet(insides, getRootNode(element) as Node) === true;

/** Has the animations of a shadow tree follow the clock as well. */
export function noteShadowRoot(root: ShadowRoot): void {
  if (roots.length >= 2 * MOST_ROOTS) roots = latest(roots);
  append(roots, new NativeWeakRef(root));
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
    const root = deref(roots[i] as WeakRef<ShadowRoot>);
    if (root) append(found, root);
  }
  return found;
}

const timelineOf = getter<object | null>('Animation', 'timeline', null);
export const timeOfTimeline = getter<number | null>('AnimationTimeline', 'currentTime', null);
const setStart = setter<number>('Animation', 'startTime');
const isPrototypeOf = Object.prototype.isPrototypeOf;

/** Whether it goes by a clock: one that goes by how far something is scrolled stands where that puts it. */
export function followsClock(animation: AnimationLike): boolean {
  const clock = globalThis.DocumentTimeline?.prototype;
  return !clock || (apply(isPrototypeOf as never, clock, [timelineOf(animation)]) as boolean);
}

export function animationsOf(documents: List<Document>): List<AnimationLike> {
  const found = list<AnimationLike>();
  const look = (place: Document | ShadowRoot, ask: Function): void => {
    const some = apply(ask as never, place, []) as List<AnimationLike>;
    for (let i = 0; i < some.length; i++) if (followsClock(some[i] as AnimationLike)) append(found, some[i] as AnimationLike);
  };
  for (let i = 0; i < documents.length && getAnimations; i++) look(documents[i] as Document, getAnimations);
  const shadows = shadowRoots();
  for (let i = 0; i < shadows.length; i++) look(shadows[i] as ShadowRoot, getShadowAnimations as Function);
  return found;
}

export const endOf = (animation: AnimationLike): number => {
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

type Keyframe = { [property: string]: unknown };

function elementOf(animation: AnimationLike): Element | null {
  const effect = effectOf(animation);
  return effect ? targetOf(effect) : null;
}

function framesOf(animation: AnimationLike): List<Keyframe> {
  const effect = effectOf(animation);
  return (effect && keyframesOf(effect)) || list();
}

/** Names an animation equally in recording and replay: what moves, and on what kind of element. */
export function keyOf(animation: AnimationLike): string {
  const kind = animationName(animation) || transitionProperty(animation) || 'script';
  const target = elementOf(animation);
  return kind + '@' + (target ? (isInside(target) ? '::' : '') + localName(target) : '');
}

const OF_TRANSITIONS: { [type: string]: true | undefined } = { transitionend: true, webkitTransitionEnd: true };

/** Whether the end of an animation is an event of this type for who listens at `hearer`, shadow trees apart. */
export function isHeardBy(hearer: object, type: string, animation: AnimationLike): boolean {
  if (type === 'finish') return hearer === animation;
  const target = elementOf(animation);
  if (!target || isInside(target) || (OF_TRANSITIONS[type] ? transitionProperty(animation) : animationName(animation)) === '') return false;
  // All that bubbles comes to a window.
  return nodeType(hearer) === 0 || contains(hearer, target);
}

/** What a keyframe tells besides the property that moves. */
const OF_A_KEYFRAME: Keyframe = { offset: true, computedOffset: true, easing: true, composite: true };

/** Whether it may change how large something is drawn, not only where, and how it is turned. */
export function scales(animation: AnimationLike): boolean {
  const frames = framesOf(animation);
  for (let i = 0; i < frames.length; i++) {
    const frame = frames[i] as Keyframe;
    const transform = '' + (frame.transform ?? '');
    if (frame.scale !== undefined || stringIndexOf(transform, 'scale') >= 0 || stringIndexOf(transform, 'matrix') >= 0) return true;
  }
  return false;
}

/** The property that a transition moves, as its keyframes name it, with its first and its last value. */
function courseOf(animation: AnimationLike): { property: string; from: unknown; to: unknown } | undefined {
  if (!transitionProperty(animation)) return undefined;
  const frames = framesOf(animation);
  const first = frames[0];
  const last = frames[frames.length - 1];
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
export const timeOf = (moment: Moment): number => (typeof moment === 'number' ? moment : moment[0]);

function momentOf(animation: AnimationLike, at: number): Moment {
  const course = courseOf(animation);
  return course ? [at, course.from, timing(effectOf(animation) as object)?.duration ?? 0] : at;
}

/** Has a transition begin where it began in the recording, and take as long. */
export function takeCourse(animation: AnimationLike, from: unknown, duration: number): void {
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
export const NUDGE_MS = 0.1;

/**
 * Has one end with the browser's next frame, and not before: a frame tells what it ends before it works out styles, and
 * where styles are worked out earlier, what is no longer shown by then is called off instead, with all that moves there
 * (CSS Transitions 2, 5.2). Those that end in one frame tell so in the browser's own order.
 */
export function endWithFrame(animation: AnimationLike): void {
  const timeline = timelineOf(animation);
  const now = timeline && timeOfTimeline(timeline);
  const rate = rateOf(animation);
  if (now === null || rate <= 0) finish(animation);
  else setStart(animation, now - (endOf(animation) - NUDGE_MS) / rate);
}

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

function tell(documents: List<Document>, momentOfOne: (animation: AnimationLike) => Moment): Moments {
  const all = animationsOf(documents);
  const moments: Moments = list();
  for (let i = 0; i < all.length; i++) {
    append(moments, keyOf(all[i] as AnimationLike));
    append(moments, momentOfOne(all[i] as AnimationLike));
  }
  return moments;
}

/** The moments alone, where nobody waits for a picture. */
export const momentsOf = (documents: List<Document>): Moments =>
  tell(documents, (animation) => momentOf(animation, rounded(animation)));

/** Where everything stands in a frame, to the microsecond, and the course of what has just begun. */
export const standingOf = (documents: List<Document>): Moments =>
  tell(documents, (animation) => {
    const at = round(getTime(animation) * 1000) / 1000;
    return at === 0 ? momentOf(animation, at) : at;
  });
