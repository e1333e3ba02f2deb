// Repairs and inputs that a replay cannot dispatch as raw events.
import { dispatchEvent } from './nativeevents.ts';
import { list, method, setter } from './natives.ts';
import {
  activeElement, anchorNode, anchorOffset, focus, focusNode, focusOffset, getSelection, queryAll, scrollLeft, scrollTop,
} from './nodes.ts';
import { elementAt, nodeAt } from './paths.ts';

const setSelection = method<[number, number | null], void>('HTMLInputElement', 'setSelectionRange', undefined);
const setAreaSelection = method<[number, number | null], void>('HTMLTextAreaElement', 'setSelectionRange', undefined);
const selected = setter<boolean>('HTMLOptionElement', 'selected');
const inputValue = setter<string>('HTMLInputElement', 'value');
const areaValue = setter<string>('HTMLTextAreaElement', 'value');
const setLeft = setter<number>('Element', 'scrollLeft');
const setTop = setter<number>('Element', 'scrollTop');
const NativeEvent = Event;

export interface Performance {
  do: 'focus' | 'select' | 'setValue' | 'scroll' | 'mark';
  path: number[];
  /** Pixels to scroll to. */
  x?: number;
  y?: number;
  selection?: [number | null, number | null];
  /** In a freely editable element, or of all that is marked: `[path, offset, path, offset]`. */
  range?: [number[] | null, number, number[] | null, number];
  options?: { index: number }[];
  value?: string;
}

/** Carries it out; a word that says why it could not, or that something had to be moved, else null. */
export function perform(what: Performance): string | null {
  const element = elementAt(what.path);
  if (!element) return 'the element is not in the document';
  if (what.do === 'mark' && what.range) return mark(element, what.range);
  if (what.do === 'scroll') return scroll(element, what.x ?? 0, what.y ?? 0);
  // A list is chosen from without focus by a tool; a person's press has focused it already.
  if (what.do !== 'select' && activeElement(document) !== element) focus(element);
  if (what.do === 'focus' && what.range) selectRange(element, what.range);
  else if (what.do === 'focus') select(element, what.selection);
  else if (what.do === 'select') choose(element, what.options ?? []);
  else {
    const setValue = element instanceof HTMLTextAreaElement ? areaValue : inputValue;
    setValue(element, what.value ?? '');
    tell(element);
  }
  return null;
}

function scroll(element: Element, x: number, y: number): string | null {
  const isThere = scrollLeft(element) === x && scrollTop(element) === y;
  if (scrollLeft(element) !== x) setLeft(element, x);
  if (scrollTop(element) !== y) setTop(element, y);
  return isThere ? null : 'moved';
}

function select(element: Element, selection: Performance['selection']): void {
  if (!selection || selection[0] === null) return;
  const setRange = element instanceof HTMLTextAreaElement ? setAreaSelection : setSelection;
  // Some input types (number, e-mail) have no selection: typing replaces or appends as the field does by itself.
  setRange(element, selection[0], selection[1]);
}

const setBaseAndExtent = method<[Node, number, Node, number], void>('Selection', 'setBaseAndExtent', undefined);

function selectRange(element: Element, range: NonNullable<Performance['range']>): void {
  const first = range[0] && nodeAt(element, range[0]);
  const last = range[2] && nodeAt(element, range[2]);
  if (!first || !last) return;
  // Where the text is shorter than it was, what is typed now goes where the caret is.
  setBaseAndExtent(getSelection(document), first, range[1], last, range[3]);
}

/** The page hears of what is marked only where that was something else. */
function mark(element: Element, range: NonNullable<Performance['range']>): string | null {
  const selection = getSelection(document);
  const isMarked = range[0] && anchorNode(selection) === nodeAt(element, range[0]) && anchorOffset(selection) === range[1]
    && range[2] && focusNode(selection) === nodeAt(element, range[2]) && focusOffset(selection) === range[3];
  if (isMarked) return null;
  selectRange(element, range);
  return 'moved';
}

function choose(element: Element, wanted: { index: number }[]): void {
  const options = queryAll(element, 'option');
  const on = list<boolean>();
  for (let i = 0; i < wanted.length; i++) on[(wanted[i] as { index: number }).index] = true;
  for (let i = 0; i < options.length; i++) {
    if (on[i] || 'multiple' in element && (element as HTMLSelectElement).multiple) selected(options[i], on[i] === true);
  }
  tell(element);
}

function tell(element: Element): void {
  dispatchEvent(element, new NativeEvent('input', { bubbles: true, composed: true }));
  dispatchEvent(element, new NativeEvent('change', { bubbles: true }));
}
