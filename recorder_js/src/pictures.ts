// Pictures of elements: one that has come has its size at once, and raises its event in a task of its own.
import { type List, getter } from './natives.ts';

const images = getter<List<Element>>('Document', 'images', { length: 0 });

/** Where an `img` takes its picture from; empty for any other element. */
export const pictureAddress = getter<string>('HTMLImageElement', 'currentSrc', '');

/** Whether an element shows what comes from here: its event is on its way then, for only the first one fetches it. */
export function isShownFrom(url: string): boolean {
  const all = images(document);
  for (let i = 0; i < all.length; i++) if (pictureAddress(all[i]) === url) return true;
  return false;
}
