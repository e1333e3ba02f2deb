// What turns back half way, or is called off, in a replay. A transition does so from where it stands when styles are
// worked out, which the browser does for a frame, after the code that caused it (CSS Transitions, 3): until then it has
// to stand there. Whoever asks an animation for its state has styles worked out, so all is known beforehand here.
import { type AnimationLike, type Moment, type Moments, endOf, getTime, isOff, keyOf, setTime, timeOf } from './animations.ts';
import { type List, list, NativeWeakMap, weakMapGet, weakMapSet } from './natives.ts';
import { TICKS } from './timeline.ts';

interface Course {
  end: number;
  rate: number;
  /** The ticks at which it stood at its beginning. */
  begun: number;
  /** Where it stands, in ms. */
  at: number;
}

/** What a guess of a frame, and the frame, may differ by. */
const CLOSE_MS = 1;

/** Where the clock brings one that stood at its beginning at `begun`, in ms; all else in ticks. */
export const courseAt = (ticks: number, begun: number, rate: number): number => ((ticks - begun) / TICKS) * rate;

export class Turning {
  private readonly courses = new NativeWeakMap<AnimationLike, Course | undefined>();

  /** One is driven. */
  note(animation: AnimationLike, course: Course): void {
    weakMapSet(this.courses, animation, course);
  }

  /**
   * Has those that are about to be called off stand where they were then; of several of a kind the nearest. `frame`: only
   * those that come there until a frame that began then.
   */
  turn(driven: List<AnimationLike>, moments: Moments, frame = Infinity): void {
    const used = list<boolean>();
    for (let i = 0; i < moments.length; i += 2) {
      const at = timeOf(moments[i + 1] as Moment);
      const found = this.nearest(driven, moments[i] as string, at, frame, used);
      if (found < 0) continue;
      used[found] = true;
      const { begun, rate } = weakMapGet(this.courses, driven[found] as AnimationLike) as Course;
      if (at <= courseAt(frame, begun, rate) + CLOSE_MS) setTime(driven[found] as AnimationLike, at);
    }
  }

  /** Whether one is over when a frame begins, and not called off: `turned`. */
  isOver(animation: AnimationLike, begun: number, frame: number, turned: Moments | undefined): boolean {
    const course = weakMapGet(this.courses, animation);
    if (!course || isOff(animation) || getTime(animation) >= course.end) return false;
    if (course.rate <= 0 || courseAt(frame, begun, course.rate) < course.end) return false;
    const key = turned && keyOf(animation);
    for (let i = 0; turned && i < turned.length; i += 2) if (turned[i] === key) return false;
    return true;
  }

  /** Whether one that is over was called off at its end, with what that took away; see beat.ts. */
  isCalledOff(animation: AnimationLike, turned: Moments | undefined): boolean {
    const key = turned && keyOf(animation);
    for (let i = 0; turned && i < turned.length; i += 2) {
      if (turned[i] === key && timeOf(turned[i + 1] as Moment) >= endOf(animation)) return true;
    }
    return false;
  }

  /** In that frame, not where it was last: rows that a mouse crosses, one in each frame, come there one after the other. */
  private nearest(driven: List<AnimationLike>, key: string, at: number, frame: number, used: List<boolean>): number {
    let nearest = -1;
    let least = Infinity;
    for (let i = 0; i < driven.length; i++) {
      const course = used[i] ? undefined : weakMapGet(this.courses, driven[i] as AnimationLike);
      if (!course || at >= course.end || keyOf(driven[i] as AnimationLike) !== key || isOff(driven[i] as AnimationLike)) continue;
      const stands = frame === Infinity ? course.at : courseAt(frame, course.begun, course.rate);
      const off = stands < at ? at - stands : stands - at;
      if (off >= least) continue;
      least = off;
      nearest = i;
    }
    return nearest;
  }
}
