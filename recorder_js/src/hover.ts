// Boundary events that layout raises by moving under a mouse that rests.
//
// The browser makes up a mouse move after such a frame, of which the page hears only that elements were entered and
// left. That comes with real frames, so a replay must hold it, while what a real move raises belongs to its input. A
// mouse that rests has not moved on the screen.
import type { Hear } from './hear.ts';
import { eventType, firesTouchEvents, pointerType, screenX, screenY } from './nativeevents.ts';
import { append, list, stringSlice } from './natives.ts';
import type { Ticket } from './tickets.ts';

/** What the browser dispatches when another element is under the mouse. */
export const BOUNDARY_EVENTS = [
  'pointerover', 'pointerout', 'pointerenter', 'pointerleave', 'mouseover', 'mouseout', 'mouseenter', 'mouseleave',
];
const MOVES = ['pointermove', 'pointerdown', 'pointerup', 'mousemove', 'mousedown', 'mouseup'];

const isPointerEvent = (event: Event): boolean => stringSlice(eventType(event), 0, 1) === 'p';
const isOfMouse = (event: Event): boolean => (isPointerEvent(event) ? pointerType(event) === 'mouse' : !firesTouchEvents(event));

/** A call of a listener that waits for its turn. */
interface Waiting {
  readonly ticket: Ticket;
  /** To be called before it is: it has its entry in the log where the browser raised it for an input. */
  readonly comes: () => void;
}

export class Hover {
  /** Where the mouse was last, on the screen: pointer events tell it to a fraction of a pixel, mouse events do not. */
  private readonly pointer = { x: NaN, y: NaN };
  private readonly mouse = { x: NaN, y: NaN };
  private waiting = list<Waiting>();

  /** Hears of the moves in one realm, before its page can: all realms share one mouse. */
  follow(hear: Hear): void {
    const moved = (event: Event): void => {
      if (!event.isTrusted || !isOfMouse(event)) return;
      const place = this.placeOf(event);
      place.x = screenX(event);
      place.y = screenY(event);
      this.catchUp();
    };
    for (let i = 0; i < MOVES.length; i++) hear(MOVES[i] as string, moved);
  }

  /** Whether this boundary event comes of layout alone. */
  isOfLayout(event: Event): boolean {
    const place = this.placeOf(event);
    return isOfMouse(event) && screenX(event) === place.x && screenY(event) === place.y;
  }

  /**
   * Keeps a call that waits: what the log does not name comes at the latest with the next real move. Its entry may be
   * due only then: a button that is released lets go of what had caught the pointer, and that comes before its event.
   */
  keep(waiting: Waiting): void {
    append(this.waiting, waiting);
  }

  /** In the recording this came with the move: it does now, before it. */
  catchUp(): void {
    const due = this.waiting;
    if (due.length === 0) return;
    this.waiting = list();
    for (let i = 0; i < due.length; i++) {
      const { ticket, comes } = due[i] as Waiting;
      try {
        if (!ticket.live) continue;
        comes();
        ticket.call();
      } catch (error) {
        reportError(error);
      }
    }
  }

  private placeOf(event: Event): { x: number; y: number } {
    return isPointerEvent(event) ? this.pointer : this.mouse;
  }
}
