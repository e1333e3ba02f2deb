// How a page is drawn for a picture, in recording and replay alike.
import { type List, NativePromise } from './natives.ts';
import { nativeFrame, nativeTimeout } from './scheduler.ts';
import { adopt } from './sheets.ts';

/** A text caret blinks in real time: it is hidden. Returns the way to show it again. */
export function hideCaret(documents: List<Document>): () => void {
  return adopt(documents, '* { caret-color: transparent !important }');
}

/**
 * Draws two frames; false when the browser did not in time. `hold` runs before each.
 *
 * Which layers the browser draws a page into it decides only when it has to, from what the page looks like at that
 * moment: a replay, which draws fewer frames, comes to the same page by another way, and the edge of a shadow that
 * two layers make is not the same to the last bit. A hint that changes nothing has it decide anew.
 */
export async function drawAnew(documents: List<Document>, hold: () => void): Promise<boolean> {
  const takeBack = adopt(documents, ':root { will-change: opacity !important }');
  const painted = await frames(2, (left) => {
    hold();
    if (left === 0) takeBack();
  });
  takeBack();
  return painted;
}

/**
 * Has the browser find out what is under the mouse: it does so with a frame in which anything was laid out, of which
 * there may be fewer in a replay. A hint that changes nothing has everything laid out.
 */
export async function lookUnderMouse(documents: List<Document>): Promise<void> {
  const takeBack = adopt(documents, ':root { contain: style !important }');
  await frames(2, () => {});
  takeBack();
}

/** So long is waited for the browser to draw: no frame comes in a window that nobody can see. */
export const FRAME_LIMIT_MS = 3000;

/**
 * Lets the browser paint `count` frames; false when it did not in time, as in a window that nobody can see.
 *
 * `hold` runs before each is painted, and is told how many follow: what begins to move only then is stopped in time. A
 * layer that was painted moving once keeps how it was rastered, and looks different from one that never moved.
 */
export function frames(count: number, hold: (left: number) => void): Promise<boolean> {
  return new NativePromise((resolve) => {
    const next = (left: number): void => {
      if (left < count) hold(left);
      if (left === 0) resolve(true);
      else nativeFrame(() => next(left - 1));
    };
    next(count);
    nativeTimeout(() => resolve(false), FRAME_LIMIT_MS);
  });
}
