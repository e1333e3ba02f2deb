// How long a replay waits for what its log says.
import { BOUNDARY_EVENTS } from './hover.ts';
import { OF_STYLE } from './log.ts';
import { matches, stringIndexOf } from './natives.ts';

/** Milliseconds, by kind of entry; the rest is work of the script itself and quick. */
const LIMITS: { [kind: string]: number | undefined } = {
  H: 8000, F: 8000, B: 4000, S: 4000, X: 8000, Y: 8000, G: 2000, Q: 1000, J: 4000, V: 8000, U: 8000, W: 20000, m: 20000, P: 3000, M: 500, T: 250, R: 250, I: 250, N: 1500, L: 4000, Z: 8000, K: 1000, b: 4000,
};
const OTHERWISE = 1000;
/** A parser script may wait for its download. */
const SCRIPT_LIMIT = 8000;
/** What a style asks for comes from the cache of the browser at times, and nothing tells of it. */
const OF_STYLE_LIMIT = 1500;
/** So many frames take as long; on a busy machine they take longer, and so does what is on its way. */
const OF_STYLE_FRAMES = 90;
/**
 * Events of the browser's own frames; what depends on real frames may have been merged into one. On a busy machine
 * frames are rare: it is so many of them that count.
 */
const FRAME_LIMIT = 300;
const FRAMES = 15;
const FRAME_EVENT = /:(scroll\w*|select\w*|resize|visibilitychange|fullscreen\w+|securitypolicyviolation|toggle|close|change|blur|focusout|(?:mouse|pointer)\w+|transition\w+|animation\w+|webkit\w+|finish|cancel)$/;
const END_EVENT = /:(transitionend|animationend|webkitTransitionEnd|webkitAnimationEnd|finish)$/;
const COURSE_EVENT = /:(resize|transitionrun|transitionstart|animationstart|animationiteration|webkitAnimationStart|webkitAnimationIteration)$/;
const BOUNDARY_EVENT = new RegExp(`:(${BOUNDARY_EVENTS.join('|')})$`);


/** What comes to a worker from those who made it; they may stand still for as long as a session takes. */
const FROM_MAKERS: { [kind: string]: true | undefined } = { W: true, M: true, m: true, c: true, Q: true };
export const isFromMakers = (kind: string): boolean => FROM_MAKERS[kind] === true;

/** Milliseconds to wait for an entry. */
export function limitOf(kind: string, id: number | string): number {
  if (kind === 'E') return SCRIPT_LIMIT;
  if (isOfStyle(kind, id)) return OF_STYLE_LIMIT;
  return framesOf(kind, id) > 0 ? FRAME_LIMIT : (LIMITS[kind] ?? OTHERWISE);
}

/** Frames of the browser to wait for it, at the least. */
export function framesOf(kind: string, id: number | string): number {
  if (isOfStyle(kind, id)) return OF_STYLE_FRAMES;
  // Observers are told in frames, too.
  return kind === 'O' || (kind === 'H' && matches(FRAME_EVENT, '' + id)) ? FRAMES : 0;
}

const isOfStyle = (kind: string, id: number | string): boolean => kind === 'L' && stringIndexOf('' + id, OF_STYLE) === 0;

/** Whether it may tell of what has moved under a mouse that rests. */
export const isBoundary = (name: string): boolean => matches(BOUNDARY_EVENT, name);
/** Whether an event tells that a motion has ended. */
export const isEndOfMotion = (name: string): boolean => matches(END_EVENT, name);
/** Whether it tells that one has begun, or where it is: what moves gives a frame one size after the other. */
export const isCourseOfMotion = (name: string): boolean => matches(COURSE_EVENT, name);
