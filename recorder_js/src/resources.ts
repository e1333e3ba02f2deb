// What the browser fetches for itself and shows when it comes: no callback can hold it. Pictures and fonts of style sheets
// have no event, only that they have come can be told; a style sheet is in force before its event is due, and a module
// that `import` asked for runs as soon as it is there, with all that it imports.
import { type List, apply, getter } from './natives.ts';

const Native = globalThis.PerformanceObserver;
const observe = Native?.prototype.observe;
const takeRecords = Native?.prototype.takeRecords;
const initiatorOf = getter<string>('PerformanceResourceTiming', 'initiatorType', '');
const addressOf = getter<string>('PerformanceEntry', 'name', '');

/**
 * By who asked: what the page asks for in words, and sees when its promise or event is due. The rest is "other" than an
 * element or a style: workers, event streams, and the icon of the page, for which a browser asks only once.
 */
const UNSEEN: { [initiator: string]: true | undefined } = { fetch: true, xmlhttprequest: true, beacon: true, other: true };

/** Of those that are told of at once. */
const TOLD: { [initiator: string]: true | undefined } = { link: true, script: true, css: true, img: true };

type Initiator = 'link' | 'script' | 'css' | 'img';

export class Resources {
  /** Number that have come so far. */
  private count = 0;
  private readonly observer: PerformanceObserver | undefined;
  /** Called in the moment in which something comes that an element `link`, code or a style asked for, with its address. */
  private readonly onCome: (initiator: Initiator, url: string) => void;

  constructor(onCome: (initiator: Initiator, url: string) => void) {
    this.onCome = onCome;
    if (!Native || !observe || !takeRecords) return;
    const observer = new Native((entries) => this.add(entries.getEntries()));
    try {
      apply(observe as never, observer, [{ type: 'resource', buffered: true }]);
      this.observer = observer;
    } catch {
      // A browser without resource timing: the pictures have to say it.
    }
  }

  /** Takes notice of what has come up to this moment; gives the number of all. */
  take(): number {
    if (this.observer) this.add(apply(takeRecords as never, this.observer, []) as PerformanceEntryList);
    return this.count;
  }

  private add(entries: PerformanceEntryList): void {
    for (let i = 0; i < entries.length; i++) {
      const initiator = initiatorOf(entries[i]);
      if (UNSEEN[initiator]) continue;
      this.count++;
      if (TOLD[initiator]) this.onCome(initiator as Initiator, addressOf(entries[i]));
    }
  }
}

/** How many have come so far, over all realms. */
export function takeAll(realms: List<Resources>): number {
  let count = 0;
  for (let i = 0; i < realms.length; i++) count += realms[i]!.take();
  return count;
}
