// What snaps to a place does so when the wheel has rested, and glides there by the compositor's clock: it tells of its
// end, but not of its beginning. While scrolling only what did is kept; whether it snaps is asked when a picture is due.
import type { Bubbles } from './bubbles.ts';
import type { Hear } from './hear.ts';
import { eventTarget } from './nativeevents.ts';
import { append, list } from './natives.ts';
import { documentElement, nodeType, parentNode, styleOf } from './nodes.ts';
import { realNow } from './scheduler.ts';

const SNAP_MS = 900;

interface Scrolled {
  place: Node;
  /** By the real clock, when it or what is around it scrolled last. */
  at: number;
  /** Asked of all that is around it too: a busy browser tells late that anything has scrolled. */
  wheeled: boolean;
}

/** When all that scrolled in the documents on one timeline stands where it snaps to. */
export class Snapping {
  private scrolled = list<Scrolled>();

  follow(hear: Hear): void {
    hear('scroll', (event) => event.isTrusted && this.note(event, false));
    hear('wheel', (event) => event.isTrusted && this.note(event, true));
    hear('scrollend', (event) => {
      if (event.isTrusted && snaps(eventTarget(event) as Node)) this.scrolled = list();
    });
  }

  private note(event: Event, wheeled: boolean): void {
    const place = eventTarget(event) as Node;
    const at = realNow();
    const { scrolled } = this;
    this.scrolled = list();
    for (let i = 0; i < scrolled.length; i++) {
      const one = scrolled[i] as Scrolled;
      if (at - one.at < SNAP_MS && (one.place !== place || one.wheeled !== wheeled)) append(this.scrolled, one);
    }
    append(this.scrolled, { place, at, wheeled });
  }

  /** Real milliseconds until everything stands still. */
  get rest(): number {
    let rest = 0;
    const now = realNow();
    for (let i = 0; i < this.scrolled.length; i++) {
      const { place, at, wheeled } = this.scrolled[i] as Scrolled;
      const left = at + SNAP_MS - now;
      if (left > rest && (wheeled ? snapsAround(place) : snaps(place))) rest = left;
    }
    return rest;
  }
}

/** Real milliseconds until nothing moves any more that the browser moves by itself. */
export function restOf(stage: { bubbles: Bubbles; snapping: Snapping }): number {
  const { bubbles, snapping } = stage;
  return bubbles.rest > 0 ? bubbles.rest : snapping.rest;
}

function snapsAround(place: Node): boolean {
  let at: Node | null = place;
  while (at && !snaps(at)) at = parentNode(at);
  return at !== null;
}

function snaps(place: Node): boolean {
  const element = nodeType(place) === 9 ? documentElement(place) : (place as Element);
  const type = element && nodeType(element) === 1 ? styleOf(element, 'scroll-snap-type') : '';
  return type !== '' && type !== 'none';
}
