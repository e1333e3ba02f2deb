// Positions that no wheel and no key explains: a dragged scroll bar, a finger's fling, a tool that brings something into view.
import { addEventListener, eventTarget, innermostTarget } from '../nativeevents.ts';
import { apply, getOwnPropertyDescriptor, getter, NativeWeakMap, weakMapGet, weakMapSet } from '../natives.ts';
import { parentNode, scrollLeft, scrollTop, shadowHost } from '../nodes.ts';
import { pathTo } from '../paths.ts';
import { realNow } from '../scheduler.ts';
import { type RawInputs, listen } from './raw.ts';

/** How long the scrolling that a wheel or key sets off may take. */
const EXPLAINED_MS = 400;
/** Elements around the target of an input. */
const MOST_DEPTH = 4096;
const scrollingElement = getter<Element | null>('Document', 'scrollingElement', null);

/** Call before other inputs are followed: what was scrolled for one of them comes before it. */
export function followScrolling(inputs: RawInputs): void {
  let explained = -EXPLAINED_MS;
  const explain = (event: Event): void => {
    if (event.isTrusted) explained = realNow();
  };
  const isExplained = (): boolean => realNow() - explained < EXPLAINED_MS;
  const known = new NativeWeakMap<Element, { x: number; y: number }>();
  /** Takes notice of where an element is; false where that was known. */
  const note = (element: Element): boolean => {
    const last = weakMapGet(known, element);
    const x = scrollLeft(element);
    const y = scrollTop(element);
    if (x === (last?.x ?? 0) && y === (last?.y ?? 0)) return false;
    weakMapSet(known, element, { x, y });
    return true;
  };
  const tell = (element: Element, event: Event | null): void => {
    const path = pathTo(element);
    if (!path) return;
    const raw = inputs.begin(event, 'scroll');
    raw.path = path;
    raw.x = scrollLeft(element);
    raw.y = scrollTop(element);
    if (inputs.pressedOn === element) raw.bar = true;
  };
  addEventListener(window, 'scroll', (event: Event) => {
    if (!event.isTrusted) return;
    const target = eventTarget(event);
    const element = target === document ? scrollingElement(document) : (target as Element);
    if (element && note(element) && !isExplained()) tell(element, event);
  }, true);
  /** A tool scrolls and clicks: the browser tells of the first with its next frame, which may come after the second. */
  listen(['pointerover', 'pointerdown', 'touchstart'], (event) => {
    if (!event.isTrusted || isExplained()) return;
    const root = scrollingElement(document);
    if (root && note(root)) tell(root, null);
    let node = innermostTarget(event) as Node | null;
    for (let depth = 0; node && depth < MOST_DEPTH; depth++) {
      if (node !== root && note(node as Element)) tell(node as Element, null);
      node = shadowHost(node) ?? parentNode(node);
    }
  });
  addEventListener(window, 'wheel', explain, { capture: true, passive: true });
  addEventListener(window, 'keydown', explain, true);
}

const innerWidth = getOwnPropertyDescriptor(globalThis, 'innerWidth')?.get;
const innerHeight = getOwnPropertyDescriptor(globalThis, 'innerHeight')?.get;
const ratio = getOwnPropertyDescriptor(globalThis, 'devicePixelRatio')?.get;
const fullscreenElement = getter<Element | null>('Document', 'fullscreenElement', null);
const size = (read: (() => number) | undefined): number => (read ? (apply(read, window, []) as number) : 0);

/** The window gets another size or another zoom. Full screen does so by itself, in a replay as well. */
export function followResizing(inputs: RawInputs): void {
  let full = false;
  addEventListener(window, 'resize', (event: Event) => {
    const wasFull = full;
    full = fullscreenElement(document) !== null;
    if (!event.isTrusted || full || wasFull) return;
    inputs.sink.action(false);
    const raw = inputs.begin(event, 'resize');
    raw.width = size(innerWidth);
    raw.height = size(innerHeight);
    raw.scale = size(ratio);
    inputs.sink.done(false);
  }, true);
}
