// WebSockets and event streams: the state that a page sees is that of the events it was given.
//
// In a replay all messages are there at once, and so may be the end. Listeners are held (held.ts); a page that looks
// at `readyState` must not see further than they do.
import { addEventListener } from './nativeevents.ts';
import { getter, NativeWeakMap, weakMapGet, weakMapSet } from './natives.ts';
import { replaceAccessor, replaceConstructor, replaceMethod } from './masquerade.ts';
import type { Timeline } from './timeline.ts';

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

let streams = false;

/** Whether this realm ever had an event stream: asked for each listener that a page adds. */
export const hasStreams = (): boolean => streams;

type Made = (made: object) => void;
const nobody: Made = () => {};

/** `madeSocket` and `madeStream` are shown each new one. */
export function followSockets(timeline: Timeline, madeSocket = nobody, madeStream = nobody): void {
  const { conductor } = timeline;
  const shown = new NativeWeakMap<object, number>();
  const scope = globalThis as unknown as { [name: string]: { prototype: object } | undefined };

  const follow = (closed: string, stateThen: (socket: object) => number) => (socket: object): void => {
    const id = timeline.next('U');
    const tell = (type: string, stateOf: (socket: object) => number) => () => {
      const state = stateOf(socket);
      conductor.arrive('U', id + ':' + type, () => void weakMapSet(shown, socket, state));
    };
    weakMapSet(shown, socket, CONNECTING);
    addEventListener(socket as EventTarget, 'open', tell('open', () => OPEN));
    addEventListener(socket as EventTarget, closed, tell(closed, stateThen));
  };
  const leave = (state: number) => (native: (self: unknown, args: ArrayLike<unknown>) => unknown) =>
    (self: object, args: unknown[]): unknown => {
      const result = native(self, args);
      if ((weakMapGet(shown, self) ?? CLOSED) < state) weakMapSet(shown, self, state);
      return result;
    };
  const state = (native: (self: unknown) => number) => (self: object): number => weakMapGet(shown, self) ?? native(self);

  const followSocket = follow('close', () => CLOSED);
  replaceConstructor('WebSocket', (socket) => {
    madeSocket(socket);
    followSocket(socket);
  });
  replaceMethod(scope.WebSocket?.prototype, 'close', leave(CLOSING));
  replaceAccessor(scope.WebSocket?.prototype, 'readyState', state);
  // An event stream that breaks off connects again, or is over for good.
  const followStream = follow('error', getter<number>('EventSource', 'readyState', CONNECTING));
  replaceConstructor('EventSource', (source) => {
    streams = true;
    madeStream(source);
    followStream(source);
  });
  replaceMethod(scope.EventSource?.prototype, 'close', leave(CLOSING));
  replaceAccessor(scope.EventSource?.prototype, 'readyState', state);
}
