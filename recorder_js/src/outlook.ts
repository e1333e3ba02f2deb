// What the log of a replay tells of the time to come, and what of all that moves cannot be over before.
import { type AnimationLike, type Moment, type Moments, endOf, keyOf, playState, rateOf, timeOf } from './animations.ts';
import type { List } from './natives.ts';
import { TICKS, type Timeline } from './timeline.ts';

/** An end that the log tells of may come this much before ours, where it can be of nothing else. */
export const MOST_EARLY_MS = 1000;

/** What we see begin has begun in the recording at that time or later, but for the frames of a clock that was read. */
const EARLY_MS = 50;

/** A picture of the recording: when it was taken, and where what moved stood then. */
export interface Pictured {
  ticks: number;
  moments: Moments;
}

/** What the log tells of the time to come. */
export interface Foretold {
  /** The picture that comes next. */
  readonly next: Pictured | undefined;
  /** What is called off next, and where it stood then; `isFrame`: only in the very frame in which that is. */
  turned(isFrame: boolean): Moments | undefined;
  /** The next frame that says how all stands. */
  readonly standing: Pictured | undefined;
  /** Whether all stood still for the picture that was taken last. */
  readonly stood: boolean;
  /** How all stands in the frame of what comes next, as far as something stands before its beginning. */
  readonly back: Moments | undefined;
}

/** What is known of those that a replay moves. */
interface Driven {
  isShown(animation: AnimationLike): boolean;
  begunOf(animation: AnimationLike): number | undefined;
  hasBeenFound(animation: AnimationLike): boolean;
}

export class Outlook {
  private readonly timeline: Timeline;
  private readonly log: Foretold;
  private readonly driven: Driven;

  constructor(timeline: Timeline, log: Foretold, driven: Driven) {
    this.timeline = timeline;
    this.log = log;
    this.driven = driven;
  }

  /**
   * Whether the next picture shows this animation on its way. The browser begins one at the frame that follows, which
   * we do not wait for: ours is early by that much, and must not be over before. Of several alike the oldest end first.
   */
  outlasts(animation: AnimationLike, all: List<AnimationLike>, next: Pictured | undefined): boolean {
    if (!this.driven.isShown(animation)) return false;
    return this.isShownIn(next, animation, all, this.timeline.ticks) || this.isAwaited(animation, all);
  }

  /** A busy browser may take as long as all of a motion until it begins; a frame may find it before its beginning. */
  private isAwaited(animation: AnimationLike, all: List<AnimationLike>): boolean {
    const { standing } = this.log;
    return standing !== undefined && !this.driven.hasBeenFound(animation) && standing.ticks <= this.timeline.ticks + MOST_EARLY_MS * TICKS
      && this.isShownIn(standing, animation, all, Infinity);
  }

  /** `ticks`: when it has begun at the latest. */
  private isShownIn(next: Pictured | undefined, animation: AnimationLike, all: List<AnimationLike>, ticks: number): boolean {
    if (!next) return false;
    const key = keyOf(animation);
    const end = endOf(animation);
    const begun = this.driven.begunOf(animation) as number;
    let shown = 0;
    for (let i = 0; i < next.moments.length; i += 2) {
      if (next.moments[i] !== key) continue;
      const at = timeOf(next.moments[i + 1] as Moment);
      const began = next.ticks - (at * TICKS) / (rateOf(animation) || 1);
      if (at < end && began <= ticks && began >= begun - EARLY_MS * TICKS) shown++;
    }
    for (let i = 0; i < all.length && shown > 0; i++) {
      const other = all[i] as AnimationLike;
      if (other === animation || !this.driven.isShown(other) || playState(other) === 'finished' || keyOf(other) !== key) continue;
      if ((this.driven.begunOf(other) ?? ticks) > begun) shown--;
    }
    return shown > 0;
  }
}
