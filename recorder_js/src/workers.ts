// Dedicated workers, seen from the page that makes them: each gets a timeline of its own.
//
// A worker runs no script of ours by itself. The page hands it one: in front of a blob it stands in a new blob, in
// front of a `data:` address within that, in front of what the network brings Python puts it (a mark in the address
// asks for it). What the worker needs to know travels in its name. What it writes down comes back as messages, and
// stands in the log of the page: entries `w`, whose argument is the worker's number and flat triples of its own.
import { config, source } from './config.ts';
import { replaceConstructor, replaceMethod } from './masquerade.ts';
import {
  type List, addEventListener, append, apply, encode, functionToString, getter, hasOwn, imul, list, record, stopImmediatePropagation,
  stringIndexOf, stringSlice, toLowerCase,
} from './natives.ts';
import { Replaying } from './replaying.ts';
import type { Stage } from './stage.ts';

/** What a worker is told by its name. */
export interface Told {
  mode: 'record' | 'replay';
  /** The name that its maker gave it. */
  name: string;
  origin: number;
  seed: number;
  log: List<unknown>;
}

/** What a worker tells: entries of its log, or a skip of its replay. */
export type Report = ['entries', List<unknown>] | ['skip', string, number];

const isPrototypeOf = Object.prototype.isPrototypeOf;
const isA = (prototype: object | undefined, object: unknown): boolean =>
  prototype !== undefined && (apply(isPrototypeOf as never, prototype, [object]) as boolean);
const dataOf = getter<unknown>('MessageEvent', 'data', undefined);
const baseAddress = getter<string>('Node', 'baseURI', '');
const addressOf = getter<string>('URL', 'href', '');
const NativeURL = globalThis.URL;
const NativeBlob = globalThis.Blob;
const makeAddress = NativeURL?.createObjectURL;
const dropAddress = NativeURL?.revokeObjectURL;

/** Takes the logs of workers out of that of their page, by number; what stays in their place says nothing. */
export function takeWorkerLogs(log: List<any>): { [id: number]: List<unknown> | undefined } {
  const logs = record() as { [id: number]: List<unknown> | undefined };
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

/** Has every worker that a page makes begin with our script. */
export function followWorkers(stage: Stage): void {
  const { timeline, channel, recording } = stage;
  const { conductor } = timeline;
  const blobs = record<Blob>();
  if (config.workers) {
    replaceMethod(NativeURL, 'createObjectURL', (native) => (self, args) => {
      const address = native(self, args) as string;
      if (isA(NativeBlob?.prototype, args[0])) blobs[address] = args[0] as Blob;
      return address;
    });
    replaceMethod(NativeURL, 'revokeObjectURL', (native) => (self, args) => {
      delete blobs['' + args[0]];
      return native(self, args);
    });
  }
  const gap = (detail: string): void => void (recording && channel.post(['gap', 'worker', detail]));

  /** Where a worker begins with our script; undefined where none can be put in front of it. */
  const prepared = (address: string): string | undefined => {
    const scheme = stringSlice(address, 0, stringIndexOf(address, ':'));
    const blob = scheme === 'blob' ? blobs[address] : undefined;
    if (blob) return apply(makeAddress, NativeURL, [new NativeBlob([opening(), blob], { type: 'text/javascript' })]);
    if (scheme === 'data') return withOpening(address);
    return scheme === 'http' || scheme === 'https' ? marked(address) : undefined;
  };

  let id = 0;
  let temporary = '';
  replaceConstructor('Worker', (worker) => {
    if (temporary !== '') apply(dropAddress, NativeURL, [temporary]);
    if (id === 0) return;
    listen(worker as Worker, id);
  }, (args) => {
    temporary = '';
    id = 0;
    const own = timeline.next('worker');
    const address = config.workers ? absolute(args[0]) : undefined;
    const start = address === undefined ? undefined : prepared(address);
    if (start === undefined) {
      gap(`the worker ${address ?? ''} has a clock of its own`);
      return args;
    }
    id = own;
    if (stringSlice(start, 0, 5) === 'blob:') temporary = start;
    const told: Told = {
      mode: recording ? 'record' : 'replay',
      name: '' + (args[1]?.name ?? ''),
      origin: timeline.wall(timeline.ticks),
      // Not of the page's own stream: that shall not depend on whether a worker could be given our script.
      seed: imul(own, 0x9e3779b1) ^ timeline.wall(0),
      log: stage.workerLogs[own] ?? list(),
    };
    return [start, { ...args[1], name: config.token + encode(told) }];
  });

  const listen = (worker: Worker, own: number): void => {
    addEventListener(worker, 'message', (event: Event) => {
      const data = dataOf(event) as { [token: string]: Report } | null;
      if (!event.isTrusted || typeof data !== 'object' || data === null || !hasOwn(data, config.token)) return;
      stopImmediatePropagation(event);
      const report = data[config.token] as Report;
      if (report[0] === 'entries') recording?.quote('w', [own, report[1]]);
      else if (conductor instanceof Replaying) conductor.skip('w', `${own}: ${report[1]}`);
    });
  };

  replaceConstructor('SharedWorker', () => gap('a shared worker has a clock of its own'));
}

/** The address that `new Worker` means; undefined for what it would refuse, or what only a policy may read. */
function absolute(given: unknown): string | undefined {
  if (typeof given !== 'string' && !isA(NativeURL?.prototype, given)) return undefined;
  try {
    return addressOf(new NativeURL(typeof given === 'string' ? given : addressOf(given), baseAddress(document)));
  } catch {
    return undefined;
  }
}

/** Asks whoever brings this script to put ours in front of it; see reenact/browser/workers.py. */
function marked(address: string): string {
  const hash = stringIndexOf(address, '#');
  const plain = hash < 0 ? address : stringSlice(address, 0, hash);
  const rest = hash < 0 ? '' : stringSlice(address, hash);
  return plain + (stringIndexOf(plain, '?') < 0 ? '?' : '&') + config.token + '=1' + rest;
}

/** A worker that its address holds whole, with ours in front; its origin stays an opaque one. */
function withOpening(address: string): string {
  const comma = stringIndexOf(address, ',');
  const head = stringSlice(address, 0, comma + 1);
  const rest = stringSlice(address, comma + 1);
  if (!isBase64(head)) return head + encodeText(opening()) + rest;
  let ours = opening();
  // Base64 stands for three characters at a time: what ends between them could not be joined.
  while (ours.length % 3 > 0) ours += ' ';
  return head + toBase64(ours) + rest;
}

const encodeText = encodeURIComponent;
const toBase64 = globalThis.btoa;
const isBase64 = (head: string): boolean => stringSlice(toLowerCase(head), -8) === ';base64,';

/** Our script as the beginning of another. */
function opening(): string {
  return `(${functionToString(source)})(${encode({ mode: 'worker', token: config.token })});\n`;
}
