// What the browser fetches for itself and shows when it comes: no callback can hold it. Pictures and fonts of style sheets
// have no event, only that they have come can be told; a style sheet is in force before its event is due, and a module
// that `import` asked for runs as soon as it is there, with all that it imports.
import { type List, append, apply, getter, list, stringIndexOf } from './natives.ts';

const Native = globalThis.PerformanceObserver;
const observe = Native?.prototype.observe;
const takeRecords = Native?.prototype.takeRecords;
const initiatorOf = getter<string>('PerformanceResourceTiming', 'initiatorType', '');
const addressOf = getter<string>('PerformanceEntry', 'name', '');
const endOf = getter<number>('PerformanceResourceTiming', 'responseEnd', 0);
const fontsOf = getter<FontFaceSet | null>('Document', 'fonts', null);
const fontsState = getter<string>('FontFaceSet', 'status', '');

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
    const observer = new Native((entries) => this.add(inOrder(entries.getEntries())));
    try {
      apply(observe as never, observer, [{ type: 'resource', buffered: true }]);
      this.observer = observer;
    } catch {
      // A browser without resource timing: the pictures have to say it.
    }
  }

  /** Takes notice of what has come up to this moment; gives the number of all. */
  take(): number {
    if (this.observer) this.add(apply(takeRecords as never, this.observer, []) as List<PerformanceEntry>);
    return this.count;
  }

  private add(entries: List<PerformanceEntry>): void {
    for (let i = 0; i < entries.length; i++) {
      const initiator = initiatorOf(entries[i]);
      const url = addressOf(entries[i]);
      const asker = isUse(initiator, url) ? 'style' : TOLD[initiator];
      if (asker || !UNSEEN[initiator]) this.count++;
      if (asker) this.onCome(asker, url);
    }
  }
}

/** An observer is told of what came together in the order in which it was asked for: in that in which it came. */
function inOrder(entries: List<PerformanceEntry>): List<PerformanceEntry> {
  const sorted = list<PerformanceEntry>();
  for (let i = 0; i < entries.length; i++) {
    append(sorted, entries[i] as PerformanceEntry);
    for (let j = i; j > 0 && endOf(sorted[j - 1]) > endOf(sorted[j]); j--) {
      const later = sorted[j - 1] as PerformanceEntry;
      sorted[j - 1] = sorted[j] as PerformanceEntry;
      sorted[j] = later;
    }
  }
  return sorted;
}

/** Whether a document waits for a font that it uses. */
export function areFontsLoading(documents: List<Document>): boolean {
  for (let i = 0; i < documents.length; i++) if (fontsState(fontsOf(documents[i])) === 'loading') return true;
  return false;
}

/** How many have come so far, over all realms. */
export function takeAll(realms: List<Resources>): number {
  let count = 0;
  for (let i = 0; i < realms.length; i++) count += realms[i]!.take();
  return count;
}
