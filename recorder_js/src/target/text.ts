// Text as a person reads it, without the page's string functions.
import { type List, append, charCodeAt, list, record, stringSlice } from '../natives.ts';

/** The longest name or locator value that is kept. */
export const LONGEST = 120;

function isSpace(code: number): boolean {
  if (code <= 0x20 || code === 0xa0) return true;
  if (code < 0x1680) return false;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** White space trimmed and collapsed to single spaces; zero-width spaces and soft hyphens dropped. */
export function tidy(text: string): string {
  let out = '';
  let from = 0;
  let pending = false;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? charCodeAt(text, i) : 0x20;
    const invisible = code === 0x200b || code === 0xad;
    if (!invisible && !isSpace(code)) continue;
    if (i > from) {
      out += (pending && out !== '' ? ' ' : '') + stringSlice(text, from, i);
      pending = false;
    }
    if (!invisible) pending = true;
    from = i + 1;
  }
  return out;
}

/** At most `LONGEST` characters, cut with an ellipsis and never inside a surrogate pair. */
export function shorten(text: string): string {
  if (text.length <= LONGEST) return text;
  const last = charCodeAt(text, LONGEST - 2);
  return stringSlice(text, 0, last >= 0xd800 && last <= 0xdbff ? LONGEST - 2 : LONGEST - 1) + '\u2026';
}

/** The words of an attribute that holds a list, such as `aria-labelledby`. */
export function wordsOf(text: string): List<string> {
  const found = list<string>();
  const clean = tidy(text);
  let from = 0;
  for (let i = 0; i <= clean.length; i++) {
    if (i < clean.length && charCodeAt(clean, i) !== 0x20) continue;
    if (i > from) append(found, stringSlice(clean, from, i));
    from = i + 1;
  }
  return found;
}

/** A fixed set of words, as a question. It is made when first asked: most pages are left before that. */
export function wordSet(text: string): (word: string) => boolean {
  let words: { [word: string]: true | undefined } | undefined;
  return (word) => {
    if (!words) {
      words = record<true>();
      const found = wordsOf(text);
      for (let i = 0; i < found.length; i++) words[found[i] as string] = true;
    }
    return words[word] === true;
  };
}
