// Shared workers, seen from the pages that connect to them: each has a timeline of its own, which no page owns.
//
// A page and the worker talk through a channel that we make, and whose ends the page and the worker are given. The
// ports that the browser made for them are ours: through them a page says who connects, and hears what the worker
// writes down. It stands in the log of every page that heard it: entries `s`, whose argument is the number of the
// connection, the name of the worker's life, a number and flat triples. A worker ends with its last page, and may
// begin again: in a replay the name of its life is part of what the browser knows it by.
import { config } from './config.ts';
import { replaceAccessor, replaceConstructor } from './masquerade.ts';
import {
  type List, apply, encode, getter, NativeWeakMap, record, stringIndexOf, stringSlice, weakMapGet, weakMapSet,
} from './natives.ts';
import { absolute, prepared } from './opening.ts';
import { Replaying } from './replaying.ts';
import { type Maker, followReports } from './workers.ts';

/** What a shared worker is told by its name: the same by everybody who connects, since it is known by that. */
export interface SharedTold {
  mode: 'record' | 'replay';
  name: string;
  /** In a replay: which of its lives, and the JSON text of what it did in it. */
  life: string;
  log: string;
}

/** What a page says first: who it is. */
export type Hello = string;
/** That it has written down everything up to a number. */
export type Heard = number;
export type SharedReport = ['entries', string, number, List<unknown>] | ['skip', string];

/** By the number of a connection: the life of the worker that it led to. */
export type Lives = { [id: string]: string | undefined };

const NativeChannel = globalThis.MessageChannel;
const post = MessagePort.prototype.postMessage;
const start = MessagePort.prototype.start;
const nativePort = getter<MessagePort | null>('SharedWorker', 'port', null);
const firstOf = getter<MessagePort | null>('MessageChannel', 'port1', null);
const secondOf = getter<MessagePort | null>('MessageChannel', 'port2', null);
const names = new NativeWeakMap<object, string>();

/** The connection that a port belongs to, if it leads to a shared worker: what comes may have to wait for another page. */
export const connectionOf = (port: object): string | undefined => weakMapGet(names, port);
export const share = (port: object, connection: string): void => void weakMapSet(names, port, connection);

/** Takes what shared workers did out of the log of a page; which of them it was connected to is all that it needs. */
export function takeLives(log: List<any>): Lives {
  const lives = record() as Lives;
  for (let i = 0; i < log.length; i += 3) {
    if (log[i] !== 's') continue;
    lives[log[i + 1][0] as string] = log[i + 1][1] as string;
    log[i] = '-';
    log[i + 1] = 0;
  }
  return lives;
}

/** Has every shared worker that a page connects to begin with our script. `place`: of this frame in the document that owns the timeline. */
export function followSharedWorkers(maker: Maker, lives: Lives, place: string): void {
  const { timeline, recording } = maker;
  const { conductor } = timeline;
  const ports = new NativeWeakMap<object, MessagePort>();
  // Who names the same blob again means the same worker.
  const starts = record<string>();

  let id = '';
  replaceConstructor('SharedWorker', (worker) => {
    if (id !== '') connect(worker as SharedWorker, id);
  }, (args) => {
    id = '';
    // Frames that load at the same time come in any order: each counts for itself.
    const own = place + ':' + timeline.next('shared' + place);
    const address = maker.deep ? absolute(args[0]) : undefined;
    const start = address === undefined ? undefined : (starts[address] ??= prepared(address, 2));
    if (start === undefined) {
      maker.gap(`the shared worker ${address ?? ''} has a clock of its own`);
      return args;
    }
    id = own;
    const options = args[1] as object | string | undefined;
    const name = '' + ((typeof options === 'object' && options !== null ? (options as { name?: unknown }).name : options) ?? '');
    // One that nobody heard of stands still.
    const life = lives[own] ?? timeline.wall(timeline.ticks) + ':0';
    const told: SharedTold = recording ? { mode: 'record', name, life: '', log: '' } : { mode: 'replay', name, life, log: config.shared?.[life] ?? '[]' };
    return [start, { ...(typeof options === 'object' ? options : undefined), name: config.token + encode(told) }];
  });
  replaceAccessor(globalThis.SharedWorker?.prototype, 'port', (native) => (self) => weakMapGet(ports, self) ?? native(self));

  const connect = (worker: SharedWorker, own: string): void => {
    const ours = nativePort(worker) as MessagePort;
    const channel = new NativeChannel();
    const first = firstOf(channel) as MessagePort;
    weakMapSet(ports, worker, first);
    share(first, timeline.name + ':' + own);
    const say = (what: Hello | Heard, given: MessagePort[]): void => void apply(post, ours, [{ [config.token]: what }, given]);
    followReports(ours, (report: SharedReport) => {
      if (report[0] === 'entries') {
        recording?.quote('s', [own, report[1], report[2], report[3]]);
        if (report[3].length > 0) say(report[2], []);
      } else if (conductor instanceof Replaying) conductor.skip('w', report[1]);
    });
    apply(start, ours, []);
    say(timeline.name + ':' + own, [secondOf(channel) as MessagePort]);
  };
}

/** When the life of a worker began, in milliseconds since 1970, and its seed: together they are its name. */
export function lifeOf(life: string): [origin: number, seed: number] {
  const colon = stringIndexOf(life, ':');
  return [+stringSlice(life, 0, colon), +stringSlice(life, colon + 1) | 0];
}
