// Video and audio play by the real clock, in a replay as in a recording. What a page sees of them comes from the log:
// their properties are readings, their events and the answer to `play` are told. Their pictures are declared, see
// unstable.ts.
import { type Native, replaceAccessor, replaceMethod } from './masquerade.ts';
import { addEventListener } from './nativeevents.ts';
import {
  type List, append, apply, construct, defineProperty, list, NativePromise, NativeWeakMap, promiseThen, record,
  recordOf, weakMapGet, weakMapSet,
} from './natives.ts';
import { Describer } from './described.ts';
import { captures } from './registrations.ts';
import type { Outcome, Timeline } from './timeline.ts';

export const MEDIA_EVENTS = [
  'abort', 'canplay', 'canplaythrough', 'durationchange', 'emptied', 'ended', 'error', 'loadeddata', 'loadedmetadata',
  'loadstart', 'pause', 'play', 'playing', 'progress', 'ratechange', 'seeked', 'seeking', 'stalled', 'suspend',
  'timeupdate', 'volumechange', 'waiting',
];
const READ: { [owner: string]: string[] | undefined } = {
  HTMLMediaElement: [
    'currentTime', 'duration', 'paused', 'ended', 'seeking', 'readyState', 'networkState', 'buffered', 'played', 'seekable',
    'error', 'currentSrc',
  ],
  HTMLVideoElement: ['videoWidth', 'videoHeight'],
  BaseAudioContext: ['currentTime', 'state'],
  AudioContext: ['baseLatency', 'outputLatency'],
};

export function followMedia(timeline: Timeline): void {
  const scope = globalThis as unknown as { [name: string]: { prototype: object } | undefined };
  const describer = new Describer();
  for (const owner in READ) {
    const names = READ[owner] as string[];
    for (let i = 0; i < names.length; i++) followProperty(timeline, describer, scope[owner]?.prototype, names[i] as string);
  }
  const prototype = scope.HTMLMediaElement?.prototype;
  replaceMethod(prototype, 'play', (native) => (self, args) => played(timeline, native, self, args));
  const frames = record<number>();
  replaceMethod(scope.HTMLVideoElement?.prototype, 'requestVideoFrameCallback', (native) => (self, args) => {
    const callback = args[0] as Function;
    if (typeof callback !== 'function') return native(self, args);
    const id = timeline.next('K');
    timeline.conductor.outcome(id, (told) => {
      frames[id] = native(self, [(_now: number, metadata: Outcome) => told(metadata)]) as number;
    }, (metadata) => {
      delete frames[id];
      apply(callback, undefined, [performance.now(), metadata]);
    }, false);
    return id;
  });
  replaceMethod(scope.HTMLVideoElement?.prototype, 'cancelVideoFrameCallback', (native) => (self, args) => {
    const id = args[0] as number;
    timeline.conductor.endOutcomes(id);
    const frame = frames[id];
    delete frames[id];
    return frame === undefined ? undefined : native(self, [frame]);
  });
}

function followProperty(timeline: Timeline, describer: Describer, prototype: object | undefined, name: string): void {
  replaceAccessor(prototype, name, (native) => (self) => {
    let asked = false;
    const real: unknown = native(self);
    const plain = timeline.conductor.reading('media.' + name, () => {
      asked = true;
      return rangesOf(real) ?? describer.plain(real);
    });
    if (asked) return real;
    return madeRanges(plain) ?? describer.value(plain);
  }, (native) => native);
}

/** Where a media element has data: pairs of seconds. */
function rangesOf(value: unknown): object | undefined {
  if (!globalThis.TimeRanges || !(value instanceof TimeRanges)) return undefined;
  const ranges = list<number>();
  for (let i = 0; i < value.length; i++) {
    append(ranges, value.start(i));
    append(ranges, value.end(i));
  }
  return { ranges };
}

function madeRanges(plain: unknown): object | undefined {
  const ranges = (plain as { ranges?: List<number> } | null)?.ranges;
  if (!ranges) return undefined;
  const made = Object.create(TimeRanges.prototype) as object;
  const put = (name: string, value: unknown): void => void defineProperty(made, name, { value, configurable: true });
  put('length', ranges.length / 2);
  put('start', (i: number) => ranges[2 * i]);
  put('end', (i: number) => ranges[2 * i + 1]);
  return made;
}

/** Whether it may play, and that it could, is for the browser of the recording to say. */
function played(timeline: Timeline, native: Native, self: object, args: ArrayLike<unknown>): Promise<void> {
  const playing = native(self, args) as Promise<void>;
  return new NativePromise((resolve, reject) => {
    const told = { done: false };
    timeline.conductor.outcome(timeline.next('K'), (tell) => {
      told.done = true;
      const failed = (error: { name?: string; message?: string }): void => tell({ error: '' + error?.name, message: '' + error?.message });
      void promiseThen(playing, () => tell({}), failed as never);
    }, (outcome) => {
      if (outcome.error === undefined) resolve(undefined);
      else reject(new DOMException('' + outcome.message, '' + outcome.error));
    }, false);
    if (!told.done) void promiseThen(playing, () => {}, () => {});
  });
}

interface Listening {
  listener: Function | { handleEvent?: unknown };
  capture: boolean;
  once: boolean;
  /** It is that of an `on` attribute. */
  attribute: boolean;
}

/** The listeners that a page has on its media, in a replay: what the log tells of goes to them, one at a time. */
export class MediaListeners {
  private readonly targets = new NativeWeakMap<object, { [type: string]: List<Listening> | undefined }>();
  /** Of an event that is being told: who has not heard of it. */
  private readonly rest = new NativeWeakMap<object, { event: Event; type: string; left: List<Listening> }>();
  private readonly call: (listener: Listening['listener'], target: object, event: Event) => void;

  constructor(call: (listener: Listening['listener'], target: object, event: Event) => void) {
    this.call = call;
  }

  add(target: object, type: string, listener: Listening['listener'], options: unknown): void {
    const all = this.of(target, type);
    const capture = captures(options);
    const once = typeof options === 'object' && options !== null && !!(options as { once?: boolean }).once;
    for (let i = 0; i < all.length; i++) {
      if (!all[i]!.attribute && all[i]!.listener === listener && all[i]!.capture === capture) return;
    }
    append(all, { listener, capture, once, attribute: false });
  }

  remove(target: object, type: string, listener: Listening['listener'], options: unknown): void {
    const capture = captures(options);
    this.keep(target, type, (one) => one.attribute || one.listener !== listener || one.capture !== capture);
  }

  /** The handler of an `on` attribute keeps its place when it is replaced. */
  setHandler(target: object, type: string, handler: Function | undefined): void {
    const all = this.of(target, type);
    for (let i = 0; i < all.length; i++) {
      if (!all[i]!.attribute) continue;
      if (handler) all[i]!.listener = handler;
      else this.keep(target, type, (one) => !one.attribute);
      return;
    }
    if (handler) append(all, { listener: handler, capture: false, once: false, attribute: true });
  }

  /** No log knows of this one: the browser tells, of each call. */
  follow(target: object, told: (outcome: Outcome) => void): void {
    for (let i = 0; i < MEDIA_EVENTS.length; i++) {
      const type = MEDIA_EVENTS[i] as string;
      addEventListener(target as EventTarget, type, () => {
        const count = this.of(target, type).length;
        for (let j = 0; j < count; j++) told({ type });
      });
    }
  }

  /** The log tells of one call of a listener. */
  deliver(target: object, type: string): void {
    let rest = weakMapGet(this.rest, target);
    if (!rest || rest.type !== type || rest.left.length === 0) {
      const event = construct(Event, [type]) as Event;
      const left = list<Listening>();
      const all = this.of(target, type);
      for (let i = 0; i < all.length; i++) if (all[i]!.capture) append(left, all[i]!);
      for (let i = 0; i < all.length; i++) if (!all[i]!.capture) append(left, all[i]!);
      rest = { event, type, left };
      weakMapSet(this.rest, target, rest);
      defineProperty(event, 'target', { value: target, configurable: true });
      defineProperty(event, 'currentTarget', { value: target, configurable: true });
    }
    const next = rest.left[0];
    for (let i = 1; i < rest.left.length; i++) rest.left[i - 1] = rest.left[i] as Listening;
    if (!next) return;
    rest.left.length--;
    if (next.once) this.keep(target, type, (one) => one !== next);
    this.call(next.listener, target, rest.event);
  }

  private of(target: object, type: string): List<Listening> {
    return (recordOf(this.targets, target)[type] ??= list());
  }

  private keep(target: object, type: string, fits: (one: Listening) => boolean): void {
    const all = this.of(target, type);
    let kept = 0;
    for (let i = 0; i < all.length; i++) if (fits(all[i]!)) all[kept++] = all[i]!;
    all.length = kept;
  }
}
