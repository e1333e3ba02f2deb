// What the browser measures: the performance timeline, its observers, and `performance.timing`. Marks and measures of
// the page are made in virtual time; everything else is asked of the browser, or read from the log.
import { Describer, type Described, push } from './described.ts';
import { type Native, replaceAccessor, replaceConstructor, replaceMethod } from './masquerade.ts';
import {
  type List, append, apply, createObject, defineProperty, getter, list, method, NativeWeakMap, ownKeys, weakMapGet,
  weakMapSet,
} from './natives.ts';
import { TICKS, type Outcome, type Timeline } from './timeline.ts';

const USER: { [type: string]: true | undefined } = { mark: true, measure: true };
const typeOf = getter<string>('PerformanceEntry', 'entryType', '');
const nameOf = getter<string>('PerformanceEntry', 'name', '');
const startOf = getter<number>('PerformanceEntry', 'startTime', 0);
const entriesOfType = method<[string], List<PerformanceEntry>>('Performance', 'getEntriesByType', list());
const entriesByName = method<[string, string], List<PerformanceEntry>>('Performance', 'getEntriesByName', list());
const ofList = method<[], List<PerformanceEntry>>('PerformanceObserverEntryList', 'getEntries', list());
const USER_FIELDS = ['name', 'entryType', 'startTime', 'duration'];
/** Read before the clock is installed. */
const { performance } = globalThis;

/** One entry in the log: the page's own mark, the one of the document itself, an entry known by number, a new one. */
type Told = ['user', string, string, number] | 'navigation' | number | Described;

/** `start`: ticks of the timeline at which this document began. */
export function followMeasures(timeline: Timeline, start: number): void {
  markInVirtualTime(timeline, start);
  const measures = new Measures(timeline);
  measures.followEntries();
  measures.followObservers();
  measures.followTiming();
}

class Measures {
  private readonly timeline: Timeline;
  private readonly describer = new Describer();
  /** Entries that the log knows by number. */
  private readonly numbers = new NativeWeakMap<object, number>();
  private readonly known = list<PerformanceEntry>();
  private count = 0;
  private readonly document = entriesOfType(performance, 'navigation')[0];
  private isLive = false;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  followEntries(): void {
    const follow = (name: string, typeAt: number): void => {
      replaceMethod(globalThis.Performance?.prototype, name, (native) => (self, args) => {
        const type = args[typeAt] as string;
        return USER[type] ? native(self, args) : this.entries(name, native(self, args) as PerformanceEntry[]);
      });
    };
    follow('getEntries', 2);
    follow('getEntriesByType', 0);
    follow('getEntriesByName', 1);
  }

  /** Real entries while recording, the recorded ones in a replay. */
  private entries(name: string, real: PerformanceEntry[]): PerformanceEntry[] {
    let asked = false;
    const told = this.timeline.conductor.reading(name, () => {
      asked = true;
      return this.tell(real, true);
    }) as List<Told>;
    for (let i = 0; i < real.length; i++) if (real[i] === this.document) this.followDocument();
    return asked ? real : this.untell(told);
  }

  private tell(entries: ArrayLike<PerformanceEntry>, byNumber: boolean): List<Told> {
    const told = list<Told>();
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as PerformanceEntry;
      const number = weakMapGet(this.numbers, entry);
      if (USER[typeOf(entry)]) append(told, ['user', typeOf(entry), nameOf(entry), startOf(entry)]);
      else if (entry === this.document) append(told, 'navigation');
      else if (byNumber && number !== undefined) append(told, number);
      else {
        append(told, this.describer.describe(entry));
        if (byNumber) weakMapSet(this.numbers, entry, this.count++);
      }
    }
    return told;
  }

  private untell(told: List<Told>, byNumber = true): PerformanceEntry[] {
    const entries: PerformanceEntry[] = [];
    for (let i = 0; i < told.length; i++) push(entries, this.entryOf(told[i] as Told, byNumber));
    return entries;
  }

  private entryOf(told: Told, byNumber: boolean): PerformanceEntry {
    if (typeof told === 'number') return this.known[told] as PerformanceEntry;
    if (told === 'navigation') return this.document as PerformanceEntry;
    if (told[0] === 'user') {
      const [, type, name, time] = told as ['user', string, string, number];
      const same = entriesByName(performance, name, type);
      for (let i = 0; i < same.length; i++) if (startOf(same[i]) === time) return same[i] as PerformanceEntry;
      return this.describer.make(['PerformanceEntry', [name, type, time, 0], [USER_FIELDS, USER_FIELDS]]) as PerformanceEntry;
    }
    const made = this.describer.make(told as Described) as PerformanceEntry;
    if (byNumber) append(this.known, made);
    return made;
  }

  /** The entry of the document goes on to change while that loads: each of its fields is a reading. */
  private followDocument(): void {
    if (this.isLive) return;
    this.isLive = true;
    const scope = globalThis as unknown as { [name: string]: { prototype: object } };
    const classes = ['PerformanceNavigationTiming', 'PerformanceResourceTiming', 'PerformanceEntry'];
    const follow = (prototype: object, name: string): void => {
      replaceAccessor(prototype, name, (native) => (self) => (self === this.document ? this.field('navigation.' + name, native(self)) : native(self)));
    };
    for (let i = 0; i < classes.length; i++) {
      const prototype = scope[classes[i] as string]!.prototype;
      const names = ownKeys(prototype);
      for (let j = 0; j < names.length; j++) if (typeof names[j] === 'string') follow(prototype, names[j] as string);
      replaceMethod(prototype, 'toJSON', (native) => (self) => (self === this.document ? this.copy(native(self, []) as object) : native(self, [])));
    }
  }

  private field(name: string, real: unknown): unknown {
    let asked = false;
    const plain = this.timeline.conductor.reading(name, () => {
      asked = true;
      return this.describer.plain(real);
    });
    return asked ? real : this.describer.value(plain);
  }

  /** The same fields as the browser's copy has, each of them a reading. */
  private copy(real: object): object {
    const fields = real as { [name: string]: unknown };
    for (const name in fields) fields[name] = this.field('navigation.' + name, fields[name]);
    return real;
  }

  followTiming(): void {
    let isFollowed = false;
    replaceAccessor(globalThis.Performance?.prototype, 'timing', (native) => (self) => {
      const timing = native(self) as object;
      if (isFollowed) return timing;
      isFollowed = true;
      const prototype = (globalThis as unknown as { PerformanceTiming: { prototype: object } }).PerformanceTiming.prototype;
      const names = ownKeys(prototype);
      for (let i = 0; i < names.length; i++) {
        const name = names[i] as string;
        if (typeof name === 'string') replaceAccessor(prototype, name, (read) => (of) => this.field('timing.' + name, read(of)));
      }
      replaceMethod(prototype, 'toJSON', (read) => (of, args) => this.field('timing', read(of, args)));
      return timing;
    });
  }

  followObservers(): void {
    const { conductor } = this.timeline;
    const watches = new NativeWeakMap<object, { id: number; live: boolean; observer?: object }>();
    let watch: { id: number; live: boolean; observer?: object } | undefined;
    replaceConstructor('PerformanceObserver', (observer) => {
      if (!watch) return;
      watch.observer = observer as object;
      weakMapSet(watches, observer, watch);
    }, (args) => {
      watch = undefined;
      const callback = args[0] as Function;
      if (typeof callback !== 'function') return args;
      const mine = (watch = { id: this.timeline.next('K'), live: false, observer: undefined as unknown as object });
      const given = new NativeWeakMap<Outcome, ArrayLike<unknown>>();
      let tell: ((outcome: Outcome) => void) | undefined;
      conductor.outcome(mine.id, (told) => { tell = told; }, (outcome) => {
        if (mine.live) apply(callback, mine.observer, weakMapGet(given, outcome) ?? this.observed(outcome, mine.observer));
      }, true);
      const seen = (...real: [object, object, { droppedEntriesCount?: number }]): void => {
        const entries = ofList(real[0]);
        this.followDocumentIn(entries);
        const outcome: Outcome = { entries: this.tell(entries, false), dropped: real[2]?.droppedEntriesCount };
        weakMapSet(given, outcome, real);
        tell?.(outcome);
      };
      return [seen];
    });

    const prototype = globalThis.PerformanceObserver?.prototype;
    const follow = (name: string, live: boolean): void => replaceMethod(prototype, name, (native) => (self, args) => {
      const known = weakMapGet(watches, self as object);
      if (known) known.live = live;
      return native(self, args);
    });
    follow('observe', true);
    follow('disconnect', false);
    replaceMethod(prototype, 'takeRecords', (native) => (self, args) => this.entries('takeRecords', native(self, args) as PerformanceEntry[]));
  }

  private followDocumentIn(entries: ArrayLike<PerformanceEntry>): void {
    for (let i = 0; i < entries.length; i++) if (entries[i] === this.document) this.followDocument();
  }

  /** The arguments of a recorded call. */
  private observed(outcome: Outcome, observer: object): unknown[] {
    const entries = this.untell(outcome.entries as List<Told>, false);
    this.followDocumentIn(entries);
    const made = createObject(globalThis.PerformanceObserverEntryList.prototype);
    const put = (name: string, select: (...args: string[]) => PerformanceEntry[]): void => {
      defineProperty(made, name, { value: select, configurable: true });
    };
    const where = (fits: (entry: PerformanceEntry) => boolean): PerformanceEntry[] => {
      const found: PerformanceEntry[] = [];
      for (let i = 0; i < entries.length; i++) if (fits(entries[i] as PerformanceEntry)) push(found, entries[i] as PerformanceEntry);
      return found;
    };
    put('getEntries', () => where(() => true));
    put('getEntriesByType', (type) => where((entry) => entry.entryType === type));
    put('getEntriesByName', (name, type) => where((entry) => entry.name === name && (type === undefined || entry.entryType === type)));
    return [made, observer, { droppedEntriesCount: outcome.dropped }];
  }
}

/** A mark that names no time is made now, and now is virtual. */
function markInVirtualTime(timeline: Timeline, start: number): void {
  const now = (): number => (timeline.read() - start) / TICKS;
  const marked = (options: unknown): object => {
    const given = options as { detail?: unknown; startTime?: number } | undefined;
    return { ...(given ?? {}), startTime: given?.startTime ?? now() };
  };
  replaceMethod(globalThis.Performance?.prototype, 'mark', (native) => (self, args) => {
    return args.length === 0 ? native(self, args) : native(self, [args[0], marked(args[1])]);
  });
  replaceConstructor('PerformanceMark', () => {}, (args) => (args.length === 0 ? args : [args[0], marked(args[1])]));
  replaceMethod(globalThis.Performance?.prototype, 'measure', (native) => (self, args) => measured(native, self, args, now));
}

function measured(native: Native, self: unknown, args: any[], now: () => number): unknown {
  const [name, from, to] = args;
  if (args.length === 0 || to !== undefined) return native(self, args);
  if (typeof from !== 'object' || from === null) return native(self, [name, { start: from == null ? 0 : '' + from, end: now() }]);
  const { start, end, duration, detail } = from;
  if (end !== undefined || duration !== undefined || (start === undefined && detail !== undefined)) return native(self, args);
  return native(self, [name, { start: start ?? 0, end: now(), detail }]);
}
