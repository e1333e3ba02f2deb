// Fingerprints of secret values, so that the recorder can look for a secret in everything it is about to store
// without ever having seen it.
import { type List, append, charCodeAt, floor, list } from '../natives.ts';

const MODULUS = 0x7fffffff;

/** h * base + add mod 2^31-1, exact: the product is split so that no intermediate reaches 2^53. */
function step(h: number, base: number, add: number): number {
  const high = floor(base / 32768);
  const low = base % 32768;
  return ((((h * high) % MODULUS) * 32768 + h * low) % MODULUS + add) % MODULUS;
}

function rolling(text: string, base: number): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = step(h, base, charCodeAt(text, i));
  return h;
}

/**
 * `[length, hash, hash]` of a text's UTF-16 code units: per base, h = (h * base + unit) mod (2^31 - 1) from 0.
 * The bases are random per session, integers in 1 .. 2^31 - 2.
 */
export function fingerprint(text: string, base1: number, base2: number): List<number> {
  const result = list<number>();
  append(result, text.length);
  append(result, rolling(text, base1));
  append(result, rolling(text, base2));
  return result;
}
