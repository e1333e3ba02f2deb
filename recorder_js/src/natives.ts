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
type Fn = (this: any, ...args: any[]) => any;

const { bind, call } = Function.prototype;
const realm = globalThis as unknown as Unknown;

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

function safeRead<Value>(get: (() => unknown) | undefined, fallback: Value): (self: unknown) => Value {
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

// ---- nodes

export const parentNode = getter<Node | null>('Node', 'parentNode', null);
export const ownerDocument = getter<Document | null>('Node', 'ownerDocument', null);
export const nodeType = getter<number>('Node', 'nodeType', 0);
export const nodeValue = getter<string | null>('Node', 'nodeValue', null);
export const textContent = getter<string | null>('Node', 'textContent', null);
export const firstChild = getter<Node | null>('Node', 'firstChild', null);
export const nextSibling = getter<Node | null>('Node', 'nextSibling', null);
export const isConnected = getter<boolean>('Node', 'isConnected', false);
export const getRootNode = method<[], Node | null>('Node', 'getRootNode', null);
export const contains = method<[Node | null], boolean>('Node', 'contains', false);

// ---- elements

export const nodeName = getter<string>('Node', 'nodeName', '');
export const tagName = getter<string>('Element', 'tagName', '');
export const localName = getter<string>('Element', 'localName', '');
export const namespaceURI = getter<string | null>('Element', 'namespaceURI', null);
export const getAttribute = method<[string], string | null>('Element', 'getAttribute', null);
export const hasAttribute = method<[string], boolean>('Element', 'hasAttribute', false);
const openShadowRoot = getter<ShadowRoot | null>('Element', 'shadowRoot', null);
/** Roots that a page closed: it gave them to nobody, and the person acts inside them all the same. */
export const closedRoots = new WeakMap<Element, ShadowRoot>();
export const shadowRoot = (element: Element): ShadowRoot | null => openShadowRoot(element) ?? weakMapGet(closedRoots, element) ?? null;
export const shadowHost = getter<Element | null>('ShadowRoot', 'host', null);
export const assignedSlot = getter<Element | null>('Element', 'assignedSlot', null);
export const matches = method<[string], boolean>('Element', 'matches', false);
export const closest = method<[string], Element | null>('Element', 'closest', null);
export const getBoundingClientRect = method<[], DOMRect | null>('Element', 'getBoundingClientRect', null);
export const firstElementChild = getter<Element | null>('Element', 'firstElementChild', null);
export const nextElementSibling = getter<Element | null>('Element', 'nextElementSibling', null);
export const previousElementSibling = getter<Element | null>('Element', 'previousElementSibling', null);
export const scrollLeft = getter<number>('Element', 'scrollLeft', 0);
export const scrollTop = getter<number>('Element', 'scrollTop', 0);
export const clientLeft = getter<number>('Element', 'clientLeft', 0);
export const clientTop = getter<number>('Element', 'clientTop', 0);
export const focus = method<[], void>('HTMLElement', 'focus', undefined);
export const isContentEditable = getter<boolean>('HTMLElement', 'isContentEditable', false);

export const rectLeft = getter<number>('DOMRectReadOnly', 'left', 0);
export const rectTop = getter<number>('DOMRectReadOnly', 'top', 0);
export const rectWidth = getter<number>('DOMRectReadOnly', 'width', 0);
export const rectHeight = getter<number>('DOMRectReadOnly', 'height', 0);

// ---- queries: a root is a document, a shadow root or an element

const queryDocument = method<[string], NodeListOf<Element> | null>('Document', 'querySelectorAll', null);
const queryFragment = method<[string], NodeListOf<Element> | null>('DocumentFragment', 'querySelectorAll', null);
const queryElement = method<[string], NodeListOf<Element> | null>('Element', 'querySelectorAll', null);
const nodeListLength = getter<number>('NodeList', 'length', 0);
const nodeListItem = method<[number], Element | null>('NodeList', 'item', null);

function query(root: Node, selector: string): NodeListOf<Element> | null {
  const type = nodeType(root);
  if (type === 9) return queryDocument(root, selector);
  return type === 11 ? queryFragment(root, selector) : queryElement(root, selector);
}

/** How many elements below `root` match. Invalid selectors match nothing. */
export function queryCount(root: Node, selector: string): number {
  return nodeListLength(query(root, selector));
}

/** Every element below `root` that matches, at most `limit`, in document order. Invalid selectors find nothing. */
export function queryAll(root: Node, selector: string, limit = 0x7fffffff): List<Element> {
  const nodes = query(root, selector);
  const found = list<Element>();
  if (!nodes) return found;
  const count = nodeListLength(nodes);
  for (let i = 0; i < count && i < limit; i++) append(found, nodeListItem(nodes, i) as Element);
  return found;
}

const elementById = method<[string], Element | null>('Document', 'getElementById', null);
const elementByIdInFragment = method<[string], Element | null>('DocumentFragment', 'getElementById', null);

/** The element with this id in a document or a shadow root. */
export function getElementById(root: Node, id: string): Element | null {
  return nodeType(root) === 9 ? elementById(root, id) : elementByIdInFragment(root, id);
}

const assignedNodes = method<[object], List<Node> | null>('HTMLSlotElement', 'assignedNodes', null);
const flattened = { __proto__: null, flatten: true };

/** The nodes that a slot shows, or its own fallback nodes. */
export function assignedNodesOf(slot: Element): List<Node> {
  return assignedNodes(slot, flattened) ?? list<Node>();
}

// ---- documents, windows, style

export const documentElement = getter<Element | null>('Document', 'documentElement', null);
export const documentBody = getter<Element | null>('Document', 'body', null);
export const documentTitle = getter<string>('Document', 'title', '');
export const documentURL = getter<string>('Document', 'URL', '');
export const activeElement = getter<Element | null>('Document', 'activeElement', null);
export const shadowActiveElement = getter<Element | null>('ShadowRoot', 'activeElement', null);
export const defaultView = getter<Window | null>('Document', 'defaultView', null);

/** Attributes that live on the window object itself (`parent`, `frameElement`, `top`). */
function windowGetter<Value>(name: string, fallback: Value): (self: unknown) => Value {
  return safeRead(getOwnPropertyDescriptor(globalThis, name)?.get, fallback);
}

export const windowParent = windowGetter<Window | null>('parent', null);
export const windowClosed = windowGetter<boolean>('closed', false);
export const frameElement = windowGetter<Element | null>('frameElement', null);

const computedStyle = realm['getComputedStyle'] as Fn | undefined;
const propertyValue = method<[string], string>('CSSStyleDeclaration', 'getPropertyValue', '');

/** The computed value of one CSS property; an empty string when it cannot be told. */
export function styleOf(element: Element, property: string): string {
  if (!computedStyle) return '';
  try {
    return propertyValue(apply(computedStyle, globalThis, [element]), property);
  } catch {
    return '';
  }
}

// ---- form controls

const inputValue = getter<string | null>('HTMLInputElement', 'value', null);
const textAreaValue = getter<string | null>('HTMLTextAreaElement', 'value', null);
const selectValue = getter<string | null>('HTMLSelectElement', 'value', null);
export const inputType = getter<string>('HTMLInputElement', 'type', '');
export const inputChecked = getter<boolean>('HTMLInputElement', 'checked', false);
export const inputFiles = getter<FileList | null>('HTMLInputElement', 'files', null);
export const selectMultiple = getter<boolean>('HTMLSelectElement', 'multiple', false);
export const selectSize = getter<number>('HTMLSelectElement', 'size', 0);
export const selectedIndex = getter<number>('HTMLSelectElement', 'selectedIndex', -1);
export const optionSelected = getter<boolean>('HTMLOptionElement', 'selected', false);
export const labelControl = getter<Element | null>('HTMLLabelElement', 'control', null);

/** What a control holds: value of an input, textarea or select; null for any other element. */
export function controlValue(element: Element): string | null {
  const tag = localName(element);
  if (tag === 'input') return inputValue(element);
  if (tag === 'textarea') return textAreaValue(element);
  return tag === 'select' ? selectValue(element) : null;
}

// By tag: a getter that is asked of a foreign object throws, and that costs more than everything else here.
const labelGetters = record<(self: unknown) => NodeListOf<Element> | null>();
const labelled = (tag: string, name: string): void => {
  labelGetters[tag] = getter<NodeListOf<Element> | null>(name, 'labels', null);
};
labelled('input', 'HTMLInputElement');
labelled('select', 'HTMLSelectElement');
labelled('textarea', 'HTMLTextAreaElement');
labelled('button', 'HTMLButtonElement');

/** The native labels of a control, in document order. */
export function labelsOf(element: Element): List<Element> {
  const found = list<Element>();
  const read = labelGetters[localName(element)];
  // A label names its control by id or holds it: else the browser would look through the whole document for one.
  if (!read || (!getAttribute(element, 'id') && closest(element, 'label') === null)) return found;
  const labels = read(element);
  const count = labels ? nodeListLength(labels) : 0;
  for (let i = 0; i < count; i++) append(found, nodeListItem(labels as NodeListOf<Element>, i) as Element);
  return found;
}

// ---- events (`isTrusted` is an own, unforgeable attribute of every event: read it directly)

const listenTo = method<[string, Fn | object | null, (object | boolean)?], void>('EventTarget', 'addEventListener', undefined);
type Listening = [target: unknown, type: string, listener: Fn | object | null, options: object | boolean | undefined];
const listening = list<Listening>();

export function addEventListener(
  target: unknown, type: string, listener: Fn | object | null, options?: object | boolean,
): void {
  listenTo(target, type, listener, options);
  const once = typeof options === 'object' && 'once' in options;
  if ((target === globalThis || target === globalThis.document) && !once) append(listening, [target, type, listener, options]);
}

/** Listens again wherever `document.open()` took the listeners of window and document away; harmless where it did not. */
export function listenAgain(): void {
  for (let i = 0; i < listening.length; i++) {
    const row = listening[i] as Listening;
    listenTo(row[0], row[1], row[2], row[3]);
  }
}
export const removeEventListener = method<[string, Fn | object | null, (object | boolean)?], void>(
  'EventTarget',
  'removeEventListener',
  undefined,
);
export const dispatchEvent = method<[Event], boolean>('EventTarget', 'dispatchEvent', false);
export const eventType = getter<string>('Event', 'type', '');
export const eventTarget = getter<EventTarget | null>('Event', 'target', null);
export const currentTarget = getter<EventTarget | null>('Event', 'currentTarget', null);
export const eventTimeStamp = getter<number>('Event', 'timeStamp', 0);
export const defaultPrevented = getter<boolean>('Event', 'defaultPrevented', false);
export const preventDefault = method<[], void>('Event', 'preventDefault', undefined);
export const stopImmediatePropagation = method<[], void>('Event', 'stopImmediatePropagation', undefined);
export const composedPath = method<[], List<EventTarget> | null>('Event', 'composedPath', null);

const fromPoint = method<[number, number], Element | null>('ShadowRoot', 'elementFromPoint', null);

/** Where an event really happened: the innermost target, through shadow roots, closed ones by the place of the mouse. */
export function innermostTarget(event: Event): EventTarget | null {
  const path = composedPath(event);
  let target = path && path.length > 0 ? (path[0] as EventTarget) : eventTarget(event);
  for (let root = closedRootOf(target); root; root = closedRootOf(target)) {
    const inner = (clientX(event) !== 0 || clientY(event) !== 0 ? fromPoint(root, clientX(event), clientY(event)) : shadowActiveElement(root)) ?? null;
    if (!inner || inner === target) break;
    target = inner;
  }
  return target;
}

function closedRootOf(target: EventTarget | null): ShadowRoot | undefined {
  return target === null ? undefined : weakMapGet(closedRoots, target as Element);
}

export const uiDetail = getter<number>('UIEvent', 'detail', 0);
export const clientX = getter<number>('MouseEvent', 'clientX', 0);
export const clientY = getter<number>('MouseEvent', 'clientY', 0);
export const screenX = getter<number>('MouseEvent', 'screenX', 0);
export const screenY = getter<number>('MouseEvent', 'screenY', 0);
export const relatedTarget = getter<EventTarget | null>('MouseEvent', 'relatedTarget', null);
const sourceCapabilities = getter<unknown>('UIEvent', 'sourceCapabilities', null);
const ofTouch = getter<boolean>('InputDeviceCapabilities', 'firesTouchEvents', false);
/** Whether a mouse event is one that the browser makes of a tap. */
export const firesTouchEvents = (event: Event): boolean => ofTouch(sourceCapabilities(event));
export const mouseButton = getter<number>('MouseEvent', 'button', 0);
export const mouseButtons = getter<number>('MouseEvent', 'buttons', 0);
export const deltaX = getter<number>('WheelEvent', 'deltaX', 0);
export const deltaY = getter<number>('WheelEvent', 'deltaY', 0);
export const deltaMode = getter<number>('WheelEvent', 'deltaMode', 0);
export const pointerId = getter<number>('PointerEvent', 'pointerId', 0);
export const pointerType = getter<string>('PointerEvent', 'pointerType', '');
export const pointerPressure = getter<number>('PointerEvent', 'pressure', 0);
export const pointerTiltX = getter<number>('PointerEvent', 'tiltX', 0);
export const pointerTiltY = getter<number>('PointerEvent', 'tiltY', 0);
export const pointerTwist = getter<number>('PointerEvent', 'twist', 0);
export const keyboardKey = getter<string>('KeyboardEvent', 'key', '');
export const keyboardCode = getter<string>('KeyboardEvent', 'code', '');
export const keyboardRepeat = getter<boolean>('KeyboardEvent', 'repeat', false);
export const keyboardLocation = getter<number>('KeyboardEvent', 'location', 0);
export const isComposing = getter<boolean>('KeyboardEvent', 'isComposing', false);
export const inputEventType = getter<string>('InputEvent', 'inputType', '');
export const inputEventData = getter<string | null>('InputEvent', 'data', null);

const MODIFIERS = ['alt', 'ctrl', 'meta', 'shift'];
const mouseModifiers = list<(self: unknown) => boolean>();
const keyModifiers = list<(self: unknown) => boolean>();
for (let i = 0; i < MODIFIERS.length; i++) {
  append(mouseModifiers, getter<boolean>('MouseEvent', MODIFIERS[i] + 'Key', false));
  append(keyModifiers, getter<boolean>('KeyboardEvent', MODIFIERS[i] + 'Key', false));
}

/** Held modifiers of a mouse or keyboard event, as bits: Alt 1, Control 2, Meta 4, Shift 8. */
export function modifierBits(event: Event): number {
  const read = stringSlice(eventType(event), 0, 3) === 'key' ? keyModifiers : mouseModifiers;
  let bits = 0;
  for (let i = 0; i < read.length; i++) if (read[i]?.(event)) bits += 1 << i;
  return bits;
}
