// What an action was done to, in words that last longer than the page: role, name, locators, box, frame.
// Computed when a person acts, never on mouse moves.
import {
  append,
  closest,
  controlValue,
  defaultView,
  frameElement,
  getAttribute,
  getBoundingClientRect,
  isContentEditable,
  list,
  type List,
  localName,
  ownerDocument,
  rectHeight,
  rectLeft,
  rectTop,
  rectWidth,
  round,
  textContent,
  windowParent,
} from '../natives.ts';
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
  /** In CSS pixels of the frame's own viewport. */
  box: Box;
  /** CSS paths of the frame elements from the top document inwards; '' where a frame of another origin hides it. */
  frame: List<string>;
}

const INTERACTIVE_TAGS = wordSet('button input select textarea summary option label');
const INTERACTIVE_ROLES = wordSet(`
  button checkbox combobox gridcell link listbox menuitem menuitemcheckbox menuitemradio option radio searchbox
  slider spinbutton switch tab textbox treeitem`);

/** The nearest element at or above `element` that a person means when acting on it. */
export function interactiveTarget(element: Element): Element {
  for (let at: Element | null = element; at; at = composedParent(at)) {
    const tag = localName(at);
    if (INTERACTIVE_TAGS[tag]) return at;
    const role = getAttribute(at, 'role') === null ? null : roleOf(at);
    if (role !== null && INTERACTIVE_ROLES[role]) return at;
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
  return {
    tag: localName(target),
    role: roleOf(target),
    name: shorten(nameFor(target)),
    locators: locatorsOf(target),
    box: {
      x: pixels(rectLeft(rect)),
      y: pixels(rectTop(rect)),
      width: pixels(rectWidth(rect)),
      height: pixels(rectHeight(rect)),
    },
    frame: framePath(target),
  };
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

function framePath(element: Element): List<string> {
  const inward = list<string>();
  const document = ownerDocument(element);
  let view: Window | null = document ? defaultView(document) : null;
  while (view) {
    const parent: Window | null = windowParent(view);
    if (!parent || parent === view) break;
    const frame = frameElement(view);
    append(inward, frame ? cssPath(frame) : '');
    view = parent;
  }
  const outward = list<string>();
  for (let i = inward.length - 1; i >= 0; i--) append(outward, inward[i] as string);
  return outward;
}
