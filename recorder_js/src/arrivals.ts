// What has come in a replay and waits until the log stands on it, by name of its entry.
import { type List, append, list, record } from './natives.ts';
import { Repeats } from './repeats.ts';
import type { Run, Wanted } from './timeline.ts';

interface Arrival {
  run: Run;
  ticket: Wanted | undefined;
  /** How often the page had changed when it came. */
  changes: number;
}

export class Arrivals {
  private readonly waiting = record<List<Arrival>>();
  private readonly repeats = new Repeats();

  add(name: string, run: Run, ticket: Wanted | undefined, changes: number): void {
    if (ticket?.progress) this.repeats.note(name, ticket.progress, run);
    append((this.waiting[name] ??= list()), { run, ticket, changes });
  }

  drop(name: string): void {
    delete this.waiting[name];
  }

  /** Takes the first of a name that is still wanted. */
  take(name: string): Run | undefined {
    const waiting = this.waiting[name];
    while (waiting && waiting.length > 0) {
      const first = waiting[0] as Arrival;
      for (let i = 1; i < waiting.length; i++) waiting[i - 1] = waiting[i] as Arrival;
      waiting.length--;
      if (first.ticket === undefined || first.ticket.live) return first.run;
    }
    return undefined;
  }

  /** One that has come before, where it may come several times. */
  again(name: string): Run | undefined {
    return this.repeats.again(name);
  }

  /** How much of an answer has come of which the first of a name tells; undefined where none does. */
  received(name: string): number | undefined {
    return this.firstWanted(name)?.ticket?.received?.();
  }

  /** How often the page had changed when the first of a name came that can be unwanted. */
  changesBefore(name: string): number | undefined {
    return this.firstWanted(name)?.changes;
  }

  /** The first of a name that can be unwanted and is not. */
  private firstWanted(name: string): Arrival | undefined {
    const waiting = this.waiting[name];
    for (let i = 0; waiting && i < waiting.length; i++) if (waiting[i]!.ticket?.live) return waiting[i];
    return undefined;
  }
}
