import assert from 'node:assert/strict';
import test from 'node:test';
import { JSDOM } from 'jsdom';
import type { Conductors } from './conductors.ts';
import { bundle } from './harness.ts';

const SOURCE = bundle('test/conductors.ts');

interface Box {
  name: string;
}
interface Told {
  target: Box;
  contentRect: { width: number; height: number };
}
interface Observer {
  observe(target: Box): void;
  unobserve(target: Box): void;
  disconnect(): void;
}
interface Page {
  ResizeObserver: new (callback: (entries: Told[]) => void) => Observer;
  reenactConductors: Conductors;
  /** What the browser saw in a frame. */
  frame(...sizes: [Box, number][]): void;
}

/** A page with a browser whose frames the test makes. */
function page() {
  const { window } = new JSDOM('<!doctype html>', { runScripts: 'outside-only' });
  window.eval(`{
    globalThis.MessagePort = class { postMessage() {} start() {} };
    globalThis.MessageChannel = class {};
    let callback, made;
    globalThis.DOMRectReadOnly = class { constructor(width) { this.w = width; } get width() { return this.w; } get height() { return 1; } };
    globalThis.ResizeObserverEntry = class {
      constructor(target, width) { this.t = target; this.rect = new DOMRectReadOnly(width); }
      get target() { return this.t; }
      get contentRect() { return this.rect; }
    };
    globalThis.ResizeObserver = class { constructor(given) { callback = given; made = this; } observe() {} unobserve() {} disconnect() {} };
    globalThis.frame = (...sizes) => callback.call(made, sizes.map(([box, width]) => new ResizeObserverEntry(box, width)), made);
  }`);
  window.eval(SOURCE);
  const own = window as unknown as Page;
  const { Timeline, holdLayout } = own.reenactConductors;
  const timeline = new Timeline(0, 1);
  const turns: { id: unknown; run: () => void; ticket: { live: boolean } | undefined }[] = [];
  const log: { last?: number } = {};
  timeline.conductor = {
    arrive: (_kind: string, id: unknown, run: () => void, ticket: { live: boolean }) => turns.push({ id, run, ticket }),
    reading: (_name: string, ask: () => number) => log.last ?? ask(),
  } as never;
  holdLayout(timeline);
  const told: string[] = [];
  const observer = new own.ResizeObserver((entries) => {
    assert.ok(Array.isArray(Array.from(entries)));
    told.push(Array.from(entries, (entry) => entry.target.name + ' ' + entry.contentRect.width).join());
  });
  const boxes = ['a', 'b', 'c'].map((name) => ({ name }));
  for (const box of boxes) observer.observe(box);
  return { own, observer, turns, told, log, a: boxes[0]!, b: boxes[1]!, c: boxes[2]! };
}

test('several frames before its turn are one call, with the latest of each target, in the order of the targets', () => {
  const { own, turns, told, a, b, c } = page();
  own.frame([c, 1]);
  own.frame([a, 2], [c, 3]);
  own.frame([b, 4]);
  assert.equal(turns.length, 1);
  turns[0]!.run();
  assert.deepEqual(told, ['a 2,b 4,c 3']);
});

test('of what one frame saw, the recorded turn tells what it told, and the next one the rest', () => {
  const { own, turns, told, log, a, b, c } = page();
  own.frame([a, 1], [b, 2], [c, 3]);
  log.last = 2;
  turns[0]!.run();
  assert.equal(turns.length, 2);
  log.last = 3;
  turns[1]!.run();
  assert.deepEqual(told, ['a 1,b 2', 'c 3']);
  assert.equal(turns.length, 2);
});

test('what is again as it was told is not told again', () => {
  const { own, turns, told, a, b } = page();
  own.frame([a, 1], [b, 1]);
  turns[0]!.run();
  own.frame([a, 7]);
  own.frame([a, 1], [b, 2]);
  turns[1]!.run();
  assert.deepEqual(told, ['a 1,b 1', 'b 2']);
});

test('what the page does not observe any more is not told, and a turn of nothing does not come', () => {
  const { own, observer, turns, told, a, b } = page();
  own.frame([a, 1], [b, 1]);
  observer.unobserve(a);
  turns[0]!.run();
  own.frame([b, 2]);
  observer.unobserve(b);
  assert.equal(turns[1]!.ticket?.live, false);
  observer.observe(a);
  own.frame([a, 1]);
  turns[2]!.run();
  own.frame([a, 2]);
  observer.disconnect();
  assert.equal(turns[3]!.ticket?.live, false);
  assert.deepEqual(told, ['b 1', 'a 1']);
});
