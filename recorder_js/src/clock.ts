// Everything by which a page can tell the time reads the virtual clock.
import {
  apply, construct, createObject, defineProperty, getOwnPropertyDescriptor, NativeDate, NativeWeakMap, weakMapGet,
  weakMapSet,
} from './natives.ts';
import { disguise, replaceAccessor, replaceConstructor, replaceMethod } from './masquerade.ts';
import { TICKS, type Timeline } from './timeline.ts';

/** `start`: ticks of the timeline at which this document began; its `performance` counts from there. */
export function installClock(timeline: Timeline, start: number): void {
  installDate(timeline);
  const sinceStart = (): number => (timeline.read() - start) / TICKS;
  // The native ones are asked first: they refuse a receiver that is none.
  replaceMethod(Performance.prototype, 'now', (native) => (self) => {
    native(self, []);
    return sinceStart();
  });
  replaceAccessor(Performance.prototype, 'timeOrigin', (native) => (self) => {
    native(self);
    return timeline.origin + start / TICKS;
  });

  // An event keeps the time at which the page first asked for it, and so does what an observer tells.
  const times = new NativeWeakMap<object, number>();
  const firstAsked = (native: (self: unknown) => unknown) => (self: object): number => {
    native(self);
    let time = weakMapGet(times, self);
    if (time === undefined) weakMapSet(times, self, (time = sinceStart()));
    return time;
  };
  replaceAccessor(Event.prototype, 'timeStamp', firstAsked);
  replaceAccessor(globalThis.IntersectionObserverEntry?.prototype, 'time', firstAsked);
}

function installDate(timeline: Timeline): void {
  const now = (): number => timeline.wall(timeline.read());
  const wrapper: Function = new Proxy(NativeDate, {
    apply: () => apply(toText as never, new NativeDate(now()), []),
    construct(native, args: unknown[], newTarget) {
      return construct(native, args.length === 0 ? [now()] : args, newTarget === wrapper ? native : newTarget) as object;
    },
  });
  const toText = NativeDate.prototype.toString;
  disguiseConstructor('Date', wrapper, NativeDate);
  replaceMethod(NativeDate, 'now', () => now);
  datedFiles(now);
  installTemporal(now);
  installFormats(now);
}

/** Asked to format nothing, it formats the present (ECMA-402, 11.5.5). */
function installFormats(now: () => number): void {
  const { prototype } = Intl.DateTimeFormat;
  const ofPresent = (native: (self: unknown, args: unknown[]) => unknown) => (self: unknown, args: unknown[]): unknown =>
    native(self, args[0] === undefined ? [now()] : args);
  replaceMethod(prototype, 'formatToParts', ofPresent);
  // It is a getter, which gives each format a function of its own, and the same one each time.
  const bound = new NativeWeakMap<Function, Function>();
  replaceAccessor(prototype, 'format', (native) => (self) => {
    const format = native(self) as Function;
    let wrapper = weakMapGet(bound, format);
    if (wrapper === undefined) {
      const value: Function = (date: unknown) => apply(format as never, undefined, [date === undefined ? now() : date]);
      weakMapSet(bound, format, (wrapper = disguise(value, format)));
    }
    return wrapper;
  });
}

interface Instant {
  toZonedDateTimeISO(zone: unknown): { [to: string]: () => unknown };
}
interface TemporalNow {
  Instant: { fromEpochMilliseconds(ms: number): Instant; prototype: Instant };
  ZonedDateTime: { prototype: { [to: string]: Function } };
  Now: { timeZoneId(): string };
}

/** What `Temporal.Now` makes of a time in a zone, and the method that does. */
const OF_NOW: [name: string, to: string][] = [
  ['plainDateTimeISO', 'toPlainDateTime'], ['plainDateISO', 'toPlainDate'], ['plainTimeISO', 'toPlainTime'],
];

/** The present of `Temporal`, to the millisecond, as of `Date`. */
function installTemporal(now: () => number): void {
  const { Temporal } = globalThis as unknown as { Temporal?: TemporalNow };
  if (!Temporal) return;
  const { Instant, ZonedDateTime, Now } = Temporal;
  const { fromEpochMilliseconds } = Instant;
  const { toZonedDateTimeISO } = Instant.prototype;
  const { timeZoneId } = Now;
  const zoned = (zone: unknown): object =>
    apply(toZonedDateTimeISO as never, apply(fromEpochMilliseconds as never, Instant, [now()]), [zone === undefined ? apply(timeZoneId as never, Now, []) : zone]) as object;
  replaceMethod(Now, 'instant', () => () => apply(fromEpochMilliseconds as never, Instant, [now()]));
  replaceMethod(Now, 'zonedDateTimeISO', () => (_self, args) => zoned(args[0]));
  for (let i = 0; i < OF_NOW.length; i++) {
    const [name, to] = OF_NOW[i]!;
    const convert = ZonedDateTime.prototype[to];
    if (convert) replaceMethod(Now, name, () => (_self, args) => apply(convert as never, zoned(args[0]), []));
  }
}

/** A file that a page makes is of the present, unless it says another time. */
function datedFiles(now: () => number): void {
  replaceConstructor('File', () => {}, (args) => {
    const options = args[2] as { lastModified?: unknown } | null | undefined;
    const isUndated = options === undefined || options === null || (typeof options === 'object' && options.lastModified === undefined);
    if (args.length < 2 || !isUndated) return args;
    const dated = createObject(options ?? null) as object;
    defineProperty(dated, 'lastModified', { value: now(), enumerable: true });
    return [args[0], args[1], dated];
  });
}

function disguiseConstructor(name: string, wrapper: Function, original: Function): void {
  disguise(wrapper, original);
  const own = getOwnPropertyDescriptor(globalThis, name) as PropertyDescriptor;
  own.value = wrapper;
  defineProperty(globalThis, name, own);
  const back = getOwnPropertyDescriptor(original.prototype as object, 'constructor') as PropertyDescriptor;
  back.value = wrapper;
  defineProperty(original.prototype as object, 'constructor', back);
}
