// Streams that are handed over to a worker: the browser carries their pieces, and nobody hears when one comes.
import { replaceMethod } from './masquerade.ts';
import { type List, isPrototypeOf } from './natives.ts';

const STREAMS = ['ReadableStream', 'WritableStream', 'TransformStream'];

const scope = globalThis as unknown as { [name: string]: { prototype: object } | undefined };

function isStream(value: unknown): boolean {
  for (let i = 0; i < STREAMS.length; i++) if (isPrototypeOf(scope[STREAMS[i] as string]?.prototype, value)) return true;
  return false;
}

/** Declares each handing over of a stream. */
export function noticeStreams(gap: (detail: string) => void): void {
  const noticing = (native: (self: unknown, args: ArrayLike<unknown>) => unknown) => (self: unknown, args: any[]): unknown => {
    const given = args[1] as (List<unknown> & { transfer?: List<unknown> }) | undefined;
    const handed = typeof given === 'object' && given !== null ? given.transfer ?? given : undefined;
    for (let i = 0; handed && i < handed.length; i++) {
      if (isStream(handed[i])) gap('a stream was handed over to a worker: when its pieces came was not recorded');
    }
    return native(self, args);
  };
  replaceMethod(scope.Worker?.prototype, 'postMessage', noticing);
  replaceMethod(scope.MessagePort?.prototype, 'postMessage', noticing);
  if (typeof document === 'undefined') replaceMethod(globalThis, 'postMessage', noticing);
}
