// Text that is marked while something scrolls: how much that is depends on how long the browser took for each of its steps.
import { getter, method } from '../natives.ts';
import { documentElement } from '../nodes.ts';
import { nodePath } from '../paths.ts';

const getSelection = method<[], Selection | null>('Document', 'getSelection', null);
const isCollapsed = getter<boolean>('Selection', 'isCollapsed', true);
const anchorNode = getter<Node | null>('Selection', 'anchorNode', null);
const anchorOffset = getter<number>('Selection', 'anchorOffset', 0);
const focusNode = getter<Node | null>('Selection', 'focusNode', null);
const focusOffset = getter<number>('Selection', 'focusOffset', 0);

/** What is marked, from where the person began: `[path, offset, path, offset]` from the root element down. */
export function markedText(): unknown[] | undefined {
  const selection = getSelection(document);
  const root = documentElement(document);
  const first = selection && anchorNode(selection);
  const last = selection && focusNode(selection);
  if (!root || !first || !last || isCollapsed(selection)) return undefined;
  const from = nodePath(root, first);
  const to = nodePath(root, last);
  return from && to ? [from, anchorOffset(selection), to, focusOffset(selection)] : undefined;
}
