// Events that happen once. In a replay the browser may be there before the listener is, which is late only because its
// maker was held: it hears of what happened meanwhile.
import { addressOf } from './inline.ts';
import {
  addEventListener, composedPath, currentTarget, eventTarget, eventType, relatedTarget,
} from './nativeevents.ts';
import { defineProperty, NativeWeakMap, recordOf, weakMapGet } from './natives.ts';
import { nodeType } from './nodes.ts';

/** What an element loads or shows by itself. */
const OF_ELEMENTS = ['load', 'error', 'toggle'];
const ELEMENT = 1;

interface Over {
  event: Event;
  /** Whether it is still news. */
  isStill: () => boolean;
}

export class Past {
  /** The latest of each type. */
  private readonly over = new NativeWeakMap<object, { [type: string]: Over | undefined }>();

  follow(): void {
    const ofDocument = (event: Event): void => {
      if (event.isTrusted) this.keep(currentTarget(event) as EventTarget, { event, isStill: () => true });
    };
    addEventListener(document, 'DOMContentLoaded', ofDocument);
    addEventListener(window, 'DOMContentLoaded', ofDocument);
    addEventListener(window, 'load', ofDocument);
    addEventListener(window, 'pageshow', ofDocument);
    addEventListener(window, 'pagereveal', ofDocument);
    const ofElement = (event: Event): void => {
      const element = eventTarget(event) as Element;
      if (!event.isTrusted || nodeType(element) !== ELEMENT) return;
      preserve(event);
      // What it has loaded since is another matter.
      const address = addressOf(element);
      this.keep(element, { event, isStill: () => addressOf(element) === address });
    };
    for (let i = 0; i < OF_ELEMENTS.length; i++) addEventListener(document, OF_ELEMENTS[i] as string, ofElement, true);
  }

  find(target: object, type: string): Over | undefined {
    return weakMapGet(this.over, target)?.[type];
  }

  private keep(target: object, over: Over): void {
    recordOf(this.over, target)[eventType(over.event)] = over;
  }
}

/** While it is being dispatched an event knows where it is; a listener that is called later is told the same. */
export function preserve(event: Event): void {
  const path = composedPath(event);
  if (!path || path.length === 0) return;
  defineProperty(event, 'target', { value: eventTarget(event), configurable: true });
  defineProperty(event, 'composedPath', { value: () => path, configurable: true });
  if ('relatedTarget' in event) defineProperty(event, 'relatedTarget', { value: relatedTarget(event), configurable: true });
}
