// What an action was done to, in words that last longer than the page: role, name, locators, box, frame.
// Computed when a person acts, never on mouse moves.
import { type List, append, list, round } from '../natives.ts';
import {
  clientLeft, clientTop, closest, controlValue, defaultView, frameElement, getAttribute, getBoundingClientRect,
  hasAttribute, inputType, isContentEditable, localName, ownerDocument, rectHeight, rectLeft, rectTop, rectWidth,
  textContent, windowParent,
} from '../nodes.ts';
import { accessibleName, contentText, labelText } from './accname.ts';
import { cssPath, type Locator, locatorsOf } from './locators.ts';
import { isPrivate, rememberAround } from './mask.ts';
import { roleOf } from './role.ts';
import { LONGEST, shorten, wordSet } from './text.ts';
import { composedParent } from './tree.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Target {
  tag: string;
  role: string | null;
  /** Accessible name, or the text a person would call it by; at most 120 characters, empty if private. */
  name: string;
  locators: List<Locator>;
  /** True where text can be typed. */
  editable?: true;
  /** In CSS pixels of the page's viewport, as far as frames of other origins let it be known. */
  box: Box;
  /** CSS paths of the frame elements from the top document inwards; '' where a frame of another origin hides it. */
  frame: List<string>;
}

const isInteractiveTag = wordSet('button input select textarea summary option label');
const isInteractiveRole = wordSet(`
  button checkbox combobox gridcell link listbox menuitem menuitemcheckbox menuitemradio option radio searchbox
  slider spinbutton switch tab textbox treeitem`);

/** The nearest element at or above `element` that a person means when acting on it. */
export function interactiveTarget(element: Element): Element {
  for (let at: Element | null = element; at; at = composedParent(at)) {
    const tag = localName(at);
    if (isInteractiveTag(tag)) return at;
    const role = getAttribute(at, 'role') === null ? null : roleOf(at);
    if (role !== null && isInteractiveRole(role)) return at;
    if (tag === 'a' && getAttribute(at, 'href') !== null) return at;
    if (tag === 'body' || tag === 'html') break;
  }
  return isContentEditable(element) ? editingHost(element) : element;
}

function editingHost(element: Element): Element {
  return closest(element, '[contenteditable]:not([contenteditable=false i])') ?? element;
}

/** Describes the interactive element at or above `element`. */
export function describe(element: Element): Target {
  const target = interactiveTarget(element);
  rememberAround(target);
  const rect = getBoundingClientRect(target);
  const frame = frameOf(target);
  const description: Target = {
    tag: localName(target),
    role: roleOf(target),
    name: shorten(nameFor(target)),
    locators: locatorsOf(target),
    box: {
      x: pixels(rectLeft(rect) + frame.left),
      y: pixels(rectTop(rect) + frame.top),
      width: pixels(rectWidth(rect)),
      height: pixels(rectHeight(rect)),
    },
    frame: frame.path,
  };
  if (isEditable(target)) description.editable = true;
  return description;
}

const isTypedInto = wordSet('text search email tel url password number date time datetime-local month week');

/** True if typing into the element changes its text. */
export function isEditable(element: Element): boolean {
  const tag = localName(element);
  if (tag !== 'input' && tag !== 'textarea') return isContentEditable(element);
  if (hasAttribute(element, 'readonly') || hasAttribute(element, 'disabled')) return false;
  return tag === 'textarea' || isTypedInto(inputType(element));
}

function pixels(value: number): number {
  return round(value * 100) / 100;
}

function nameFor(element: Element): string {
  const name = accessibleName(element) || labelText(element);
  if (name !== '' || isPrivate(element)) return name;
  // A field's text is its value, and the text of a large region is not a name.
  const tag = localName(element);
  if (controlValue(element) !== null || isContentEditable(element) || tag === 'body' || tag === 'html') return '';
  if ((textContent(element) ?? '').length > 4 * LONGEST) return '';
  const text = contentText(element);
  return text.length <= LONGEST ? text : '';
}

/** The path of frames to an element's document, and where that document's viewport begins in the page's. */
function frameOf(element: Element): { path: List<string>; left: number; top: number } {
  const inward = list<string>();
  const document = ownerDocument(element);
  let view: Window | null = document ? defaultView(document) : null;
  let left = 0;
  let top = 0;
  while (view) {
    const parent: Window | null = windowParent(view);
    if (!parent || parent === view) break;
    const frame = frameElement(view);
    append(inward, frame ? cssPath(frame) : '');
    if (frame) {
      const rect = getBoundingClientRect(frame);
      left += rectLeft(rect) + clientLeft(frame);
      top += rectTop(rect) + clientTop(frame);
    }
    view = parent;
  }
  const path = list<string>();
  for (let i = inward.length - 1; i >= 0; i--) append(path, inward[i] as string);
  return { path, left, top };
}
