// The conductor of a strict replay: the log decides the order.
//
// Callbacks are held until the log stands on them. Timers and frames are never given to the browser, so idle time
// costs nothing. What nobody can hold (load, trusted input, parser scripts) catches up: everything that stands
// before it in the log runs first. A wait has a limit; what did not come in time is skipped, owed, and told.
import type { Moments } from './animations.ts';
import { Arrivals } from './arrivals.ts';
import { Debts } from './debts.ts';
import { framesOf, isFromMakers, limitOf } from './limits.ts';
import { Loads } from './loads.ts';
import { Log, frameOf, momentsIn } from './log.ts';
import { Modules, isModule } from './modules.ts';
import { Motion } from './motion.ts';
import { type List, append, list, NativePromise, record } from './natives.ts';
import type { Pictured } from './outlook.ts';
import { Patience } from './patience.ts';
import { nativeMicrotask, taskQueue } from './scheduler.ts';
import { type Conductor, type Outcome, type Run, TICKS, type Timeline, type Wanted } from './timeline.ts';
import { RECEIVED } from './xhr.ts';

/** Why the replay stands still: an input or a checkpoint is due, the log is over. */
export interface Stop {
  why: 'input' | 'checkpoint' | 'end';
  /** Ordinal of the input or checkpoint. */
  n: number;
  /** Of a checkpoint: the animations by key, each with its current time in milliseconds. */
  moments: Moments;
}

/** An entry that did not happen in time. */
export interface Skip {
  at: number;
  kind: string;
  id: number | string;
  ticks: number;
}

/** Milliseconds after which an entry may be waiting for a picture that waits for its turn. */
const STUCK_MS = 250;
/** Milliseconds after which what tells of progress is told again. */
const REPEAT_MS = 60;
/** So long is waited for a load or a script before more of the document comes out of its turn. */
const MORE_MS = 1000;
/** So long is waited for what has no script before it. */
const BEHIND_MS = 400;
/** In so many frames of the browser a font is asked for that is used. */
const UNUSED_FRAMES = 10;
/** Ticks that animations cannot miss. */
const JUMP = 8 * TICKS;

const key = (kind: string, id: number | string): string => kind + ':' + id;

export class Replaying implements Conductor {
  readonly modules = new Modules();
  readonly holds = true;
  readonly isHolding = true;
  readonly skips = list<Skip>();
  /** Called when virtual time moved on: animations follow the clock. */
  onTime: Run = () => {};
  /**
   * Called before it moves on by more than a moment, or from a frame, which was drawn: what has begun by now moves with
   * it.
   */
  onJump: (drew: boolean) => void = () => {};
  /** The same, and it moves on to a frame that began then. */
  onApproach: (began: number, drew: boolean) => void = () => {};
  /** Called when the browser may draw a frame that began then. */
  onForesee: (began: number) => void = () => {};
  /** Whether there is anything that moves by the clock. */
  isMoving: () => boolean = () => false;
  /** Called when the log comes to a frame that code of the page sees: the ticks at which it began, and where all stands. */
  onFrame: (began: number, standing?: Moments) => void = () => {};
  onSkip: (skip: Skip) => void = () => {};
  readonly loads: Loads;
  readonly motion: Motion;
  /** Of a worker: if one of its makers leaves it waiting for ever, it is they who notice. */
  isPatient = false;
  private readonly timeline: Timeline;
  private readonly log: Log;
  private readonly patience: Patience;
  private readonly arrivals = new Arrivals();
  private readonly debts = new Debts();
  private readonly early = record<number>();
  private readonly questions = record<{ deliver: (outcome: Outcome) => void; repeats: boolean }>();
  /** How often something ran that may have changed the page. */
  private changes = 0;
  private helpedAt = -1;
  /** Whether the log's last entry was a frame. */
  private drew = false;
  /** Whether it told which frame comes. */
  private framed = false;
  private stopped: ((stop: Stop) => void) | undefined;
  private readonly soon: Run;

  constructor(timeline: Timeline, entries: List<any>) {
    this.timeline = timeline;
    this.log = new Log(entries);
    this.loads = new Loads(this.log);
    this.soon = taskQueue(() => this.step());
    this.patience = new Patience(this.soon);
    this.motion = new Motion(this.log, this.patience);
  }

  /** The checkpoint that the log comes to next, at the time at which the clock will stand then. */
  get next(): Pictured | undefined {
    return this.inTime(this.log.next);
  }

  /** The next frame that tells how all stands, the same. */
  get standing(): Pictured | undefined {
    return this.inTime(this.log.standing);
  }

  /** Whether all stood still at the checkpoint that the log is past. */
  get stood(): boolean {
    return this.log.stood;
  }

  private inTime(ahead: Pictured | undefined): Pictured | undefined {
    return ahead && { ticks: this.timeline.ticks + ahead.ticks, moments: ahead.moments };
  }

  /** What is called off next, and where it stood then; `isFrame`: only in the very frame in which that is. */
  turned(isFrame: boolean): Moments | undefined {
    return this.log.turned(isFrame);
  }

  /** How all stands in the frame of what comes next, as far as something stands before its beginning. */
  get back(): Moments | undefined {
    return this.log.back;
  }

  /** Lets the document run to its next input or checkpoint. */
  run(): Promise<Stop> {
    return new NativePromise((resolve) => {
      this.changes++;
      this.stopped = resolve;
      this.soon();
    });
  }

  /** The entry the log stands on, in words for a diagnosis. */
  where(): string {
    return this.log.where();
  }

  get position(): number {
    return this.log.position;
  }

  get length(): number {
    return this.log.length;
  }

  arrive(kind: string, id: number | string, run: Run, ticket?: Wanted): void {
    const name = key(kind, id);
    if (this.debts.pay(name)) return run();
    if (this.hears(kind, id)) {
      this.consume();
      return run();
    }
    this.arrivals.add(name, run, ticket, this.changes);
    if (this.isWaiting) this.soon();
  }

  /** Whether the document is left, and hears of that: there is no later turn for it. */
  private hears(kind: string, id: number | string): boolean {
    while (this.log.kind === '-' && this.log.isLeft) this.consume();
    return this.log.kind === kind && this.log.argument === id && this.log.isLeft;
  }

  comes(kind: string, id: number | string): void {
    const found = this.log.find(kind, '' + id);
    if (found >= 0) this.take(found);
  }

  settle(kind: string, id: number | string, run: Run): void {
    this.arrive(kind, id, run);
  }

  /** Runs everything that stands before this event in the log, then takes its place. */
  event(type: string): boolean {
    const { log } = this;
    const found = log.find('E', type);
    if (found < 0) {
      // The parser came here before its turn: the log must not wait for it later.
      if (type !== 'spin') this.early[type] = (this.early[type] ?? 0) + 1;
      return false;
    }
    while (log.at < found) this.catchUp();
    this.consume();
    if (this.stopped) this.soon();
    return true;
  }

  milestone(type: string, then: Run): void {
    const { log } = this;
    const found = log.find('E', type);
    const next = (): void => {
      if (log.at >= found) {
        this.event(type);
        then();
      } else if (this.catchUp()) afterMicrotasks(next);
      else next();
    };
    next();
  }

  isTurn(type: string): boolean {
    const { log } = this;
    return (log.kind === 'E' && log.argument === type) || !log.knows('E', type);
  }

  loaded(name: string): void {
    this.loads.note(name);
    if (!this.isWaiting) return;
    // A module runs next, and reads the clock.
    if (isModule(name) && this.log.kind === 'L' && this.log.argument === name) this.awaitLoad(name);
    else this.soon();
  }

  blocks(name: string): void {
    this.loads.stopper = name;
  }

  timer(id: number, _delay: number, run: Run): void {
    this.arrive('T', id, run);
  }

  dropTimer(id: number): void {
    this.arrivals.drop(key('T', id));
  }

  frame(realm: number, run: Run): void {
    this.arrive('R', realm, run);
  }

  idle(id: number, run: (deadline?: IdleDeadline) => void): void {
    this.arrive('I', id, run);
  }

  answer(_ask: () => string | boolean | null | undefined): string | boolean | null | undefined {
    const found = this.log.find('D');
    // The log stands just behind the callback that asks.
    return found < 0 ? null : (this.take(found) as string | boolean | null);
  }

  reading(name: string, ask: () => unknown): unknown {
    const found = this.log.findReading(name);
    if (found >= 0) this.take(found);
    return this.log.reading(name, ask);
  }

  outcome(id: number, _ask: unknown, deliver: (outcome: Outcome) => void, repeats: boolean): void {
    this.questions[id] = { deliver, repeats };
    if (this.isWaiting) this.soon();
  }

  chunk(id: number): number | undefined {
    return this.log.chunk(id);
  }

  endOutcomes(id: number): void {
    delete this.questions[id];
  }

  /** Notes an entry that did not fit: of this log, or (kind "w") of a worker's. */
  skip(kind: string, id: number | string): void {
    const skip: Skip = { at: this.position, kind, id, ticks: this.timeline.ticks };
    append(this.skips, skip);
    this.onSkip(skip);
  }

  // ---- the log

  private get isWaiting(): boolean {
    return this.patience.isWaiting(this.log.at);
  }

  /** When the frame began that the log stands on, in ticks. */
  private get frameAhead(): number {
    return this.timeline.ticks + this.log.ahead + frameOf(this.log.argument);
  }

  /** What an entry says whose turn has come because the page asks for it. */
  private take(index: number): unknown {
    if (index !== this.log.at) return this.log.strike(index);
    const { argument } = this.log;
    this.consume();
    return argument;
  }

  private consume(): void {
    const { ahead, kind } = this.log;
    if (kind === 'f') this.onApproach(this.frameAhead, this.drew);
    else if (ahead >= JUMP || this.drew) this.onJump(this.drew);
    this.drew = kind === 'R';
    // A reading is inside a task, and no task begins with it.
    if (kind !== 'g') this.timeline.advance(ahead);
    if (kind === 'f') this.enterFrame(this.log.argument as number | List<unknown>);
    else if (this.drew && (!this.framed || ahead > 0)) this.onFrame(this.timeline.ticks);
    this.framed = kind === 'f';
    this.log.pass();
    this.onTime();
    if (kind !== 'C' && kind !== 'O') this.changes++;
    this.patience.end();
  }

  private enterFrame(told: number | List<unknown>): void {
    const { ticks } = this.timeline;
    this.onFrame(ticks + frameOf(told), typeof told === 'number' ? undefined : momentsIn(told));
  }

  /** Takes one entry inside a native event: what is there runs, what is not stays owed. True when something ran. */
  private catchUp(): boolean {
    const { kind } = this.log;
    const id = this.log.argument as number | string;
    const run = this.arrivals.take(key(kind, id));
    if (kind === 'E') this.loads.askForDocument('' + id);
    if (kind === 'L') {
      if (!this.loads.isHere('' + id)) this.loads.onMissing('' + id);
      this.loads.take('' + id);
    } else if (!run) this.debts.owe(kind, key(kind, id));
    this.consume();
    if (run) attempt(run);
    return run !== undefined;
  }

  private step(): void {
    // Whoever asked for a step before the frame did not know of it.
    if (!this.stopped || this.motion.isDrawing) return;
    const { log } = this;
    if (log.isOver || log.isLeft) return this.stop('end', 0, list());
    if (this.awaitScript()) return;
    const { kind, argument } = log;
    if (kind === 'A') {
      this.consume();
      this.stop('input', argument as number, list());
    } else if (kind === 'C') {
      const { moments } = log.next as Pictured;
      this.consume();
      this.stop('checkpoint', (argument as List<number>)[0] as number, moments);
    } else if (kind === '-' || kind === 'D' || kind === 'g' || kind === 't') {
      this.consume();
      this.soon();
    } else if (kind === 'f') {
      if (!this.motion.isDrawn && this.motion.mustDraw(this.frameAhead)) return this.motion.draw(this.soon);
      this.consume();
      // What is gone before the browser has drawn it once would never tell that it began, or ended.
      if (this.motion.takeUntold()) this.motion.draw(this.soon);
      else this.soon();
    } else if (kind === 'E') this.awaitEvent(argument as string);
    else if (kind === 'L') this.awaitLoad(argument as string);
    else if (kind === 'N') this.awaitResources(argument as number);
    else if (kind === 'K') this.awaitQuestion(argument as [number, Outcome]);
    else this.awaitHeld(kind, argument as number | string);
  }

  private stop(why: Stop['why'], n: number, moments: Moments): void {
    const resolve = this.stopped;
    this.stopped = undefined;
    resolve?.({ why, n, moments });
  }

  private awaitHeld(kind: string, id: number | string): void {
    const name = key(kind, id);
    if (kind === 'O' && this.mustDraw(name)) return this.motion.draw(this.soon);
    if (kind === 'X' && this.lacksSome(name) && !this.isLate(kind, id)) return;
    const mayRepeat = this.isWaiting && this.patience.waited >= REPEAT_MS;
    const run = this.arrivals.take(name) ?? (mayRepeat ? this.arrivals.again(name) : undefined);
    if (run) {
      this.debts.inTurn(name);
      this.consume();
      this.soon();
      this.foresee();
      run();
      return;
    }
    // Something may wait for a picture before its event: the promise to decode it.
    if (this.patience.waited >= STUCK_MS && this.helpedAt !== this.log.at) {
      this.helpedAt = this.log.at;
      this.loads.askForShown();
    }
    if (kind === 'H') this.motion.helpOn('' + id);
    if (this.isLate(kind, id)) {
      if (!this.debts.cameEarly(name)) {
        this.skip(kind, id);
        this.debts.owe(kind, name);
      }
      this.consume();
      this.soon();
    }
  }

  /** Whether less of an answer has come than the code that hears of it has read. */
  private lacksSome(name: string): boolean {
    const read = this.log.readingWithin(RECEIVED) as number | undefined;
    return read !== undefined && (this.arrivals.received(name) ?? read) < read;
  }

  /**
   * The frame that follows what runs now may be drawn before the log comes to it: what it calls off on its way, or ends,
   * has to stand there when that has run.
   */
  private foresee(): void {
    const { at, kind } = this.log;
    if (kind !== 'f' || !this.isMoving()) return;
    const began = this.frameAhead;
    afterMicrotasks(() => {
      if (this.log.at === at) this.onForesee(began);
    });
  }

  /** An observer of layout that saw a frame in which the page was not yet as it is now: the next one tells. */
  private mustDraw(name: string): boolean {
    if (this.motion.hasMoved()) this.changes++;
    const before = this.arrivals.changesBefore(name);
    return before !== undefined && before !== this.changes && !this.motion.isDrawn;
  }

  private awaitEvent(type: string): void {
    const early = this.early[type] ?? 0;
    if (early > 0) this.early[type] = early - 1;
    else {
      if (!this.isWaiting) {
        this.loads.askForDocument(type);
        this.loads.askForStopper();
      }
      if (!this.isLate('E', type)) return this.wantMore();
      this.skip('E', type);
    }
    this.consume();
    this.soon();
  }

  /**
   * A script runs before its load is told, and asks for what stands there until then. True as long as it is waited for.
   */
  private awaitScript(): boolean {
    const name = this.log.scriptAhead();
    if (name === undefined || !this.loads.isAwaited(name)) return false;
    if (!this.isWaiting) this.loads.ask(name);
    if (!this.isLate('L', name)) {
      this.wantMore();
      return true;
    }
    this.loads.giveUpOn(name);
    return false;
  }

  private awaitLoad(name: string): void {
    if (this.loads.isHere(name)) this.loads.take(name);
    else {
      if (!this.isWaiting) this.loads.ask(name);
      const isLate = this.isLate('L', name);
      // It may have come over the network, and only stand behind the script for which the parser waits.
      if (this.loads.isStopped(this.patience.waited >= BEHIND_MS)) this.loads.take(name);
      else if (this.patience.frames >= UNUSED_FRAMES && this.loads.isUnused(name)) this.loads.giveUp(1);
      else if (!isLate) return this.wantMore();
      else this.skip('L', name);
    }
    this.consume();
    if (isModule(name)) this.modules.afterCompiling(name, () => {}, this.soon);
    else this.soon();
  }

  /** What is waited for may be in a part of the document that is kept back. */
  private wantMore(): void {
    if (this.patience.waited >= MORE_MS) this.loads.askForMore();
  }

  private awaitResources(count: number): void {
    const missing = this.loads.missingOf(count);
    if (missing > 0) {
      // A picture is here before its event.
      if (!this.isWaiting) this.loads.askForShown(missing);
      if (!this.isLate('N', count)) return this.wantMore();
      this.loads.giveUp(missing);
    }
    this.consume();
    this.soon();
  }

  private awaitQuestion(argument: [number, Outcome]): void {
    const question = this.questions[argument[0]];
    if (!question) {
      if (!this.isLate('K', argument[0])) return;
      this.skip('K', argument[0]);
    } else if (!question.repeats) delete this.questions[argument[0]];
    this.consume();
    this.soon();
    question?.deliver(argument[1]);
  }

  /** True when the entry the log stands on has been waited for long enough. */
  private isLate(kind: string, id: number | string): boolean {
    const limit = this.isPatient && isFromMakers(kind) ? Infinity : limitOf(kind, id);
    return this.patience.isOver(this.log.at, limit, framesOf(kind, id));
  }
}

/** So many microtasks deep are the chains of promises that a callback may leave. */
const DEPTH = 100;

/** Runs when the microtasks that are queued now are done, with those that follow from them, DEPTH levels deep. */
function afterMicrotasks(run: Run): void {
  let left = DEPTH;
  const next = (): void => (left-- > 0 ? nativeMicrotask(next) : run());
  next();
}

function attempt(run: Run): void {
  try {
    run();
  } catch (error) {
    // As the browser would: told to the page as an uncaught error, later callbacks still run.
    reportError(error);
  }
}
