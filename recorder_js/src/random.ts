// One seeded stream per document behind everything random. Seeded, not constant: equal values would collide.
import { getter } from './natives.ts';
import { replaceMethod } from './masquerade.ts';
import type { Timeline } from './timeline.ts';

const HEX = '0123456789abcdef';

export function installRandomness(timeline: Timeline): void {
  replaceMethod(Math, 'random', () => () => timeline.fraction());
  if (typeof Crypto === 'undefined') return;

  const bufferOf = getter<ArrayBufferLike | null>('Uint8Array', 'buffer', null);
  const offsetOf = getter<number>('Uint8Array', 'byteOffset', 0);
  const lengthOf = getter<number>('Uint8Array', 'byteLength', 0);
  const Bytes = Uint8Array;
  replaceMethod(Crypto.prototype, 'getRandomValues', (native) => (self, args) => {
    // The native call first: it checks receiver, type and size as the page expects.
    const array = native(self, args) as Uint8Array;
    const bytes = new Bytes(bufferOf(array) as ArrayBuffer, offsetOf(array), lengthOf(array));
    const size = lengthOf(bytes);
    for (let i = 0; i < size; i++) bytes[i] = timeline.random() >>> 24;
    return array;
  });

  replaceMethod(Crypto.prototype, 'randomUUID', (native) => (self) => {
    native(self, []);
    let text = '';
    for (let i = 0; i < 36; i++) {
      if (i === 8 || i === 13 || i === 18 || i === 23) text += '-';
      else if (i === 14) text += '4';
      else {
        const digit = timeline.random() >>> 28;
        text += HEX[i === 19 ? (digit & 3) | 8 : digit] as string;
      }
    }
    return text;
  });
}
