// What ends, in a replay, because the log says so or because the browser is about to draw it over.
import {
  type AnimationLike, endOf, endWithFrame, getTime, isHeardBy, pause, playState, rateOf,
} from './animations.ts';
import { type List, append, list, NativeWeakMap, weakMapGet, weakMapSet } from './natives.ts';
import { MOST_EARLY_MS, type Outlook, type Pictured } from './outlook.ts';

interface Driven {
  begunOf(animation: AnimationLike): number | undefined;
}

export class Ends {
  /** What ends with the browser's next frame. */
  private readonly ending = new NativeWeakMap<AnimationLike, boolean>();
  private readonly driven: Driven;
  private readonly outlook: Outlook;

  constructor(driven: Driven, outlook: Outlook) {
    this.driven = driven;
    this.outlook = outlook;
  }

  isEnding(animation: AnimationLike): boolean {
    return weakMapGet(this.ending, animation) === true;
  }

  /** See `endWithFrame`. */
  end(animation: AnimationLike): void {
    weakMapSet(this.ending, animation, true);
    endWithFrame(animation);
  }

  /** A picture shows one on its way: it was not that which ended. */
  stay(animation: AnimationLike): void {
    if (!this.isEnding(animation)) return;
    weakMapSet(this.ending, animation, false);
    pause(animation);
  }

  /** Ends what is over in so many milliseconds. */
  endWithin(milliseconds: number, all: List<AnimationLike>, next: Pictured | undefined): void {
    const over = list<AnimationLike>();
    for (let i = 0; i < all.length; i++) {
      if (this.leftOf(all[i] as AnimationLike, all, next) <= milliseconds) append(over, all[i] as AnimationLike);
    }
    for (let i = 0; i < over.length; i++) this.end(over[i] as AnimationLike);
  }

  /** Ends what is nearest to its end of all that `hearer` would hear end as `type`; of the others only what is near. */
  endNearest(hearer: object | undefined, type: string, all: List<AnimationLike>, next: Pictured | undefined): void {
    const heard = list<AnimationLike>();
    for (let i = 0; hearer && i < all.length; i++) if (isHeardBy(hearer, type, all[i] as AnimationLike)) append(heard, all[i] as AnimationLike);
    const nearest = this.nearestIn(heard, all, next, Infinity) ?? this.nearestIn(all, all, next, 2 * MOST_EARLY_MS);
    if (nearest) this.end(nearest);
  }

  private nearestIn(
    some: List<AnimationLike>, all: List<AnimationLike>, next: Pictured | undefined, limit: number,
  ): AnimationLike | undefined {
    let nearest: AnimationLike | undefined;
    let least = limit;
    for (let i = 0; i < some.length; i++) {
      const left = this.leftOf(some[i] as AnimationLike, all, next);
      if (left >= least) continue;
      least = left;
      nearest = some[i] as AnimationLike;
    }
    return nearest;
  }

  /** Milliseconds to the end of what we drive; what the next picture shows on its way comes last. */
  private leftOf(animation: AnimationLike, all: List<AnimationLike>, next: Pictured | undefined): number {
    if (playState(animation) !== 'paused' || this.driven.begunOf(animation) === undefined) return Infinity;
    const rate = rateOf(animation);
    const left = (rate < 0 ? getTime(animation) : endOf(animation) - getTime(animation)) / (rate < 0 ? -rate : rate);
    return this.outlook.outlasts(animation, all, next) ? left + MOST_EARLY_MS : left;
  }
}
