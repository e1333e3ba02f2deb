// What plays by the real clock: a picture of it does not repeat. Its place is declared, and not compared.
import { shadowRoots } from './animations.ts';
import { type List, append, getter, list, round } from './natives.ts';
import {
  clientLeft, clientTop, defaultView, frameElement, getBoundingClientRect, localName, ownerDocument, queryAll,
  rectLeft, rectTop,
} from './nodes.ts';

const paused = getter<boolean>('HTMLMediaElement', 'paused', true);
const position = getter<number>('HTMLMediaElement', 'currentTime', 0);
const state = getter<number>('HTMLMediaElement', 'readyState', 0);
const network = getter<number>('HTMLMediaElement', 'networkState', 0);
const NETWORK_LOADING = 2;

/** x, y, width and height in pixels of the picture, and what is there. */
export type Unstable = [x: number, y: number, width: number, height: number, what: string];

/** Where something has begun to play, inside the viewport. */
export function unstableIn(documents: List<Document>): List<Unstable> {
  const found = list<Unstable>();
  for (let i = 0; i < documents.length; i++) look(documents[i] as Document, found);
  const roots = shadowRoots();
  for (let i = 0; i < roots.length; i++) look(roots[i] as ShadowRoot, found);
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

function look(root: Document | ShadowRoot, found: List<Unstable>): void {
  const moving = queryAll(root, 'video,audio,progress:indeterminate,marquee');
  for (let i = 0; i < moving.length; i++) {
    const element = moving[i] as Element;
    if (isMedia(element) && paused(element) && position(element) === 0) continue;
    const box = boxOf(element);
    if (box) append(found, box);
  }
}

function boxOf(element: Element): Unstable | undefined {
  const rect = getBoundingClientRect(element);
  if (!rect) return undefined;
  const { left, top, right, bottom } = rect;
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
  if (toX <= fromX || toY <= fromY) return undefined;
  // A pixel of air: its edge may lie inside of one.
  const at = (value: number): number => (value < 1 ? 0 : round(value - 1));
  return [at(fromX), at(fromY), round(toX - fromX) + 2, round(toY - fromY) + 2, localName(element)];
}
