// Where things are: the focused element, this frame in the page, a selection in a field.
import { type List, getter, list, method } from '../natives.ts';
import {
  activeElement, clientLeft, clientTop, frameElement, getBoundingClientRect, rectLeft, rectTop, shadowActiveElement,
  shadowRoot, windowParent,
} from '../nodes.ts';
import { nodePath } from '../paths.ts';

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

/** The selection in a field, null where it has none. */
export function fieldSelection(element: Element): [number | null, number | null] {
  return [inputStart(element) ?? areaStart(element), inputEnd(element) ?? areaEnd(element)];
}

const targetRanges = method<[], List<StaticRange>>('InputEvent', 'getTargetRanges', list());
const startContainer = getter<Node | null>('StaticRange', 'startContainer', null);
const startOffset = getter<number>('StaticRange', 'startOffset', 0);
const endContainer = getter<Node | null>('StaticRange', 'endContainer', null);
const endOffset = getter<number>('StaticRange', 'endOffset', 0);

/** What an input to a freely editable element replaces: `[path, offset, path, offset]`; undefined for fields. */
export function targetRange(element: Element, event: Event): unknown[] | undefined {
  const range = targetRanges(event)[0];
  const start = range && startContainer(range);
  const end = range && endContainer(range);
  if (!start || !end) return undefined;
  return [nodePath(element, start), startOffset(range), nodePath(element, end), endOffset(range)];
}

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
