// An element that is no longer shown loses the focus, and the browser tells so with one of its frames: no input and no
// code of the page does it.
import { eventTarget } from './nativeevents.ts';
import { getter, method } from './natives.ts';
import { nodeType } from './nodes.ts';
import { isInCall } from './stack.ts';

const otherFocus = getter<EventTarget | null>('FocusEvent', 'relatedTarget', null);
const isVisible = method<[], boolean>('Element', 'checkVisibility', true);
/** This function, and what leads to it from the browser. */
const OURS = 3;

/** Whether this `blur` or `focusout` comes of layout alone. */
export function isOfHiding(event: Event): boolean {
  const target = eventTarget(event);
  return nodeType(target) === 1 && otherFocus(event) === null && !isVisible(target as Element) && !isInCall(OURS);
}
