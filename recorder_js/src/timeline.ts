// The timeline of a document: its clock, its random stream, its ids, and whoever conducts its callbacks.
//
// A page is deterministic except for what enters it from outside. Everything that enters passes the conductor:
// while recording it is written down and let in at once, in a replay it is held until the log stands on it.
// Frames of the same origin join the timeline of their parent, so that all of them share one order.
import type { Modules } from './modules.ts';
import { deref, floor, imul, NativeWeakRef, record, stringIndexOf, stringSlice } from './natives.ts';

/** Ticks of the virtual clock in a millisecond: the resolution that browsers give to pages. */
export const TICKS = 10;
/** A busy loop sees time pass by the number of its reads, never by real time: equal on both sides. */
const FREE_READS = 5000;

export type Run = () => void;
/** A call that waits: whether it still is to come, and the event, if that tells of progress. */
export interface Wanted {
  readonly live: boolean;
  readonly progress?: object | undefined;
  /** How much of an answer has come, where code may read that. */
  readonly received?: (() => number) | undefined;
}

/** Plain values that JSON can hold. */
export type Outcome = { [name: string]: unknown };

/** Decides when a callback may run. */
export interface Conductor {
  /** What has come and may not have run yet. */
  readonly modules: Modules;
  /** True when arrivals wait, so that the browser may be ahead of the page. */
  readonly holds: boolean;
  /** Whether what arrives now has to wait: in a recording, as long as a picture is taken. */
  readonly isHolding: boolean;
  /**
   * A callback source is ready: `kind` and `id` name it equally in recording and replay. `ticket` tells, while it
   * waits, whether the page still wants it.
   */
  arrive(kind: string, id: number | string, run: Run, ticket?: Wanted): void;
  /** What waits comes now, whatever the log stands on: where that tells of it before the next input, it has come then. */
  comes(kind: string, id: number | string): void;
  /** A promise of the browser has settled: that arrives too, and never among the microtasks of something else. */
  settle(kind: string, id: number | string, run: Run): void;
  /** An event that nobody can hold is about to reach the page; false when the log has none of it here. */
  event(type: string): boolean;
  /**
   * The same of an event outside of the page's code: the microtasks that the browser runs behind it are time enough
   * for each callback before it and for what that leaves. `then` runs after them.
   */
  milestone(type: string, then: Run): void;
  /** Whether an event that can be put off a little should come now. */
  isTurn(type: string): boolean;
  /** An element (picture, script, style sheet) has loaded or failed to; what a link asked for, by its address. */
  loaded(name: string, url: string): void;
  /** The parser has come to a script that it has to wait for, named as its load is. */
  blocks(name: string): void;
  timer(id: number, delay: number, run: Run): void;
  dropTimer(id: number): void;
  /** Some realm wants an animation frame; `run` calls what that realm has queued. */
  frame(realm: number, run: Run): void;
  /** The browser has time; a recording gives its deadline. */
  idle(id: number, run: (deadline?: IdleDeadline) => void, options?: IdleRequestOptions): void;
  /** The answer of a modal dialog: asked of the person, or read from the log. */
  answer(ask: () => string | boolean | null | undefined): string | boolean | null | undefined;
  /**
   * What the surroundings answer to the question `id`: asked, or read from the log. `repeats`: more than once.
   */
  outcome(id: number, ask: (told: (outcome: Outcome) => void) => void, deliver: (outcome: Outcome) => void, repeats: boolean): void;
  /** What code reads of its surroundings, as plain data: asked, or read from the log. */
  reading(name: string, ask: () => unknown): unknown;
  /** How many bytes the piece `id` of a body had, -1 for its end; undefined where nothing is known. */
  chunk(id: number): number | undefined;
  /** Nobody wants to know any more. */
  endOutcomes(id: number): void;
}

export class Timeline {
  ticks = 0;
  /** Documents that live on this timeline: its own and those of same-origin frames. */
  realms = 0;
  conductor!: Conductor;
  /** Whether everything that has come is known; else `onRead` is called before page code reads the clock. */
  isCurrent = true;
  onRead: Run = () => {};
  readonly origin: number;
  /** Like no other in a session, and the same in recording and replay. */
  readonly name: string;
  private reads = 0;
  private state: number;
  private readonly counters = record<number>();
  private readonly hearers = record<WeakRef<object>>();

  constructor(origin: number, seed: number) {
    this.origin = origin;
    this.state = seed | 0;
    this.name = origin + ':' + this.state;
  }

  /** Ticks since the document began, as page code reads them. */
  read(): number {
    if (!this.isCurrent) this.onRead();
    if (++this.reads > FREE_READS) this.ticks++;
    return this.ticks;
  }

  /** A new macrotask began after `delta` ticks. */
  advance(delta: number): void {
    this.reads = 0;
    this.ticks += delta;
  }

  /** The next id of a kind. Creation order is deterministic, so ids need no identity. */
  next(kind: string): number {
    return (this.counters[kind] = (this.counters[kind] ?? 0) + 1);
  }

  /** The newest id of a kind. */
  last(kind: string): number {
    return this.counters[kind] ?? 0;
  }

  /** A target that the page listens at has this id from now on, by which the log names what it hears. */
  hears(id: number, target: object): void {
    this.hearers[id] = new NativeWeakRef(target);
  }

  /** Who hears of an entry such as "3:transitionend", if that is still there. */
  hearerOf(entry: string): object | undefined {
    const ref = this.hearers[stringSlice(entry, 0, stringIndexOf(entry, ':'))];
    return ref && deref(ref);
  }

  /** Uniform in [0, 2^32): mulberry32 (Tommy Ettinger, public domain). */
  random(): number {
    let t = (this.state = (this.state + 0x6d2b79f5) | 0);
    t = imul(t ^ (t >>> 15), t | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** Uniform in [0, 1) with 53 bits. */
  fraction(): number {
    return ((this.random() >>> 5) * 67108864 + (this.random() >>> 6)) / 9007199254740992;
  }

  /** Epoch milliseconds, whole. */
  wall(ticks: number): number {
    return floor(this.origin + ticks / TICKS);
  }
}
