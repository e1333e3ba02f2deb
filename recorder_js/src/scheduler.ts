// The browser's own clock and queues, taken before the page's code runs and before we wrap them.
import { addEventListener } from './nativeevents.ts';
import { apply, boundTo } from './natives.ts';
import { windowParent } from './nodes.ts';

type Run = () => void;
const scope = globalThis as unknown as Record<string, Function | undefined>;
const taken = <F>(name: string): F => (scope[name] && boundTo(scope[name], undefined)) as F;

export const nativeTimeout = taken<(run: Run, ms: number) => number>('setTimeout');
export const nativeClearTimeout = taken<(id: number) => void>('clearTimeout');
export const nativeFrame = taken<(run: Run) => number>('requestAnimationFrame');
export const nativeCancelFrame = taken<(id: number) => void>('cancelAnimationFrame');
export const nativeIdle = taken<((run: (deadline?: IdleDeadline) => void, options?: object) => number) | undefined>('requestIdleCallback');
export const nativeMicrotask = taken<(run: Run) => void>('queueMicrotask');

/** Real milliseconds since this document began. */
export const realNow = boundTo(performance.now, performance) as () => number;
export const realOrigin: number = performance.timeOrigin;

const NativeMessageChannel = MessageChannel;
const post = MessagePort.prototype.postMessage;
const start = MessagePort.prototype.start;

/** A task of our own: microtasks drain between two of them, as between the page's own tasks. */
export function taskQueue(run: Run): Run {
  let channel: MessageChannel | undefined;
  return () => {
    if (!channel) {
      channel = new NativeMessageChannel();
      addEventListener(channel.port1, 'message', run);
      apply(start, channel.port1, []);
    }
    apply(post as never, channel.port2, [0]);
  };
}

const NativeMutationObserver = globalThis.MutationObserver;
const observe = NativeMutationObserver?.prototype.observe;
const disconnect = NativeMutationObserver?.prototype.disconnect;

/** Watches a subtree natively; returns the way to stop. */
export function watchMutations(root: Node, options: MutationObserverInit, changed: (records: MutationRecord[]) => void): Run {
  const observer = new NativeMutationObserver(changed);
  apply(observe, observer, [root, options]);
  return () => void apply(disconnect, observer, []);
}

/** Runs once, `ms` after it was first armed; then it can be armed again. */
export class Later {
  armed = false;
  private readonly ms: number;
  private readonly run: Run;

  constructor(ms: number, run: Run) {
    this.ms = ms;
    this.run = run;
  }

  arm(): void {
    if (this.armed) return;
    this.armed = true;
    nativeTimeout(() => {
      this.armed = false;
      this.run();
    }, this.ms);
  }
}

/** The window above us when it has our origin, so that both share one timeline. */
export function sameOriginParent(): Window | null {
  const parent = windowParent(window);
  if (parent === null || parent === window) return null;
  try {
    void (parent as Window).document;
    return parent;
  } catch {
    return null;
  }
}
