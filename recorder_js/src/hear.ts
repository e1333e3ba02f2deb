// What belongs to all realms of a page has the code of the first of them, whose window is another: each realm gives it
// the way to hear of its own, which outlives the opening of its document.
import { addEventListener } from './nativeevents.ts';

/** Hears of the events of a type in the window of a realm, before its page can. */
export type Hear = (type: string, heard: (event: Event) => void) => void;

export const hear: Hear = (type, heard) => addEventListener(window, type, heard, { capture: true, passive: true });
