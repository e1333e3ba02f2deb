// Events that tell of what has opened or closed: of two, the browser tells the latest alone.
import { eventTarget, eventType } from './nativeevents.ts';
import { getter } from './natives.ts';
import { hasAttribute, matches } from './nodes.ts';

const newState = getter<string | undefined>('ToggleEvent', 'newState', undefined);

/**
 * Whether it still tells news: an event that a replay holds for its turn is none any more when its element has changed
 * since. In the recording it had come before, and nobody had listened yet.
 */
export function isStillSo(event: Event): boolean {
  const told = eventType(event) === 'toggle' ? newState(event) : undefined;
  if (!told) return true;
  const element = eventTarget(event) as Element;
  return (told === 'open') === (hasAttribute(element, 'open') || matches(element, ':popover-open'));
}
