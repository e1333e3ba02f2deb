// Documents that a browser fetches, or even runs, before anybody clicks (speculation rules): no timeline could say when,
// and the browser keeps their bodies to itself. Such rules are not followed, while recording as in a replay.
import { replaceAccessor, replaceMethod } from './masquerade.ts';
import { method, toLowerCase } from './natives.ts';
import { getAttribute, nodeName } from './nodes.ts';

const RULES = 'speculationrules';
/** No browser knows scripts of this type. */
const INERT = 'inert-' + RULES;

const setAttribute = method<[string, string], void>('Element', 'setAttribute', undefined);
const isRules = (type: unknown): boolean => toLowerCase('' + type) === RULES;

/** A node that the parser has added, before it looks at what it is. */
export function refuseRules(node: Node): void {
  if (nodeName(node) === 'SCRIPT' && isRules(getAttribute(node as Element, 'type'))) setAttribute(node as Element, 'type', INERT);
}

/** The same of scripts that code makes; where it asks first, there are no such rules. */
export function refuseSpeculation(): void {
  replaceAccessor(
    HTMLScriptElement.prototype, 'type',
    (native) => (self) => {
      const type: unknown = native(self);
      return type === INERT ? RULES : type;
    },
    (native) => (self, value) => native(self, isRules(value) ? INERT : value),
  );
  replaceMethod(HTMLScriptElement, 'supports', (native) => (self, args) => (isRules(args[0]) ? false : native(self, args)));
}
