// Pictures that move by themselves: an SVG with an animation of CSS has a clock of its own, which nobody can read or
// set (Chromium 156; SMIL stands still in them, as GIF does: see launch.py). Python knows which they are.
import { type List, apply, stringIndexOf, stringSlice } from './natives.ts';
import { localName, styleOf } from './nodes.ts';
import { pictureAddress } from './pictures.ts';

/** What Python tells of pictures whose address holds all of them. */
const HELD = 'data:';
const SVG = 'data:image/svg+xml';
const BASE64 = ';base64,';
const ANIMATION = 'keyframes';
/** Beyond these elements, nobody has the time to look. */
export const MOST = 20_000;

const SHOWS = ['background-image', 'mask-image', 'list-style-image', 'border-image-source', 'content'];
const PARTS = ['::before', '::after'];

const decode = globalThis.atob;
const numberOf = globalThis.parseFloat;

/** Which part of an element shows one of these: "" is the element itself; undefined where none does. */
export function partWithPicture(element: Element, moving: List<string>): string | undefined {
  if (hasPicture(element, moving) || (localName(element) === 'img' && isMoving(pictureAddress(element), moving))) return '';
  for (let i = 0; i < PARTS.length; i++) {
    const content = styleOf(element, 'content', PARTS[i]);
    if (content !== '' && content !== 'none' && content !== 'normal' && hasPicture(element, moving, PARTS[i])) return PARTS[i];
  }
  return undefined;
}

/** Left, top, width and height of a part, in pixels from its element's own corner; undefined where that is not known. */
export function placeOfPart(element: Element, part: string): [number, number, number, number] | undefined {
  if (styleOf(element, 'position', part) !== 'absolute' || styleOf(element, 'position') === 'static') return undefined;
  const size = (property: string): number => numberOf(styleOf(element, property, part));
  return [size('left'), size('top'), size('width'), size('height')];
}

function hasPicture(element: Element, moving: List<string>, part?: string): boolean {
  for (let i = 0; i < SHOWS.length; i++) if (isMoving(styleOf(element, SHOWS[i] as string, part), moving)) return true;
  return false;
}

function isMoving(text: string, moving: List<string>): boolean {
  if (text === '' || text === 'none' || text === 'normal') return false;
  for (let i = 0; i < moving.length; i++) {
    const told = moving[i] as string;
    if (told === HELD ? holdsMotion(text) : stringIndexOf(text, told) >= 0) return true;
  }
  return false;
}

/** Whether there is an SVG in an address that has an animation. */
function holdsMotion(text: string): boolean {
  const at = stringIndexOf(text, SVG);
  if (at < 0) return false;
  const coded = stringIndexOf(text, BASE64, at);
  if (coded < 0) return stringIndexOf(text, ANIMATION, at) >= 0;
  const from = coded + BASE64.length;
  let to = from;
  while (to < text.length && text[to] !== '"' && text[to] !== ')') to++;
  try {
    return stringIndexOf(apply(decode as never, globalThis, [stringSlice(text, from, to)]) as string, ANIMATION) >= 0;
  } catch {
    return false;
  }
}
