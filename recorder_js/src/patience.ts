// How long a replay waits for the entry that its log stands on: so many milliseconds, and frames of the browser where
// these are what it waits for.
import { nativeFrame, nativeTimeout, realNow } from './scheduler.ts';
import type { Run } from './timeline.ts';

/** On a machine that draws nothing at all the time is over some day. */
const FEW_FRAMES_LIMIT = 3000;
const LOOK_MS = 4;

export class Patience {
  /** Frames that were drawn since. */
  frames = 0;
  /** The entry that is waited for. */
  private at = -1;
  private since = -1;
  private readonly look: Run;

  /** `look`: called every now and then, to see whether it has come or been waited for long enough. */
  constructor(look: Run) {
    this.look = look;
  }

  /** Whether this entry has been found missing. */
  isWaiting(at: number): boolean {
    return this.at === at;
  }

  /** Milliseconds since then. */
  get waited(): number {
    return this.since < 0 ? 0 : realNow() - this.since;
  }

  /** True when it has been waited for long enough. */
  isOver(at: number, limit: number, frames = 0): boolean {
    const now = realNow();
    if (this.since < 0 || this.at !== at) {
      this.since = now;
      this.at = at;
      this.frames = 0;
      if (frames > 0) this.countFrames(at);
    }
    const waited = now - this.since;
    if (waited >= limit && (this.frames >= frames || waited >= FEW_FRAMES_LIMIT)) return true;
    if (limit < Infinity) {
      nativeTimeout(() => {
        if (this.at === at) this.look();
      }, LOOK_MS);
    }
    return false;
  }

  /** The log went on. */
  end(): void {
    this.since = -1;
  }

  private countFrames(at: number): void {
    nativeFrame(() => {
      if (this.at !== at || this.since < 0) return;
      this.frames++;
      this.countFrames(at);
    });
  }
}
