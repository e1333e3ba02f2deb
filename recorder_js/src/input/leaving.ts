// Leaving: through the history, by closing, by another window in front.
import type { Channel } from '../channel.ts';
import { config } from '../config.ts';
import { addEventListener, defaultPrevented, stopImmediatePropagation } from '../nativeevents.ts';
import { getter } from '../natives.ts';
import { windowClosed } from '../nodes.ts';
import { replaceMethod } from '../masquerade.ts';
import { nativeTimeout } from '../scheduler.ts';
import { type RawInputs, listen } from './raw.ts';

interface NavigateLike extends Event {
  navigationType: string;
  destination: { sameDocument: boolean; index: number };
}

export function followLeaving(inputs: RawInputs): void {
  const { sink, channel } = inputs;
  let pageTraverses = false;
  const isTop = window.parent === window;
  listen(['beforeunload'], (event) => {
    channel.flush();
    if (config.console) followQuestion(event, channel);
  });
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

const returned = getter<string>('BeforeUnloadEvent', 'returnValue', '');

/** Where no protocol tells how a person answers a page that asks whether to leave it: that it asked. */
function followQuestion(event: Event, channel: Channel): void {
  let told = false;
  const tell = (): void => {
    if (told || !(defaultPrevented(event) || returned(event) !== '')) return;
    told = true;
    channel.post(['gap', 'leaving', 'a page asked whether to leave it; the answer is not known, and a replay leaves']);
    channel.flush();
  };
  // Who stays comes to the first, who leaves to the second.
  nativeTimeout(tell, 0);
  addEventListener(window, 'pagehide', tell, { once: true });
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
