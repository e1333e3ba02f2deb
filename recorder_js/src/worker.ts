// Runs first in a worker, dedicated or shared: the same clock, randomness and order as in its page. See workers.ts.
import { LAZY_PERIOD_MS } from './channel.ts';
import { installClock } from './clock.ts';
import { config } from './config.ts';
import { Crew } from './crew.ts';
import { hideFromErrors, hideFromHandler } from './errors.ts';
import { holdPromises } from './gates.ts';
import { noticeStreams } from './handing.ts';
import { holdListeners } from './held.ts';
import { hideWrappers, replaceAccessor, replaceMethod } from './masquerade.ts';
import { type List, apply, floor, jsonParse, stringSlice } from './natives.ts';
import { holdObservers } from './observers.ts';
import { followMeasures } from './measures.ts';
import { followBlobs, unmarked } from './opening.ts';
import { installRandomness } from './random.ts';
import { followReadings } from './readings.ts';
import { Recording } from './recording.ts';
import { Replaying } from './replaying.ts';
import { Later, realOrigin } from './scheduler.ts';
import { type SharedTold, lifeOf } from './shared.ts';
import { Clients } from './sharing.ts';
import { followSockets } from './sockets.ts';
import { holdTasks } from './tasks.ts';
import { TICKS, Timeline } from './timeline.ts';
import { installTimers } from './timers.ts';
import { haltRecording, haltReplay } from './halting.ts';
import { type SocketEvent, tellSockets } from './wire.ts';
import { type Report, type Told, followWorkers, takeWorkerLogs } from './workers.ts';

const scope = globalThis as unknown as { name: string; postMessage: Function | undefined };
const post = scope.postMessage;
const chance = (Math.random() * 0x7fffffff) | 0;

export function beginWorker(): void {
  const { token } = config;
  if (stringSlice(scope.name, 0, token.length) !== token) return;
  const told = jsonParse(stringSlice(scope.name, token.length)) as Told | SharedTold;
  hideTraces(told.name);
  followBlobs();
  if ('life' in told) beginShared(told);
  else beginDedicated(told, token);
  hideWrappers();
}

function beginDedicated(told: Told, token: string): void {
  const timeline = new Timeline(told.origin, told.seed);
  const tell = (report: Report): void => void apply(post as Function, globalThis, [{ [token]: report }]);
  const workerLogs = takeWorkerLogs(told.log as List<any>);
  const crew = new Crew(told.mode === 'record');
  let recording: Recording | undefined;
  if (told.mode === 'record') {
    const flush = (): void => {
      const entries = recording?.take();
      if (entries && entries.length > 0) tell(['entries', entries]);
    };
    const later = new Later(LAZY_PERIOD_MS, flush);
    // It takes a while to begin; the clock is that of its maker all the same.
    const late = floor((realOrigin - told.origin) * TICKS);
    timeline.conductor = recording = new Recording(timeline, () => later.arm(), late > 0 ? late : 0);
    haltRecording(recording, crew, (n) => {
      flush();
      tell(['halted', n]);
    });
    tellBefore(flush);
    replaceMethod(globalThis, 'close', (native) => (self, args) => {
      tell(['closed']);
      return native(self, args);
    });
  } else {
    const skipped = (what: string, ticks: number): void => tell(['skip', what, ticks]);
    haltReplay(replaying(timeline, told.log, skipped), crew, (n) => tell(['halted', n]));
  }
  const socket = (event: SocketEvent): void => tell(['socket', event]);
  const gap = (detail: string): void => void (recording && tell(['gap', detail]));
  install(timeline, recording && tellSockets(socket), () => gap('what an event stream of a worker said was not recorded'));
  if (recording) noticeStreams(gap);
  followWorkers({ timeline, recording, workerLogs, deep: told.deep, crew, gap, socket });
}

function beginShared(told: SharedTold): void {
  if (told.mode === 'record') {
    const timeline = new Timeline(realOrigin, chance);
    const recording = new Recording(timeline, () => clients.wrote());
    const clients = Clients.record(recording, timeline.name);
    timeline.conductor = recording;
    tellBefore(() => clients.flush());
    return install(timeline);
  }
  const life = lifeOf(told.life);
  const timeline = new Timeline(life[0], life[1]);
  const clients = new Clients();
  void replaying(timeline, jsonParse(told.log) as List<any>, (what) => clients.tell(['skip', what])).run();
  install(timeline);
}

function install(timeline: Timeline, madeSocket?: (socket: object) => void, madeStream?: () => void): void {
  followMeasures(timeline, 0);
  installClock(timeline, 0);
  followReadings(timeline);
  installRandomness(timeline);
  installTimers(timeline, 0);
  followSockets(timeline, madeSocket, madeStream);
  holdListeners(timeline);
  holdPromises(timeline);
  holdTasks(timeline);
  holdObservers(timeline);
}

/** What anybody hears from a worker never comes before what the worker did until then is written down. */
function tellBefore(flush: () => void): void {
  const telling = (native: (self: unknown, args: ArrayLike<unknown>) => unknown) => (self: unknown, args: unknown[]): unknown => {
    flush();
    return native(self, args);
  };
  replaceMethod(globalThis, 'postMessage', telling);
  replaceMethod(globalThis, 'close', telling);
  replaceMethod(MessagePort.prototype, 'postMessage', telling);
  replaceMethod(globalThis.BroadcastChannel?.prototype, 'postMessage', telling);
}

/** At the end of its log a worker stands still: whatever it did after that, nobody ever heard of. */
function replaying(timeline: Timeline, log: List<unknown>, skipped: (what: string, ticks: number) => void): Replaying {
  const conductor = new Replaying(timeline, log as List<any>);
  conductor.isPatient = true;
  conductor.onSkip = (skip) => skipped(skip.kind + ' ' + skip.id, skip.ticks);
  timeline.conductor = conductor;
  return conductor;
}

/** The worker sees the name and the address that its maker gave it. */
function hideTraces(name: string): void {
  replaceAccessor(globalThis, 'name', () => () => name);
  const prototype = (globalThis as unknown as { WorkerLocation?: { prototype: object } }).WorkerLocation?.prototype;
  const cleaned = (native: (self: unknown) => string) => (self: unknown): string => unmarked(native(self));
  hideFromErrors();
  hideFromHandler();
  replaceAccessor(prototype, 'href', cleaned);
  replaceAccessor(prototype, 'search', cleaned);
  replaceMethod(prototype, 'toString', (native) => (self) => unmarked(native(self, []) as string));
}
