// Text that is marked while something scrolls: how much that is depends on how long the browser took for each of its steps.
import { getter } from '../natives.ts';
import { anchorNode, anchorOffset, documentElement, focusNode, focusOffset, getSelection } from '../nodes.ts';
import { nodePath } from '../paths.ts';

const isCollapsed = getter<boolean>('Selection', 'isCollapsed', true);

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
