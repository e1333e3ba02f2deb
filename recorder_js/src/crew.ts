// The workers of a page stand still with it while its picture is taken: they may draw on it.
//
// A worker that draws on a canvas of the page shows it without a word. So a recording halts every worker for a
// picture, and each writes down that it was halted there; a replay waits until each of them stands at that place.
import { config } from './config.ts';
import { type List, append, apply, list, NativePromise } from './natives.ts';
import { nativeTimeout } from './scheduler.ts';

/** What a worker is told by its maker. */
export type Order = ['halt' | 'resume', number];

/** How long somebody waits for a worker: it may be busy, or over. */
const RECORD_MS = 250;
const REPLAY_MS = 20_000;

const post = globalThis.Worker?.prototype.postMessage;

interface Member {
  worker: Worker;
  /** Where it stands, or stood last. */
  at: number;
  /** In a replay: where it is going to be halted. */
  halts: List<number>;
}

export class Crew {
  private readonly members = list<Member>();
  private awaited: (() => void) | undefined;
  private readonly isRecording: boolean;

  constructor(isRecording: boolean) {
    this.isRecording = isRecording;
  }

  /** A worker was made; `log` is what it does in a replay. */
  join(worker: Worker, log: List<any>): Member {
    const halts = list<number>();
    for (let i = 0; i < log.length; i += 3) if (log[i] === 'C') append(halts, log[i + 1][0] as number);
    const member: Member = { worker, at: 0, halts };
    append(this.members, member);
    return member;
  }

  /** It was ended, or ended itself. */
  leave(worker: object): void {
    const { members } = this;
    let kept = 0;
    for (let i = 0; i < members.length; i++) if (members[i]!.worker !== worker) members[kept++] = members[i]!;
    members.length = kept;
    this.awaited?.();
  }

  /** It says where it stands. */
  halted(member: Member, n: number): void {
    member.at = n;
    this.awaited?.();
  }

  /** Returns when all workers stand at picture `n`, or have been waited for long enough. */
  halt(n: number): Promise<void> {
    if (this.isRecording) this.tell(['halt', n]);
    return new NativePromise((resolve) => {
      this.awaited = () => {
        for (let i = 0; i < this.members.length; i++) if (this.isAwaited(this.members[i] as Member, n)) return;
        this.awaited = undefined;
        resolve();
      };
      if (this.members.length > 0) nativeTimeout(resolve as () => void, this.isRecording ? RECORD_MS : REPLAY_MS);
      this.awaited();
    });
  }

  /** Picture `n` is taken. */
  resume(n: number): void {
    this.tell(['resume', n]);
  }

  private isAwaited(member: Member, n: number): boolean {
    if (member.at >= n) return false;
    if (this.isRecording) return true;
    for (let i = 0; i < member.halts.length; i++) if (member.halts[i] === n) return true;
    return false;
  }

  private tell(order: Order): void {
    for (let i = 0; i < this.members.length; i++) apply(post as Function, this.members[i]!.worker, [{ [config.token]: order }]);
  }
}
