// A window that a page opens at an address of its own origin keeps the global object of its first, empty document:
// the browser runs us there, and not again when the real document comes. So we wait for that.
import { nativeTimeout, realNow, taskQueue } from './scheduler.ts';

/** How long to look between any two tasks; after that, every few milliseconds. */
const CLOSELY_MS = 2000;
const LOOSELY_MS = 60_000;

/** True in the empty document that a popup begins with. */
export function isEmptyPopup(): boolean {
  return window.parent === window && window.opener !== null && document.URL === 'about:blank';
}

/** Calls `begin` as soon as the popup shows something. */
export function awaitDocument(begin: () => void): void {
  const since = realNow();
  const look = (): void => {
    if (!isEmptyPopup()) begin();
    // A new document has a new clock, which may stand before the old one.
    else if (realNow() - since < CLOSELY_MS) soon();
    else if (realNow() - since < LOOSELY_MS) nativeTimeout(look, 4);
  };
  const soon = taskQueue(look);
  soon();
}
