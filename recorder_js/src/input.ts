// What the person does: one marker in the log per raw input, directly before the first event that it causes.
import { config } from './config.ts';
import type { Channel } from './channel.ts';
import {
  type List, NativeWeakMap, activeElement, addEventListener, append, clientX, clientY, controlValue, deltaMode, deltaX, deltaY,
  eventTimeStamp, eventType, frameElement, getBoundingClientRect, getter, innermostTarget, inputChecked, inputEventData,
  inputEventType, inputType, isContentEditable, keyboardCode, keyboardKey, keyboardLocation, keyboardRepeat, list, localName, method,
  modifierBits, mouseButton, mouseButtons, optionSelected, queryAll, rectLeft, rectTop, shadowActiveElement, shadowRoot,
  stringSlice, textContent, uiDetail, weakMapGet, weakMapSet, windowParent,
} from './natives.ts';
import { replaceMethod } from './masquerade.ts';
import { nodePath, pathTo } from './paths.ts';
import { describe } from './target/describe.ts';
import { fingerprint } from './target/fingerprint.ts';
import { isSecret, rememberSecrets, secretName } from './target/mask.ts';

/** What the settling of checkpoints and the log need to know of an input. */
export interface InputSink {
  /** Begins a raw input: appends its marker to the log, and gives its ordinal and the way to take it back. */
  begin(): { n: number; revoke: () => void };
  /** The input is an action of the person; `continues` when it goes on with the last one (the next character). */
  action(continues: boolean): void;
  /** The action is complete: a checkpoint is due. `typing` when more of the same is likely. */
  done(typing: boolean): void;
}

/** A raw input event, as it is sent and later dispatched again. */
interface Raw {
  type: string;
  [field: string]: unknown;
}

const MAX_TEXT = 20_000;

export function followInput(channel: Channel, sink: InputSink, realm: number): void {
  let raw: Raw | undefined;
  let rawTime = -1;
  let tentative: { n: number; revoke: () => void } | undefined;
  let keysDown = 0;
  let lastKeyTarget: Element | null = null;
  let keyTarget: unknown = null;
  /** The field that the last action typed into: its next character goes on with that action. */
  let typingIn: Element | null = null;
  let pageDispatch = 0;
  let pageTraverses = false;
  const dirty = list<Element>();

  /** The raw input to which this event belongs: events of one input carry the same time stamp. */
  const rawOf = (event: Event, type: string): Raw | undefined => {
    const time = eventTimeStamp(event);
    if (raw && time === rawTime && (raw.type === type || raw.type === 'hover')) {
      if (raw.type !== type) {
        raw.type = type;
        tentative = undefined;
      }
      return raw;
    }
    return undefined;
  };
  const begin = (event: Event | null, type: string): Raw => {
    tentative?.revoke();
    tentative = undefined;
    const { n, revoke } = sink.begin();
    raw = { type, n, realm };
    rawTime = event ? eventTimeStamp(event) : -1;
    if (type === 'hover') tentative = { n, revoke };
    else channel.post(['in', n, raw]);
    return raw;
  };
  const place = (into: Raw, event: Event): void => {
    const offset = frameOffset();
    into.x = clientX(event) + offset.x;
    into.y = clientY(event) + offset.y;
    into.buttons = mouseButtons(event);
    into.modifiers = modifierBits(event);
  };
  const aim = (into: Raw, event: Event): void => {
    const element = innermostTarget(event);
    if (element && into.target === undefined) into.target = describeSafely(element as Element);
  };

  // ---- pointer and mouse

  const hovered = (event: Event): void => {
    // Boundary events come before the move that causes them; alone, they come from layout moving under the mouse.
    if (!event.isTrusted || rawTime === eventTimeStamp(event)) return;
    begin(event, 'hover');
  };
  const settleTentative = (type: string, event: Event): Raw => {
    const known = rawOf(event, type);
    if (known) {
      if (known.x === undefined) channel.post(['in', known.n, known]);
      return known;
    }
    return begin(event, type);
  };
  const moved = (event: Event): void => {
    if (!event.isTrusted) return;
    if (raw && rawTime === eventTimeStamp(event) && raw.type !== 'hover') return;
    const move = settleTentative('move', event);
    place(move, event);
    sink.action(true);
  };
  const pressed = (event: Event): void => {
    if (!event.isTrusted) return;
    const first = !(raw && rawTime === eventTimeStamp(event) && raw.type === 'down');
    if (first) sink.action(false);
    typingIn = null;
    const down = first ? settleTentative('down', event) : (raw as Raw);
    place(down, event);
    down.button = mouseButton(event);
    const detail = uiDetail(event);
    down.clicks = detail > 0 ? detail : (down.clicks ?? 1);
    aim(down, event);
    if (eventType(event) === 'mousedown') channel.flush();
  };
  const released = (event: Event): void => {
    if (!event.isTrusted) return;
    const first = !(raw && rawTime === eventTimeStamp(event) && raw.type === 'up');
    const up = first ? settleTentative('up', event) : (raw as Raw);
    place(up, event);
    up.button = mouseButton(event);
    const detail = uiDetail(event);
    up.clicks = detail > 0 ? detail : (up.clicks ?? 1);
    aim(up, event);
    sink.done(false);
    channel.flush();
  };
  const listen = (types: string[], listener: (event: Event) => void): void => {
    for (let i = 0; i < types.length; i++) addEventListener(window, types[i] as string, listener, true);
  };
  listen(['pointerout', 'pointerover', 'mouseout', 'mouseover'], hovered);
  listen(['pointermove', 'mousemove'], moved);
  listen(['pointerdown', 'mousedown'], pressed);
  listen(['pointerup', 'mouseup'], released);
  listen(['click', 'submit'], (event) => {
    if (event.isTrusted) channel.flush();
  });
  listen(['wheel'], (event) => {
    if (!event.isTrusted) return;
    sink.action(raw?.type === 'wheel');
    typingIn = null;
    const wheel = begin(event, 'wheel');
    place(wheel, event);
    const unit = deltaMode(event) === 0 ? 1 : 40;
    wheel.dx = deltaX(event) * unit;
    wheel.dy = deltaY(event) * unit;
    aim(wheel, event);
    sink.done(false);
  });

  // ---- keyboard and text

  listen(['keydown'], (event) => {
    if (!event.isTrusted) return;
    const element = deepActiveElement();
    const character = keyboardKey(event).length === 1 && (modifierBits(event) & 6) === 0;
    sink.action(character && element !== null && element === typingIn);
    typingIn = isTextField(element) ? element : null;
    const key = begin(event, 'keydown');
    describeKey(key, event, element, character);
    if (element !== lastKeyTarget) {
      key.focus = element && pathTo(element);
      keyTarget = element && describeSafely(element);
      lastKeyTarget = element;
    }
    key.target = keyTarget;
    keysDown++;
    sink.done(character);
    channel.flush();
  });
  listen(['keyup'], (event) => {
    if (!event.isTrusted) return;
    const element = deepActiveElement();
    describeKey(begin(event, 'keyup'), event, element, keyboardKey(event).length === 1);
    keysDown = keysDown > 0 ? keysDown - 1 : 0;
    channel.flush();
  });
  listen(['beforeinput'], (event) => {
    // Text that no key press explains: a tool's insertText, a spelling correction, dictation.
    const kind = inputEventType(event);
    if (!event.isTrusted || keysDown > 0 || stringSlice(kind, 0, 6) !== 'insert') return;
    const element = innermostTarget(event) as Element;
    sink.action(false);
    const text = begin(null, 'insertText');
    text.path = pathTo(element);
    text.selection = [selectionStart(element), selectionEnd(element)];
    text.range = targetRange(element, event);
    const data = inputEventData(event) ?? '';
    if (isSecret(element)) text.secret = secretName(element);
    else text.text = data;
    text.length = data.length;
    text.target = describeSafely(element);
    sink.done(true);
  });
  listen(['input', 'change'], (event) => {
    const element = innermostTarget(event) as Element;
    const tag = localName(element);
    const byTool = !event.isTrusted && pageDispatch === 0;
    const chosen = tag === 'select' && eventType(event) === 'input' && (byTool || (event.isTrusted && keysDown === 0));
    if (chosen) {
      sink.action(false);
      const select = begin(null, 'select');
      select.path = pathTo(element);
      if (isSecret(element)) select.secret = secretName(element);
      else select.options = selectedOptions(element);
      select.target = describeSafely(element);
      sink.done(false);
    } else if (byTool && eventType(event) === 'input' && tag === 'input' && inputType(element) !== 'file') {
      sink.action(false);
      const value = begin(null, 'setValue');
      value.path = pathTo(element);
      if (isSecret(element)) value.secret = secretName(element);
      else value.text = controlValue(element) ?? '';
      value.target = describeSafely(element);
      sink.done(false);
    }
    append(dirty, element);
    channel.arm();
    if (eventType(event) === 'change' || isSecret(element)) channel.flush();
  });
  replaceMethod(EventTarget.prototype, 'dispatchEvent', (native) => (self, args) => {
    pageDispatch++;
    try {
      return native(self, args);
    } finally {
      pageDispatch--;
    }
  });

  // ---- leaving

  listen(['beforeunload'], () => channel.flush());
  const navigation = (window as unknown as { navigation?: EventTarget }).navigation;
  if (navigation) {
    addEventListener(navigation, 'navigate', (event: Event) => {
      const delta = traversal(event);
      if (delta !== 0 && event.isTrusted && !pageTraverses) {
        sink.action(false);
        begin(null, 'traverse').delta = delta;
        sink.done(false);
      }
      pageTraverses = false;
      channel.flush();
    });
  }
  for (let i = 0; i < 3; i++) {
    replaceMethod(globalThis.History?.prototype, ['back', 'forward', 'go'][i] as string, (native) => (self, args) => {
      // A way through the history that the page chose: it will choose it again.
      pageTraverses = true;
      channel.post(['traverses']);
      channel.flush();
      return native(self, args);
    });
  }
  addEventListener(document, 'visibilitychange', () => channel.flush());

  append(channel.beforeFlush, () => {
    // The dispatch that raised the boundary events is over, and no move came of it.
    tentative?.revoke();
    if (tentative) raw = tentative = undefined;
    for (let i = 0; i < dirty.length; i++) postValue(channel, dirty[i] as Element, dirty[i] === lastKeyTarget ? keyTarget : undefined);
    dirty.length = 0;
  });
  addEventListener(document, 'DOMContentLoaded', () => rememberSecrets(document));
}

interface NavigateLike extends Event {
  navigationType: string;
  destination: { sameDocument: boolean; index: number };
}

/** Steps through the history inside this document, by the browser's buttons; 0 for any other navigation. */
function traversal(event: Event): number {
  const { navigationType, destination } = event as NavigateLike;
  if (navigationType !== 'traverse' || !destination.sameDocument) return 0;
  const current = (window as unknown as { navigation: { currentEntry: { index: number } | null } }).navigation.currentEntry;
  return current ? destination.index - current.index : 0;
}

function describeKey(into: Raw, event: Event, element: Element | null, character: boolean): void {
  into.modifiers = modifierBits(event);
  if (keyboardRepeat(event)) into.repeat = true;
  const secret = element !== null && character && isSecret(element);
  if (secret) {
    into.secret = secretName(element as Element);
    return;
  }
  into.key = keyboardKey(event);
  into.code = keyboardCode(event);
  into.location = keyboardLocation(event);
}

let elementIds = 0;
const idsOfElements = new NativeWeakMap<Element, number>();

/** The present value of a field, or for a secret only its name and the fingerprint by which it is kept out. */
function postValue(channel: Channel, element: Element, known: unknown): void {
  const tag = localName(element);
  const isInput = tag === 'input' || tag === 'textarea';
  const type = tag === 'input' ? inputType(element) : '';
  const message: { [field: string]: unknown } = { target: known ?? describeSafely(element) };
  if (type === 'checkbox' || type === 'radio') message.checked = inputChecked(element);
  else if (type === 'file') return;
  else if (isSecret(element)) {
    let id = weakMapGet(idsOfElements, element);
    if (id === undefined) weakMapSet(idsOfElements, element, (id = ++elementIds));
    const name = secretName(element);
    message.secret = name;
    const print = fingerprint(controlValue(element) ?? textContent(element) ?? '', config.bases[0], config.bases[1]);
    channel.post(['secret', id, name, print[0], print[1], print[2]]);
  } else if (tag === 'select') message.options = selectedOptions(element);
  else if (isInput) message.value = stringSlice(controlValue(element) ?? '', 0, MAX_TEXT);
  else if (isContentEditable(element)) message.value = stringSlice(textContent(element) ?? '', 0, MAX_TEXT);
  else return;
  channel.post(['value', message]);
}

interface ChosenOption {
  index: number;
  label: string;
}

function selectedOptions(select: Element): List<ChosenOption> {
  const chosen = list<ChosenOption>();
  const options = queryAll(select, 'option');
  for (let i = 0; i < options.length; i++) {
    const option = options[i] as Element;
    if (optionSelected(option)) append(chosen, { index: i, label: stringSlice(textContent(option) ?? '', 0, 120) });
  }
  return chosen;
}

function isTextField(element: Element | null): boolean {
  if (element === null) return false;
  const tag = localName(element);
  return tag === 'input' || tag === 'textarea' || isContentEditable(element);
}

/** A page can do strange things to its elements: a description is worth having, never worth an error. */
function describeSafely(element: Element): unknown {
  try {
    return describe(element);
  } catch {
    return null;
  }
}

export function deepActiveElement(): Element | null {
  let element = activeElement(document);
  for (let root = element && shadowRoot(element); root; root = element && shadowRoot(element)) {
    const inner = shadowActiveElement(root);
    if (!inner) break;
    element = inner;
  }
  return element;
}

const inputStart = getter<number | null>('HTMLInputElement', 'selectionStart', null);
const inputEnd = getter<number | null>('HTMLInputElement', 'selectionEnd', null);
const areaStart = getter<number | null>('HTMLTextAreaElement', 'selectionStart', null);
const areaEnd = getter<number | null>('HTMLTextAreaElement', 'selectionEnd', null);
const selectionStart = (element: Element): number | null => inputStart(element) ?? areaStart(element);
const selectionEnd = (element: Element): number | null => inputEnd(element) ?? areaEnd(element);

const targetRanges = method<[], List<StaticRange>>('InputEvent', 'getTargetRanges', list());
const startContainer = getter<Node | null>('StaticRange', 'startContainer', null);
const startOffset = getter<number>('StaticRange', 'startOffset', 0);
const endContainer = getter<Node | null>('StaticRange', 'endContainer', null);
const endOffset = getter<number>('StaticRange', 'endOffset', 0);

/** What an input to a freely editable element replaces: `[path, offset, path, offset]`; undefined for fields. */
function targetRange(element: Element, event: Event): unknown[] | undefined {
  const range = targetRanges(event)[0];
  const start = range && startContainer(range);
  const end = range && endContainer(range);
  if (!start || !end) return undefined;
  return [nodePath(element, start), startOffset(range), nodePath(element, end), endOffset(range)];
}

const clientLeft = getter<number>('Element', 'clientLeft', 0);
const clientTop = getter<number>('Element', 'clientTop', 0);

/** Where this frame's viewport begins in the page's. */
export function frameOffset(): { x: number; y: number } {
  let x = 0;
  let y = 0;
  let view: Window | null = window;
  for (let depth = 0; view && depth < 20; depth++) {
    const frame: Element | null = frameElement(view);
    const box = frame && getBoundingClientRect(frame);
    if (!frame || !box) break;
    x += rectLeft(box) + clientLeft(frame);
    y += rectTop(box) + clientTop(frame);
    view = windowParent(view);
  }
  return { x, y };
}
