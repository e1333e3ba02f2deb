// The browser's own ways to hear and read events: see the rules in natives.ts.
import { type Fn, type List, append, getter, list, method, stringSlice, weakMapGet } from './natives.ts';
import { closedRoots, shadowActiveElement } from './nodes.ts';

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
