// The way to Python: a binding taken off the page before any page code could see it.
//
// Messages go in batches, as JSON text: [sequence, [message, ...]]. Batches carry a sequence number, so that
// a lost or repeated one shows.
import { config } from './config.ts';
import { consoleBinding } from './mainworld.ts';
import { type List, append, encode, list } from './natives.ts';
import { Later } from './scheduler.ts';

const PERIOD_MS = 200;
/** A batch costs the page half a millisecond: what a page does by itself is not worth five of them in a second. */
export const LAZY_PERIOD_MS = 600;
const MAX_WAITING = 100_000;

export class Channel {
  private send = takeBinding();
  private waiting = list<unknown>();
  /** How many batches have left. */
  sequence = 0;
  private readonly quick = new Later(PERIOD_MS, () => this.flush());
  private readonly lazy = new Later(LAZY_PERIOD_MS, () => this.flush());
  /** Called before each batch, the latest first: whoever holds back something adds it now. */
  readonly beforeFlush = list<() => void>();

  /** Queues a message; it leaves with the next flush, at the latest after 200 ms. */
  post(message: List<unknown> | unknown[]): void {
    append(this.waiting, message);
    this.arm();
  }

  /** Whether Python listens. */
  isHeard(): boolean {
    this.send ??= takeBinding();
    return this.send !== undefined;
  }

  arm(): void {
    this.quick.arm();
  }

  /** Has what is held back leave some time, if nothing takes it along before. */
  armLazily(): void {
    if (!this.quick.armed) this.lazy.arm();
  }

  flush(): void {
    // A window opened by the page starts before Python could attach: its binding comes late.
    const isHeard = this.isHeard();
    for (let i = this.beforeFlush.length - 1; i >= 0; i--) this.beforeFlush[i]?.();
    if (this.waiting.length === 0) return;
    if (!isHeard) {
      if (this.waiting.length < MAX_WAITING) this.arm();
      return;
    }
    const batch = this.waiting;
    this.waiting = list();
    this.send?.(`[${this.sequence++},${encode(batch)}]`);
  }
}

/** Takes the binding off the page; undefined when it is not there (yet). */
export function takeBinding(): ((text: string) => void) | undefined {
  if (config.console) return consoleBinding();
  const scope = globalThis as unknown as Record<string, ((text: string) => void) | undefined>;
  const binding = scope[config.token];
  if (binding !== undefined) delete scope[config.token];
  return binding;
}
