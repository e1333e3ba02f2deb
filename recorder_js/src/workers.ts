// Dedicated workers, seen from the page or the worker that makes them: each gets a timeline of its own.
//
// What a worker needs to know travels in its name. What it writes down comes back as messages, and stands in the log
// of its maker: entries `w`, whose argument is the worker's number and flat triples of its own. The log of a worker
// that makes workers holds such entries, too.
import { config } from './config.ts';
import type { Crew } from './crew.ts';
import { replaceConstructor, replaceMethod } from './masquerade.ts';
import { addEventListener, stopImmediatePropagation } from './nativeevents.ts';
import {
  type List, append, apply, encode, getter, hasOwn, imul, isPrototypeOf, list, record, stringSlice,
} from './natives.ts';
import { type Bringer, absolute, prepared } from './opening.ts';
import type { Recording } from './recording.ts';
import { Replaying } from './replaying.ts';
import type { SocketEvent } from './wire.ts';
import type { Timeline } from './timeline.ts';

/** What a worker is told by its name. */
export interface Told {
  mode: 'record' | 'replay';
  /** The name that its maker gave it. */
  name: string;
  /** Whether our script can be put in front of what the network brings for the workers that it makes itself. */
  deep: boolean;
  origin: number;
  seed: number;
  log: List<unknown>;
}

/** What a worker tells: entries of its log, a skip of its replay, what cannot be recorded, its sockets, its halts and end. */
export type Report =
  ['entries', List<unknown>] | ['skip', string, number] | ['gap', string] | ['socket', SocketEvent] | ['halted', number] | ['closed'];

export type WorkerLogs = { [id: number]: List<unknown> | undefined };

/** Whoever makes workers: a page with the frames of its origin, or a worker. */
export interface Maker {
  timeline: Timeline;
  recording: Recording | undefined;
  /** What each of its workers did, by number. */
  workerLogs: WorkerLogs;
  deep: boolean;
  crew: Crew;
  gap(detail: string): void;
  socket(event: SocketEvent): void;
}

const dataOf = getter<unknown>('MessageEvent', 'data', undefined);
const dropAddress = globalThis.URL?.revokeObjectURL;

/** Takes the logs of workers out of that of their maker, by number; what stays in their place says nothing. */
export function takeWorkerLogs(log: List<any>): WorkerLogs {
  const logs = record() as WorkerLogs;
  for (let i = 0; i < log.length; i += 3) {
    if (log[i] !== 'w') continue;
    const id = log[i + 1][0] as number;
    const entries = log[i + 1][1] as List<unknown>;
    const whole = (logs[id] ??= list());
    for (let j = 0; j < entries.length; j++) append(whole, entries[j]);
    log[i] = '-';
    log[i + 1] = 0;
  }
  return logs;
}

/** Has every dedicated worker that is made here begin with our script. */
export function followWorkers(maker: Maker): void {
  const { timeline, recording, crew } = maker;
  const { conductor } = timeline;
  const isPage = typeof document !== 'undefined';
  // The session of a page is not asked for what a worker of a worker is made of.
  const bringer: Bringer = isPage ? 1 : 2;
  const isBrought = isPage ? config.workers : maker.deep;

  let id = 0;
  let temporary = '';
  replaceConstructor('Worker', (worker) => {
    if (temporary !== '') apply(dropAddress, globalThis.URL, [temporary]);
    if (id === 0) return;
    listen(worker as Worker, id);
  }, (args) => {
    temporary = '';
    id = 0;
    const own = timeline.next('worker');
    const address = isBrought ? absolute(args[0]) : undefined;
    const start = address === undefined ? undefined : prepared(address, bringer);
    if (start === undefined) {
      maker.gap(`the worker ${address ?? ''} has a clock of its own`);
      return args;
    }
    id = own;
    if (stringSlice(start, 0, 5) === 'blob:') temporary = start;
    const told: Told = {
      mode: recording ? 'record' : 'replay',
      name: '' + (args[1]?.name ?? ''),
      deep: maker.deep,
      origin: timeline.wall(timeline.ticks),
      // Not of its maker's own stream: that shall not depend on whether a worker could be given our script.
      seed: imul(own, 0x9e3779b1) ^ timeline.wall(0),
      log: maker.workerLogs[own] ?? list(),
    };
    return [start, { ...args[1], name: config.token + encode(told) }];
  });

  const listen = (worker: Worker, own: number): void => {
    const member = crew.join(worker, maker.workerLogs[own] ?? list());
    followReports(worker, (report: Report) => {
      if (report[0] === 'entries') recording?.quote('w', [own, report[1]]);
      else if (report[0] === 'gap') maker.gap(report[1]);
      else if (report[0] === 'socket') {
        const event = report[1];
        maker.socket([own + '.' + event[0], event[1], event[2], event[3]]);
      } else if (report[0] === 'halted') crew.halted(member, report[1]);
      else if (report[0] === 'closed') crew.leave(worker);
      else if (conductor instanceof Replaying) conductor.skip('w', `${own}: ${report[1]}`);
    });
    // One whose script never came says nothing, and no more than that it did not.
    addEventListener(worker, 'error', (event: Event) => {
      if (event.isTrusted && !isPrototypeOf(globalThis.ErrorEvent?.prototype, event)) crew.leave(worker);
    });
  };
  replaceMethod(globalThis.Worker?.prototype, 'terminate', (native) => (self, args) => {
    crew.leave(self as object);
    return native(self, args);
  });
}

/** Hears what our script in a worker tells among its messages, which the page does not. */
export function followReports<Told>(source: EventTarget, heard: (report: Told, event: Event) => void): void {
  addEventListener(source, 'message', (event: Event) => {
    const data = dataOf(event) as { [token: string]: Told } | null;
    if (!event.isTrusted || typeof data !== 'object' || data === null || !hasOwn(data, config.token)) return;
    stopImmediatePropagation(event);
    heard(data[config.token] as Told, event);
  });
}
