// XMLHttpRequest: its state, and how much of the answer there is, as far as its events have been delivered, not as far
// as the network is.
import type { Traffic } from './gates.ts';
import { replaceAccessor, replaceMethod } from './masquerade.ts';
import { addEventListener, dispatchEvent } from './nativeevents.ts';
import { getter, NativeWeakMap, stringSlice, weakMapGet, weakMapSet } from './natives.ts';
import { isInCall } from './stack.ts';
import type { Timeline } from './timeline.ts';

const NativeEvent = Event;
const NativeProgressEvent = ProgressEvent;
const UNSENT = 0;
const OPENED = 1;
const LOADING = 3;
const DONE = 4;

interface State {
  shown: number;
  /** What the browser told last: of an answer that comes in pieces it tells again and again. */
  told: number;
}

/** How often a request has been given up: what it told before then is no news any more. */
const givenUp = new NativeWeakMap<object, number>();
export const givenUpOf = (target: object): number => weakMapGet(givenUp, target) ?? 0;

/** Look at the state of a request, by request; `ours`: see `isInCall`. */
const looks = new NativeWeakMap<object, (ours: number) => void>();
/**
 * A listener that the page had before it opened the request hears of a new state before ours does. `ours`: how many
 * functions of ours there are between the browser and the caller of this one, which counts as well.
 */
export const noteState = (request: object, ours: number): void => weakMapGet(looks, request)?.(ours + 2);

const nativeState = getter<number>('XMLHttpRequest', 'readyState', UNSENT);

const nativeText = getter<string>('XMLHttpRequest', 'responseText', '');
/** The reading that tells how much of an answer there was. */
export const RECEIVED = 'XMLHttpRequest.received';
/** How much of the answer to a request has come, in a replay maybe less than there was in the recording. */
export const receivedOf = (request: object): number => (nativeState(request) === DONE ? Infinity : nativeText(request).length);

export function followXhr(timeline: Timeline, traffic: Traffic): void {
  const { conductor } = timeline;
  const prototype = globalThis.XMLHttpRequest?.prototype;
  const states = new NativeWeakMap<object, State>();

  const follow = (request: object, id: number): State => {
    const state: State = { shown: OPENED, told: OPENED };
    weakMapSet(states, request, state);
    const look = (ours: number): void => {
      const now = nativeState(request);
      if (now === state.told) return;
      state.told = now;
      if (isInCall(ours)) state.shown = now;
      else conductor.arrive('Y', id + ':' + now, () => (state.shown = now));
    };
    weakMapSet(looks, request, look);
    addEventListener(request, 'readystatechange', () => look(2), true);
    addEventListener(request, 'loadend', (event: Event) => event.isTrusted && traffic.pending--, true);
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
  replaceMethod(prototype, 'abort', (native) => (self, args) => {
    const state = weakMapGet(states, self);
    // The network is ahead of a replay: for the browser there is nothing left to give up.
    const isAhead = state !== undefined && state.shown !== DONE && state.shown !== UNSENT && nativeState(self) === DONE;
    const result = native(self, args);
    if (!state) return result;
    weakMapSet(givenUp, self, givenUpOf(self) + 1);
    if (isAhead) {
      state.shown = DONE;
      tellOfAbort(self);
    }
    // It ends where it began, and no event tells.
    if (nativeState(self) === UNSENT) state.shown = state.told = UNSENT;
    return result;
  });
  replaceAccessor(prototype, 'readyState', (native) => (self) => weakMapGet(states, self)?.shown ?? native(self));
  const soFar = (native: (self: unknown) => unknown) => (self: object): unknown => {
    const text = native(self);
    const shown = weakMapGet(states, self)?.shown ?? DONE;
    if (shown === DONE) return text;
    if (typeof text !== 'string') return null;
    if (shown !== LOADING) return '';
    return stringSlice(text, 0, conductor.reading(RECEIVED, () => text.length) as number);
  };
  replaceAccessor(prototype, 'responseText', soFar);
  replaceAccessor(prototype, 'response', soFar);
}

/** What the browser would have told (XMLHttpRequest, "request error steps"). */
function tellOfAbort(request: object): void {
  dispatchEvent(request, new NativeEvent('readystatechange'));
  dispatchEvent(request, new NativeProgressEvent('abort'));
  dispatchEvent(request, new NativeProgressEvent('loadend'));
}
