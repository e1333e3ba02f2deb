// Tasks that a page asks the browser's own schedulers for: they wait for their turn like its timers.
import { push } from './described.ts';
import { held, holdEnd, holdProperty } from './gate.ts';
import { replaceMethod } from './masquerade.ts';
import { type List, apply, isFinite, NativePromise } from './natives.ts';
import type { Timeline } from './timeline.ts';

const NativeController = globalThis.AbortController;
const abort = NativeController?.prototype.abort;

type Task = (...args: unknown[]) => unknown;
type Globals = { [name: string]: { prototype: object } | undefined };

/** Methods that call back, once: the class, its method, and where among the arguments the callbacks are. */
const CALLED_BACK: [owner: string, name: string, places: number[]][] = [
  ['HTMLCanvasElement', 'toBlob', [0]],
  ['DataTransferItem', 'getAsString', [0]],
  ['FileSystemFileEntry', 'file', [0, 1]],
  ['FileSystemEntry', 'getParent', [0, 1]],
  ['FileSystemDirectoryReader', 'readEntries', [0, 1]],
  ['FileSystemDirectoryEntry', 'getFile', [2, 3]],
  ['FileSystemDirectoryEntry', 'getDirectory', [2, 3]],
];

export function holdTasks(timeline: Timeline): void {
  const scope = globalThis as unknown as Globals;
  const { conductor } = timeline;
  /** A task that runs when its turn has come; what it gives settles the promise. */
  const inTurn = (task: Task) => {
    const id = timeline.next('P');
    return (...args: unknown[]): Promise<unknown> => new NativePromise((resolve, reject) => {
      conductor.arrive('P', id, () => {
        try {
          resolve(apply(task, undefined, args));
        } catch (error) {
          reject(error);
        }
      });
    });
  };

  replaceMethod(scope.AbortSignal, 'timeout', (native) => (self, args) => {
    const ms = +args[0];
    if (!isFinite(ms) || ms < 0) return native(self, args);
    const controller = new NativeController();
    conductor.timer(timeline.next('T'), ms, () => {
      apply(abort, controller, [new DOMException('signal timed out', 'TimeoutError')]);
    });
    return controller.signal;
  });

  replaceMethod(scope.Scheduler?.prototype, 'postTask', (native) => (self, args) => {
    if (typeof args[0] !== 'function') return native(self, args);
    return native(self, [inTurn(args[0] as Task), args[1]]);
  });
  replaceMethod(scope.Scheduler?.prototype, 'yield', (native) => (self, args) =>
    held(timeline, 'P', timeline.next('P'), native(self, args) as Promise<unknown>));

  replaceMethod(scope.LockManager?.prototype, 'request', (native) => (self, args) => {
    const granted = args[args.length > 2 ? 2 : 1] as unknown;
    if (typeof granted !== 'function') return native(self, args);
    const waiting = inTurn(granted as Task);
    const asked = native(self, args.length > 2 ? [args[0], args[1], waiting] : [args[0], waiting]) as Promise<unknown>;
    return held(timeline, 'P', timeline.next('P'), asked);
  });
  for (let i = 0; i < CALLED_BACK.length; i++) holdCallbacks(timeline, scope, CALLED_BACK[i]!);

  if (typeof Document !== 'undefined') holdTransitions(timeline, scope, inTurn);
}

/** A call of either callback is an arrival. */
function holdCallbacks(timeline: Timeline, scope: Globals, [owner, name, places]: (typeof CALLED_BACK)[number]): void {
  replaceMethod(scope[owner]?.prototype, name, (native) => (self, args) => {
    const id = timeline.next('P');
    const given: unknown[] = [];
    for (let i = 0; i < args.length; i++) push(given, args[i]);
    for (let i = 0; i < places.length; i++) {
      const callback = given[places[i]!];
      if (typeof callback !== 'function') continue;
      given[places[i]!] = (...told: unknown[]) => timeline.conductor.arrive('P', id, () => void apply(callback as Task, undefined, told));
    }
    return native(self, given);
  });
}

/** The new state of the page is made when the old one was drawn. */
function holdTransitions(timeline: Timeline, scope: Globals, inTurn: (task: Task) => Task): void {
  replaceMethod(Document.prototype, 'startViewTransition', (native) => (self, args) => {
    const given = args[0] as Task | { update?: Task } | undefined;
    if (typeof given === 'function') return native(self, [inTurn(given)]);
    const update = given?.update;
    return native(self, typeof update === 'function' ? [{ ...given, update: inTurn(update) }] : args);
  });
  const { ViewTransition } = scope;
  holdProperty(ViewTransition, 'ready', (promise) => held(timeline, 'P', timeline.next('P'), promise));
  holdProperty(ViewTransition, 'updateCallbackDone', (promise) => held(timeline, 'P', timeline.next('P'), promise));
  holdEnd(timeline, ViewTransition);
}

/**
 * A page that draws sees one event for each move. The browser may have merged several into one, as its frames came;
 * a replay has only those that came.
 */
export function mergeMoves(): void {
  const prototype = globalThis.PointerEvent?.prototype;
  const latest = (events: ArrayLike<unknown>): unknown[] => {
    const one: unknown[] = [];
    if (events.length > 0) one[0] = events[events.length - 1];
    return one;
  };
  replaceMethod(prototype, 'getCoalescedEvents', (native) => (self, args) => latest(native(self, args) as List<unknown>));
  replaceMethod(prototype, 'getPredictedEvents', (native) => (self, args) => {
    native(self, args);
    return [];
  });
}
