// Moving through the page as it is composed: out of shadow roots, up through hosts.
import { closest, getAttribute, getRootNode, localName, nodeType, parentNode, shadowHost, styleOf } from '../nodes.ts';

/** The parent as a person would name it: the host of a shadow root stands above what is in it. */
export function composedParent(node: Node): Element | null {
  const parent = parentNode(node);
  if (!parent) return null;
  const type = nodeType(parent);
  if (type === 1) return parent as Element;
  return type === 11 ? shadowHost(parent) : null;
}

/** The element itself or the nearest ancestor that matches, through shadow roots. */
export function composedClosest(element: Element, selector: string): Element | null {
  let from: Element | null = element;
  while (from) {
    const found: Element | null = closest(from, selector);
    if (found) return found;
    const root: Node | null = getRootNode(from);
    from = root && nodeType(root) === 11 ? shadowHost(root) : null;
  }
  return null;
}

/** Not rendered, or hidden from assistive technology, by itself: what an ancestor does is not looked at. */
export function hiddenHere(element: Element): boolean {
  if (getAttribute(element, 'aria-hidden') === 'true') return true;
  const tag = localName(element);
  if (tag === 'script' || tag === 'style' || tag === 'noscript' || tag === 'template' || tag === 'head') return true;
  return styleOf(element, 'display') === 'none';
}

/** Not in the accessibility tree: hidden by itself or by an ancestor, or invisible. */
export function hidden(element: Element): boolean {
  if (styleOf(element, 'visibility') === 'hidden') return true;
  for (let at: Element | null = element; at; at = composedParent(at)) if (hiddenHere(at)) return true;
  return false;
}
