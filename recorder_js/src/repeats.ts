// Events that tell how far something has come: how often they do is the network's affair. Where a replay hears fewer of
// them than its recording, the latest is told again; what it says is read from the log.
import { type List, append, list, record } from './natives.ts';
import type { Run } from './timeline.ts';

/** The calls of one event, in their order. */
interface Told {
  event: object;
  runs: List<Run>;
  next: number;
}

export class Repeats {
  private readonly latest = record<Told>();

  /** Takes notice of a call of a listener. */
  note(name: string, event: object, run: Run): void {
    const told = this.latest[name];
    if (told?.event === event) append(told.runs, run);
    else {
      const runs = list<Run>();
      append(runs, run);
      this.latest[name] = { event, runs, next: 0 };
    }
  }

  /** The next call of the latest event once more. */
  again(name: string): Run | undefined {
    const told = this.latest[name];
    if (!told) return undefined;
    const run = told.runs[told.next % told.runs.length];
    told.next++;
    return run;
  }
}
