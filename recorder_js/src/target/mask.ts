// What never leaves the page: which fields hold secrets, which regions the page asks to keep private.
//
// Several tools have taught page authors a name for this; all of them are honoured. None of the names that
// *unmask* is: a page, or whoever got code into it, cannot open what is closed here.
import {
  charCodeAt, NativeWeakMap, NativeWeakSet, record, stringSlice, toLowerCase, toUpperCase, weakMapGet, weakMapSet,
  weakSetAdd, weakSetHas,
} from '../natives.ts';
import {
  getAttribute, getRootNode, inputType, isConnected, labelsOf, localName, matches, queryAll, styleOf, textContent,
} from '../nodes.ts';
import { composedClosest } from './tree.ts';
import { tidy, wordSet, wordsOf } from './text.ts';

/** Regions whose text, attributes and fields are private. */
const PRIVATE =
  '[data-reenact-mask],[data-reenact-block],[data-reenact-ignore],' +
  '.rr-mask,.rr-block,.sentry-mask,.sentry-block,[data-sentry-mask],[data-sentry-block],' +
  '.ph-mask,.ph-no-capture,.ph-sensitive,[data-dd-privacy=mask],[data-dd-privacy=hidden],' +
  '.dd-privacy-mask,.dd-privacy-hidden,[data-hj-suppress],[data-private],[data-clarity-mask=true i],' +
  '.fs-mask,.fs-exclude,[data-openreplay-obscured],[data-openreplay-masked],[data-openreplay-hidden]';

/** Fields, or regions of fields, whose values are private while the text around them is not. */
const PRIVATE_FIELD =
  '.rr-ignore,[data-rr-is-password],.sentry-ignore,[data-sentry-ignore],.ph-ignore-input,' +
  '[data-dd-privacy=mask-user-input],.dd-privacy-mask-user-input';

const isSecretCompletion = wordSet('current-password new-password one-time-code');

const everSecret = new NativeWeakSet<Element>();
/** Names and ids that a password field had: a toggle that swaps the element keeps one of them. */
const passwordKeys = record<true>();

/** True where the page asks that nothing of this element is kept: no text, no attribute, no value. */
export function isPrivate(element: Element): boolean {
  return composedClosest(element, PRIVATE) !== null;
}

/** Same question for one element whose ancestors are known not to be private. */
export function isPrivateHere(element: Element): boolean {
  return matches(element, PRIVATE);
}

/** True where an element's raw text holds something private, or something that a person typed. */
export function holdsPrivateText(element: Element): boolean {
  return queryAll(element, PRIVATE + ',textarea,[contenteditable]', 1).length > 0;
}

/** True if the value of this field must never leave the page. Once true, true for the element's life. */
export function isSecret(element: Element): boolean {
  if (weakSetHas(everSecret, element)) return true;
  if (!holdsSecret(element)) return false;
  weakSetAdd(everSecret, element);
  return true;
}

/** Marks every password field below `root`: a later "show password" cannot make them ordinary. */
export function rememberSecrets(root: Node): void {
  const fields = queryAll(root, 'input[type=password i]');
  for (let i = 0; i < fields.length; i++) isSecret(fields[i] as Element);
}

function holdsSecret(element: Element): boolean {
  if (localName(element) === 'input') {
    const type = inputType(element);
    if (type === 'password') {
      rememberKey(getAttribute(element, 'name'));
      rememberKey(getAttribute(element, 'id'));
      return true;
    }
    if (type === 'hidden') return true;
    if (type !== 'checkbox' && type !== 'radio' && hasPasswordKey(element)) return true;
  }
  if (secretCompletion(getAttribute(element, 'autocomplete'))) return true;
  if (composedClosest(element, PRIVATE + ',' + PRIVATE_FIELD)) return true;
  // Fields that draw dots by style instead of by type.
  const security = styleOf(element, '-webkit-text-security');
  return security !== '' && security !== 'none';
}

function rememberKey(key: string | null): void {
  if (key) passwordKeys[key] = true;
}

function hasPasswordKey(element: Element): boolean {
  const name = getAttribute(element, 'name');
  const id = getAttribute(element, 'id');
  return (!!name && passwordKeys[name] === true) || (!!id && passwordKeys[id] === true);
}

function secretCompletion(autocomplete: string | null): boolean {
  if (!autocomplete) return false;
  const words = wordsOf(toLowerCase(autocomplete));
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (isSecretCompletion(word) || stringSlice(word, 0, 3) === 'cc-') return true;
  }
  return false;
}

// ---- names of secrets

const namesGiven = new NativeWeakMap<Element, string>();
const holders = record<Element>();

/**
 * The name under which the value is stored instead of itself: `PASSWORD`, `NEW_PASSWORD`, `PASSWORD_2`. From the
 * field's name, id or label; the same element always gets the same name, two elements on the page never share one.
 */
export function secretName(element: Element): string {
  const given = weakMapGet(namesGiven, element);
  if (given !== undefined) return given;
  const base = baseName(element);
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : base + '_' + n;
    const holder = holders[name];
    // A field that was swapped for another takes its name over.
    if (holder && isConnected(holder)) continue;
    holders[name] = element;
    weakMapSet(namesGiven, element, name);
    return name;
  }
}

function baseName(element: Element): string {
  const labels = isPrivate(element) ? null : labelsOf(element)[0];
  return (
    upperSnake(getAttribute(element, 'name')) ||
    upperSnake(getAttribute(element, 'id')) ||
    upperSnake(labels ? textContent(labels) : null) ||
    (inputType(element) === 'password' ? 'PASSWORD' : 'SECRET')
  );
}

/** `userPassword[new]` -> `USER_PASSWORD_NEW`; ASCII letters, digits and single underscores, at most 40. */
export function upperSnake(text: string | null): string {
  const clean = tidy(text ?? '');
  let out = '';
  let gap = false;
  let wasLower = false;
  for (let i = 0; i < clean.length && out.length < 40; i++) {
    const code = charCodeAt(clean, i);
    const upper = code >= 0x41 && code <= 0x5a;
    const lower = code >= 0x61 && code <= 0x7a;
    const digit = code >= 0x30 && code <= 0x39;
    if (!upper && !lower && !digit) {
      gap = true;
      wasLower = false;
      continue;
    }
    if (out !== '' && (gap || (upper && wasLower))) out += '_';
    if (out === '' && digit) out = 'SECRET_';
    out += toUpperCase(stringSlice(clean, i, i + 1));
    gap = false;
    wasLower = lower || digit;
  }
  return out;
}

/** Marks the password fields that share a root with `element`, before the page can react to what a person does to it. */
export function rememberAround(element: Element): void {
  const root = getRootNode(element);
  if (root) rememberSecrets(root);
}
