// What plays by the real clock: a picture of it does not repeat. Its place is declared, and not compared.
import { shadowRoots } from './animations.ts';
import { MOST, partWithPicture, placeOfPart } from './movingpictures.ts';
import { type List, append, getter, list, method, round } from './natives.ts';
import {
  clientLeft, clientTop, defaultView, frameElement, getBoundingClientRect, localName, ownerDocument, queryAll,
  rectLeft, rectTop,
} from './nodes.ts';

const isVisible = method<[], boolean>('Element', 'checkVisibility', true);
const paused = getter<boolean>('HTMLMediaElement', 'paused', true);
const position = getter<number>('HTMLMediaElement', 'currentTime', 0);
const state = getter<number>('HTMLMediaElement', 'readyState', 0);
const network = getter<number>('HTMLMediaElement', 'networkState', 0);
const NETWORK_LOADING = 2;

/** x, y, width and height in pixels of the picture, and what is there. */
export type Unstable = [x: number, y: number, width: number, height: number, what: string];

/** Where something has begun to play, inside the viewport, and where one of these pictures moves. */
export function unstableIn(documents: List<Document>, pictures: List<string>): List<Unstable> {
  const found = list<Unstable>();
  const look = (root: Document | ShadowRoot): void => {
    lookForMedia(root, found);
    if (pictures.length > 0) lookForPictures(root, pictures, found);
  };
  for (let i = 0; i < documents.length; i++) look(documents[i] as Document);
  const roots = shadowRoots();
  for (let i = 0; i < roots.length; i++) look(roots[i] as ShadowRoot);
  return found;
}

/** Whether the size of every video is known, as far as it will be: the page is laid out by it. */
export function sizesAreKnown(documents: List<Document>): boolean {
  for (let i = 0; i < documents.length; i++) {
    const videos = queryAll(documents[i] as Document, 'video');
    for (let j = 0; j < videos.length; j++) if (state(videos[j]) === 0 && network(videos[j]) === NETWORK_LOADING) return false;
  }
  return true;
}

const isMedia = (element: Element): boolean => localName(element) === 'video' || localName(element) === 'audio';

function lookForMedia(root: Document | ShadowRoot, found: List<Unstable>): void {
  const moving = queryAll(root, 'video,audio,progress:indeterminate,marquee');
  for (let i = 0; i < moving.length; i++) {
    const element = moving[i] as Element;
    if (isMedia(element) && paused(element) && position(element) === 0) continue;
    const rect = getBoundingClientRect(element);
    const box = rect && boxOf(element, rect.left, rect.top, rect.right, rect.bottom, localName(element));
    if (box) append(found, box);
  }
}

function lookForPictures(root: Document | ShadowRoot, pictures: List<string>, found: List<Unstable>): void {
  const all = queryAll(root, '*', MOST);
  for (let i = 0; i < all.length; i++) {
    const element = all[i] as Element;
    const part = partWithPicture(element, pictures);
    const rect = part === undefined ? null : getBoundingClientRect(element);
    if (!rect || !isVisible(element)) continue;
    const { left, top, right, bottom } = rect;
    const place = part ? placeOfPart(element, part) : undefined;
    const [x, y] = place ? [left + clientLeft(element) + place[0], top + clientTop(element) + place[1]] : [left, top];
    const box = boxOf(element, x, y, place ? x + place[2] : right, place ? y + place[3] : bottom, 'animated picture');
    if (box) append(found, box);
  }
}

/** A place in the viewport of an element's document, as one in the picture. */
function boxOf(
  element: Element, left: number, top: number, right: number, bottom: number, what: string,
): Unstable | undefined {
  let [x, y] = [0, 0];
  let view = defaultView(ownerDocument(element)) as Window;
  let frame: Element | null;
  while ((frame = frameElement(view))) {
    const outer = getBoundingClientRect(frame);
    x += rectLeft(outer) + clientLeft(frame);
    y += rectTop(outer) + clientTop(frame);
    view = defaultView(ownerDocument(frame)) as Window;
  }
  const { innerWidth, innerHeight, devicePixelRatio } = view;
  const begin = (at: number): number => (at < 0 ? 0 : at) * devicePixelRatio;
  const end = (at: number, most: number): number => (at > most ? most : at) * devicePixelRatio;
  const [fromX, fromY] = [begin(left + x), begin(top + y)];
  const [toX, toY] = [end(right + x, innerWidth), end(bottom + y, innerHeight)];
  // What is not displayed has no place, in numbers or at all.
  if (!(toX > fromX && toY > fromY)) return undefined;
  // A pixel of air: its edge may lie inside of one.
  const at = (value: number): number => (value < 1 ? 0 : round(value - 1));
  return [at(fromX), at(fromY), round(toX - fromX) + 2, round(toY - fromY) + 2, what];
}
