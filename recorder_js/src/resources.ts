// What the browser fetches for itself and shows when it comes: no callback can hold it. Pictures and fonts of style sheets
// have no event, only that they have come can be told; a style sheet is in force before its event is due, and a module
// that `import` asked for runs as soon as it is there, with all that it imports.
import { type List, apply, getter, stringIndexOf } from './natives.ts';

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

/** What asked: an element `link`, code, an `img`, or whatever else shows what has come and tells nobody of it in time. */
type Asker = 'link' | 'script' | 'img' | 'style';

/** Of those that are told of at once. The event of an `image` of SVG comes when the browser sees fit. */
const TOLD: { [initiator: string]: Asker | undefined } = {
  link: 'link', script: 'script', img: 'img', css: 'style', image: 'style', input: 'style', body: 'style',
};

/** Only `use` (SVG) tells the part of a file that it shows along with the address. */
const isUse = (initiator: string, url: string): boolean => initiator === 'other' && stringIndexOf(url, '#') > 0;

export class Resources {
  /** Number that have come so far. */
  private count = 0;
  private readonly observer: PerformanceObserver | undefined;
  /** Called in the moment in which something comes, with its address. */
  private readonly onCome: (asker: Asker, url: string) => void;

  constructor(onCome: (asker: Asker, url: string) => void) {
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
      const url = addressOf(entries[i]);
      const asker = isUse(initiator, url) ? 'style' : TOLD[initiator];
      if (asker || !UNSEEN[initiator]) this.count++;
      if (asker) this.onCome(asker, url);
    }
  }
}

/** How many have come so far, over all realms. */
export function takeAll(realms: List<Resources>): number {
  let count = 0;
  for (let i = 0; i < realms.length; i++) count += realms[i]!.take();
  return count;
}
