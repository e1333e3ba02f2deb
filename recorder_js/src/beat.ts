// Frames for what takes an element away when it ends: a transition of `display`, of the top layer.
//
// The browser begins a frame with what is under the mouse, for which it works out styles; only then it ends what moves,
// and tells so. Without a frame that somebody waits for, its clock is that of the new frame by then (Chromium 156): the
// element is gone before anything has ended, and all that moves there is called off.
import { type AnimationLike, endOf, getTime, isOff, keyOf } from './animations.ts';
import { type List, append, list, stringIndexOf } from './natives.ts';
import { nativeFrame } from './scheduler.ts';

const TAKING_AWAY = ['display@', 'overlay@', 'content-visibility@'];

/** Whether its end may take an element away, with all that moves there. */
export function takesAway(animation: AnimationLike): boolean {
  const key = keyOf(animation);
  for (let i = 0; i < TAKING_AWAY.length; i++) if (stringIndexOf(key, TAKING_AWAY[i] as string) === 0) return true;
  return false;
}

export class Beat {
  private kept = list<AnimationLike>();
  private isBeating = false;

  /** Something begins to move. */
  keep(animation: AnimationLike): void {
    if (takesAway(animation)) append(this.kept, animation);
    if (this.kept.length > 0 && !this.isBeating) this.next();
  }

  private next(): void {
    const before: List<AnimationLike> = this.kept;
    this.kept = list();
    for (let i = 0; i < before.length; i++) {
      const animation = before[i] as AnimationLike;
      if (!isOff(animation) && getTime(animation) < endOf(animation)) append(this.kept, animation);
    }
    this.isBeating = this.kept.length > 0;
    if (this.isBeating) nativeFrame(() => this.next());
  }
}
