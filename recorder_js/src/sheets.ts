// Style sheets of ours, for the time of a picture: without a trace in the document tree.
import { type List, append, apply, defineProperty, list } from './natives.ts';

const Sheet = globalThis.CSSStyleSheet;
const replaceSync = Sheet?.prototype.replaceSync;
const sheetsOf = (name: string, owner: object | undefined): PropertyDescriptor | undefined =>
  owner && Object.getOwnPropertyDescriptor(owner, name);
const adopted = sheetsOf('adoptedStyleSheets', globalThis.Document?.prototype);

/** Puts rules in force in all documents; returns the way to take them back. The latest is to go first. */
export function adopt(documents: List<Document>, rules: string): () => void {
  const undo = list<() => void>();
  for (let i = 0; i < documents.length; i++) {
    try {
      append(undo, adoptIn(documents[i] as Document, rules));
    } catch {
      // A document on its way out cannot take a style sheet, and shows nothing either.
    }
  }
  return () => {
    for (let i = 0; i < undo.length; i++) undo[i]?.();
    undo.length = 0;
  };
}

function adoptIn(document: Document, rules: string): () => void {
  if (!adopted?.get || !adopted.set || !replaceSync) return () => {};
  // A style sheet belongs to the document whose window made it.
  const Own = (document.defaultView as (Window & { CSSStyleSheet: typeof CSSStyleSheet }) | null)?.CSSStyleSheet ?? Sheet;
  const sheet = new Own();
  apply(replaceSync as never, sheet, [rules]);
  const { get, set } = adopted;
  const before = apply(get as never, document, []) as CSSStyleSheet[];
  const kept = copyOf(before);
  const now = copyOf(before);
  put(now, sheet);
  apply(set as never, document, [now]);
  return () => {
    try {
      apply(set as never, document, [kept]);
    } catch {
      // The document is gone.
    }
  };
}

/** Arrays that the browser can iterate, filled past any setter that the page put on `Array.prototype`. */
function copyOf(sheets: CSSStyleSheet[]): CSSStyleSheet[] {
  const copy: CSSStyleSheet[] = [];
  for (let i = 0; i < sheets.length; i++) put(copy, sheets[i] as CSSStyleSheet);
  return copy;
}

function put(sheets: CSSStyleSheet[], value: CSSStyleSheet): void {
  defineProperty(sheets, sheets.length, { value, configurable: true, enumerable: true, writable: true });
}
