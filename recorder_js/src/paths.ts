// The way to an element inside its document, for repairs that must hit exactly one: child indexes from the root
// element down, -1 where the way enters an open shadow root.
import { type List, append, getter, list } from './natives.ts';
import {
  documentElement, firstChild, firstElementChild, nextElementSibling, nextSibling, parentNode, previousElementSibling,
  shadowHost, shadowRoot,
} from './nodes.ts';

/** Child indexes from the root element to `element`; null when it is not in the document. */
export function pathTo(element: Element): List<number> | null {
  const backwards = list<number>();
  let node: Element = element;
  for (let depth = 0; depth < 4096; depth++) {
    if (node === documentElement(document)) return reversed(backwards);
    const parent = parentNode(node);
    if (parent === null) return null;
    let index = 0;
    for (let sibling = previousElementSibling(node); sibling; sibling = previousElementSibling(sibling)) index++;
    append(backwards, index);
    const host = shadowHost(parent);
    if (host) {
      append(backwards, -1);
      node = host;
    } else node = parent as Element;
  }
  return null;
}

/** The element at `path`, or null when the document has none there. */
export function elementAt(path: ArrayLike<number>): Element | null {
  let node: Element | ShadowRoot | null = documentElement(document);
  for (let i = 0; i < path.length && node; i++) {
    const index = path[i] as number;
    if (index === -1) {
      node = shadowRoot(node as Element);
      continue;
    }
    let child: Element | null = firstChildOf(node);
    for (let k = 0; k < index && child; k++) child = nextElementSibling(child);
    node = child;
  }
  return node as Element | null;
}

const firstInShadow = getter<Element | null>('DocumentFragment', 'firstElementChild', null);
function firstChildOf(node: Element | ShadowRoot): Element | null {
  return shadowHost(node) ? firstInShadow(node) : firstElementChild(node);
}

/** The way from `element` down to a node in it, by positions among all children; null when it is not in there. */
export function nodePath(element: Element, node: Node): List<number> | null {
  const backwards = list<number>();
  let at: Node = node;
  for (let depth = 0; depth < 4096; depth++) {
    if (at === element) return reversed(backwards);
    const parent = parentNode(at);
    if (parent === null) return null;
    let index = 0;
    for (let child = firstChild(parent); child && child !== at; child = nextSibling(child)) index++;
    append(backwards, index);
    at = parent;
  }
  return null;
}

/** The node at the end of a `nodePath`, or null when there is none. */
export function nodeAt(element: Element, path: ArrayLike<number>): Node | null {
  let node: Node | null = element;
  for (let i = 0; i < path.length && node; i++) {
    let child = firstChild(node);
    for (let k = 0; k < (path[i] as number) && child; k++) child = nextSibling(child);
    node = child;
  }
  return node;
}

function reversed(items: List<number>): List<number> {
  const result = list<number>();
  for (let i = items.length - 1; i >= 0; i--) append(result, items[i] as number);
  return result;
}
