// The browser's own ways to look at nodes, elements, documents and controls: see the rules in natives.ts.
import {
  type Fn, type List, append, apply, getOwnPropertyDescriptor, getter, list, method, realm, record, safeRead,
  weakMapGet,
} from './natives.ts';

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
export const openShadowRoot = getter<ShadowRoot | null>('Element', 'shadowRoot', null);
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

/** The computed value of one CSS property, of a pseudo-element on request; an empty string when it cannot be told. */
export function styleOf(element: Element, property: string, part?: string): string {
  if (!computedStyle) return '';
  try {
    return propertyValue(apply(computedStyle, globalThis, [element, part]), property);
  } catch {
    return '';
  }
}

// ---- what is marked

export const getSelection = method<[], Selection | null>('Document', 'getSelection', null);
export const anchorNode = getter<Node | null>('Selection', 'anchorNode', null);
export const anchorOffset = getter<number>('Selection', 'anchorOffset', 0);
export const focusNode = getter<Node | null>('Selection', 'focusNode', null);
export const focusOffset = getter<number>('Selection', 'focusOffset', 0);

// ---- form controls

const inputValue = getter<string | null>('HTMLInputElement', 'value', null);
const textAreaValue = getter<string | null>('HTMLTextAreaElement', 'value', null);
const selectValue = getter<string | null>('HTMLSelectElement', 'value', null);
export const inputType = getter<string>('HTMLInputElement', 'type', '');
export const inputChecked = getter<boolean>('HTMLInputElement', 'checked', false);
export const inputFiles = getter<FileList | null>('HTMLInputElement', 'files', null);
export const selectMultiple = getter<boolean>('HTMLSelectElement', 'multiple', false);
export const selectSize = getter<number>('HTMLSelectElement', 'size', 0);
/** Whether the options of a list are elements that a person clicks on, not a window of the browser's own. */
export const isListInPage = (select: Element): boolean =>
  selectMultiple(select) || selectSize(select) > 1 || styleOf(select, 'appearance', '::picker(select)') === 'base-select';
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
