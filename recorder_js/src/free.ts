// The conductor of a free replay, on a new build or a live server: a recorded order cannot fit changed code.
//
// Timers and frames run in the order of virtual time, up to the moment of the next recorded step; answers of the
// server come as they come. An unchanged page thus shows the same clock, the same counters, the same animation.
import { append, list } from './natives.ts';
import { nativeTimeout, realNow, taskQueue } from './scheduler.ts';
import { type Conductor, type Run, TICKS, type Timeline } from './timeline.ts';

const FRAME_TICKS = 167;

interface Due {
  id: number;
  at: number;
  order: number;
  run: Run;
}

export class Free implements Conductor {
  readonly holds = false;
  onTime: Run = () => {};
  /** True while the page waits for something of the network. */
  busy: () => boolean = () => false;
  private readonly timeline: Timeline;
  private readonly due = list<Due | undefined>();
  private order = 0;
  private target = 0;
  private deadline = 0;
  private quietSince = 0;
  private reached: Run | undefined;
  private readonly soon: Run;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    this.soon = taskQueue(() => this.step());
  }

  /** Runs the page until virtual time `ticks`, its network quiet; within `limit` real milliseconds. */
  advance(ticks: number, limit: number): Promise<void> {
    return new Promise((resolve) => {
      this.target = ticks;
      this.deadline = realNow() + limit;
      this.quietSince = realNow();
      this.reached = resolve;
      this.soon();
    });
  }

  arrive(_kind: string, _id: number | string, run: Run): void {
    this.quietSince = realNow();
    this.timeline.advance(0);
    run();
  }

  event(_type: string): void {
    this.timeline.advance(0);
  }

  loaded(_name: string): void {
    this.quietSince = realNow();
  }

  timer(id: number, delay: number, run: Run): void {
    const at = this.timeline.ticks + (delay > 1 ? delay : 1) * TICKS;
    append(this.due, { id, at, order: this.order++, run });
  }

  dropTimer(id: number): void {
    this.remove((entry) => entry.id === id);
  }

  frame(realm: number, run: Run): void {
    const at = this.timeline.ticks - (this.timeline.ticks % FRAME_TICKS) + FRAME_TICKS;
    append(this.due, { id: -1 - realm, at, order: this.order++, run });
  }

  idle(_id: number, run: Run): void {
    append(this.due, { id: 0, at: this.timeline.ticks + TICKS, order: this.order++, run });
  }

  answer(ask: () => string | boolean | null | undefined): string | boolean | null | undefined {
    return ask();
  }

  private step(): void {
    if (!this.reached) return;
    const now = realNow();
    const late = now > this.deadline;
    if (this.busy() && !late) return void nativeTimeout(this.soon, 5);
    const next = this.first();
    if (next !== undefined && next.at <= this.target) {
      this.remove((entry) => entry === next);
      if (next.at > this.timeline.ticks) this.timeline.advance(next.at - this.timeline.ticks);
      else this.timeline.advance(0);
      this.onTime();
      this.soon();
      next.run();
      return;
    }
    // A little real time for what the browser itself still does: layout observers, picture decoding.
    if (now - this.quietSince < 60 && !late) return void nativeTimeout(this.soon, 10);
    if (this.target > this.timeline.ticks) this.timeline.advance(this.target - this.timeline.ticks);
    this.onTime();
    const done = this.reached;
    this.reached = undefined;
    done();
  }

  private first(): Due | undefined {
    let best: Due | undefined;
    for (let i = 0; i < this.due.length; i++) {
      const entry = this.due[i] as Due;
      if (!best || entry.at < best.at || (entry.at === best.at && entry.order < best.order)) best = entry;
    }
    return best;
  }

  private remove(matches: (entry: Due) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.due.length; i++) {
      const entry = this.due[i] as Due;
      if (!matches(entry)) this.due[kept++] = entry;
    }
    this.due.length = kept;
  }
}
