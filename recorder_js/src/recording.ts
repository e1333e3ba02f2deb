// The conductor of a recording: writes down what enters the page, and lets it in at once.
import { Frames } from './frames.ts';
import { OF_STYLE } from './log.ts';
import { Modules, isModuleScript } from './modules.ts';
import { type List, append, encode, floor, list, record, stringSlice } from './natives.ts';
import { type Resources, takeAll } from './resources.ts';
import { nativeClearTimeout, nativeFrame, nativeIdle, nativeMicrotask, nativeTimeout, realNow, taskQueue } from './scheduler.ts';
import { type Conductor, type Outcome, type Run, TICKS, type Timeline, type Wanted } from './timeline.ts';

interface Queued {
  kind: string;
  id: number | string;
  run: Run;
  ticket?: Wanted | undefined;
  dropped?: boolean;
}

export class Recording implements Conductor {
  readonly modules = new Modules();
  readonly holds = false;
  /** Flat triples `kind, argument, delta` that have not been sent yet. */
  private entries = list<unknown>();
  /** How many places of entries have been sent. */
  private sent = 0;
  /** What the browser fetches for itself, by realm. */
  readonly resources = list<Resources>();
  private lastResources = 0;
  /** How many entries tell of what came although everything was to stand still. */
  private unheld = 0;
  /** Where something came that has not raised its event yet, by address. */
  private readonly places = record<number | undefined>();
  /** What was read last, by name. */
  private readonly readings = record<string>();
  private readonly forget: Run = () => (this.timeline.isCurrent = false);
  readonly frames: Frames;
  private frozen = false;
  /** How many modules have come and may not have run yet. */
  private running = 0;
  /** Where the last of them stands. */
  private lastModule: { place: number; name: string } | undefined;
  /** Where the last load of all stands. */
  private lastLoad = 0;
  private queue = list<Queued>();
  private queueHead = 0;
  private readonly natives = list<number | undefined>();
  private readonly drain: Run;
  readonly timeline: Timeline;
  private readonly wrote: Run;
  readonly late: number;

  /** `late`: by how many ticks this realm began after its timeline did. */
  constructor(timeline: Timeline, wrote: Run, late = 0) {
    this.timeline = timeline;
    this.wrote = wrote;
    this.late = late;
    this.frames = new Frames(this);
    timeline.onRead = () => this.look();
    this.forget();
    this.drain = taskQueue(() => this.drainOne());
  }

  /** Appends an entry at the present moment and returns its index among the unsent. */
  log(kind: string, argument: unknown): number {
    takeAll(this.resources);
    const delta = this.sinceLast();
    if (kind === 'C') this.frames.moves = (argument as List<unknown>).length > 1;
    // What stands still for a picture stands in no frame.
    return this.frozen && kind === 'C' ? this.write(kind, argument, delta) : this.frames.write(kind, argument, delta);
  }

  /** Ticks since the last entry. */
  sinceLast(): number {
    const now = floor(realNow() * TICKS) + this.late - this.timeline.ticks;
    return this.frozen || this.running > 0 || now < 0 ? 0 : now;
  }

  write(kind: string, argument: unknown, delta: number): number {
    this.timeline.advance(delta);
    return this.put(kind, argument, delta);
  }

  take(): List<unknown> {
    const { entries } = this;
    this.entries = list();
    this.sent += entries.length;
    return entries;
  }

  arrive(kind: string, id: number | string, run: Run, ticket?: Wanted): void {
    takeAll(this.resources);
    if (this.isHolding) {
      append(this.queue, { kind, id, run, ticket });
      return;
    }
    this.log(kind, id);
    run();
  }

  comes(): void {}

  settle(kind: string, id: number | string, run: Run): void {
    append(this.queue, { kind, id, run, ticket: undefined });
    if (this.queue.length === this.queueHead + 1) this.goOn();
  }

  /** A module runs in a task that nobody announces: what has come is noticed by the first reading of each task. */
  private look(): void {
    this.timeline.isCurrent = true;
    nativeMicrotask(this.forget);
    takeAll(this.resources);
  }

  event(type: string): boolean {
    this.unheld++;
    this.log('E', type);
    return true;
  }

  milestone(type: string, then: Run): void {
    this.event(type);
    then();
  }

  isTurn(): boolean {
    return !this.isHolding;
  }

  get isHolding(): boolean {
    return this.frozen || this.running > 0 || this.queue.length > this.queueHead;
  }

  /** A style sheet is in force, and a picture has its size, as soon as it has come: callbacks see that before its event. */
  came(url: string): void {
    this.places[url] = this.room();
  }

  /** What a style asked for has come, or SVG: a font, a background, a picture that no event tells of in time. */
  cameOfStyle(url: string): void {
    if (stringSlice(url, 0, 4) === 'http') this.log('L', OF_STYLE + stringSlice(url, 0, 200));
  }

  loaded(name: string, url: string): void {
    this.unheld++;
    takeAll(this.resources);
    if (isModuleScript(name)) this.runModules();
    const place = this.places[url];
    delete this.places[url];
    if (place === undefined) this.log('L', name);
    else this.amend(place, 'L', name);
  }

  /** Where an entry stands, among all that were ever written, as long as it has not been sent. */
  placeOf(index: number): number {
    return this.sent + index;
  }

  /** Has an entry say something else; of one that has been sent already another tells so. */
  amend(place: number, kind: string, argument: unknown): void {
    const index = place - this.sent;
    if (kind === 'L' && place > this.lastLoad) this.lastLoad = place;
    if (index < 0) return void this.put('<', [place, kind, argument], 0);
    this.entries[index] = kind;
    this.entries[index + 1] = argument;
    this.wrote();
  }

  /**
   * A module has come. Until it has run the clock stands still and whatever arrives waits, as in a replay: of several
   * that come meanwhile only the order in which they are compiled counts.
   */
  imported(name: string): void {
    this.unheld++;
    this.log('-', 0);
    this.running++;
    this.modules.afterCompiling(name, () => {
      this.lastModule = { place: this.placeOf(this.put('L', name, 0)), name };
      // A picture that was taken before shows a page without it.
      this.unheld++;
    }, () => {
      this.unheld++;
      this.running--;
      this.goOn();
    });
  }

  /**
   * An element's module and all that it imports run in one task, right before the element's event. A script whose event
   * came before that has run before it, although the last module of all had come already.
   */
  private runModules(): void {
    const last = this.lastModule;
    this.lastModule = undefined;
    if (!last || this.lastLoad === last.place) return;
    this.put('L', last.name, 0);
    this.amend(last.place, '-', 0);
  }

  /** Appends what is no moment of this document: the entries of a worker. */
  quote(kind: string, argument: unknown): void {
    this.put(kind, argument, 0);
  }

  private put(kind: string, argument: unknown, delta: number): number {
    append(this.entries, kind);
    append(this.entries, argument);
    append(this.entries, delta);
    this.wrote();
    const index = this.entries.length - 3;
    if (kind === 'L') this.lastLoad = this.placeOf(index);
    return index;
  }

  /** Changes when something came that nobody can hold. */
  witness(): number {
    return this.unheld + takeAll(this.resources);
  }

  /** A place for what turns out later to have come before the entries that follow, in the frame that it is now. */
  room(): number {
    return this.placeOf(this.log('-', 0));
  }

  /** Appends the marker of a raw input; gives the way to take it back. */
  mark(n: number): Run {
    this.logResources();
    const place = this.placeOf(this.log('A', n));
    return () => this.amend(place, '-', 0);
  }

  /** Appends how many resources have loaded, if that has changed. */
  logResources(): void {
    const count = takeAll(this.resources);
    if (count === this.lastResources) return;
    this.lastResources = count;
    this.log('N', count);
  }

  timer(id: number, delay: number, run: Run): void {
    this.natives[id] = nativeTimeout(() => {
      this.natives[id] = undefined;
      this.arrive('T', id, run);
    }, delay);
  }

  blocks(): void {}

  dropTimer(id: number): void {
    const native = this.natives[id];
    if (native !== undefined) nativeClearTimeout(native);
    this.natives[id] = undefined;
    // It may have fired inside a freeze and wait there: a cleared timer must not run, nor stand in the log.
    for (let i = this.queueHead; i < this.queue.length; i++) {
      const queued = this.queue[i];
      if (queued?.kind === 'T' && queued.id === id) queued.dropped = true;
    }
  }

  frame(realm: number, run: Run): void {
    nativeFrame(() => this.arrive('R', realm, run));
  }

  idle(id: number, run: (deadline?: IdleDeadline) => void, options?: IdleRequestOptions): void {
    const ready = (deadline?: IdleDeadline): void => this.arrive('I', id, () => run(deadline));
    if (nativeIdle) nativeIdle(ready, options);
    else nativeTimeout(ready, 1);
  }

  answer(ask: () => string | boolean | null | undefined): string | boolean | null | undefined {
    const given = ask();
    this.log('D', given === undefined ? null : given);
    return given;
  }

  /** Stands right behind what led to it: time goes on as it was. An answer that is the same again is not repeated. */
  reading(name: string, ask: () => unknown): unknown {
    const value = ask();
    const text = encode(value);
    const isKnown = this.readings[name] === text;
    this.readings[name] = text;
    this.put('g', isKnown ? name : [name, value], 0);
    return value;
  }

  outcome(id: number, ask: (told: (outcome: Outcome) => void) => void, deliver: (outcome: Outcome) => void): void {
    ask((outcome) => {
      this.arrive('K', [id, outcome] as never, () => deliver(outcome));
    });
  }

  endOutcomes(): void {}

  chunk(): undefined {
    return undefined;
  }

  /** Stops the clock and keeps arrivals waiting, so that the log position and the pixels belong together. */
  freeze(): void {
    this.frozen = true;
  }

  thaw(): void {
    if (!this.frozen) return;
    this.frozen = false;
    if (this.frames.moves) nativeFrame(() => this.frames.begin());
    this.goOn();
  }

  /** Lets in what has been waiting, one in a task. */
  private goOn(): void {
    if (!this.frozen && this.running === 0 && this.queue.length > this.queueHead) this.drain();
  }

  get isFrozen(): boolean {
    return this.frozen;
  }

  private drainOne(): void {
    takeAll(this.resources);
    if (this.frozen || this.running > 0) return;
    const next = this.queue[this.queueHead++];
    if (next === undefined) return;
    if (this.queue.length === this.queueHead) {
      this.queue = list();
      this.queueHead = 0;
    } else this.drain();
    if (next.dropped || next.ticket?.live === false) return;
    this.log(next.kind, next.id);
    next.run();
  }
}
