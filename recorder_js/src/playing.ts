// What a page does with its animations, and reads of them. A replay keeps them all paused and moves them by its clock:
// the page shall not see that, and goes on from where the clock has brought them.
import type { DrivenAnimations } from './driven.ts';
import { held } from './gate.ts';
import { type Native, replaceAccessor, replaceMethod } from './masquerade.ts';
import { getter, setter } from './natives.ts';
import { TICKS, type Timeline } from './timeline.ts';

const rateOf = getter<number>('Animation', 'playbackRate', 1);
const timeOf = getter<number | null>('Animation', 'currentTime', null);
const setRate = setter<number>('Animation', 'playbackRate');
const setTime = setter<number>('Animation', 'currentTime');
/** Fields of a computed timing that tell of the present. */
const PRESENT = ['localTime', 'progress', 'currentIteration'];

/** `start`: ticks of the timeline at which this document began. `driven`: who moves the animations of a replay. */
export function followPlaying(timeline: Timeline, start: number, driven: () => DrivenAnimations | undefined): void {
  const prototype = globalThis.Animation?.prototype;
  if (!prototype) return;
  const now = (): number => (timeline.ticks - start) / TICKS;
  const read = (name: string, ask: () => unknown): unknown => timeline.conductor.reading('animation.' + name, ask);

  const change = (animation: object, then: 'run' | 'stand' | 'same', what: () => void): void => {
    const conductor = driven();
    if (conductor) conductor.steer(animation, then, what);
    else what();
  };
  /** A start time that the page chooses is one of the virtual clock. */
  const startAt = (animation: object, value: unknown, native: () => void): void => {
    if (!driven() || typeof value !== 'number') return native();
    change(animation, 'run', () => {
      native();
      setTime(animation, (now() - value) * rateOf(animation));
    });
  };

  replaceAccessor(prototype, 'playState', (native) => (self) => read('playState', () => (driven()?.isDriven(self) ? 'running' : native(self))));
  replaceAccessor(prototype, 'pending', (native) => (self) => read('pending', () => native(self)));
  replaceAccessor(prototype, 'currentTime', (native) => (self) => read('currentTime', () => {
    driven()?.bring(self);
    return native(self);
  }), (native) => (self, value) => change(self, 'same', () => native(self, value)));
  replaceAccessor(prototype, 'startTime', (native) => (self) => read('startTime', () => {
    const at = driven()?.isDriven(self) ? timeOf(self) : null;
    return at === null ? native(self) : now() - at / (rateOf(self) || 1);
  }), (native) => (self, value) => startAt(self, value, () => native(self, value)));
  replaceAccessor(prototype, 'playbackRate', (native) => native, (native) => (self, value) => change(self, 'same', () => native(self, value)));
  replaceAccessor(globalThis.AnimationTimeline?.prototype, 'currentTime', (native) => (self) => read('now', () => {
    const time: unknown = native(self);
    return driven() && typeof time === 'number' ? now() : time;
  }));
  replaceMethod(globalThis.AnimationEffect?.prototype, 'getComputedTiming', (native) => (self, args) => {
    const timing = native(self, args);
    const present = read('timing', () => [timing[PRESENT[0]!], timing[PRESENT[1]!], timing[PRESENT[2]!]]) as unknown[];
    for (let i = 0; i < PRESENT.length; i++) timing[PRESENT[i]!] = present[i];
    return timing;
  });

  const steered = (name: string, then: 'run' | 'stand') => replaceMethod(prototype, name, (native) => (self, args) => {
    change(self as object, then, () => void native(self, args));
  });
  steered('play', 'run');
  steered('reverse', 'run');
  steered('pause', 'stand');
  steered('finish', 'stand');
  steered('cancel', 'stand');
  replaceMethod(prototype, 'commitStyles', (native: Native) => (self, args) => {
    driven()?.bring(self as object);
    return native(self, args);
  });
  // The browser takes the new rate when it next draws; a replay has no such moment.
  replaceMethod(prototype, 'updatePlaybackRate', (native) => (self, args) => {
    const conductor = driven();
    if (!conductor?.isDriven(self as object)) return native(self, args);
    return conductor.steer(self as object, 'same', () => setRate(self, +args[0]));
  });
  // Another promise each time that it is played: whether it is the same says nothing.
  replaceAccessor(prototype, 'ready', (native) => (self) => held(timeline, 'P', timeline.next('P'), native(self)));
}
