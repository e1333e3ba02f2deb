// Runs first in a shared worker: who connects, and who writes down what it does. See shared.ts for the other side.
//
// Which page connects first is as little certain as anything that comes from outside: a connection waits for its
// turn, under the name that the page gave it.
import { LAZY_PERIOD_MS } from './channel.ts';
import { config } from './config.ts';
import { addEventListener } from './nativeevents.ts';
import {
  type List, append, apply, defineProperty, freeze, getter, list, NativeWeakMap, weakMapGet, weakMapSet,
} from './natives.ts';
import type { Recording } from './recording.ts';
import { Later } from './scheduler.ts';
import { type Heard, type Hello, type SharedReport, share } from './shared.ts';
import { followReports } from './workers.ts';

const post = MessagePort.prototype.postMessage;
const start = MessagePort.prototype.start;
const portsOf = getter<ArrayLike<MessagePort> | null>('MessageEvent', 'ports', null);

type Known = (name: string) => void;
type Entries = SharedReport & { 0: 'entries' };

interface Connection {
  name: string | undefined;
  waiting: List<Known>;
}

const connections = new NativeWeakMap<Event, Connection>();

/** Calls `known` as soon as it is known who connects with this event. */
export function whenKnown(event: Event, known: Known): void {
  const connection = weakMapGet(connections, event);
  if (!connection) return;
  if (connection.name === undefined) append(connection.waiting, known);
  else known(connection.name);
}

/** The pages that are connected to this worker. */
export class Clients {
  private readonly ports = list<MessagePort>();
  private readonly unheard = list<Entries>();
  private sequence = 0;

  /** To be called before the worker's own script can listen. */
  constructor(came: (port: MessagePort) => void = () => {}) {
    addEventListener(globalThis, 'connect', (event: Event) => {
      const ours = portsOf(event)?.[0];
      if (!event.isTrusted || !ours) return;
      const connection: Connection = { name: undefined, waiting: list() };
      weakMapSet(connections, event, connection);
      followReports(ours, (said: Hello | Heard, hello: Event) => {
        if (typeof said === 'number') return this.heard(said);
        append(this.ports, ours);
        addEventListener(ours, 'close', () => this.left(ours));
        came(ours);
        give(event, portsOf(hello)?.[0] as MessagePort, said);
        connection.name = said;
        for (let i = 0; i < connection.waiting.length; i++) connection.waiting[i]?.(said);
      });
      apply(start, ours, []);
    });
  }

  /** Begins to tell pages what the worker does: each of them hears everything, and any of them may leave at any moment. */
  static record(recording: Recording, life: string): Clients {
    const clients = new Clients((port) => {
      for (let i = 0; i < clients.unheard.length; i++) clients.say(port, clients.unheard[i]!);
      // A page has to know which life it is connected to, if nothing ever happens in it.
      clients.say(port, ['entries', life, clients.sequence, list()]);
    });
    clients.flush = () => {
      if (clients.ports.length === 0) return;
      const entries = recording.take();
      if (entries.length === 0) return;
      const report: Entries = ['entries', life, clients.sequence++, entries];
      append(clients.unheard, report);
      clients.tell(report);
    };
    return clients;
  }

  private readonly later = new Later(LAZY_PERIOD_MS, () => this.flush());
  flush: () => void = () => {};

  /** Something was written down. */
  wrote(): void {
    this.later.arm();
  }

  tell(report: SharedReport): void {
    for (let i = 0; i < this.ports.length; i++) this.say(this.ports[i]!, report);
  }

  private say(port: MessagePort, report: SharedReport): void {
    apply(post, port, [{ [config.token]: report }]);
  }

  private left(port: MessagePort): void {
    let kept = 0;
    for (let i = 0; i < this.ports.length; i++) if (this.ports[i] !== port) this.ports[kept++] = this.ports[i]!;
    this.ports.length = kept;
  }

  /** Somebody has written down everything up to there. */
  private heard(upTo: number): void {
    let kept = 0;
    for (let i = 0; i < this.unheard.length; i++) if (this.unheard[i]![2] > upTo) this.unheard[kept++] = this.unheard[i]!;
    this.unheard.length = kept;
  }
}

/** The event shows the end of our channel in the place of the port that the browser made. */
function give(event: Event, port: MessagePort, connection: string): void {
  share(port, connection);
  defineProperty(event, 'ports', { value: freeze([port]), configurable: true });
  defineProperty(event, 'source', { value: port, configurable: true });
}
