// Positions that no wheel and no key explains: a dragged scroll bar, a finger's fling, a tool that brings something into view.
import { addEventListener, apply, eventTarget, getOwnPropertyDescriptor, getter, scrollLeft, scrollTop } from '../natives.ts';
import { pathTo } from '../paths.ts';
import { realNow } from '../scheduler.ts';
import type { RawInputs } from './raw.ts';

/** How long the scrolling that a wheel or key sets off may take. */
const EXPLAINED_MS = 400;
const scrollingElement = getter<Element | null>('Document', 'scrollingElement', null);

export function followScrolling(inputs: RawInputs): void {
  let explained = -EXPLAINED_MS;
  const explain = (event: Event): void => {
    if (event.isTrusted) explained = realNow();
  };
  addEventListener(window, 'wheel', explain, { capture: true, passive: true });
  addEventListener(window, 'keydown', explain, true);
  addEventListener(window, 'scroll', (event: Event) => {
    if (!event.isTrusted || realNow() - explained < EXPLAINED_MS) return;
    const target = eventTarget(event);
    const element = target === document ? scrollingElement(document) : (target as Element);
    const path = element && pathTo(element);
    if (!element || !path) return;
    const raw = inputs.begin(event, 'scroll');
    raw.path = path;
    raw.x = scrollLeft(element);
    raw.y = scrollTop(element);
    if (inputs.pressedOn === element) raw.bar = true;
  }, true);
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
