// Who listens to what is held. The browser may have called a listener long before its turn comes: whether it still
// listens by then, and whether it does so only once, is known here.
import { type List, append, getter, list, NativeWeakMap, recordOf, weakMapGet } from './natives.ts';

export type Listener = Function | { handleEvent?: unknown };

export interface Registration {
  readonly listener: Listener;
  readonly capture: boolean;
  readonly once: boolean;
  readonly signal: unknown;
}

interface Options {
  capture?: unknown;
  once?: unknown;
  passive?: unknown;
  signal?: unknown;
}

const isAborted = getter<boolean>('AbortSignal', 'aborted', false);

export class Registrations {
  private readonly all = new NativeWeakMap<object, { [type: string]: List<Registration> | undefined }>();

  /** Gives the options for the browser, which must not end a registration by itself. */
  add(target: object, type: string, listener: Listener, options: unknown): unknown {
    const given = (typeof options === 'object' && options !== null ? options : undefined) as Options | undefined;
    const capture = captures(options);
    const once = !!given?.once;
    const signal = given?.signal;
    const known = this.find(target, type, listener, capture);
    if (!known && !(signal && isAborted(signal))) append(this.of(target, type), { listener, capture, once, signal });
    return once ? { capture, passive: given?.passive, signal } : options;
  }

  remove(target: object, type: string, listener: Listener, capture: boolean): void {
    const all = weakMapGet(this.all, target)?.[type];
    if (!all) return;
    let kept = 0;
    for (let i = 0; i < all.length; i++) {
      const one = all[i] as Registration;
      if (one.listener !== listener || one.capture !== capture) all[kept++] = one;
    }
    all.length = kept;
  }

  /** The one of a listener, if it still listens. */
  find(target: object, type: string, listener: Listener, capture?: boolean): Registration | undefined {
    const all = weakMapGet(this.all, target)?.[type];
    for (let i = 0; all && i < all.length; i++) {
      const one = all[i] as Registration;
      if (one.listener !== listener || (capture !== undefined && one.capture !== capture)) continue;
      if (!(one.signal && isAborted(one.signal))) return one;
    }
    return undefined;
  }

  /** Those of a target, in the order in which they came. */
  at(target: object, type: string): List<Registration> {
    return weakMapGet(this.all, target)?.[type] ?? list();
  }

  private of(target: object, type: string): List<Registration> {
    return (recordOf(this.all, target)[type] ??= list());
  }
}

/** Whether options of a listener are those of one that hears on the way down. */
export function captures(options: unknown): boolean {
  return typeof options === 'object' && options !== null ? !!(options as Options).capture : !!options;
}
