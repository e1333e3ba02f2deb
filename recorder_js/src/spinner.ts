// The spinner of a number field goes on by itself while the button is held: in real time, which nobody can hold.
import { addEventListener, innermostTarget, preventDefault, stopImmediatePropagation } from './nativeevents.ts';
import { inputType, localName } from './nodes.ts';
import type { Timeline } from './timeline.ts';

/** Puts each further step of a held spinner into the timeline; the first one is of the press itself. */
export function followSpinners(timeline: Timeline): void {
  let steps = -1;
  const at = (type: string, listener: (event: Event) => void): void => {
    addEventListener(window, type, (event: Event) => {
      if (event.isTrusted) listener(event);
    }, true);
  };
  at('mousedown', () => (steps = 0));
  at('mouseup', () => (steps = -1));
  at('beforeinput', (event) => {
    if (steps < 0) return;
    const element = innermostTarget(event) as Element;
    if (localName(element) !== 'input' || inputType(element) !== 'number' || steps++ === 0) return;
    if (timeline.conductor.event('spin')) return;
    // The button is about to be let go in this replay, and already was in the recording.
    preventDefault(event);
    stopImmediatePropagation(event);
  });
}
