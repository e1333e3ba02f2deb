import assert from 'node:assert/strict';
import test from 'node:test';
import { JSDOM } from 'jsdom';
import type { Conductors } from './conductors.ts';
import { bundle } from './harness.ts';

const SOURCE = bundle('test/conductors.ts');

/** A channel such as a page has, out of Node's: jsdom brings none. */
function givePageChannels(window: JSDOM['window'], page: Record<string, unknown>): void {
  class PagePort extends window.EventTarget {
    other: PagePort | undefined;
    start(): void {}
    postMessage(): void {
      setImmediate(() => this.other?.dispatchEvent(new window.Event('message')));
    }
  }
  page['MessagePort'] = PagePort;
  page['MessageChannel'] = class {
    port1 = new PagePort();
    port2 = new PagePort();
    constructor() {
      this.port2.other = this.port1;
    }
  };
}

function conductors(): Conductors {
  const { window } = new JSDOM('<!doctype html>', { runScripts: 'outside-only', pretendToBeVisual: true });
  const page = window as unknown as Record<string, unknown>;
  givePageChannels(window, page);
  page['reportError'] ??= () => {};
  window.eval(SOURCE);
  return page['reenactConductors'] as Conductors;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function replaying(log: unknown[]) {
  const { Timeline, Replaying } = conductors();
  const timeline = new Timeline(1_000_000, 7);
  const conductor = new Replaying(timeline, log as never);
  timeline.conductor = conductor;
  return { timeline, conductor };
}

test('the clock stands still within a task, and a busy loop sees it move by the number of its reads', () => {
  const { Timeline } = conductors();
  const timeline = new Timeline(1_000_000, 7);
  const reads = Array.from({ length: 5000 }, () => timeline.read());
  assert.deepEqual(new Set(reads), new Set([0]));
  assert.equal(timeline.read(), 1);
  assert.equal(timeline.read(), 2);
  timeline.advance(10);
  assert.equal(timeline.read(), 12);
  assert.equal(timeline.wall(25), 1_000_002);
});

test('randomness is a stream of its seed, not a constant', () => {
  const { Timeline } = conductors();
  const draw = (seed: number): number[] => {
    const timeline = new Timeline(0, seed);
    return Array.from({ length: 50 }, () => timeline.fraction());
  };
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
  assert.equal(new Set(draw(7)).size, 50);
  for (const value of draw(7)) assert.ok(value >= 0 && value < 1);
});

test('a recording writes down what arrives, in order, and lets it in at once', () => {
  const { Timeline, Recording } = conductors();
  const timeline = new Timeline(0, 1);
  const recording = new Recording(timeline, () => {});
  const seen: string[] = [];
  recording.arrive('F', 1, () => seen.push('fetch'));
  recording.arrive('M', '2:message', () => seen.push('message'));
  assert.deepEqual(seen, ['fetch', 'message']);
  const entries = Array.from(recording.take() as ArrayLike<unknown>);
  assert.deepEqual(entries.filter((_, i) => i % 3 === 0), ['F', 'M']);
  assert.deepEqual(entries.filter((_, i) => i % 3 === 1), [1, '2:message']);
  assert.ok(entries.filter((_, i) => i % 3 === 2).every((delta) => (delta as number) >= 0));
  assert.equal((recording.take() as ArrayLike<unknown>).length, 0);
});

test('while frozen nothing enters and the clock stands; afterwards everything comes in its order', async () => {
  const { Timeline, Recording } = conductors();
  const timeline = new Timeline(0, 1);
  const recording = new Recording(timeline, () => {});
  recording.log('C', [1]);
  const ticks = timeline.ticks;
  recording.freeze();
  const seen: number[] = [];
  for (const id of [1, 2, 3]) recording.arrive('F', id, () => seen.push(id));
  recording.arrive('T', 9, () => seen.push(9));
  recording.dropTimer(9);
  await pause(30);
  recording.log('A', 1);
  assert.deepEqual(seen, []);
  assert.equal(timeline.ticks, ticks);
  recording.thaw();
  await pause(60);
  assert.deepEqual(seen, [1, 2, 3]);
  const kinds = Array.from(recording.take() as ArrayLike<unknown>).filter((_, i) => i % 3 === 0);
  assert.deepEqual(kinds, ['C', 'A', 'F', 'F', 'F']);
});

test('the first reading of the clock in a task notices a module that has come, and that it runs now', async () => {
  const { Timeline, Recording } = conductors();
  const timeline = new Timeline(0, 1);
  const recording = new Recording(timeline, () => {});
  const coming: string[] = [];
  const resources = {
    take: () => {
      for (const name of coming.splice(0)) recording.imported(name);
      return 0;
    },
  };
  recording.resources[recording.resources.length++] = resources as never;
  recording.log('T', 1);
  await pause(30);
  coming.push('module /a.js');
  const ran = timeline.read();
  await pause(10);
  assert.ok(ran >= 250, `the module read ${ran} ticks`);
  assert.equal(timeline.read(), ran);
  const entries = Array.from(recording.take() as ArrayLike<unknown>);
  assert.deepEqual(entries.filter((_, i) => i % 3 === 0), ['T', '-', 'L']);
});

test('a script that loaded before the module of an element stands before the last that it imports', async () => {
  const { Timeline, Recording } = conductors();
  const recording = new Recording(new Timeline(0, 1), () => {});
  const loads = (): unknown[] => {
    const entries = Array.from(recording.take() as ArrayLike<unknown>);
    return entries.filter((_, i) => i % 3 === 1 && entries[i - 1] === 'L');
  };
  recording.imported('module /first.js');
  recording.imported('module /last.js');
  recording.loaded('script /a.js', '');
  recording.loaded('script[type=module] /root.js', '');
  assert.deepEqual(loads(), ['module /first.js', 'script /a.js', 'module /last.js', 'script[type=module] /root.js']);
  recording.imported('module /last.js');
  recording.loaded('script[type=module] /root.js', '');
  recording.loaded('script /a.js', '');
  assert.deepEqual(loads(), ['module /last.js', 'script[type=module] /root.js', 'script /a.js']);
});

test('a marker that was taken back stands for nothing', () => {
  const { Timeline, Recording } = conductors();
  const recording = new Recording(new Timeline(0, 1), () => {});
  const revoke = recording.mark(1);
  recording.mark(2);
  revoke();
  const entries = Array.from(recording.take() as ArrayLike<unknown>);
  assert.deepEqual(entries.filter((_, i) => i % 3 === 0), ['-', 'A']);
});

test('a replay runs callbacks in the order of the log, whatever came first, at the recorded times', async () => {
  const { timeline, conductor } = replaying(['T', 1, 100, 'F', 1, 50, 'T', 2, 25, 'A', 1, 5]);
  const seen: [string, number][] = [];
  conductor.arrive('F', 1, () => seen.push(['F1', timeline.ticks]));
  conductor.timer(2, 0, () => seen.push(['T2', timeline.ticks]));
  conductor.timer(1, 10_000, () => seen.push(['T1', timeline.ticks]));
  const stop = await conductor.run();
  assert.deepEqual(seen, [['T1', 100], ['F1', 150], ['T2', 175]]);
  assert.equal(stop.why, 'input');
  assert.equal(stop.n, 1);
  assert.equal((await conductor.run()).why, 'end');
});

test('microtasks of a callback run before the next one', async () => {
  const { conductor } = replaying(['T', 1, 1, 'T', 2, 1]);
  const seen: string[] = [];
  conductor.timer(1, 0, () => {
    seen.push('one');
    void Promise.resolve().then(() => seen.push('its microtask'));
  });
  conductor.timer(2, 0, () => seen.push('two'));
  await conductor.run();
  assert.deepEqual(seen, ['one', 'its microtask', 'two']);
});

test('what arrives that the log does not know never runs', async () => {
  const { conductor } = replaying(['T', 1, 1, 'C', [1], 0]);
  const seen: string[] = [];
  conductor.arrive('F', 1, () => seen.push('fetch'));
  conductor.timer(1, 0, () => seen.push('timer'));
  const stop = await conductor.run();
  assert.equal(stop.why, 'checkpoint');
  await conductor.run();
  assert.deepEqual(seen, ['timer']);
});

test('a checkpoint hands out the moments of its animations', async () => {
  const { conductor } = replaying(['C', [3, 'pulse@span', 266.6, 'opacity@div', 12.5], 40]);
  const stop = await conductor.run();
  assert.equal(stop.n, 3);
  assert.deepEqual(Array.from(stop.moments as ArrayLike<unknown>), ['pulse@span', 266.6, 'opacity@div', 12.5]);
});

test('what does not come is skipped after its limit, told, and delivered when it comes after all', async () => {
  const { conductor } = replaying(['T', 1, 5, 'M', '1:message', 5, 'A', 1, 1, 'A', 2, 1]);
  const seen: string[] = [];
  const stop = await conductor.run();
  assert.equal(stop.why, 'input');
  assert.deepEqual(Array.from(conductor.skips as ArrayLike<{ kind: string }>, (skip) => skip.kind), ['T', 'M']);
  conductor.arrive('M', '1:message', () => seen.push('late message'));
  conductor.timer(1, 0, () => seen.push('late timer'));
  await conductor.run();
  assert.deepEqual(seen, ['late message']);
});

test('one message that never comes does not bring those behind it too early for ever', async () => {
  const messages = (n: number): unknown[] => ['M', '1:message', 5, 'A', n, 1];
  const { conductor } = replaying([...messages(1), ...messages(2), ...messages(3), ...messages(4)]);
  const seen: string[] = [];
  const post = (name: string): void => conductor.arrive('M', '1:message', () => seen.push(name));
  await conductor.run();
  post('second');
  assert.deepEqual(seen, ['second']);
  await conductor.run();
  post('third');
  assert.deepEqual(seen, ['second']);
  await conductor.run();
  assert.deepEqual(seen, ['second', 'third']);
  post('fourth');
  await conductor.run();
  assert.deepEqual(seen, ['second', 'third', 'fourth']);
  assert.equal(conductor.skips.length, 1);
});

test('a parser script runs everything that stands before it first', () => {
  const { timeline, conductor } = replaying(['T', 1, 10, 'E', 'script', 5, 'T', 2, 10]);
  const seen: string[] = [];
  conductor.timer(1, 0, () => seen.push('before'));
  conductor.timer(2, 0, () => seen.push('after'));
  conductor.event('script');
  assert.deepEqual(seen, ['before']);
  assert.equal(timeline.ticks, 15);
});

test('what stands before a milestone of the parser gets its microtasks, as in tasks of its own', async () => {
  const { conductor } = replaying(['T', 1, 10, 'T', 2, 10, 'E', 'interactive', 5]);
  const seen: string[] = [];
  conductor.timer(1, 0, () => {
    seen.push('first');
    void (async () => {
      for (let i = 0; i < 5; i++) await undefined;
      seen.push('its promises');
    })();
  });
  conductor.timer(2, 0, () => seen.push('second'));
  await new Promise<void>((resolve) => conductor.milestone('interactive', () => {
    seen.push('interactive');
    resolve();
  }));
  assert.deepEqual(seen, ['first', 'its promises', 'second', 'interactive']);
});

test('an observer of layout waits for a frame of the page as it is now', async () => {
  const { conductor } = replaying(['T', 1, 10, 'O', 1, 10, 'O', 2, 0, 'A', 1, 1]);
  const seen: string[] = [];
  let width = 10;
  conductor.arrive('O', 1, () => seen.push('saw ' + width), { live: true });
  conductor.timer(1, 0, () => (width = 20));
  conductor.arrive('O', 2, () => seen.push('and ' + width), { live: true });
  await conductor.run();
  assert.deepEqual(seen, ['saw 20', 'and 20']);
});

test('a listener that was removed while it waited does not run, and the next one takes its turn', async () => {
  const { conductor } = replaying(['H', '1:load', 1, 'A', 1, 1]);
  const seen: string[] = [];
  conductor.arrive('H', '1:load', () => seen.push('removed'), { live: false });
  conductor.arrive('H', '1:load', () => seen.push('kept'), { live: true });
  await conductor.run();
  assert.deepEqual(seen, ['kept']);
});

test('the answers of dialogs come from the log', async () => {
  const { conductor } = replaying(['T', 1, 1, 'D', true, 900, 'A', 1, 1]);
  let answer: unknown = 'not asked';
  conductor.timer(1, 0, () => {
    answer = conductor.answer(() => assert.fail('the person must not be asked again'));
  });
  await conductor.run();
  assert.equal(answer, true);
});

test('a free replay keeps the recorded moments of what the log knows, and runs the rest when it is due', async () => {
  const { Timeline, Free } = conductors();
  const timeline = new Timeline(0, 1);
  const free = new Free(timeline, ['T', 1, 700, 'R', 1, 50, 'A', 1, 250] as never);
  const seen: [string, number][] = [];
  free.timer(1, 50, () => seen.push(['known timer', timeline.ticks]));
  free.timer(2, 20, () => seen.push(['new timer', timeline.ticks]));
  free.timer(3, 5000, () => seen.push(['later', timeline.ticks]));
  free.frame(1, () => seen.push(['frame', timeline.ticks]));
  await free.advance(1000, 1000);
  assert.deepEqual(seen, [['new timer', 200], ['known timer', 700], ['frame', 750]]);
  assert.equal(timeline.ticks, 1000);
});

test('a free replay waits for the network, and not for ever', async () => {
  const { Timeline, Free } = conductors();
  const timeline = new Timeline(0, 1);
  const free = new Free(timeline, [] as never);
  let busy = true;
  free.busy = () => busy;
  const seen: string[] = [];
  free.timer(1, 10, () => seen.push('timer'));
  setTimeout(() => {
    free.arrive('F', 1, () => seen.push('answer'));
    busy = false;
  }, 40);
  await free.advance(500, 2000);
  assert.deepEqual(seen, ['answer', 'timer']);
  busy = true;
  await free.advance(600, 60);
  assert.equal(timeline.ticks, 600);
});

test('an input that the browser took before a replay came to stand is not the one it waits for', async () => {
  const { Pace } = conductors();
  let runs = 0;
  const replaying = { run: async () => ({ why: 'input', n: runs++, moments: { length: 0 } }) };
  const told: number[] = [];
  let heard = false;
  const pace = new Pace(replaying as never, async () => {}, (stop) => told.push(stop.n), () => heard, () => {});
  pace.begin();
  await pause(40);
  assert.deepEqual(told, [], 'nobody listens yet');
  heard = true;
  await pause(60);
  assert.deepEqual(told, [0]);
  pace.input(Date.now() - 10_000);
  await pause(30);
  assert.deepEqual(told, [0]);
  pace.input(Date.now() + 10_000);
  await pause(30);
  assert.deepEqual(told, [0, 1]);
});
