// Promises whose settling is an arrival.
import { NativePromise, NativeWeakMap, weakMapGet, weakMapSet } from './natives.ts';
import { replaceAccessor } from './masquerade.ts';
import type { Timeline } from './timeline.ts';

/** A promise that settles as `promise` does, when the turn of `kind` and `id` has come. */
export function held(
  timeline: Timeline, kind: string, id: number | string, promise: Promise<unknown>, settled?: () => void,
): Promise<unknown> {
  return new NativePromise((resolve, reject) => {
    // `await` uses the promise's internal slots; `then` could be the page's.
    void (async () => {
      let failed = false;
      let value: unknown;
      try {
        value = await promise;
      } catch (error) {
        failed = true;
        value = error;
      }
      settled?.();
      timeline.conductor.settle(kind, id, () => (failed ? reject(value) : resolve(value)));
    })();
  });
}

/** A property whose value is a promise: the page sees a held one, always the same for the same promise. */
export function holdProperty(
  owner: { prototype: object } | undefined, name: string, hold: (promise: Promise<unknown>) => Promise<unknown>,
): void {
  const known = new NativeWeakMap<object, Promise<unknown>>();
  replaceAccessor(owner?.prototype, name, (native) => (self) => {
    const promise = native(self) as Promise<unknown>;
    let shown = weakMapGet(known, promise);
    if (!shown) weakMapSet(known, promise, (shown = hold(promise)));
    return shown;
  });
}

/** What settles with the end of an animation, which comes by the clock. */
export function holdEnd(timeline: Timeline, owner: { prototype: object } | undefined): void {
  holdProperty(owner, 'finished', (promise) => held(timeline, 'H', 'finished' + timeline.next('finished') + ':finish', promise));
}
