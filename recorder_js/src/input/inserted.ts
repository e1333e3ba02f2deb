// Text that Playwright inserts where WebDriver BiDi has no command for it: a function of Playwright's in the page writes it.
//
// What that function does looks like the page's own doing, so the function tells when it is called. A replay calls it
// again, by way of Playwright, with the same text in the same place.
import { defineProperty, method } from '../natives.ts';
import { getSelection } from '../nodes.ts';
import { nodePath } from '../paths.ts';
import { isEditable } from '../target/describe.ts';
import { deepActiveElement } from './place.ts';

const NAME = '__pw_bidiInsertText';

type Inserted = (element: Element, text: string, range: unknown[] | undefined) => void;

export function followInsertions(inserted: Inserted): void {
  const follow = (insert: (text: string) => unknown): void => {
    const value = (text: string): unknown => {
      const element = deepActiveElement();
      if (element !== null && isEditable(element)) inserted(element, text, selectedIn(element));
      return insert(text);
    };
    defineProperty(globalThis, NAME, { configurable: true, writable: true, value });
  };
  defineProperty(globalThis, NAME, { configurable: true, get: () => undefined, set: follow });
}

const getRange = method<[number], Range | null>('Selection', 'getRangeAt', null);

/** What is selected in a freely editable element: `[path, offset, path, offset]`; undefined where nothing is. */
function selectedIn(element: Element): unknown[] | undefined {
  const selection = getSelection(document);
  const range = selection && getRange(selection, 0);
  if (!range) return undefined;
  const start = nodePath(element, range.startContainer);
  const end = nodePath(element, range.endContainer);
  return start && end ? [start, range.startOffset, end, range.endOffset] : undefined;
}
