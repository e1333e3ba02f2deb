// Observers of what the browser reports and collects, and modal dialogs.
import { apply } from './natives.ts';
import { replaceConstructor, replaceMethod } from './masquerade.ts';
import type { Timeline } from './timeline.ts';

// Those of layout are in layout.ts, those of the performance timeline in measures.ts; callbacks of a MutationObserver are microtasks of the script that mutates.
const OBSERVERS = ['ReportingObserver'];

export function holdObservers(timeline: Timeline): void {
  const { conductor } = timeline;
  for (let i = 0; i < OBSERVERS.length; i++) {
    replaceConstructor(OBSERVERS[i] as string, () => {}, (args) => {
      const callback = args[0] as Function;
      if (typeof callback !== 'function') return args;
      const id = timeline.next('O');
      const held = function (this: unknown, ...given: unknown[]): void {
        conductor.arrive('O', id, () => void apply(callback as never, this, given));
      };
      return [held, args[1]];
    });
  }
  // When memory is collected no log could say. A page may not count on being told (ECMA-262, 9.10): it never is.
  replaceConstructor('FinalizationRegistry', () => {}, (args) => (typeof args[0] === 'function' ? [() => {}] : args));
}

/** The person's answers to alert, confirm and prompt are part of the session. */
export function holdDialogs(timeline: Timeline, told: (kind: string, message: string, answer: unknown) => void): void {
  const kinds = ['alert', 'confirm', 'prompt'];
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i] as string;
    replaceMethod(globalThis, kind, (native) => (self, args) => {
      const answer = timeline.conductor.answer(() => native(self, args) as string | boolean | null | undefined);
      told(kind, args.length > 0 ? '' + args[0] : '', answer);
      return kind === 'alert' ? undefined : answer;
    });
  }
}
