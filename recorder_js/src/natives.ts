// The browser's own functions, taken before any code of the page runs.
//
// A page may replace every builtin: `JSON.stringify = evil`, `Array.prototype.toJSON = ...`, a setter on
// `Array.prototype[0]`, its own `Symbol.iterator`. Whatever runs after page code therefore keeps to these rules:
//
// 1. Call builtins only through this module: `stringSlice(text, 0, 3)`, never `text.slice(0, 3)`.
// 2. Lists are made with `list()` (an array without prototype) and grown with `append(items, item)`: a plain
//    `[]` would run a setter that the page put on `Array.prototype`. Records that are read by optional field or
//    by a variable key are made with `record()`. An object literal may be *written* freely; reading a field it
//    does not have would reach `Object.prototype`.
// 3. No `for...of`, no spread, no array destructuring, no regular expressions: they all look up page-visible
//    methods. Indexes, `length` of lists and strings, `+`, `===` and template literals of primitives are safe.
// 4. Accessors of the DOM never throw: a missing constructor or a foreign object gives the stated fallback.
//
// Module state is created at document start, so everything here is the browser's, unless an extension was first.

type Unknown = Record<PropertyKey, unknown>;
// `any` is what makes these signatures generic over receivers.
export type Fn = (this: any, ...args: any[]) => any;

const { bind, call } = Function.prototype;
export const realm = globalThis as unknown as Unknown;

/** `method` as a plain function that takes its receiver first. Nothing is looked up when it is called. */
export const uncurryThis = bind.bind(call) as unknown as <This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
) => (self: This, ...args: Args) => Result;

/** `method` with its receiver, as a plain function: the fastest way to call something of the browser's. */
export const boundTo = uncurryThis(bind as any) as unknown as (method: Function, self: unknown) => Function;

export const apply: <Result>(fn: Function, self: unknown, args: ArrayLike<unknown>) => Result = Reflect.apply;
export const construct: (ctor: Function, args: ArrayLike<unknown>, target?: Function) => any = Reflect.construct;
export const ownKeys: (value: object) => ArrayLike<PropertyKey> = Reflect.ownKeys;
export const defineProperty = Object.defineProperty;
export const getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor;
export const getPrototypeOf = Object.getPrototypeOf;
export const setPrototypeOf = Object.setPrototypeOf;
export const createObject: (prototype: object | null) => any = Object.create;
export const freeze = Object.freeze;
export const hasOwn: (value: object, key: PropertyKey) => boolean =
  Object.hasOwn ?? uncurryThis(Object.prototype.hasOwnProperty);
export const isArray: (value: unknown) => boolean = Array.isArray;
export const functionToString: (fn: Function) => string = uncurryThis(Function.prototype.toString);
const prototypeIn = uncurryThis(Object.prototype.isPrototypeOf) as (prototype: object, value: unknown) => boolean;
/** Whether `value` is what a class of this prototype makes; never where the browser has no such class. */
export const isPrototypeOf = (prototype: object | undefined, value: unknown): boolean =>
  prototype !== undefined && prototypeIn(prototype, value);

// ---- numbers and strings

export const floor = Math.floor;
export const round = Math.round;
export const imul = Math.imul;
export const isFinite: (value: unknown) => boolean = Number.isFinite;
export const NativeDate = Date;
export const dateNow = Date.now;
export const charCodeAt = uncurryThis(String.prototype.charCodeAt);
const execute = uncurryThis(RegExp.prototype.exec);
/** Whether a text holds what a pattern asks for. */
export const matches = (pattern: RegExp, text: string): boolean => execute(pattern, text) !== null;
export const stringIndexOf = uncurryThis(String.prototype.indexOf);
export const stringSlice = uncurryThis(String.prototype.slice);
export const toLowerCase = uncurryThis(String.prototype.toLowerCase);
export const toUpperCase = uncurryThis(String.prototype.toUpperCase);

// ---- lists and records

/** An array without methods: indexes and `length` work, the page cannot put a method or a setter in its way. */
export type List<T> = { length: number; [index: number]: T };

const NativeArray = Array;
const NO_ARGUMENTS: ArrayLike<unknown> = [];
/** What lists are made of. Changing the prototype of each new array would cost four times as much. */
const Bare = function () {} as unknown as Function;
Bare.prototype = freeze(createObject(null));

export function list<T>(): List<T> {
  return construct(NativeArray, NO_ARGUMENTS, Bare) as List<T>;
}

export function append<T>(items: List<T>, item: T): void {
  items[items.length] = item;
}

/** An object without prototype, for fields that may be missing. */
export function record<T = unknown>(): { [key: string]: T | undefined } {
  return createObject(null);
}

// ---- JSON text

const jsonStringify: (value: string) => string = JSON.stringify;
export const jsonParse: (text: string) => any = JSON.parse;

/** The JSON text of a string. Safe with the captured function: on a primitive it looks up no `toJSON`. */
export function quote(text: string): string {
  return jsonStringify('' + text);
}

/**
 * The JSON text of plain data: null, booleans, finite numbers, strings, lists or arrays, and records or object
 * literals of these. Only own enumerable string keys count; `toJSON`, iterators and array methods are never
 * looked up. Undefined fields are left out; anything else (functions, NaN, more than 64 levels) becomes null.
 */
export function encode(value: unknown): string {
  return encodeAt(value, 0);
}

function encodeAt(value: unknown, depth: number): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return isFinite(value) ? '' + value : 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value !== 'object' || value === null || depth > 64) return 'null';
  let out = '';
  if (isArray(value)) {
    const items = value as List<unknown>;
    for (let i = 0; i < items.length; i++) out += (i === 0 ? '' : ',') + encodeAt(items[i], depth + 1);
    return '[' + out + ']';
  }
  for (const key in value) {
    if (!hasOwn(value, key)) continue;
    const field = (value as Unknown)[key];
    if (field === undefined) continue;
    out += (out === '' ? '' : ',') + quote(key) + ':' + encodeAt(field, depth + 1);
  }
  return '{' + out + '}';
}

// ---- taking accessors and methods of the platform

type Lookup = (owner: object, name: PropertyKey) => ((...args: any[]) => unknown) | undefined;
// They walk up the prototypes by themselves and make no descriptors: the start of a page has 200 of these.
const lookUpGetter = uncurryThis((Object.prototype as any).__lookupGetter__) as unknown as Lookup;
const lookUpSetter = uncurryThis((Object.prototype as any).__lookupSetter__) as unknown as Lookup;

const prototypeOf = (interfaceName: string): Unknown | undefined =>
  (realm[interfaceName] as { prototype?: Unknown } | undefined)?.prototype;

export function safeRead<Value>(get: (() => unknown) | undefined, fallback: Value): (self: unknown) => Value {
  if (!get) return () => fallback;
  const read = uncurryThis(get as (this: unknown) => Value);
  return (self) => {
    try {
      return read(self);
    } catch {
      return fallback;
    }
  };
}

/** Reads attribute `name` of a platform object. `fallback` when the browser has none or the object is foreign. */
export function getter<Value>(interfaceName: string, name: string, fallback: Value): (self: unknown) => Value {
  const prototype = prototypeOf(interfaceName);
  return safeRead(prototype && lookUpGetter(prototype, name), fallback);
}

/** Writes attribute `name` of a platform object; does nothing where there is none. */
export function setter<Value>(interfaceName: string, name: string): (self: unknown, value: Value) => void {
  const prototype = prototypeOf(interfaceName);
  const set = prototype && lookUpSetter(prototype, name);
  if (!set) return () => undefined;
  const write = uncurryThis(set as (this: unknown, value: Value) => void);
  return (self, value) => {
    try {
      write(self, value);
    } catch {
      // A foreign object: there is nothing to write to.
    }
  };
}

/** Method `name` of a platform object, receiver first. `fallback` when there is none or it throws. */
export function method<Args extends unknown[], Value>(
  interfaceName: string,
  name: PropertyKey,
  fallback: Value,
): (self: unknown, ...args: Args) => Value {
  const value = prototypeOf(interfaceName)?.[name] as Fn | undefined;
  if (typeof value !== 'function') return () => fallback;
  return (self, ...args) => {
    try {
      return apply<Value>(value, self, args);
    } catch {
      return fallback;
    }
  };
}

/** A constructor of the platform, or undefined where the environment lacks it. */
export function constructorOf<Ctor>(name: string): Ctor | undefined {
  const value = realm[name];
  return typeof value === 'function' ? (value as Ctor) : undefined;
}

// ---- sets and maps by identity

export const NativeMap = Map;
export const mapGet = uncurryThis(Map.prototype.get) as <K, V>(self: Map<K, V>, key: K) => V | undefined;
export const mapSet = uncurryThis(Map.prototype.set) as <K, V>(self: Map<K, V>, key: K, value: V) => Map<K, V>;
export const mapHas = uncurryThis(Map.prototype.has) as <K, V>(self: Map<K, V>, key: K) => boolean;
export const mapDelete = uncurryThis(Map.prototype.delete) as <K, V>(self: Map<K, V>, key: K) => boolean;
export const NativeWeakMap = WeakMap;
export const NativeWeakRef = WeakRef;
export const deref = uncurryThis(WeakRef.prototype.deref) as <T extends object>(ref: WeakRef<T>) => T | undefined;
type WeakGet = <K extends object, V>(self: WeakMap<K, V>, key: K) => V | undefined;
type WeakPut = <K extends object, V>(self: WeakMap<K, V>, key: K, value: V) => WeakMap<K, V>;
export const weakMapGet = uncurryThis(WeakMap.prototype.get) as WeakGet;
export const weakMapSet = uncurryThis(WeakMap.prototype.set) as WeakPut;
export const NativeWeakSet = WeakSet;
export const weakSetHas = uncurryThis(WeakSet.prototype.has) as <T extends object>(self: WeakSet<T>, key: T) => boolean;
export const weakSetAdd = uncurryThis(WeakSet.prototype.add) as <T extends object>(
  self: WeakSet<T>,
  key: T,
) => WeakSet<T>;

/** What is kept by name for an object; nothing at first. */
export function recordOf<T>(kept: WeakMap<object, { [name: string]: T }>, owner: object): { [name: string]: T } {
  const known = weakMapGet(kept, owner);
  if (known) return known;
  const made = record<T>() as { [name: string]: T };
  weakMapSet(kept, owner, made);
  return made;
}

// ---- promises (`await` and `then` still read `constructor`: never chain on a promise the page can reach)

export const NativePromise = Promise;
export const promiseThen = uncurryThis(Promise.prototype.then) as <T>(
  self: Promise<T>,
  done?: (value: T) => unknown,
  failed?: (reason: unknown) => unknown,
) => Promise<unknown>;

/** The first listener for touches costs a page half a millisecond, and its scrolling waits: only where fingers are. */
export const canTouch = navigator.maxTouchPoints > 0;
