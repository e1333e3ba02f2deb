// Bodies of answers that a page reads piece by piece. The network cuts them as it likes; the log says where it did.
import { method, NativePromise, NativeWeakMap, promiseThen, uncurryThis, weakMapGet, weakMapSet } from './natives.ts';
import { replaceAccessor, replaceMethod } from './masquerade.ts';
import type { Timeline } from './timeline.ts';

type Chunk = { done: boolean; value?: Uint8Array };
type Source = { read(length: number | undefined): Promise<Chunk>; cancel(reason: unknown): unknown };

const getReader = method<[], ReadableStreamDefaultReader<Uint8Array> | null>('ReadableStream', 'getReader', null);
const read = method<[], Promise<Chunk> | null>('ReadableStreamDefaultReader', 'read', null);
const cancelReader = method<[unknown], unknown>('ReadableStreamDefaultReader', 'cancel', undefined);
const NativeStream = globalThis.ReadableStream;
const NativeBytes = Uint8Array;
const setBytes = uncurryThis(Uint8Array.prototype.set);
const slice = uncurryThis(Uint8Array.prototype.slice) as unknown as (self: Uint8Array, from: number, to?: number) => Uint8Array;

/** Puts a stream of ours in the place of a body: it gives the same bytes, in the recorded pieces. */
export function streamBodies(timeline: Timeline): void {
  const known = new NativeWeakMap<object, ReadableStream | null>();
  replaceAccessor(globalThis.Response?.prototype, 'body', (native) => (self) => {
    const made = weakMapGet(known, self);
    if (made !== undefined) return made;
    const body = native(self) as ReadableStream<Uint8Array> | null;
    const stream = body && self.type !== 'error' && self.url !== '' ? rechunked(body, timeline) : body;
    weakMapSet(known, self, stream);
    return stream;
  });
  replaceMethod(globalThis.Blob?.prototype, 'stream', (native) => (self, args) =>
    rechunked(native(self, args) as ReadableStream<Uint8Array>, timeline));
}

function rechunked(body: ReadableStream<Uint8Array>, timeline: Timeline): ReadableStream {
  const { conductor } = timeline;
  let source: Source | undefined;
  return new NativeStream({
    type: 'bytes',
    pull(controller) {
      source ??= sourceOf(body);
      const id = timeline.next('S');
      const settle = (chunk: Chunk): Promise<void> => new NativePromise((resolve) => {
        const length = chunk.done ? -1 : (chunk.value as Uint8Array).length;
        conductor.settle('S', id + ':' + length, () => {
          if (chunk.done) {
            controller.close();
            controller.byobRequest?.respond(0);
          } else controller.enqueue(chunk.value as Uint8Array<ArrayBuffer>);
          resolve();
        });
      });
      return promiseThen(source.read(conductor.chunk(id)), settle as never) as Promise<void>;
    },
    cancel: (reason) => (source ??= sourceOf(body)).cancel(reason) as Promise<void>,
  }, { highWaterMark: 0 });
}

/** Reads a body in pieces of the wished lengths; -1 stands for its end, undefined for whatever comes. */
function sourceOf(body: ReadableStream<Uint8Array>): Source {
  const reader = getReader(body);
  let rest: Uint8Array | undefined;
  const next = async (wished: number | undefined): Promise<Chunk> => {
    for (;;) {
      const have = rest ? rest.length : 0;
      if (wished !== undefined && wished >= 0 && have >= wished) {
        const value = slice(rest as Uint8Array, 0, wished);
        rest = have > wished ? slice(rest as Uint8Array, wished) : undefined;
        return { done: false, value };
      }
      const chunk = reader && (await read(reader));
      if (!chunk || chunk.done) {
        const value = rest;
        rest = undefined;
        return value ? { done: false, value } : { done: true };
      }
      if (wished === undefined && !rest) return chunk;
      rest = joined(rest, chunk.value as Uint8Array);
      if (wished === undefined) wished = rest.length;
    }
  };
  return { read: next, cancel: (reason) => reader && cancelReader(reader, reason) };
}

function joined(first: Uint8Array | undefined, second: Uint8Array): Uint8Array {
  if (!first) return second;
  const both = new NativeBytes(first.length + second.length);
  setBytes(both, first, 0);
  setBytes(both, second, first.length);
  return both;
}
