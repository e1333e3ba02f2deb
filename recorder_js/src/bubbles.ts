// What the browser itself shows above the page, and no clock of ours drives: messages about invalid fields, open lists.
import type { Hear } from './hear.ts';
import { replaceMethod } from './masquerade.ts';
import { type List, canTouch } from './natives.ts';
import { isListInPage, localName, queryAll } from './nodes.ts';
import { FRAME_LIMIT_MS, frames } from './posing.ts';
import { realNow } from './scheduler.ts';

/** A message about an invalid field grows and fades in real time, */
const MESSAGE_MS = 750;
/** from when the browser shows the first frame that has it: with the second one it begins, and two later that is shown. */
const FRAMES = 4;
/** What was tapped looks pressed a little longer than it is. */
const TAP_MS = 200;
/** What a form library asks at every key shows no message, though it raises the same event. */
const ASKED_FOR_VALIDITY = [
  'HTMLFormElement', 'HTMLInputElement', 'HTMLSelectElement', 'HTMLTextAreaElement', 'HTMLButtonElement', 'HTMLFieldSetElement',
  'HTMLObjectElement', 'HTMLOutputElement', 'ElementInternals',
];
const ENDS_MESSAGE = ['input', 'focusout', 'pointerdown', 'scroll', 'pagehide'];

/** When the messages of all documents on one timeline stand still. */
export class Bubbles {
  private restsAt = 0;
  private isShown = false;
  private isQuiet = false;

  follow(hear: Hear): void {
    hear('invalid', (event) => {
      if (event.isTrusted && !this.isQuiet) this.change(true);
    });
    const tapped = (event: Event): void => {
      if (event.isTrusted && this.rest < TAP_MS) this.restsAt = realNow() + TAP_MS;
    };
    if (canTouch) hear('touchend', tapped);
    const end = (event: Event): void => {
      if (event.isTrusted && this.isShown) this.change(false);
    };
    for (let i = 0; i < ENDS_MESSAGE.length; i++) hear(ENDS_MESSAGE[i] as string, end);
  }

  /** Runs a question for validity that shows no message. */
  quietly(ask: () => unknown): unknown {
    const before = this.isQuiet;
    this.isQuiet = true;
    try {
      return ask();
    } finally {
      this.isQuiet = before;
    }
  }

  private change(isShown: boolean): void {
    this.isShown = isShown;
    this.restsAt = realNow() + FRAME_LIMIT_MS;
    void frames(FRAMES, (left) => {
      if (left === 0) this.restsAt = realNow() + MESSAGE_MS;
    });
  }

  /** Real milliseconds until they stand still. */
  get rest(): number {
    return this.restsAt - realNow();
  }
}

/** Has a realm tell which of its questions for validity show no message. */
export function followQuestions(bubbles: Bubbles): void {
  const scope = globalThis as unknown as { [name: string]: { prototype: object } | undefined };
  for (let i = 0; i < ASKED_FOR_VALIDITY.length; i++) {
    replaceMethod(scope[ASKED_FOR_VALIDITY[i] as string]?.prototype, 'checkValidity', (native) => (self, args) =>
      bubbles.quietly(() => native(self, args)));
  }
}

/** A list, a calendar or a choice of colours is open: a window of its own, in a headless picture only. */
export function isPickerOpen(documents: List<Document>): boolean {
  for (let i = 0; i < documents.length; i++) {
    const open = queryAll(documents[i] as Document, 'select:open, input:open');
    for (let j = 0; j < open.length; j++) if (localName(open[j]) !== 'select' || !isListInPage(open[j] as Element)) return true;
  }
  return false;
}
