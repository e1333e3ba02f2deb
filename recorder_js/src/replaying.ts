// The conductor of a strict replay: the log decides the order.
//
// Callbacks are held until the log stands on them. Timers and frames are never given to the browser, so idle time
// costs nothing. What nobody can hold (load, trusted input, parser scripts) catches up: everything that stands
// before it in the log runs first. A wait has a limit; what did not come in time is skipped, owed, and told.
import type { Moments } from './animations.ts';
import { Debts } from './debts.ts';
import type { Pictured } from './driven.ts';
import { MODULE_SCRIPT, Modules, isModule } from './modules.ts';
import { Log, OF_STYLE, isShown } from './log.ts';
import { type List, append, list, record, stringIndexOf, stringSlice, uncurryThis } from './natives.ts';
import { Patience } from './patience.ts';
import { type Resources, takeAll } from './resources.ts';
import { nativeFrame, nativeMicrotask, nativeTimeout, taskQueue } from './scheduler.ts';
import { type Conductor, type Outcome, type Run, TICKS, type Timeline } from './timeline.ts';

/** Why the replay stands still: an input or a checkpoint is due, the log is over. */
export interface Stop {
  why: 'input' | 'checkpoint' | 'end';
  /** Ordinal of the input or checkpoint. */
  n: number;
  /** Of a checkpoint: the animations by key, each with its current time in milliseconds. */
  moments: Moments;
}

interface Held {
  run: Run;
  ticket: { readonly live: boolean } | undefined;
  /** How often the page had changed when it came. */
  changes: number;
}

/** An entry that did not happen in time. */
export interface Skip {
  at: number;
  kind: string;
  id: number | string;
  ticks: number;
}

/** Milliseconds to wait for what the log says, by kind; the rest is work of the script itself and quick. */
const LIMITS: { [kind: string]: number | undefined } = {
  H: 8000, F: 8000, B: 4000, S: 4000, X: 8000, Y: 8000, G: 2000, Q: 1000, J: 4000, V: 8000, U: 8000, W: 20000, m: 20000, P: 3000, M: 500, T: 250, R: 250, I: 250, O: 400, N: 1500, L: 4000, Z: 8000, K: 1000, b: 4000,
};
/** What comes to a worker from those who made it; they may stand still for as long as a session takes. */
const FROM_MAKERS: { [kind: string]: true | undefined } = { W: true, M: true, m: true, c: true, Q: true };
/** What a style asks for comes from the cache of the browser at times, and nothing tells of it. */
const OF_STYLE_LIMIT = 1500;
/** A parser script may wait for its download. */
const SCRIPT_LIMIT = 8000;
/**
 * Events of the browser's own frames; what depends on real frames may have been merged into one. On a busy machine
 * frames are rare: it is so many of them that count.
 */
const FRAME_LIMIT = 300;
const FRAMES = 15;
const FRAMES_TO_END = 3;
const FRAME_EVENT = /:(scroll\w*|select\w*|resize|visibilitychange|fullscreen\w+|securitypolicyviolation|toggle|close|change|blur|focusout|(?:mouse|pointer)\w+|transition\w+|animation\w+|webkit\w+|finish|cancel)$/;
const INTERACTIVE = 'interactive';
/** Milliseconds after which an entry may be waiting for a picture that waits for its turn, and how many may come then. */
const STUCK_MS = 250;
const AT_ONCE = 20;
const END_EVENT = /:(transitionend|animationend|webkitTransitionEnd|webkitAnimationEnd|finish)$/;
const COURSE_EVENT = /:(transitionrun|transitionstart|animationstart|animationiteration|webkitAnimationStart|webkitAnimationIteration)$/;
/** Ticks by which a motion may have begun later than in the recording. */
const LATE = 60 * TICKS;
/** Ticks that animations cannot miss. */
const JUMP = 8 * TICKS;

const test = uncurryThis(RegExp.prototype.exec);
const matches = (pattern: RegExp, text: string): boolean => test(pattern, text) !== null;
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
  onJump: Run = () => {};
  /** Called when what looks at the layout is due so many ticks from now: whether something moves until then. */
  onLook: (ahead: number) => boolean = () => false;
  /** Called when the log stands on the end of an animation that has not come, so many ticks from now. */
  onAnimationEnd: (ahead: number) => void = () => {};
  /** Called when frames have been drawn since, and it still has not come. */
  onMissingEnd: Run = () => {};
  /** Called, with its name, for an element that the log says has loaded and that has not, and for the document's end. */
  onMissingLoad: (name: string) => void = () => {};
  onSkip: (skip: Skip) => void = () => {};
  /** What the browser fetches for itself, by realm: pictures that no event announces. */
  readonly resources = list<Resources>();
  /** Of a worker: if one of its makers leaves it waiting for ever, it is they who notice. */
  isPatient = false;
  private readonly timeline: Timeline;
  private readonly log: Log;
  private readonly patience: Patience;
  private readonly held = record<List<Held>>();
  private readonly debts = new Debts();
  private readonly early = record<number>();
  private readonly loads = record<number>();
  private readonly questions = record<{ deliver: (outcome: Outcome) => void; repeats: boolean }>();
  private missingResources = 0;
  /** How often something ran that may have changed the page, and where a frame has been drawn of it as it is. */
  private changes = 0;
  private drawnAt = -1;
  private lookedAt = -1;
  private helpedAt = -1;
  /** Whether the log's last entry was a frame. */
  private drew = false;
  private forcedAt = -1;
  private stopped: ((stop: Stop) => void) | undefined;
  private readonly soon: Run;

  constructor(timeline: Timeline, entries: List<any>) {
    this.timeline = timeline;
    this.log = new Log(entries);
    this.soon = taskQueue(() => this.step());
    this.patience = new Patience(this.soon);
  }

  /** The checkpoint that the log comes to next, at the time at which the clock will stand then. */
  get next(): Pictured | undefined {
    const { next } = this.log;
    return next && { ticks: this.timeline.ticks + next.ticks, moments: next.moments };
  }

  /** Lets the document run to its next input or checkpoint. */
  run(): Promise<Stop> {
    return new Promise((resolve) => {
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

  arrive(kind: string, id: number | string, run: Run, ticket?: { readonly live: boolean }): void {
    const name = key(kind, id);
    if (this.debts.pay(name)) return run();
    const waiting = (this.held[name] ??= list());
    append(waiting, { run, ticket, changes: this.changes });
    if (this.isWaiting) this.soon();
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
    this.loads[name] = (this.loads[name] ?? 0) + 1;
    if (!this.isWaiting) return;
    // A module runs next, and reads the clock.
    if (isModule(name) && this.log.kind === 'L' && this.log.argument === name) this.awaitLoad(name);
    else this.soon();
  }

  timer(id: number, _delay: number, run: Run): void {
    this.arrive('T', id, run);
  }

  dropTimer(id: number): void {
    delete this.held[key('T', id)];
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

  /** What an entry says whose turn has come because the page asks for it. */
  private take(index: number): unknown {
    if (index !== this.log.at) return this.log.strike(index);
    const { argument } = this.log;
    this.consume();
    return argument;
  }

  private consume(): void {
    const { ahead, kind } = this.log;
    if (ahead >= JUMP || this.drew) this.onJump();
    this.drew = kind === 'R';
    // A reading is inside a task, and no task begins with it.
    if (kind !== 'g') this.timeline.advance(ahead);
    this.log.pass();
    this.onTime();
    if (kind !== 'C' && kind !== 'O') this.changes++;
    this.patience.end();
  }

  /** Takes one entry inside a native event: what is there runs, what is not stays owed. True when something ran. */
  private catchUp(): boolean {
    const { kind } = this.log;
    const id = this.log.argument as number | string;
    const run = this.heldFor(kind, id);
    if (kind === 'E') this.ask('' + id);
    if (kind === 'L') {
      if ((this.loads[id] ?? 0) <= 0) this.onMissingLoad('' + id);
      this.loads[id] = (this.loads[id] ?? 0) - 1;
    } else if (!run) this.debts.owe(kind, key(kind, id));
    this.consume();
    if (run) attempt(run);
    return run !== undefined;
  }

  private heldFor(kind: string, id: number | string): Run | undefined {
    const waiting = this.held[key(kind, id)];
    while (waiting && waiting.length > 0) {
      const first = waiting[0] as Held;
      for (let i = 1; i < waiting.length; i++) waiting[i - 1] = waiting[i] as Held;
      waiting.length--;
      if (first.ticket === undefined || first.ticket.live) return first.run;
    }
    return undefined;
  }

  private step(): void {
    if (!this.stopped) return;
    const { log } = this;
    if (log.isOver) return this.stop('end', 0, list());
    const { kind, argument } = log;
    if (kind === 'A') {
      this.consume();
      this.stop('input', argument as number, list());
    } else if (kind === 'C') {
      const { moments } = log.next as Pictured;
      this.consume();
      this.stop('checkpoint', (argument as List<number>)[0] as number, moments);
    } else if (kind === '-' || kind === 'D' || kind === 'g') {
      this.consume();
      this.soon();
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
    if (kind === 'O' && this.mustDraw(name)) return this.draw();
    const run = this.heldFor(kind, id);
    if (run) {
      this.debts.inTurn(name);
      this.consume();
      this.soon();
      run();
      return;
    }
    // Something may wait for a picture before its event: the promise to decode it.
    if (this.patience.waited >= STUCK_MS && this.helpedAt !== this.log.at) {
      this.helpedAt = this.log.at;
      this.askForShown(AT_ONCE);
    }
    if (this.isLate(this.limitOf(kind, id), kind === 'H' && matches(FRAME_EVENT, '' + id) ? FRAMES : 0)) {
      if (!this.debts.cameEarly(name)) {
        this.skip(kind, id);
        this.debts.owe(kind, name);
      }
      this.consume();
      this.soon();
    }
  }

  /** An observer of layout sees the page as it is when its turn comes. */
  private mustDraw(name: string): boolean {
    const { at, ahead } = this.log;
    if (this.lookedAt !== at && this.onLook(ahead)) this.changes++;
    this.lookedAt = at;
    return this.isStale(name);
  }

  /** An observer of layout has seen a frame in which the page was not yet as it is now: the next one tells. */
  private isStale(name: string): boolean {
    const waiting = this.held[name];
    for (let i = 0; waiting && i < waiting.length; i++) {
      const held = waiting[i] as Held;
      if (held.ticket?.live) return held.changes !== this.changes && this.drawnAt !== this.log.at;
    }
    return false;
  }

  /** Goes on when a frame has been drawn; without one, in a window that nobody sees, after a while. */
  private draw(): void {
    const { at } = this.log;
    const drawn = (): void => {
      if (this.log.at !== at || this.drawnAt === at) return;
      this.drawnAt = at;
      this.soon();
    };
    nativeFrame(() => nativeTimeout(drawn, 0));
    nativeTimeout(drawn, LIMITS.O as number);
  }

  private limitOf(kind: string, id: number | string): number {
    if (this.isPatient && FROM_MAKERS[kind]) return Infinity;
    if (kind !== 'H') return LIMITS[kind] ?? 1000;
    const name = '' + id;
    if (matches(END_EVENT, name)) this.awaitEnd();
    else if (matches(COURSE_EVENT, name)) this.awaitCourse();
    return matches(FRAME_EVENT, name) ? FRAME_LIMIT : (LIMITS.H as number);
  }

  /** What has just ended tells so in the next frame: only then can it be something else that ended. */
  private awaitEnd(): void {
    if (!this.isWaiting) this.onAnimationEnd(this.log.ahead);
    else if (this.patience.frames >= FRAMES_TO_END && this.forcedAt !== this.log.at) {
      this.forcedAt = this.log.at;
      this.onMissingEnd();
    }
  }

  /** A delay that is over, an iteration: what moves is where that happens, or a little further where it began late. */
  private awaitCourse(): void {
    const { ahead, at } = this.log;
    if (!this.isWaiting) this.onLook(ahead);
    else if (this.patience.frames >= FRAMES_TO_END && this.forcedAt !== at) {
      this.forcedAt = at;
      this.onLook(ahead + LATE);
    }
  }

  private awaitEvent(type: string): void {
    const early = this.early[type] ?? 0;
    if (early > 0) this.early[type] = early - 1;
    else {
      if (!this.isWaiting) this.ask(type);
      if (!this.isLate(SCRIPT_LIMIT)) return;
      this.skip('E', type);
    }
    this.consume();
    this.soon();
  }

  /** A document does not end before its timeline comes there; that of a frame does not come before, nor its content. */
  private ask(event: string): void {
    if (stringIndexOf(event, 'script in frame ') === 0) this.onMissingLoad('document body' + stringSlice(event, 'script'.length));
    else if (stringIndexOf(event, INTERACTIVE) === 0) {
      const frame = stringSlice(event, INTERACTIVE.length);
      if (frame !== '') this.onMissingLoad('document body' + frame);
      this.onMissingLoad('document end' + frame);
    } else if (stringIndexOf(event, 'document in frame ') === 0) this.onMissingLoad(event);
  }

  private awaitLoad(name: string): void {
    const count = this.loads[name] ?? 0;
    if (count <= 0 && !this.isWaiting) this.askFor(name);
    if (count > 0) this.loads[name] = count - 1;
    else if (this.isLate(stringIndexOf(name, OF_STYLE) === 0 ? OF_STYLE_LIMIT : (LIMITS.L as number))) this.skip('L', name);
    else return;
    this.consume();
    if (isModule(name)) this.modules.afterCompiling(name, () => {}, this.soon);
    else this.soon();
  }

  /** Has a load come. A module may be one that a script asks for which is told of only when all of it has come. */
  private askFor(name: string): void {
    this.onMissingLoad(name);
    if (isShown(name)) this.askForShown(this.log.shownInRow());
    const root = isModule(name) ? this.log.nextLoad(MODULE_SCRIPT) : undefined;
    if (root !== undefined) this.onMissingLoad(root);
  }

  /** Has the next of what is shown come, in or out of its turn. */
  private askForShown(most: number): void {
    const names = this.log.nextShown(most);
    for (let i = 0; i < names.length; i++) this.onMissingLoad(names[i] as string);
  }

  private awaitResources(count: number): void {
    const loaded = takeAll(this.resources);
    if (loaded < count - this.missingResources) {
      // A picture is here before its event.
      if (!this.isWaiting) this.askForShown(count - this.missingResources - loaded);
      if (!this.isLate(LIMITS.N as number)) return;
      this.missingResources = count - loaded;
    }
    this.consume();
    this.soon();
  }

  private awaitQuestion(argument: [number, Outcome]): void {
    const question = this.questions[argument[0]];
    if (!question) {
      if (!this.isLate(LIMITS.K as number)) return;
      this.skip('K', argument[0]);
    } else if (!question.repeats) delete this.questions[argument[0]];
    this.consume();
    this.soon();
    question?.deliver(argument[1]);
  }

  /** True when the entry the log stands on has been waited for long enough: so many milliseconds, and frames. */
  private isLate(limit: number, frames = 0): boolean {
    return this.patience.isOver(this.log.at, limit, frames);
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
