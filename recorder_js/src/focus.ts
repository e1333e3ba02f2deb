// An element that is no longer shown loses the focus, and the browser tells so with one of its frames: no input and no
// code of the page does it.
import { eventTarget, getter, method, nodeType, stringIndexOf } from './natives.ts';

const otherFocus = getter<EventTarget | null>('FocusEvent', 'relatedTarget', null);
const isVisible = method<[], boolean>('Element', 'checkVisibility', true);
const NativeError = Error;
/** Lines of a stack that are ours, on the way from the browser to a listener: whoever else is on it is the page. */
const OURS = 3;

/** Whether this `blur` or `focusout` comes of layout alone. */
export function isOfHiding(event: Event): boolean {
  const target = eventTarget(event);
  if (nodeType(target) !== 1 || otherFocus(event) !== null || isVisible(target as Element)) return false;
  const stack = '' + (new NativeError().stack ?? '');
  return !hasMoreLines(stack, OURS);
}

function hasMoreLines(text: string, most: number): boolean {
  let at = -1;
  for (let i = 0; i <= most; i++) {
    at = stringIndexOf(text, '\n', at + 1);
    if (at < 0) return false;
  }
  return true;
}
