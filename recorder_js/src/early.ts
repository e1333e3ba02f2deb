// What moves tells so in a frame, and a replay's frames come when they like: before the page listens, too. Who begins to
// listen on the way of an event whose calls all wait for their turn yet would have heard it in the recording.
import { composedPath, eventType } from './nativeevents.ts';
import { type List, append, list, stringIndexOf } from './natives.ts';

interface Early {
  event: Event;
  type: string;
  path: ArrayLike<unknown>;
}

const OF_MOTION = ['transition', 'animation'];
/** An event for whose calls nobody waits any more is never over. */
const MOST = 100;

export class EarlyEvents {
  private waiting = list<Early>();

  /** A call of an event waits for its turn. */
  note(event: Event): void {
    const type = eventType(event);
    const path = isOfMotion(type) ? composedPath(event) : undefined;
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

function isOfMotion(type: string): boolean {
  for (let i = 0; i < OF_MOTION.length; i++) if (stringIndexOf(type, OF_MOTION[i] as string) === 0) return true;
  return false;
}

function contains(path: ArrayLike<unknown>, target: object): boolean {
  for (let i = 0; i < path.length; i++) if (path[i] === target) return true;
  return false;
}
