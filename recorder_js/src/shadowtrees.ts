// Shadow trees: no document tells of what moves in them, and those that a page closed it gives to nobody.
import { replaceAccessor, replaceMethod } from './masquerade.ts';
import { addEventListener } from './nativeevents.ts';
import { NativeWeakMap, getter, weakMapGet, weakMapSet } from './natives.ts';
import { closedRoots, openShadowRoot, queryAll, shadowHost } from './nodes.ts';

const modeOf = getter<string>('ShadowRoot', 'mode', 'open');

/** Tells of the shadow trees of one realm, of each once. */
export function followShadowTrees(note: (root: ShadowRoot) => void): void {
  const known = new NativeWeakMap<ShadowRoot, boolean>();
  const take = (root: ShadowRoot): void => {
    if (weakMapGet(known, root)) return;
    weakMapSet(known, root, true);
    if (modeOf(root) === 'closed') weakMapSet(closedRoots, shadowHost(root) as Element, root);
    note(root);
  };
  /** Nothing tells of those that the markup declares. */
  const look = (place: Document | Element | ShadowRoot): void => {
    const all = queryAll(place, '*');
    for (let i = 0; i < all.length; i++) {
      const root = openShadowRoot(all[i] as Element);
      if (!root) continue;
      take(root);
      look(root);
    }
  };
  replaceMethod(Element.prototype, 'attachShadow', (native) => (self, args) => {
    const root = native(self, args) as ShadowRoot;
    take(root);
    return root;
  });
  addEventListener(document, 'DOMContentLoaded', () => look(document));
  const looking = (native: (self: unknown, args: unknown[]) => unknown) => (self: Element | ShadowRoot, args: unknown[]): void => {
    native(self, args);
    look(self);
  };
  replaceMethod(Element.prototype, 'setHTMLUnsafe', looking);
  replaceMethod(globalThis.ShadowRoot?.prototype, 'setHTMLUnsafe', looking);
  // A closed one of the markup is for its element alone.
  replaceAccessor(globalThis.ElementInternals?.prototype, 'shadowRoot', (native) => (self) => {
    const root = native(self) as ShadowRoot | null;
    if (root) take(root);
    return root;
  });
}
