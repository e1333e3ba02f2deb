// Handlers, which are attributes (`socket.onmessage = ...`, `<img onload="...">`): held like listeners.
import { CLASSES, GLOBALS, INLINE, INLINE_OF_WINDOW, OLDER } from './heard.ts';
import type { Held, Hearer } from './held.ts';
import { followInline } from './inline.ts';
import { replaceAccessor } from './masquerade.ts';
import {
  type List, append, apply, getOwnPropertyDescriptor, getPrototypeOf, isPrototypeOf, list, NativeWeakMap, record,
  recordOf, toLowerCase, weakMapGet,
} from './natives.ts';

type Handlers = { [type: string]: Function | undefined };

/** Who has the accessor of a handler, and the browser's own. */
interface Accessor {
  owner: object;
  get: Function | undefined;
  set: Function | undefined;
}

export function holdHandlers(held: Held): void {
  const handlers = new NativeWeakMap<object, Handlers>();
  const accessors = record<List<Accessor>>();
  /** Whatever the handler is when its turn comes. */
  const hearerOf = (type: string, name?: string): Hearer => {
    const now = (target: object): Function | undefined => weakMapGet(handlers, target)?.[type];
    return { name, now, take: now };
  };

  const holdHandler = (owner: object, type: string): void => {
    const known = (accessors[type] ??= list());
    for (let i = 0; i < known.length; i++) if (known[i]!.owner === owner) return;
    const attribute = 'on' + toLowerCase(type);
    const { get, set } = getOwnPropertyDescriptor(owner, attribute) ?? {};
    append(known, { owner, get, set });
    const hearer = hearerOf(type);
    const wrapper = held.through(hearer);
    replaceAccessor(
      owner, attribute,
      (native) => (self) => weakMapGet(handlers, self ?? globalThis)?.[type] ?? native(self),
      (native) => (self, value) => {
        const target = (self ?? globalThis) as object;
        const kind = held.sorts.kindOf(target, type);
        if (kind === undefined) return native(self, value);
        const handler = typeof value === 'function' ? value : undefined;
        recordOf(handlers, target)[type] = handler;
        if (held.isTold(kind)) return held.tellHandler(target, type, handler);
        if (handler) held.listen(target, type, kind, handler, hearer);
        native(self, handler ? wrapper : value);
      },
    );
  };

  /** False where the element has no such handler. */
  const takeInline = (target: object, type: string, name: string): boolean => {
    if (weakMapGet(handlers, target)?.[type]) return true;
    const known = accessors[type];
    for (let i = 0; known && i < known.length; i++) {
      const { owner, get, set } = known[i]!;
      if (!get || !set || !(owner === target || isPrototypeOf(owner, target))) continue;
      const handler: unknown = apply(get, target, []);
      if (typeof handler !== 'function') break;
      recordOf(handlers, target)[type] = handler;
      apply(set, target, [held.through(hearerOf(type, name))]);
      return true;
    }
    return OLDER[type] !== undefined && takeInline(target, OLDER[type], name);
  };

  for (let i = 0; i < CLASSES.length; i++) {
    const row = CLASSES[i]!;
    for (let j = 0; j < row[2].length; j++) {
      const type = row[2][j] as string;
      const owners = ownersOf(row[0], 'on' + type);
      for (let k = 0; k < owners.length; k++) holdHandler(owners[k] as object, type);
    }
  }
  if (typeof Document !== 'undefined') followInline(INLINE, INLINE_OF_WINDOW, takeInline);
}

/** Those on whose prototype chain an accessor for the objects of a class lives; each is wrapped once. */
function ownersOf(name: string, attribute: string): object[] {
  if (name === 'EventTarget') {
    return typeof Document === 'undefined' ? [] : [window, Document.prototype, HTMLElement.prototype, SVGElement.prototype];
  }
  const prototype = (globalThis as unknown as { [name: string]: { prototype: object } | undefined })[name]?.prototype;
  const owner = prototype && ownerOf(GLOBALS[name] ? globalThis : prototype, attribute);
  return owner ? [owner] : [];
}

function ownerOf(start: object, attribute: string): object | undefined {
  if (getOwnPropertyDescriptor(start, attribute)) return start;
  // XMLHttpRequest has `onreadystatechange` below the class that it shares with its upload.
  if (attribute === 'onreadystatechange' && typeof XMLHttpRequest !== 'undefined' && start === getPrototypeOf(XMLHttpRequest.prototype)) {
    return XMLHttpRequest.prototype;
  }
  // Elements share `onload` and `onerror`: held by class in `kindOf`.
  if (typeof HTMLElement === 'undefined') return undefined;
  if (isPrototypeOf(HTMLElement.prototype, start)) return HTMLElement.prototype;
  return isPrototypeOf(SVGElement.prototype, start) ? SVGElement.prototype : undefined;
}
