// Observers of size and of visibility: a callback tells what is so when its turn has come.
//
// The browser asks at each of its frames. A replay has other frames than its recording: some see what no frame of the
// recording saw. So what waits for its turn is one entry for each target, the latest, and none that tells nothing new.
import { push } from './described.ts';
import { replaceConstructor, replaceMethod } from './masquerade.ts';
import { type List, append, apply, getter, list, NativeWeakMap, weakMapGet, weakMapSet } from './natives.ts';
import type { Timeline, Wanted } from './timeline.ts';

/** A class of observers. */
interface Kind {
  name: 'ResizeObserver' | 'IntersectionObserver';
  target: (entry: object) => object;
  /** What an entry says: the browser tells of a target when this is another than it told last. */
  reading: (entry: object, observer: object) => string;
}

const width = getter<number>('DOMRectReadOnly', 'width', 0);
const height = getter<number>('DOMRectReadOnly', 'height', 0);
const inlineSize = getter<number>('ResizeObserverSize', 'inlineSize', 0);
const blockSize = getter<number>('ResizeObserverSize', 'blockSize', 0);
const contentRect = getter<object | null>('ResizeObserverEntry', 'contentRect', null);
const borderBox = getter<List<object> | null>('ResizeObserverEntry', 'borderBoxSize', null);
const isIntersecting = getter<boolean>('IntersectionObserverEntry', 'isIntersecting', false);
const ratio = getter<number>('IntersectionObserverEntry', 'intersectionRatio', 0);
const thresholds = getter<List<number>>('IntersectionObserver', 'thresholds', list());

const SIZE: Kind = {
  name: 'ResizeObserver',
  target: getter<object>('ResizeObserverEntry', 'target', {}),
  reading: (entry) => {
    const content = contentRect(entry);
    const border = borderBox(entry)?.[0];
    return `${width(content)} ${height(content)} ${inlineSize(border)} ${blockSize(border)}`;
  },
};
const VISIBILITY: Kind = {
  name: 'IntersectionObserver',
  target: getter<object>('IntersectionObserverEntry', 'target', {}),
  reading: (entry, observer) => {
    const all = thresholds(observer);
    let passed = 0;
    while (passed < all.length && (all[passed] as number) <= ratio(entry)) passed++;
    return `${isIntersecting(entry)} ${passed}`;
  },
};

/** What one observer has seen and its page has not been told of yet. */
class Sight {
  private readonly kind: Kind;
  /** In which order targets came to be observed: the browser tells of them in that order. */
  private places = new NativeWeakMap<object, number | undefined>();
  private count = 0;
  private told = new NativeWeakMap<object, string | undefined>();
  private entries = list<object>();
  private slots = new NativeWeakMap<object, number>();
  private ticket: { live: boolean } | undefined;

  constructor(kind: Kind) {
    this.kind = kind;
  }

  observe(target: object): void {
    if (weakMapGet(this.places, target) === undefined) weakMapSet(this.places, target, ++this.count);
  }

  /** The page does not want to know of this target any more. */
  unobserve(target: object): void {
    weakMapSet(this.places, target, undefined);
    weakMapSet(this.told, target, undefined);
    const all = this.entries;
    this.clear();
    for (let i = 0; i < all.length; i++) if (this.kind.target(all[i] as object) !== target) this.put(all[i] as object);
    if (this.entries.length === 0) this.giveUp();
  }

  disconnect(): void {
    this.places = new NativeWeakMap();
    this.told = new NativeWeakMap();
    this.clear();
    this.giveUp();
  }

  private giveUp(): void {
    if (this.ticket) this.ticket.live = false;
    this.ticket = undefined;
  }

  /** Takes what the browser tells; gives the ticket of a new turn, or undefined where one is under way. */
  see(entries: List<object>): Wanted | undefined {
    for (let i = 0; i < entries.length; i++) this.put(entries[i] as object);
    if (this.ticket || this.entries.length === 0) return undefined;
    return (this.ticket = { live: true });
  }

  /** Whether it looks at several targets: only then a frame may have come between one and the next. */
  get hasSeveral(): boolean {
    return this.count > 1;
  }

  /** The place of the last target of which there is something to tell. */
  last(): number {
    let last = 0;
    for (let i = 0; i < this.entries.length; i++) {
      const place = this.placeOf(this.entries[i] as object);
      if (place > last) last = place;
    }
    return last;
  }

  /** What there is to tell now, of targets up to a place if there is anything; the rest is for another turn. */
  take(observer: object, last: number): object[] {
    const seen = this.entries;
    this.clear();
    this.ticket = undefined;
    this.sort(seen);
    const all = list<object>();
    for (let i = 0; i < seen.length; i++) {
      const entry = seen[i] as object;
      if (all.length > 0 && this.placeOf(entry) > last) this.put(entry);
      else append(all, entry);
    }
    const news: object[] = [];
    for (let i = 0; i < all.length; i++) {
      const entry = all[i] as object;
      const target = this.kind.target(entry);
      const reading = this.kind.reading(entry, observer);
      if (weakMapGet(this.told, target) === reading) continue;
      weakMapSet(this.told, target, reading);
      push(news, entry);
    }
    // The turn is there, and the browser does not call without an entry.
    if (news.length === 0) for (let i = 0; i < all.length; i++) push(news, all[i] as object);
    return news;
  }

  private clear(): void {
    this.entries = list();
    this.slots = new NativeWeakMap();
  }

  private put(entry: object): void {
    const target = this.kind.target(entry);
    const slot = weakMapGet(this.slots, target) ?? this.entries.length;
    weakMapSet(this.slots, target, slot);
    this.entries[slot] = entry;
  }

  /** By insertion: they are in order unless several of the browser's calls met. */
  private sort(entries: List<object>): void {
    for (let i = 1; i < entries.length; i++) {
      const entry = entries[i] as object;
      const place = this.placeOf(entry);
      let j = i;
      for (; j > 0 && this.placeOf(entries[j - 1] as object) > place; j--) entries[j] = entries[j - 1] as object;
      entries[j] = entry;
    }
  }

  private placeOf(entry: object): number {
    return weakMapGet(this.places, this.kind.target(entry)) ?? 0;
  }
}


export function holdLayout(timeline: Timeline): void {
  hold(timeline, SIZE);
  hold(timeline, VISIBILITY);
}

function hold(timeline: Timeline, kind: Kind): void {
  const { conductor } = timeline;
  const sights = new NativeWeakMap<object, Sight>();
  let made: Sight | undefined;
  replaceConstructor(kind.name, (observer) => {
    if (made) weakMapSet(sights, observer, made);
  }, (args) => {
    made = undefined;
    const callback = args[0] as Function;
    if (typeof callback !== 'function') return args;
    const id = timeline.next('O');
    const sight = (made = new Sight(kind));
    const wait = (observer: object, entries: List<object>): void => {
      const ticket = sight.see(entries);
      if (ticket) conductor.arrive('O', id, () => tell(observer), ticket);
    };
    const tell = (observer: object): void => {
      // A replay may see in one frame what its recording saw in two.
      const last = sight.hasSeveral ? (conductor.reading('O' + id, () => sight.last()) as number) : sight.last();
      const news = sight.take(observer, last);
      wait(observer, list());
      apply(callback, observer, [news, observer]);
    };
    const seen = function (this: object, entries: List<object>): void {
      wait(this, entries);
    };
    return [seen, args[1]];
  });

  const prototype = (globalThis as unknown as { [name: string]: { prototype: object } | undefined })[kind.name]?.prototype;
  const following = (name: string, follow: (sight: Sight, target: object) => void): void => {
    replaceMethod(prototype, name, (native) => (self, args) => {
      native(self, args);
      const sight = weakMapGet(sights, self as object);
      if (sight) follow(sight, args[0] as object);
    });
  };
  following('observe', (sight, target) => sight.observe(target));
  following('unobserve', (sight, target) => sight.unobserve(target));
  following('disconnect', (sight) => sight.disconnect());
}
