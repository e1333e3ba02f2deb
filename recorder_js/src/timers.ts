// Timers, animation frames and idle callbacks of one realm.
import { addEventListener } from './nativeevents.ts';
import {
  type List, append, apply, createObject, defineProperty, floor, getter, isFinite, list, method, record,
} from './natives.ts';
import { type Native, replaceMethod } from './masquerade.ts';
import { nativeCancelFrame, nativeClearTimeout } from './scheduler.ts';
import { TICKS, type Timeline } from './timeline.ts';

const indirectEval = globalThis.eval;

export function installTimers(timeline: Timeline, start: number): void {
  const { conductor } = timeline;
  const alive = record<true>();

  const call = (handler: unknown, args: List<unknown>): void => {
    if (typeof handler === 'function') apply(handler as never, globalThis, args);
    else indirectEval('' + handler);
  };
  const none = list<unknown>();
  const rest = (args: any[]): List<unknown> => {
    if (args.length < 3) return none;
    const kept = list<unknown>();
    for (let i = 2; i < args.length; i++) append(kept, args[i]);
    return kept;
  };
  const set = (repeat: boolean) => (native: Native) => (self: unknown, args: any[]): number => {
    if (args.length === 0 || isForeign(self)) nativeClearTimeout(native(self, args));
    const id = timeline.next('T');
    const number = +args[1];
    const delay = isFinite(number) && number > 0 ? number : 0;
    const passed = rest(args);
    const fire = (): void => {
      if (!alive[id]) return;
      if (repeat) conductor.timer(id, delay, fire);
      else delete alive[id];
      call(args[0], passed);
    };
    alive[id] = true;
    conductor.timer(id, delay, fire);
    return id;
  };
  const clear = (_self: unknown, args: any[]): void => {
    const id = args[0] as number;
    if (!alive[id]) return;
    delete alive[id];
    conductor.dropTimer(id);
  };
  replaceMethod(globalThis, 'setTimeout', set(false));
  replaceMethod(globalThis, 'setInterval', set(true));
  replaceMethod(globalThis, 'clearTimeout', () => clear);
  replaceMethod(globalThis, 'clearInterval', () => clear);

  // The browser forgets the timers of a frame that leaves; those of a frame on its parent's timeline are ours to drop.
  addEventListener(globalThis, 'pagehide', () => {
    for (const id in alive) conductor.dropTimer(+id);
  });
  installFrames(timeline, start);
  installIdle(timeline);
}

/** Not the window that a function of it must be called on: the native one shall say so. */
function isForeign(self: unknown): boolean {
  return self !== undefined && self !== null && self !== globalThis;
}

interface Wanted {
  id: number;
  callback: ((time: number) => void) | undefined;
}

function installFrames(timeline: Timeline, start: number): void {
  const { conductor } = timeline;
  const realm = timeline.realms;
  let wanted = list<Wanted>();
  let current = wanted;

  const runFrame = (): void => {
    current = wanted;
    wanted = list();
    const time = (timeline.ticks - start) / TICKS;
    for (let i = 0; i < current.length; i++) {
      const { callback } = current[i] as Wanted;
      if (!callback) continue;
      try {
        apply(callback as never, globalThis, [time]);
      } catch (error) {
        reportError(error);
      }
    }
  };
  replaceMethod(globalThis, 'requestAnimationFrame', (native) => (self, args) => {
    if (typeof args[0] !== 'function' || isForeign(self)) nativeCancelFrame(native(self, args));
    const id = timeline.next('raf' + realm);
    if (wanted.length === 0) conductor.frame(realm, runFrame);
    append(wanted, { id, callback: args[0] });
    return id;
  });
  const cancel = (queue: List<Wanted>, id: unknown): void => {
    for (let i = 0; i < queue.length; i++) if (queue[i]?.id === id) (queue[i] as Wanted).callback = undefined;
  };
  replaceMethod(globalThis, 'cancelAnimationFrame', () => (_self, args) => {
    cancel(wanted, args[0]);
    cancel(current, args[0]);
  });
}

function installIdle(timeline: Timeline): void {
  const { conductor } = timeline;
  const pending = record<true>();
  replaceMethod(globalThis, 'requestIdleCallback', (native) => (self, args) => {
    if (typeof args[0] !== 'function' || isForeign(self)) native(self, args);
    const id = timeline.next('I');
    pending[id] = true;
    conductor.idle(id, (deadline) => {
      if (!pending[id]) return;
      delete pending[id];
      apply(args[0], window, [toldDeadline(timeline, deadline)]);
    }, args[1] as IdleRequestOptions | undefined);
    return id;
  });
  replaceMethod(globalThis, 'cancelIdleCallback', () => (_self, args) => void delete pending[args[0] as number]);
}

/** The time that is left is asked for at the first readings, then at each eighth: a loop may read it at every step. */
const FIRST_READINGS = 4;
const EACH = 8;
/** Where nobody knows it, it is over after so many. */
const MOST_READINGS = 1000;
const ENOUGH_MS = 10;

const remaining = method<[], number>('IdleDeadline', 'timeRemaining', 0);
const timedOut = getter<boolean>('IdleDeadline', 'didTimeout', false);

/** What a page is told of its idle time: that of the recording. */
function toldDeadline(timeline: Timeline, native: IdleDeadline | undefined): object {
  const { conductor } = timeline;
  let readings = 0;
  let left = 0;
  const ask = (): number => (native ? floor(remaining(native)) : readings < MOST_READINGS ? ENOUGH_MS : 0);
  const timeRemaining = (): number => {
    if (readings < FIRST_READINGS || readings % EACH === 0) left = conductor.reading('idle.left', ask) as number;
    readings++;
    return left;
  };
  const didTimeout = conductor.reading('idle.timedOut', () => native !== undefined && timedOut(native));
  const told = createObject(globalThis.IdleDeadline?.prototype ?? null);
  defineProperty(told, 'didTimeout', { value: didTimeout, enumerable: true, configurable: true });
  defineProperty(told, 'timeRemaining', { value: timeRemaining, configurable: true });
  return told;
}
