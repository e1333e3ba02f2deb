// What is told of an error in a worker: its file and line, as if our script did not stand in front of it.
import { source } from './config.ts';
import { replaceAccessor } from './masquerade.ts';
import { apply, charCodeAt, functionToString, getter } from './natives.ts';
import { isOpened, original } from './opening.ts';

const fileOf = getter<string>('ErrorEvent', 'filename', '');
const NEW_LINE = 10;

let lines = 0;

/** How many lines of ours stand in front. */
function linesOfOurs(): number {
  if (lines > 0) return lines;
  const text = functionToString(source);
  for (let i = 0; i < text.length; i++) if (charCodeAt(text, i) === NEW_LINE) lines++;
  return ++lines;
}

const lineIn = (file: string, line: number): number => (isOpened(file) && line > linesOfOurs() ? line - linesOfOurs() : line);

export function hideFromErrors(): void {
  const prototype = globalThis.ErrorEvent?.prototype;
  replaceAccessor(prototype, 'filename', (native) => (self) => original(native(self)));
  replaceAccessor(prototype, 'lineno', (native) => (self) => lineIn(fileOf(self), native(self)));
}

/** The handler of a worker's own errors is given file and line as arguments. */
export function hideFromHandler(): void {
  let given: unknown;
  let ours: unknown;
  replaceAccessor(globalThis, 'onerror', (native) => (self) => {
    const handler = native(self) as unknown;
    return handler !== null && handler === ours ? given : handler;
  }, (native) => (self, handler) => {
    given = handler;
    ours = typeof handler !== 'function' ? handler : function (this: unknown, ...args: unknown[]): unknown {
      const file = '' + args[1];
      args[1] = original(file);
      args[2] = lineIn(file, args[2] as number);
      return apply(handler, this, args);
    };
    native(self, ours);
  });
}
