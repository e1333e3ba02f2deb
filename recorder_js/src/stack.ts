// Whether the page's own code is on the stack. What it does to the page it hears of at once, in a replay as well: an
// iframe without an address that it puts in has loaded by the next statement, a request that it breaks off is over.
import { defineProperty, getOwnPropertyDescriptor, stringIndexOf, stringSlice } from './natives.ts';

const NativeError = Error as ErrorConstructor & { stackTraceLimit?: number };
const HAS_LIMIT = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit') !== undefined;
const PREPARE = 'prepareStackTrace';

/**
 * `ours`: how many functions of ours there are between the browser and the caller of this one, which counts as well.
 * Whoever else is on the stack is the page.
 */
export function isInCall(ours: number): boolean {
  return hasMoreLines(called(stack()), ours + 2);
}

/** A page may want stacks in another form, or none at all. */
function stack(): string {
  if (!HAS_LIMIT) return '' + (new NativeError().stack ?? '');
  const limit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit');
  const prepare = getOwnPropertyDescriptor(NativeError, PREPARE);
  try {
    defineProperty(NativeError, 'stackTraceLimit', { value: 10, configurable: true, enumerable: true, writable: true });
    if (prepare) defineProperty(NativeError, PREPARE, { value: undefined, configurable: true });
    return '' + (new NativeError().stack ?? '');
  } catch {
    return '';
  } finally {
    restore('stackTraceLimit', limit);
    if (prepare) restore(PREPARE, prepare);
  }
}

/** Firefox goes on with those who asked for the call long ago, and marks the first of them: `setTimeout handler*`. */
function called(text: string): string {
  const asked = stringIndexOf(text, '*');
  return asked < 0 ? text : stringSlice(text, 0, asked);
}

function restore(name: string, descriptor: PropertyDescriptor | undefined): void {
  if (descriptor?.configurable) defineProperty(NativeError, name, descriptor);
  else if (!descriptor) delete (NativeError as unknown as { [name: string]: unknown })[name];
}

function hasMoreLines(text: string, most: number): boolean {
  let at = -1;
  for (let i = 0; i <= most; i++) {
    at = stringIndexOf(text, '\n', at + 1);
    if (at < 0) return false;
  }
  return true;
}
