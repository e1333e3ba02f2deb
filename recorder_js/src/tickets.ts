// Calls of listeners that wait for their turn: one that comes before another may stop the event that both wait for.
import { type Native, replaceMethod } from './masquerade.ts';
import { currentTarget } from './nativeevents.ts';
import { type List, append, list, NativeWeakMap, weakMapGet, weakMapSet } from './natives.ts';
import type { Wanted } from './timeline.ts';

/** One call of a listener. */
export interface Ticket extends Wanted {
  readonly target: object;
  withdrawn: boolean;
  /** Whom it calls. */
  readonly hearer: { readonly isListener?: true };
  readonly call: () => void;
}

export class Tickets {
  private readonly ofEvents = new NativeWeakMap<Event, List<Ticket>>();

  /** Hears of stopped events. */
  follow(): void {
    replaceMethod(Event.prototype, 'stopPropagation', this.stopping((ticket, at) => ticket.target !== at));
    replaceMethod(Event.prototype, 'stopImmediatePropagation', this.stopping(() => true));
  }

  /** A call that waits, with an event that is over by then for the browser. */
  issue(event: Event, ticket: Ticket): void {
    const all = weakMapGet(this.ofEvents, event) ?? list<Ticket>();
    append(all, ticket);
    weakMapSet(this.ofEvents, event, all);
  }

  /** Whether anybody still waits for an event. */
  isHeard(event: Event): boolean {
    const all = weakMapGet(this.ofEvents, event);
    for (let i = 0; all && i < all.length; i++) if (all[i]!.live) return true;
    return false;
  }

  /** Who hears at a target is called otherwise; gives the handler among them. */
  withdraw(event: Event, target: object): Ticket['hearer'] | undefined {
    const all = weakMapGet(this.ofEvents, event);
    let handler: Ticket['hearer'] | undefined;
    for (let i = 0; all && i < all.length; i++) {
      const ticket = all[i] as Ticket;
      if (ticket.target !== target || ticket.withdrawn) continue;
      ticket.withdrawn = true;
      if (!ticket.hearer.isListener) handler = ticket.hearer;
    }
    return handler;
  }

  private stopping(reaches: (ticket: Ticket, at: object) => boolean) {
    return (native: Native) => (self: any): unknown => {
      const waiting = weakMapGet(this.ofEvents, self as Event);
      const at = waiting && currentTarget(self) === null ? (self as Event).currentTarget : null;
      for (let i = 0; waiting && at && i < waiting.length; i++) if (reaches(waiting[i]!, at)) waiting[i]!.withdrawn = true;
      return native(self, []);
    };
  }
}
