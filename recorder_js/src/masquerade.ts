// Wrapped functions answer as the browser's own would: name, length, attributes and source text.
import {
  apply, construct, defineProperty, functionToString, getOwnPropertyDescriptor, getPrototypeOf, hasOwn, NativeWeakMap,
  weakMapGet, weakMapSet,
} from './natives.ts';

export type Originals = WeakMap<object, Function>;

let originals: Originals = new NativeWeakMap<object, Function>();

/** Frames of one origin can ask each other's `toString`: they share what stands for what. Call before wrapping. */
export function shareOriginals(known: Originals): void {
  originals = known;
}

/** `wrapper` stands for `original`, or for what that stands for itself. */
function standFor(wrapper: Function, original: Function): void {
  weakMapSet(originals, wrapper, weakMapGet(originals, original) ?? original);
}

/** Makes `wrapper` look like `original`. */
export function disguise<F extends Function>(wrapper: F, original: Function): F {
  defineProperty(wrapper, 'name', { value: original.name, configurable: true });
  defineProperty(wrapper, 'length', { value: original.length, configurable: true });
  standFor(wrapper, original);
  return wrapper;
}

/** A window has its functions itself; in a worker most of them stand on a prototype of the global object. */
function holderOf(place: object | undefined, name: string): object | undefined {
  let holder = place;
  while (place === globalThis && holder && !hasOwn(holder, name)) holder = getPrototypeOf(holder) as object | undefined;
  return holder ?? undefined;
}

export type Native = (self: unknown, args: ArrayLike<unknown>) => any;
type Made = (self: any, args: any[]) => unknown;

/** Replaces a method in place, if the browser has it. `make` gets the native one, receiver first. */
export function replaceMethod(place: object | undefined, name: string, make: (native: Native) => Made): void {
  const owner = holderOf(place, name);
  const descriptor = owner && getOwnPropertyDescriptor(owner, name);
  const original = descriptor?.value as Function | undefined;
  if (!owner || !descriptor || typeof original !== 'function') return;
  const made = make((self, args) => apply(original as never, self, args));
  // A method definition has no prototype and cannot be constructed, like a native function.
  const wrapper = { wrapper(this: unknown, ...args: unknown[]) { return made(this, args); } }.wrapper;
  defineProperty(owner, name, withValue(descriptor, disguise(wrapper, original)));
}

/** Replaces getter and, where given, setter of an accessor in place, if the browser has it. */
export function replaceAccessor(
  place: object | undefined,
  name: string,
  makeGet: (native: (self: unknown) => any) => (self: any) => unknown,
  makeSet?: (native: (self: unknown, value: unknown) => void) => (self: any, value: unknown) => void,
): void {
  const owner = holderOf(place, name);
  const descriptor = owner && getOwnPropertyDescriptor(owner, name);
  if (!owner || !descriptor?.get) return;
  const { get, set } = descriptor;
  const read = makeGet((self) => apply(get as never, self, []));
  const write = set && makeSet?.((self, value) => void apply(set as never, self, [value]));
  // An accessor of a literal has the name and length of a native one from the start.
  const made = getOwnPropertyDescriptor({
    get [name]() { return read(this); },
    set [name](value: unknown) { write?.(this, value); },
  }, name) as PropertyDescriptor;
  standFor(made.get as Function, get);
  if (write) standFor(made.set as Function, set as Function);
  const setter = write ? made.set : set;
  const enumerable = descriptor.enumerable ?? false;
  defineProperty(owner, name, { configurable: true, enumerable, get: made.get as () => unknown, ...(setter && { set: setter }) });
}

/** Replaces a constructor by one that shows each new object and its arguments to `made`. */
export function replaceConstructor(
  name: string, made: (object: any, args: any[]) => void, prepare?: (args: any[]) => any[],
): void {
  const descriptor = getOwnPropertyDescriptor(globalThis, name);
  const original = descriptor?.value as Function | undefined;
  if (!descriptor || typeof original !== 'function') return;
  const wrapper: Function = new Proxy(original, {
    construct(native, args: unknown[], newTarget) {
      const object = construct(native, prepare ? prepare(args) : args, newTarget === wrapper ? native : newTarget);
      made(object, args);
      return object as object;
    },
  });
  standFor(wrapper, original);
  defineProperty(globalThis, name, withValue(descriptor, wrapper));
  const back = getOwnPropertyDescriptor(original.prototype as object, 'constructor');
  if (back) defineProperty(original.prototype as object, 'constructor', withValue(back, wrapper));
}

function withValue(descriptor: PropertyDescriptor, value: unknown): PropertyDescriptor {
  const { configurable = false, enumerable = false, writable = false } = descriptor;
  return { configurable, enumerable, writable, value };
}

/** The source text of a wrapper is that of what it wraps. Call once in each realm. */
export function hideWrappers(): void {
  replaceMethod(Function.prototype, 'toString', (native) => (self) => {
    const known = typeof self === 'function' ? weakMapGet(originals, self) : undefined;
    return known ? functionToString(known) : native(self, []);
  });
}
