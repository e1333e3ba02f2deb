// Events that came before their turn: what moves tells so in a frame, and a replay's frames come when they like; messages
// come while one before them waits. Who begins to listen while all calls of an event wait would have heard it.
import { composedPath, eventType } from './nativeevents.ts';
import { type List, append, list, stringIndexOf } from './natives.ts';

interface Early {
  event: Event;
  type: string;
  path: ArrayLike<unknown>;
}

const MESSAGE = 'message';
const KEPT = ['transition', 'animation', MESSAGE];
/** An event for whose calls nobody waits any more is never over. */
const MOST = 100;

export class EarlyEvents {
  private waiting = list<Early>();

  /** A call of an event waits for its turn. */
  note(event: Event): void {
    const type = eventType(event);
    const path = isKept(type) ? composedPath(event) : undefined;
    if (!path || path.length === 0) return;
    for (let i = 0; i < this.waiting.length; i++) if (this.waiting[i]!.event === event) return;
    if (this.waiting.length === MOST) this.end(this.waiting[0]!.event);
    append(this.waiting, { event, type, path });
  }

  /** A call of it has its turn. */
  end(event: Event): void {
    const before = this.waiting;
    if (before.length === 0) return;
    this.waiting = list();
    for (let i = 0; i < before.length; i++) if (before[i]!.event !== event) append(this.waiting, before[i] as Early);
  }

  /** A turn begins: a message that nobody hears by now is over for the browser. */
  forget(isHeard: (event: Event) => boolean): void {
    for (let i = this.waiting.length - 1; i >= 0; i--) {
      const { event, type } = this.waiting[i] as Early;
      if (type === MESSAGE && !isHeard(event)) this.end(event);
    }
  }

  /** The events of a type that come by there and wait as a whole. */
  at(target: object, type: string): List<Event> {
    const found = list<Event>();
    for (let i = 0; i < this.waiting.length; i++) {
      const early = this.waiting[i] as Early;
      if (early.type === type && contains(early.path, target)) append(found, early.event);
    }
    return found;
  }
}

function isKept(type: string): boolean {
  for (let i = 0; i < KEPT.length; i++) if (stringIndexOf(type, KEPT[i] as string) === 0) return true;
  return false;
}

function contains(path: ArrayLike<unknown>, target: object): boolean {
  for (let i = 0; i < path.length; i++) if (path[i] === target) return true;
  return false;
}
