// The accessible name of an element: the part of the ARIA algorithm that pages in the wild need.
//
// Private regions and secret values give no text, so nothing of them reaches a name or a locator.
import { type List, append, list } from '../natives.ts';
import {
  assignedNodesOf, contains, controlValue, firstChild, getAttribute, getElementById, getRootNode, inputType,
  labelControl, labelsOf, localName, nextSibling, nodeType, nodeValue, optionSelected, queryAll, shadowRoot, styleOf,
  textContent,
} from '../nodes.ts';
import { isPrivate, isPrivateHere, isSecret } from './mask.ts';
import { roleOf } from './role.ts';
import { tidy, wordSet, wordsOf } from './text.ts';
import { hiddenHere } from './tree.ts';

const takesContent = wordSet(`
  button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio option radio row
  rowheader switch tab tooltip treeitem`);
const isUnnamed = wordSet(`
  caption code definition deletion emphasis insertion mark paragraph strong subscript superscript term time`);
const isTyped = wordSet('text password search tel email url');
const DEEPEST = 40;

/** How we came to an element: as the one that is named, through a reference, or inside the content of another. */
type Way = 'self' | 'reference' | 'content';

/** The accessible name, white space collapsed; empty if there is none or the element is private. */
export function accessibleName(element: Element): string {
  const role = roleOf(element);
  if (role !== null && isUnnamed(role)) return '';
  return isPrivate(element) ? '' : tidy(nameOf(element, role, 'self', 0));
}

/** What native labels, `aria-labelledby` or `aria-label` say about a control: the text a person sees next to it. */
export function labelText(element: Element): string {
  if (isPrivate(element)) return tidy(fromLabels(element));
  return (
    tidy(fromReferences(element)) || tidy(getAttribute(element, 'aria-label') ?? '') || tidy(fromLabels(element))
  );
}

/** The text that a person reads in an element, without private regions and without the control that it labels. */
export function contentText(element: Element): string {
  return isPrivate(element) ? '' : tidy(fromContent(element, 0, labelControl(element)));
}

function nameOf(element: Element, role: string | null, way: Way, depth: number): string {
  if (depth > DEEPEST || isPrivateHere(element)) return '';
  if (way === 'content' && hiddenHere(element)) return '';
  if (way !== 'reference') {
    const referenced = fromReferences(element);
    if (tidy(referenced) !== '') return referenced;
  }
  if (way !== 'self') {
    const value = embeddedValue(element, role);
    if (value !== null) return value;
  }
  const label = getAttribute(element, 'aria-label');
  if (label !== null && tidy(label) !== '') return label;
  const native = fromMarkup(element);
  if (native !== null) return native;
  if (way !== 'self' || (role !== null && takesContent(role)) || localName(element) === 'summary') {
    const content = fromContent(element, depth);
    if (tidy(content) !== '') return content;
  }
  return getAttribute(element, 'title') ?? '';
}

function fromReferences(element: Element): string {
  const ids = getAttribute(element, 'aria-labelledby');
  const root = ids ? getRootNode(element) : null;
  if (!ids || !root) return '';
  const words = wordsOf(ids);
  let name = '';
  for (let i = 0; i < words.length; i++) {
    const target = getElementById(root, words[i] as string);
    if (target && !isPrivate(target)) name += ' ' + nameOf(target, roleOf(target), 'reference', 1);
  }
  return name;
}

function fromLabels(element: Element): string {
  const labels = labelsOf(element);
  let name = '';
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as Element;
    if (!isPrivate(label)) name += ' ' + contentWithout(label, element);
  }
  return name;
}

/** The value of a control that stands inside somebody else's name, as the specification wants it. */
function embeddedValue(element: Element, role: string | null): string | null {
  if (role === 'textbox' || role === 'searchbox' || role === 'spinbutton' || role === 'slider') {
    return isSecret(element) ? '' : controlValue(element);
  }
  if (role !== 'combobox' && role !== 'listbox') return null;
  if (isSecret(element)) return '';
  if (localName(element) !== 'select') return controlValue(element);
  const options = queryAll(element, 'option');
  let chosen = '';
  for (let i = 0; i < options.length; i++) {
    const option = options[i] as Element;
    if (optionSelected(option)) chosen += ' ' + (textContent(option) ?? '');
  }
  return chosen;
}

/** What the markup language itself gives as a name; null where it has no opinion. */
function fromMarkup(element: Element): string | null {
  const tag = localName(element);
  if (tag === 'input') return fromInput(element);
  if (tag === 'select' || tag === 'textarea' || tag === 'button' || tag === 'output' || tag === 'meter' || tag === 'progress') {
    const labels = fromLabels(element);
    if (tidy(labels) !== '') return labels;
    if (tag === 'button' || tag === 'output') return null;
    return getAttribute(element, 'title') || (tag === 'textarea' ? getAttribute(element, 'placeholder') : null) || '';
  }
  if (tag === 'img' || tag === 'area') return getAttribute(element, 'alt') || getAttribute(element, 'title') || '';
  const captions = { fieldset: 'legend', figure: 'figcaption', table: 'caption', svg: 'title' } as const;
  if (tag === 'fieldset' || tag === 'figure' || tag === 'table' || tag === 'svg') {
    for (let child = firstChild(element); child; child = nextSibling(child)) {
      if (nodeType(child) === 1 && localName(child) === captions[tag]) return fromContent(child as Element, 1);
    }
  }
  return null;
}

function fromInput(element: Element): string {
  const type = inputType(element);
  const title = getAttribute(element, 'title');
  const labels = fromLabels(element);
  if (type === 'button' || type === 'submit' || type === 'reset') {
    const value = isSecret(element) ? '' : (controlValue(element) ?? '');
    return value || title || (tidy(labels) !== '' ? labels : type === 'submit' ? 'Submit' : type === 'reset' ? 'Reset' : '');
  }
  if (tidy(labels) !== '') return labels;
  if (type === 'image') return getAttribute(element, 'alt') || title || 'Submit';
  return title || (isTyped(type) || type === 'number' ? getAttribute(element, 'placeholder') : null) || '';
}

/** The text of a label without the control it labels: a person reads `Amount`, not `Amount 250`. */
function contentWithout(label: Element, control: Element): string {
  return fromContent(label, 1, control);
}

function fromContent(element: Element, depth: number, except: Element | null = null): string {
  let text = '';
  const children = contentOf(element);
  for (let i = 0; i < children.length; i++) {
    const child = children[i] as Node;
    const type = nodeType(child);
    if (type === 3) text += nodeValue(child) ?? '';
    if (type !== 1 || child === except) continue;
    const inner = child as Element;
    const part = except ? partWithout(inner, depth, except) : nameOf(inner, roleOf(inner), 'content', depth + 1);
    const display = styleOf(inner, 'display');
    const inline = display === 'inline' || display === 'contents' || display === '';
    text += inline && localName(inner) !== 'br' ? part : ' ' + part + ' ';
  }
  return text;
}

function partWithout(element: Element, depth: number, except: Element): string {
  if (!contains(element, except)) return nameOf(element, roleOf(element), 'content', depth + 1);
  return depth > DEEPEST || isPrivateHere(element) ? '' : fromContent(element, depth + 1, except);
}

/** The nodes that are drawn inside an element: of its open shadow root, of its slot, or its children. */
function contentOf(element: Element): List<Node> {
  if (localName(element) === 'slot') {
    const assigned = assignedNodesOf(element);
    if (assigned.length > 0) return assigned;
  }
  const children = list<Node>();
  for (let child = firstChild(shadowRoot(element) ?? element); child; child = nextSibling(child)) append(children, child);
  return children;
}
