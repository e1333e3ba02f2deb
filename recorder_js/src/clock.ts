// Everything by which a page can tell the time reads the virtual clock.
import {
  NativeDate, NativeWeakMap, apply, construct, defineProperty, getOwnPropertyDescriptor, weakMapGet, weakMapSet,
} from './natives.ts';
import { disguise, replaceAccessor, replaceMethod } from './masquerade.ts';
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
