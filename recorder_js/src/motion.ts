// What moves in a replay, and when the browser has drawn it: its frames come when they like, so what a page hears of
// them has to be helped on.
import { isBoundary, isCourseOfMotion, isEndOfMotion, limitOf } from './limits.ts';
import type { Log } from './log.ts';
import type { Patience } from './patience.ts';
import { nativeFrame, nativeTimeout } from './scheduler.ts';
import { type Run, TICKS } from './timeline.ts';

/** Frames after which what has ended, or moved, would have told so. */
const FRAMES_TO_TELL = 3;
/** Ticks by which a motion may have begun later than in the recording. */
const LATE = 60 * TICKS;

export class Motion {
  /** Called when what looks at the layout is due so many ticks from now: whether something moves until then. */
  onLook: (ahead: number) => boolean = () => false;
  /** Whether something has come up or ended since this was asked last. */
  takeUntold: () => boolean = () => false;
  /** Whether the browser has to draw what ends in a frame that began then, before its entry is taken. */
  mustDraw: (began: number) => boolean = () => false;
  /** Called when the log stands on the end of an animation that has not come, so many ticks from now. */
  onEnd: (ahead: number) => void = () => {};
  /** Called when frames have been drawn since, and it still has not come. */
  onMissingEnd: (name: string) => void = () => {};
  /** Called when frames have been drawn, and none told that the mouse is over something else. */
  onMissingBoundary: Run = () => {};
  private readonly log: Log;
  private readonly patience: Patience;
  /** Where in the log a frame has been drawn, what moves been looked at, and an event of it been forced. */
  private drawnAt = -1;
  private lookedAt = -1;
  private forcedAt = -1;
  /** Whether a frame is waited for. */
  isDrawing = false;

  constructor(log: Log, patience: Patience) {
    this.log = log;
    this.patience = patience;
  }

  /** Whether what moves has changed the page until the entry that the log stands on. */
  hasMoved(): boolean {
    const { at, ahead } = this.log;
    const moved = this.lookedAt !== at && this.onLook(ahead);
    this.lookedAt = at;
    return moved;
  }

  get isDrawn(): boolean {
    return this.drawnAt === this.log.at;
  }

  /** Goes on when a frame has been drawn; without one, in a window that nobody sees, after a while. */
  draw(then: Run): void {
    const { at } = this.log;
    this.isDrawing = true;
    let isOver = false;
    const drawn = (): void => {
      if (isOver) return;
      isOver = true;
      this.isDrawing = false;
      this.drawnAt = at;
      then();
    };
    nativeFrame(() => nativeTimeout(drawn, 0));
    nativeTimeout(drawn, limitOf('O', ''));
  }

  /** The log stands on an event that has not come. */
  helpOn(name: string): void {
    const { at, ahead } = this.log;
    const isEnd = isEndOfMotion(name);
    const rests = isBoundary(name);
    if (!isEnd && !rests && !isCourseOfMotion(name)) return;
    if (!this.patience.isWaiting(at)) {
      if (isEnd) this.onEnd(ahead);
      // A delay that is over, an iteration, another element under the mouse: what moves is where that happens, or a
      // little further where it began late.
      else this.onLook(ahead);
    } else if (this.patience.frames >= FRAMES_TO_TELL && this.forcedAt !== at) {
      this.forcedAt = at;
      // What has just ended tells so in the next frame: only then can it be something else that ended.
      if (isEnd) return this.onMissingEnd(name);
      this.onLook(ahead + LATE);
      if (rests) this.onMissingBoundary();
    }
  }
}
