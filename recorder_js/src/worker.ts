// Runs first in a dedicated worker: the same clock, randomness and order as in its page. See workers.ts.
import { LAZY_PERIOD_MS } from './channel.ts';
import { installClock } from './clock.ts';
import { config } from './config.ts';
import { holdPromises } from './gates.ts';
import { holdListeners } from './held.ts';
import { hideWrappers, replaceAccessor, replaceMethod } from './masquerade.ts';
import { type List, apply, jsonParse, stringIndexOf, stringSlice } from './natives.ts';
import { holdObservers } from './observers.ts';
import { followMeasures } from './measures.ts';
import { installRandomness } from './random.ts';
import { followReadings } from './readings.ts';
import { Recording } from './recording.ts';
import { Replaying } from './replaying.ts';
import { Later } from './scheduler.ts';
import { followSockets } from './sockets.ts';
import { holdTasks } from './tasks.ts';
import { Timeline } from './timeline.ts';
import { installTimers } from './timers.ts';
import type { Report, Told } from './workers.ts';

const scope = globalThis as unknown as { name: string; postMessage: Function };
const post = scope.postMessage;

export function beginWorker(): void {
  const { token } = config;
  if (stringSlice(scope.name, 0, token.length) !== token) return;
  const told = jsonParse(stringSlice(scope.name, token.length)) as Told;
  hideTraces(told.name, token);
  const timeline = new Timeline(told.origin, told.seed);
  const tell = (report: Report): void => void apply(post, globalThis, [{ [token]: report }]);
  if (told.mode === 'record') record(timeline, tell);
  else replay(timeline, told.log, tell);
  followMeasures(timeline, 0);
  installClock(timeline, 0);
  followReadings(timeline);
  installRandomness(timeline);
  installTimers(timeline, 0);
  followSockets(timeline);
  holdListeners(timeline);
  holdPromises(timeline);
  holdTasks(timeline);
  holdObservers(timeline);
  hideWrappers();
}

/** What the page hears from a worker never comes before what the worker did until then is written down. */
function record(timeline: Timeline, tell: (report: Report) => void): void {
  const flush = (): void => {
    const entries = recording.take();
    if (entries.length > 0) tell(['entries', entries]);
  };
  const recording: Recording = new Recording(timeline, () => later.arm());
  const later = new Later(LAZY_PERIOD_MS, flush);
  timeline.conductor = recording;
  const telling = (native: (self: unknown, args: ArrayLike<unknown>) => unknown) => (self: unknown, args: unknown[]): unknown => {
    flush();
    return native(self, args);
  };
  replaceMethod(globalThis, 'postMessage', telling);
  replaceMethod(MessagePort.prototype, 'postMessage', telling);
  replaceMethod(globalThis.BroadcastChannel?.prototype, 'postMessage', telling);
}

/** At the end of its log a worker stands still: whatever it did after that, its page never heard of. */
function replay(timeline: Timeline, log: List<unknown>, tell: (report: Report) => void): void {
  const replaying = new Replaying(timeline, log as List<any>);
  replaying.onSkip = (skip) => tell(['skip', skip.kind + ' ' + skip.id, skip.ticks]);
  timeline.conductor = replaying;
  void replaying.run();
}

/** The worker sees the name and the address that its maker gave it. */
function hideTraces(name: string, token: string): void {
  replaceAccessor(globalThis, 'name', () => () => name);
  const mark = token + '=1';
  const without = (text: string): string => {
    const at = stringIndexOf(text, mark);
    return at < 1 ? text : stringSlice(text, 0, at - 1) + stringSlice(text, at + mark.length);
  };
  const prototype = (globalThis as unknown as { WorkerLocation?: { prototype: object } }).WorkerLocation?.prototype;
  const cleaned = (native: (self: unknown) => string) => (self: unknown): string => without(native(self));
  replaceAccessor(prototype, 'href', cleaned);
  replaceAccessor(prototype, 'search', cleaned);
  replaceMethod(prototype, 'toString', (native) => (self) => without(native(self, []) as string));
}
