// What a page can read of the machine and of the browser's window: asked of them, or read from the log, so that a
// recording comes out the same on another machine.
import { replaceAccessor, replaceMethod } from './masquerade.ts';
import { createObject, defineProperty, getPrototypeOf } from './natives.ts';
import type { Timeline } from './timeline.ts';

const READ: { [owner: string]: string[] | undefined } = {
  Navigator: ['hardwareConcurrency', 'deviceMemory', 'onLine'],
  WorkerNavigator: ['hardwareConcurrency', 'deviceMemory', 'onLine'],
  NetworkInformation: ['downlink', 'effectiveType', 'rtt', 'saveData', 'type'],
  // Of what loads: it may be there earlier in a replay.
  ProgressEvent: ['loaded', 'total', 'lengthComputable'],
  HTMLImageElement: ['complete'],
  FontFace: ['status'],
  FontFaceSet: ['status'],
  // Where the server tells none, it is the present.
  Document: ['lastModified'],
  Screen: ['width', 'height', 'availWidth', 'availHeight', 'availLeft', 'availTop', 'colorDepth', 'pixelDepth', 'isExtended'],
};
const OF_THE_WINDOW = ['outerWidth', 'outerHeight', 'screenX', 'screenY', 'screenLeft', 'screenTop'];
const OF_MEMORY = ['jsHeapSizeLimit', 'totalJSHeapSize', 'usedJSHeapSize'];

export function followReadings(timeline: Timeline): void {
  const { conductor } = timeline;
  const scope = globalThis as unknown as { [name: string]: { prototype: object } | undefined };
  const follow = (place: object | undefined, owner: string, name: string): void => {
    replaceAccessor(place, name, (native) => (self) => conductor.reading(`${owner}.${name}`, () => native(self)));
  };
  for (const owner in READ) {
    const names = READ[owner] as string[];
    for (let i = 0; i < names.length; i++) follow(scope[owner]?.prototype, owner, names[i] as string);
  }
  for (let i = 0; i < OF_THE_WINDOW.length; i++) follow(globalThis, 'window', OF_THE_WINDOW[i] as string);
  replaceMethod(globalThis.FontFaceSet?.prototype, 'check', (native) => (self, args) =>
    conductor.reading('FontFaceSet.check', () => native(self, args)));
  follow(globalThis.Notification, 'Notification', 'permission');
  followMemory(timeline);
}

/** Each reading of the heap is an object of its own. */
function followMemory(timeline: Timeline): void {
  replaceAccessor(Performance.prototype, 'memory', (native) => (self) => {
    const memory = native(self) as { [name: string]: number };
    let asked = false;
    const numbers = timeline.conductor.reading('memory', () => {
      asked = true;
      return [memory[OF_MEMORY[0]!], memory[OF_MEMORY[1]!], memory[OF_MEMORY[2]!]];
    }) as number[];
    if (asked) return memory;
    const made = createObject(getPrototypeOf(memory));
    for (let i = 0; i < OF_MEMORY.length; i++) {
      defineProperty(made, OF_MEMORY[i]!, { value: numbers[i], enumerable: true, configurable: true });
    }
    return made;
  });
}
