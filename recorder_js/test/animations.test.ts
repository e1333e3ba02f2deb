// What moves in a replay, with animations that move as the browser's do and can be read.
import assert from 'node:assert/strict';
import test from 'node:test';
import { JSDOM } from 'jsdom';
import type { Conductors } from './conductors.ts';
import { bundle } from './harness.ts';

const SOURCE = bundle('test/conductors.ts');

/** jsdom has no animations: these know a name, a length, a state and a time. */
const ANIMATIONS = `
  class MessagePort extends EventTarget { start() {} postMessage() {} }
  class MessageChannel { port1 = new MessagePort(); port2 = new MessagePort(); }
  class Animation {
    constructor(name, duration) { Object.assign(this, { name, duration, state: 'running', at: 0 }); }
    get playState() { return this.state; }
    get currentTime() { return this.at; }
    set currentTime(value) { this.at = value; }
    get effect() { return new KeyframeEffect(this); }
    pause() { this.state = 'paused'; }
    finish() { this.state = 'finished'; this.at = this.duration; }
  }
  class CSSAnimation extends Animation { get animationName() { return this.name; } }
  class AnimationEffect {
    constructor(of) { this.of = of; }
    getComputedTiming() { return { endTime: this.of.duration }; }
  }
  class KeyframeEffect extends AnimationEffect { get target() { return this.of.target ?? null; } }
  Object.assign(globalThis, { MessagePort, MessageChannel, Animation, CSSAnimation, AnimationEffect, KeyframeEffect, shown: [] });
  Document.prototype.getAnimations = () => shown.filter((one) => one.state !== 'finished' && !one.hidden);
`;

interface Shown {
  hidden?: boolean;
  playState: string;
  currentTime: number;
}

/** When something is said of where the animations of that name stand, in ms, and where. */
interface Told {
  at: number;
  moments: number[];
}

const momentsOf = (told: Told): never => told.moments.flatMap((at) => ['slide@', at]) as never;

/** `next`: the next picture; `standing`: the next frame that says how all stands. */
function page(next: Told | undefined, standing?: Told) {
  const { window } = new JSDOM('<!doctype html>', { runScripts: 'outside-only' });
  window.eval(ANIMATIONS);
  window.eval(SOURCE);
  const { DrivenAnimations, Timeline } = (window as unknown as { reenactConductors: Conductors }).reenactConductors;
  const timeline = new Timeline(1_000_000, 7);
  const pictured = (told: Told | undefined) => told && { ticks: told.at * 10, moments: momentsOf(told) };
  const driven = new DrivenAnimations(
    timeline, [window.document] as never,
    { next: pictured(next), turned: () => undefined, standing: pictured(standing), back: standing && momentsOf(standing), stood: false },
  );
  return {
    begin: (duration: number): Shown => window.eval(`shown.push(new CSSAnimation('slide', ${duration})), shown.at(-1)`) as Shown,
    /** The clock goes to this time, in ms. */
    at: (ms: number): void => {
      timeline.advance(ms * 10 - timeline.ticks);
      driven.follow(true);
    },
    /** A frame that begins now says where all stands. */
    enterFrame: (moments: number[]) => driven.enterFrame(timeline.ticks, momentsOf({ at: 0, moments })),
    lookAhead: (ms: number): boolean => driven.lookAhead(ms * 10),
    endDue: () => driven.endDue(0),
    /** Moves an element of its own, at which the page listens. */
    beginHeard: (duration: number): Shown => {
      const one = window.eval(`shown.push(new CSSAnimation('slide', ${duration})), shown.at(-1).target = document.createElement('p'), shown.at(-1)`) as Shown;
      timeline.hears(timeline.next('H'), (one as unknown as { target: object }).target);
      return one;
    },
    endNearest: () => driven.endNearest('1:animationend'),
  };
}

test('an animation follows the clock, and ends', () => {
  const { begin, at } = page(undefined);
  const one = begin(1000);
  at(10);
  at(510);
  assert.deepEqual([one.playState, one.currentTime], ['paused', 500]);
  at(1010);
  assert.equal(one.playState, 'finished');
});

test('one whose element has left the document goes on, and ends', () => {
  const { begin, at } = page(undefined);
  const one = begin(1000);
  at(10);
  one.hidden = true;
  at(510);
  assert.deepEqual([one.playState, one.currentTime], ['paused', 500]);
  at(1010);
  assert.equal(one.playState, 'finished');
});

test('what looks at the page later sees it as it is then, and the clock stands', () => {
  const { begin, at, lookAhead } = page(undefined);
  assert.equal(lookAhead(20), false);
  const one = begin(1000);
  at(10);
  assert.equal(lookAhead(30), true);
  assert.equal(one.currentTime, 30);
  at(60);
  assert.equal(one.currentTime, 50);
});

test('one that the next picture shows on its way is not over before', () => {
  // The browser began it at the frame after we saw it.
  const { begin, at, endDue, endNearest } = page({ at: 1020, moments: [990] });
  const one = begin(1000);
  at(10);
  at(1015);
  assert.equal(one.playState, 'paused');
  assert.ok(one.currentTime < 1000);
  endDue();
  assert.equal(one.playState, 'paused');
  endNearest();
  assert.equal(one.playState, 'finished', 'unless the log says that something ended, and nothing else could');
});

test('what the log says has ended is what its hearer would hear of', () => {
  const { begin, beginHeard, at, endNearest } = page(undefined);
  const [short, long] = [begin(200), beginHeard(5000)];
  at(10);
  at(30);
  endNearest();
  assert.deepEqual([short.playState, long.playState], ['paused', 'finished']);
});

test('what ends by its own time spares what is on its way', () => {
  const { begin, at, endDue } = page(undefined);
  const [short, long] = [begin(200), begin(900)];
  at(10);
  at(170);
  endDue();
  assert.deepEqual([short.playState, long.playState], ['finished', 'paused']);
});

test('of several alike the oldest end, as many as the next picture does not show', () => {
  const { begin, at } = page({ at: 1200, moments: [990] });
  const first = begin(1000);
  at(10);
  const second = begin(1000);
  at(190);
  at(1195);
  assert.deepEqual([first.playState, second.playState], ['finished', 'paused']);
});

test('what the next picture shows at its end, or begun since, keeps nothing alive', () => {
  for (const moments of [[1000], [50]]) {
    const { begin, at } = page({ at: 1200, moments });
    const one = begin(1000);
    at(10);
    at(1100);
    assert.equal(one.playState, 'finished');
  }
});

test('one that a frame finds in front of its beginning once more is not over before, and ends there', () => {
  const { begin, at, enterFrame, endDue } = page(undefined, { at: 520, moments: [-0.017] });
  const one = begin(11);
  at(500);
  enterFrame([0]);
  at(519);
  assert.equal(one.playState, 'paused');
  endDue();
  assert.ok(one.currentTime < 0);
});
