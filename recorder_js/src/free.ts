// The conductor of a free replay, on a new build or a live server: a recorded order cannot fit changed code.
//
// The recorded log serves as a schedule. A timer, a frame or an answer that the log knows comes at its recorded
// moment of virtual time, so that an unchanged page shows the same clock, the same counters and the same frames;
// whatever the log does not know comes when it is due.
import { isRemark } from './log.ts';
import { Modules } from './modules.ts';
import { type List, append, list, NativePromise, record } from './natives.ts';
import { nativeTimeout, realNow, taskQueue } from './scheduler.ts';
import { type Conductor, type Outcome, type Run, TICKS, type Timeline, type Wanted } from './timeline.ts';

const FRAME_TICKS = 167;
/** Real time given to what the browser itself still does: layout observers, picture decoding. */
const REST_MS = 25;
/** Entries that are no arrivals, besides remarks. */
const MARKS: { [kind: string]: true | undefined } = { A: true, C: true, D: true, L: true, N: true };

interface Moment {
  at: number;
  order: number;
}

interface Due extends Moment {
  timer: number;
  run: Run;
  ticket: Wanted | undefined;
}

export class Free implements Conductor {
  readonly modules = new Modules();
  readonly holds = true;
  readonly isHolding = true;
  onTime: Run = () => {};
  /** True while the page waits for something of the network. */
  busy: () => boolean = () => false;
  private readonly timeline: Timeline;
  private readonly schedule = record<List<Moment>>();
  private readonly due = list<Due>();
  private readonly answers = list<string | boolean | null>();
  private answered = 0;
  private readonly outcomes = record<List<Outcome>>();
  private order: number;
  private target = 0;
  private deadline = 0;
  private quietSince = 0;
  private reached: Run | undefined;
  private readonly soon: Run;

  constructor(timeline: Timeline, log: List<any>) {
    this.timeline = timeline;
    this.order = log.length;
    this.soon = taskQueue(() => this.step());
    let ticks = 0;
    for (let i = 0; i < log.length; i += 3) {
      ticks += log[i + 2] as number;
      if (log[i] === 'D') append(this.answers, log[i + 1] as string | boolean | null);
      if (MARKS[log[i]] || isRemark(log[i])) continue;
      if (log[i] === 'K') {
        const told = log[i + 1] as [number, Outcome];
        append((this.outcomes[told[0]] ??= list()), told[1]);
        append((this.schedule['K:' + told[0]] ??= list()), { at: ticks, order: i });
        continue;
      }
      append((this.schedule[log[i] + ':' + log[i + 1]] ??= list()), { at: ticks, order: i });
    }
  }

  /** Runs the page until virtual time `ticks`, its network quiet; within `limit` real milliseconds. */
  advance(ticks: number, limit: number): Promise<void> {
    return this.go(ticks, limit, realNow());
  }

  /** Brings virtual time to `ticks` without waiting for anything to rest: what a move sets in motion begins then. */
  follow(ticks: number): Promise<void> {
    return this.go(ticks, 0, -REST_MS);
  }

  private go(ticks: number, limit: number, quietSince: number): Promise<void> {
    return new NativePromise((resolve) => {
      this.target = ticks;
      this.deadline = realNow() + limit;
      this.quietSince = quietSince;
      this.reached = resolve;
      this.soon();
    });
  }

  arrive(kind: string, id: number | string, run: Run, ticket?: Wanted): void {
    this.quietSince = realNow();
    const { ticks } = this.timeline;
    this.put(this.scheduled(kind + ':' + id) ?? { at: ticks, order: this.order++ }, -1, run, ticket);
  }

  settle(kind: string, id: number | string, run: Run): void {
    this.arrive(kind, id, run);
  }

  comes(): void {}

  event(type: string): boolean {
    const moment = this.scheduled('E:' + type);
    this.timeline.advance(moment ? moment.at - this.timeline.ticks : 0);
    return true;
  }

  milestone(type: string, then: Run): void {
    this.event(type);
    then();
  }

  isTurn(): boolean {
    return true;
  }

  loaded(_name: string): void {
    this.quietSince = realNow();
  }

  timer(id: number, delay: number, run: Run): void {
    const at = this.timeline.ticks + (delay > 1 ? delay : 1) * TICKS;
    this.put(this.scheduled('T:' + id) ?? { at, order: this.order++ }, id, run, undefined);
  }

  blocks(): void {}

  dropTimer(id: number): void {
    this.remove((entry) => entry.timer === id);
  }

  frame(realm: number, run: Run): void {
    const { ticks } = this.timeline;
    const at = ticks - (ticks % FRAME_TICKS) + FRAME_TICKS;
    this.put(this.scheduled('R:' + realm) ?? { at, order: this.order++ }, -1, run, undefined);
  }

  idle(id: number, run: (deadline?: IdleDeadline) => void): void {
    const at = this.timeline.ticks + TICKS;
    this.put(this.scheduled('I:' + id) ?? { at, order: this.order++ }, -1, run, undefined);
  }

  /** The answers of the person who recorded, one after the other: nobody else is there to ask. */
  answer(ask: () => string | boolean | null | undefined): string | boolean | null | undefined {
    return this.answered < this.answers.length ? this.answers[this.answered++] : ask();
  }

  outcome(id: number, ask: (told: (outcome: Outcome) => void) => void, deliver: (outcome: Outcome) => void): void {
    const recorded = this.outcomes[id];
    if (!recorded) return ask((outcome) => this.arrive('K', id, () => deliver(outcome)));
    for (let i = 0; i < recorded.length; i++) this.arrive('K', id, () => deliver(recorded[i] as Outcome));
  }

  endOutcomes(): void {}

  reading(_name: string, ask: () => unknown): unknown {
    return ask();
  }

  chunk(): undefined {
    return undefined;
  }

  /** The next recorded moment of an entry that is not over yet. */
  private scheduled(key: string): Moment | undefined {
    const moments = this.schedule[key];
    while (moments && moments.length > 0) {
      const first = moments[0] as Moment;
      for (let i = 1; i < moments.length; i++) moments[i - 1] = moments[i] as Moment;
      moments.length--;
      if (first.at >= this.timeline.ticks) return first;
    }
    return undefined;
  }

  private put(moment: Moment, timer: number, run: Run, ticket: Wanted | undefined): void {
    append(this.due, { at: moment.at, order: moment.order, timer, run, ticket });
    if (this.reached) this.soon();
  }

  private step(): void {
    if (!this.reached) return;
    const now = realNow();
    const late = now > this.deadline;
    const next = this.first();
    // What is scheduled before an answer that is still out may well depend on it.
    if (this.busy() && !late && (next === undefined || next.at > this.timeline.ticks)) return this.later(5);
    if (next !== undefined && next.at <= this.target) {
      this.remove((entry) => entry === next);
      this.timeline.advance(next.at > this.timeline.ticks ? next.at - this.timeline.ticks : 0);
      this.onTime();
      this.soon();
      if (next.ticket === undefined || next.ticket.live) next.run();
      return;
    }
    if (now - this.quietSince < REST_MS && !late) return this.later(8);
    if (this.target > this.timeline.ticks) this.timeline.advance(this.target - this.timeline.ticks);
    this.onTime();
    const done = this.reached;
    this.reached = undefined;
    done();
  }

  private later(ms: number): void {
    nativeTimeout(this.soon, ms);
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
