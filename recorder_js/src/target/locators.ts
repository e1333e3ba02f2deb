// Several ways to find an element again, best first. Each finds exactly this one element now, or it is not kept.
import { type List, append, charCodeAt, list, stringIndexOf, stringSlice } from '../natives.ts';
import {
  controlValue, documentBody, firstElementChild, getAttribute, getRootNode, inputType, isContentEditable, localName,
  matches, nextElementSibling, nodeType, ownerDocument, parentNode, previousElementSibling, queryAll, queryCount,
  shadowHost, textContent,
} from '../nodes.ts';
import { accessibleName, labelText } from './accname.ts';
import { holdsPrivateText, isPrivate, isSecret } from './mask.ts';
import { roleOf, roleSelector } from './role.ts';
import { LONGEST, tidy } from './text.ts';
import { hidden } from './tree.ts';

export interface Locator {
  kind: 'testid' | 'role' | 'label' | 'placeholder' | 'text' | 'css';
  value: string;
  /** Of kind `role`. */
  role?: string;
  /** Of kind `testid`: the attribute that holds it. */
  attribute?: string;
}

const MOST = 5;
/** With more candidates than this we do not compute every name: see `mentionedOnce`. */
const CANDIDATES = 1000;
const LABELLED = 'input,select,textarea,button,meter,output,progress,[aria-label],[aria-labelledby]';

/** At most five locators, in the order test id, role and name, label, placeholder, text, CSS. */
export function locatorsOf(element: Element): List<Locator> {
  const found = list<Locator>();
  const root = getRootNode(element);
  if (!root || (nodeType(root) !== 9 && nodeType(root) !== 11)) return found;
  const discreet = isPrivate(element);
  addTestId(found, element, root);
  if (!discreet) {
    addRole(found, element, root);
    addLabel(found, element, root);
    addPlaceholder(found, element, root);
    if (found.length < MOST - 1) addText(found, element);
  }
  const css = cssPath(element, discreet);
  if (css !== '') append(found, { kind: 'css', value: css });
  return found;
}

const NAMING = list<string>();
append(NAMING, 'aria-label');
append(NAMING, 'title');
append(NAMING, 'alt');
append(NAMING, 'placeholder');
append(NAMING, 'value');

// ---- test ids

const TEST_IDS = list<string>();
append(TEST_IDS, 'data-testid');
append(TEST_IDS, 'data-test-id');
append(TEST_IDS, 'data-test');
append(TEST_IDS, 'data-cy');

function addTestId(found: List<Locator>, element: Element, root: Node): void {
  for (let i = 0; i < TEST_IDS.length; i++) {
    const attribute = TEST_IDS[i] as string;
    const value = getAttribute(element, attribute);
    if (!value || value.length > LONGEST || !finds(root, attributeSelector(attribute, value))) continue;
    append(found, { kind: 'testid', value, attribute });
    return;
  }
}

// ---- what a person sees

function addRole(found: List<Locator>, element: Element, root: Node): void {
  const role = roleOf(element);
  const name = role === null ? '' : accessibleName(element);
  if (role === null || name === '' || name.length > LONGEST) return;
  const unique = onlyOne(root, roleSelector(role), element, name, (other) => {
    if (roleOf(other) !== role) return false;
    return mayBeNamed(other, name) && accessibleName(other) === name && !hidden(other);
  });
  if (unique) append(found, { kind: 'role', role, value: name });
}

/** A cheap no for elements whose name can only be their text. */
function mayBeNamed(element: Element, name: string): boolean {
  const tag = localName(element);
  if (tag !== 'button' && tag !== 'a' && tag !== 'td' && tag !== 'th' && tag !== 'option') return true;
  if (firstElementChild(element) !== null) return true;
  const text = tidy(textContent(element) ?? '');
  return text === '' || text === name || getAttribute(element, 'aria-label') !== null ||
    getAttribute(element, 'aria-labelledby') !== null || tag === 'button';
}

function addLabel(found: List<Locator>, element: Element, root: Node): void {
  const label = labelText(element);
  if (label === '' || label.length > LONGEST) return;
  const tag = localName(element);
  if (tag === 'a' || tag === 'button') return;
  if (onlyOne(root, LABELLED, element, label, (other) => labelText(other) === label)) {
    append(found, { kind: 'label', value: label });
  }
}

function addPlaceholder(found: List<Locator>, element: Element, root: Node): void {
  const value = getAttribute(element, 'placeholder');
  if (!value || value.length > LONGEST || tidy(value) === '') return;
  if (finds(root, attributeSelector('placeholder', value))) append(found, { kind: 'placeholder', value: tidy(value) });
}

/** Text that stands once on the page. Never of anything a person types into, or that is made of many texts. */
function addText(found: List<Locator>, element: Element): void {
  const tag = localName(element);
  if (controlValue(element) !== null || isContentEditable(element) || tag === 'body' || tag === 'html') return;
  const raw = textContent(element) ?? '';
  if (raw.length > 4 * LONGEST || holdsPrivateText(element)) return;
  const text = tidy(raw);
  if (text === '' || text.length > LONGEST) return;
  const root = getRootNode(element);
  const all = root ? textAround(element, root) : '';
  const needle = trimmed(raw);
  if (occurrences(all, needle) !== 1) return;
  // Made of several elements, another way of spacing could hide a second one: only whole, simple texts count.
  if (needle !== text && occurrences(all, text) > 0) return;
  append(found, { kind: 'text', value: text });
}

function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && charCodeAt(text, from) <= 0x20) from++;
  while (to > from && charCodeAt(text, to - 1) <= 0x20) to--;
  return stringSlice(text, from, to);
}

// ---- CSS

/**
 * A selector for exactly this element, with ` >> ` between a host and what is in its shadow root. A `discreet` one
 * holds no attribute values besides ids.
 */
export function cssPath(element: Element, discreet = false): string {
  const root = getRootNode(element);
  if (!root) return '';
  const inner = cssWithin(element, root, discreet);
  if (nodeType(root) !== 11 || inner === '') return inner;
  const host = shadowHost(root);
  const outer = host ? cssPath(host, discreet) : '';
  return outer === '' ? '' : outer + ' >> ' + inner;
}

function cssWithin(element: Element, root: Node, discreet: boolean): string {
  const direct = idSelector(element, root) || (discreet ? '' : attributeCss(element, root));
  if (direct !== '') return direct;
  let path = '';
  for (let at: Element | null = element; at; at = parentElement(at)) {
    const id: string = at === element ? '' : idSelector(at, root);
    const segment = id || nthOfType(at);
    path = path === '' ? segment : segment + ' > ' + path;
    if (finds(root, path)) return path;
    if (id) break;
  }
  return '';
}

function parentElement(element: Element): Element | null {
  const parent = parentNode(element);
  return parent && nodeType(parent) === 1 ? (parent as Element) : null;
}

function idSelector(element: Element, root: Node): string {
  const id = getAttribute(element, 'id');
  if (!id || !lasting(id)) return '';
  const selector = isName(id) ? '#' + id : attributeSelector('id', id);
  return finds(root, selector) ? selector : '';
}

function attributeCss(element: Element, root: Node): string {
  const tag = localName(element);
  const name = getAttribute(element, 'name');
  if (name && lasting(name) && isName(tag)) {
    const named = tag + attributeSelector('name', name);
    if (finds(root, named)) return named;
    const type = tag === 'input' ? inputType(element) : '';
    const choice = type === 'radio' || type === 'checkbox' ? getAttribute(element, 'value') : null;
    if (choice && choice.length <= LONGEST && !isSecret(element)) {
      const chosen = named + attributeSelector('value', choice);
      if (finds(root, chosen)) return chosen;
    }
  }
  const href = tag === 'a' ? getAttribute(element, 'href') : null;
  // A query may hold tokens, and rarely stays the same.
  if (href && href.length <= 80 && stringIndexOf(href, '?') < 0 && lasting(href)) {
    const linked = 'a' + attributeSelector('href', href);
    if (finds(root, linked)) return linked;
  }
  return '';
}

function nthOfType(element: Element): string {
  const tag = localName(element);
  const name = isName(tag) ? tag : '*';
  let position = 1;
  for (let at = previousElementSibling(element); at; at = previousElementSibling(at)) {
    if (name === '*' || localName(at) === tag) position++;
  }
  let alone = position === 1;
  for (let at = alone ? nextElementSibling(element) : null; at && alone; at = nextElementSibling(at)) {
    if (name === '*' || localName(at) === tag) alone = false;
  }
  if (alone) return name;
  return name + (name === '*' ? ':nth-child(' : ':nth-of-type(') + position + ')';
}

/** Not made up by a framework for this one rendering (`:r1:`, `ember412`, `input-1f8a0c42`). */
function lasting(id: string): boolean {
  if (id.length > LONGEST) return false;
  let digits = 0;
  for (let i = 0; i < id.length; i++) {
    const code = charCodeAt(id, i);
    if (code === 0x3a || code === 0xab || code === 0xbb) return false;
    if (code >= 0x30 && code <= 0x39) digits++;
  }
  return digits < 4;
}

/** An identifier that CSS takes without escapes. */
function isName(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = charCodeAt(text, i);
    const letter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f;
    const later = (code >= 0x30 && code <= 0x39) || code === 0x2d;
    if (!letter && !(later && i > 0)) return false;
  }
  return text !== '';
}

function attributeSelector(name: string, value: string): string {
  let text = '';
  for (let i = 0; i < value.length; i++) {
    const code = charCodeAt(value, i);
    const char = stringSlice(value, i, i + 1);
    if (code === 0x22 || code === 0x5c) text += '\\' + char;
    else if (code === 0x0a) text += '\\a ';
    else if (code === 0x0d) text += '\\d ';
    else if (code === 0x0c) text += '\\c ';
    else text += char;
  }
  return '[' + name + '="' + text + '"]';
}

// ---- uniqueness

function finds(root: Node, selector: string): boolean {
  return queryCount(root, selector) === 1;
}

function onlyOne(
  root: Node,
  selector: string,
  element: Element,
  name: string,
  same: (other: Element) => boolean,
): boolean {
  if (queryCount(root, selector) > CANDIDATES) return mentionedOnce(root, element, name);
  const candidates = queryAll(root, selector);
  let seen = false;
  for (let i = 0; i < candidates.length; i++) {
    const other = candidates[i] as Element;
    if (other === element) seen = true;
    else if (same(other)) return false;
  }
  return seen;
}

/** On large pages: a name that stands nowhere else, in text or in an attribute that names, is nobody else's. */
function mentionedOnce(root: Node, element: Element, name: string): boolean {
  let selector = '';
  let own = 0;
  for (let i = 0; i < NAMING.length; i++) {
    const part = attributeSelector(NAMING[i] as string, name);
    if (matches(element, part)) own = 1;
    selector += (i === 0 ? '' : ',') + part;
  }
  return queryCount(root, selector) === own && occurrences(textAround(element, root), name) <= 1 - own;
}

function textAround(element: Element, root: Node): string {
  const document = ownerDocument(element);
  const from = nodeType(root) === 11 ? root : document ? documentBody(document) : null;
  return from ? (textContent(from) ?? '') : '';
}

/** 0, 1, or 2 for more. */
function occurrences(text: string, part: string): number {
  const first = stringIndexOf(text, part);
  if (first < 0) return 0;
  return stringIndexOf(text, part, first + 1) < 0 ? 1 : 2;
}
