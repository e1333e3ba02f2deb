// XMLHttpRequest: its state, and how much of the answer there is, as far as its events have been delivered, not as far
// as the network is.
import type { Traffic } from './gates.ts';
import { replaceAccessor, replaceMethod } from './masquerade.ts';
import { addEventListener } from './nativeevents.ts';
import { getter, NativeWeakMap, stringSlice, weakMapGet, weakMapSet } from './natives.ts';
import { isInCall } from './stack.ts';
import type { Timeline } from './timeline.ts';

const UNSENT = 0;
const OPENED = 1;
const LOADING = 3;
const DONE = 4;

interface State {
  shown: number;
  /** What the browser told last: of an answer that comes in pieces it tells again and again. */
  told: number;
}

const nativeState = getter<number>('XMLHttpRequest', 'readyState', UNSENT);

export function followXhr(timeline: Timeline, traffic: Traffic): void {
  const { conductor } = timeline;
  const prototype = globalThis.XMLHttpRequest?.prototype;
  const states = new NativeWeakMap<object, State>();

  const follow = (request: object, id: number): State => {
    const state: State = { shown: OPENED, told: OPENED };
    weakMapSet(states, request, state);
    addEventListener(request, 'readystatechange', () => {
      const now = nativeState(request);
      if (now === state.told) return;
      state.told = now;
      if (isInCall(1)) state.shown = now;
      else conductor.arrive('Y', id + ':' + now, () => (state.shown = now));
    }, true);
    addEventListener(request, 'loadend', () => traffic.pending--, true);
    return state;
  };

  replaceMethod(prototype, 'open', (native) => (self, args) => {
    const result = native(self, args);
    const asynchronous = args.length < 3 || !!args[2];
    if (!asynchronous) return result;
    const id = timeline.next('Y');
    const state = weakMapGet(states, self) ?? follow(self, id);
    state.shown = state.told = OPENED;
    return result;
  });
  replaceMethod(prototype, 'send', (native) => (self, args) => {
    if (weakMapGet(states, self)) traffic.pending++;
    return native(self, args);
  });
  // It ends where it began, and no event tells.
  replaceMethod(prototype, 'abort', (native) => (self, args) => {
    const result = native(self, args);
    const state = weakMapGet(states, self);
    if (state && nativeState(self) === UNSENT) state.shown = state.told = UNSENT;
    return result;
  });
  replaceAccessor(prototype, 'readyState', (native) => (self) => weakMapGet(states, self)?.shown ?? native(self));
  const soFar = (native: (self: unknown) => unknown) => (self: object): unknown => {
    const text = native(self);
    const shown = weakMapGet(states, self)?.shown ?? DONE;
    if (shown === DONE) return text;
    if (typeof text !== 'string') return null;
    if (shown !== LOADING) return '';
    return stringSlice(text, 0, conductor.reading('XMLHttpRequest.received', () => text.length) as number);
  };
  replaceAccessor(prototype, 'responseText', soFar);
  replaceAccessor(prototype, 'response', soFar);
}
