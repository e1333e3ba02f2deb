// Leaving: through the history, by closing, by another window in front.
import { config } from '../config.ts';
import { addEventListener, stopImmediatePropagation, windowClosed } from '../natives.ts';
import { replaceMethod } from '../masquerade.ts';
import { type RawInputs, listen } from './raw.ts';

interface NavigateLike extends Event {
  navigationType: string;
  destination: { sameDocument: boolean; index: number };
}

export function followLeaving(inputs: RawInputs): void {
  const { sink, channel } = inputs;
  let pageTraverses = false;
  const isTop = window.parent === window;
  listen(['beforeunload'], () => channel.flush());
  const navigation = (window as unknown as { navigation?: EventTarget }).navigation;
  if (navigation) {
    addEventListener(navigation, 'navigate', (event: Event) => {
      const delta = traversal(event);
      if (delta !== 0 && event.isTrusted && !pageTraverses) {
        sink.action(false);
        inputs.begin(null, 'traverse').delta = delta;
        sink.done(false);
      }
      pageTraverses = false;
      if (config.console && event.isTrusted && isTop) tellWhere(event as NavigateLike);
      channel.flush();
    });
  }
  /**
   * Where no protocol says who began a navigation: of the browser's own, only steps through the history raise an event.
   */
  const tellWhere = (event: NavigateLike): void => {
    if (event.destination.sameDocument) return;
    if (event.navigationType === 'traverse') channel.post(['traversal', event.destination.index - currentIndex()]);
    else channel.post(['leads']);
  };
  // The window that opens takes the focus, and with it the rest of this input's events.
  replaceMethod(globalThis, 'open', (native) => (self, args) => {
    channel.flush();
    return native(self, args);
  });
  for (let i = 0; i < 3; i++) {
    replaceMethod(globalThis.History?.prototype, ['back', 'forward', 'go'][i] as string, (native) => (self, args) => {
      // A way through the history that the page chose: it will choose it again.
      pageTraverses = true;
      channel.post(['traverses']);
      channel.flush();
      return native(self, args);
    });
  }
  addEventListener(document, 'visibilitychange', () => channel.flush());
}

/** All but moves, which nobody misses and which come too often. */
const INPUTS = [
  'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu', 'touchstart', 'touchend',
  'keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change',
];

/**
 * A window that has closed itself lives on for a moment, and what it tells then may never arrive: an input into it
 * reaches nobody. Call before anybody listens.
 */
export function followClosing(): void {
  const top = window.top;
  listen(INPUTS, (event) => {
    if (event.isTrusted && windowClosed(top)) stopImmediatePropagation(event);
  });
}

/** Steps through the history inside this document, by the browser's buttons; 0 for any other navigation. */
function traversal(event: Event): number {
  const { navigationType, destination } = event as NavigateLike;
  if (navigationType !== 'traverse' || !destination.sameDocument) return 0;
  const current = currentIndex();
  return current < 0 ? 0 : destination.index - current;
}

function currentIndex(): number {
  const { navigation } = window as unknown as { navigation: { currentEntry: { index: number } | null } };
  return navigation.currentEntry?.index ?? -1;
}
