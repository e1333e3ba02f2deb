// Repairs and inputs that a replay cannot dispatch as raw events.
import {
  activeElement, apply, dispatchEvent, getOwnPropertyDescriptor, list, queryAll, scrollLeft, scrollTop,
} from './natives.ts';
import { elementAt, nodeAt } from './paths.ts';

const focus = HTMLElement.prototype.focus;
const setSelection = HTMLInputElement.prototype.setSelectionRange;
const setAreaSelection = HTMLTextAreaElement.prototype.setSelectionRange;
const selected = getOwnPropertyDescriptor(HTMLOptionElement.prototype, 'selected')?.set;
const inputValue = getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
const areaValue = getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
const setLeft = getOwnPropertyDescriptor(Element.prototype, 'scrollLeft')?.set;
const setTop = getOwnPropertyDescriptor(Element.prototype, 'scrollTop')?.set;
const NativeEvent = Event;

export interface Performance {
  do: 'focus' | 'select' | 'setValue' | 'scroll';
  path: number[];
  /** Pixels to scroll to. */
  x?: number;
  y?: number;
  selection?: [number | null, number | null];
  /** In a freely editable element: `[path, offset, path, offset]`. */
  range?: [number[] | null, number, number[] | null, number];
  options?: { index: number }[];
  value?: string;
}

/** Carries it out; a word that says why it could not, or that something had to be moved, else null. */
export function perform(what: Performance): string | null {
  const element = elementAt(what.path);
  if (!element) return 'the element is not in the document';
  if (what.do === 'scroll') return scroll(element, what.x ?? 0, what.y ?? 0);
  // A list is chosen from without focus by a tool; a person's press has focused it already.
  if (what.do !== 'select' && activeElement(document) !== element) apply(focus as never, element, []);
  if (what.do === 'focus' && what.range) selectRange(element, what.range);
  else if (what.do === 'focus') select(element, what.selection);
  else if (what.do === 'select') choose(element, what.options ?? []);
  else {
    const setValue = element instanceof HTMLTextAreaElement ? areaValue : inputValue;
    if (setValue) apply(setValue as never, element, [what.value ?? '']);
    tell(element);
  }
  return null;
}

function scroll(element: Element, x: number, y: number): string | null {
  const isThere = scrollLeft(element) === x && scrollTop(element) === y;
  if (setLeft && scrollLeft(element) !== x) apply(setLeft as never, element, [x]);
  if (setTop && scrollTop(element) !== y) apply(setTop as never, element, [y]);
  return isThere ? null : 'moved';
}

function select(element: Element, selection: Performance['selection']): void {
  if (!selection || selection[0] === null) return;
  const setRange = element instanceof HTMLTextAreaElement ? setAreaSelection : setSelection;
  try {
    apply(setRange as never, element, [selection[0], selection[1]]);
  } catch {
    // Some input types (number, e-mail) have no selection: typing replaces or appends as the field does by itself.
  }
}

const getSelection = Document.prototype.getSelection;
const setBaseAndExtent = globalThis.Selection?.prototype.setBaseAndExtent;

function selectRange(element: Element, range: NonNullable<Performance['range']>): void {
  const first = range[0] && nodeAt(element, range[0]);
  const last = range[2] && nodeAt(element, range[2]);
  if (!first || !last) return;
  try {
    apply(setBaseAndExtent as never, apply(getSelection as never, document, []), [first, range[1], last, range[3]]);
  } catch {
    // The text is shorter than it was: what is typed now goes where the caret is.
  }
}

function choose(element: Element, wanted: { index: number }[]): void {
  const options = queryAll(element, 'option');
  const on = list<boolean>();
  for (let i = 0; i < wanted.length; i++) on[(wanted[i] as { index: number }).index] = true;
  for (let i = 0; i < options.length; i++) {
    if (selected && (on[i] || 'multiple' in element && (element as HTMLSelectElement).multiple)) {
      apply(selected as never, options[i], [on[i] === true]);
    }
  }
  tell(element);
}

function tell(element: Element): void {
  dispatchEvent(element, new NativeEvent('input', { bubbles: true, composed: true }));
  dispatchEvent(element, new NativeEvent('change', { bubbles: true }));
}
