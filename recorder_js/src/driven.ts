// CSS transitions, CSS animations and the Web Animations API under the virtual clock of a replay.
import {
  type AnimationLike, type Moment, type Moments, NUDGE_MS, animationsOf, endOf, finish, followsClock, getTime, keyOf,
  pause, playState, rateOf, setTime, takeCourse, timeOf,
} from './animations.ts';
import { Beat, takesAway } from './beat.ts';
import { Ends } from './ends.ts';
import { FRAME_TICKS } from './frames.ts';
import {
  type List, append, list, NativeWeakMap, stringIndexOf, stringSlice, weakMapGet, weakMapSet,
} from './natives.ts';
import { type Foretold, Outlook, type Pictured } from './outlook.ts';
import { FRAME_LIMIT_MS } from './posing.ts';
import { type Run, TICKS, type Timeline } from './timeline.ts';
import { Turning, courseAt } from './turning.ts';

/** An end that the log tells of may come this much before ours: both clocks tick in frames. */
const NEAR_END_MS = 60;
/** So far off is what a picture tells of where something stood, at the most. */
const ROUNDED_MS = 0.06;

/** What begins with the next frame: since when it could, and where it stands until then. */
interface Pending {
  animation: AnimationLike;
  since: number;
  at: number;
}

/** Replay: every animation is paused as soon as it is seen and follows the virtual clock. */
export class DrivenAnimations {
  /** By animation that we drive, the ticks at which it stood at its beginning. */
  private readonly begun = new NativeWeakMap<AnimationLike, number | undefined>();
  /** What a frame of the log has found under way. */
  private readonly isUnderWay = new NativeWeakMap<AnimationLike, boolean>();
  /** The moments at which animations were placed last. */
  private readonly placed = new NativeWeakMap<AnimationLike, Moments>();
  private readonly timeline: Timeline;
  private readonly documents: List<Document>;
  private readonly log: Foretold;
  private last = -1;
  /** What we drive, wherever it is. */
  private driven = list<AnimationLike>();
  /** The look at the documents in which an animation was last seen there, and the number of the latest look. */
  private readonly seenIn = new NativeWeakMap<AnimationLike, number>();
  private looks = 0;
  /** How far into the future everything is shown, in ticks. */
  private ahead = 0;
  /** When the latest frame began that the log tells of, in ticks. */
  private frame = -Infinity;
  /** And when it told so. */
  private told = -Infinity;
  /** When the picture was taken after which nothing moves yet, in ticks. */
  private resting: number | undefined;
  /** Whether what is seen for the first time came up in that frame. */
  private drew = false;
  private pending = list<Pending>();
  private readonly turning = new Turning();
  private readonly beat = new Beat();
  private readonly outlook: Outlook;
  private readonly ends: Ends;
  /** Whether something has come up or ended that no frame of the browser has told. */
  private isUntold = false;
  /** Whether something stands at its end, and no styles may be worked out before the browser has drawn that. */
  private isEnding = false;

  constructor(timeline: Timeline, documents: List<Document>, log: Foretold) {
    this.timeline = timeline;
    this.documents = documents;
    this.log = log;
    this.outlook = new Outlook(timeline, log, this);
    this.ends = new Ends(this, this.outlook);
  }

  /** Where the clock stands for what moves: it does so in frames, as far as the log tells of them. */
  private get ticks(): number {
    if (this.resting !== undefined) return this.resting;
    const ticks = this.timeline.ticks + this.ahead;
    return ticks - this.told < FRAME_TICKS ? this.frame : ticks;
  }

  /** Time goes on, after a callback that may have had something move: `drew` when that was one of a frame. */
  jump(drew: boolean): void {
    this.drew = drew;
    this.follow(true);
    this.drew = false;
  }

  /** The same, and a frame comes that began then: when it works out styles, what moves is where it has it. */
  approach(began: number, drew: boolean): void {
    this.turnBack(began);
    this.jump(drew);
  }

  /** What the log says was called off next stood somewhere then: there it goes, unless it does so in a later frame. */
  turnBack(frame: number): void {
    const now = this.log.turned(true);
    const soon = now ?? this.log.turned(false);
    if (soon) this.turning.turn(this.driven, soon, now ? Infinity : frame);
  }

  /** What the log calls off next, now or in a later frame. */
  private get turned(): Moments | undefined {
    return this.log.turned(true) ?? this.log.turned(false);
  }

  /** A frame comes that began then, and the browser may draw it at any time. */
  foresee(began: number): void {
    this.turnBack(began);
    // The log may tell a frame late what was called off.
    const turned = this.log.turned(false);
    for (let i = 0; i < this.driven.length; i++) {
      const animation = this.driven[i] as AnimationLike;
      const begun = weakMapGet(this.begun, animation);
      // Of the others we may be wrong about when they began.
      if (begun === undefined || !weakMapGet(this.isUnderWay, animation)) continue;
      if (!this.ends.isEnding(animation) && this.turning.isOver(animation, begun, began, turned)) {
        this.isEnding = true;
        this.ends.end(animation);
      }
    }
  }

  /** Whether the browser has to draw what ends by then, before anybody looks. */
  mustDraw(began: number): boolean {
    this.foresee(began);
    const { isEnding } = this;
    this.isEnding = false;
    return isEnding;
  }

  get isMoving(): boolean {
    return this.driven.length > 0;
  }

  /** A frame begins: what came up since the last one begins with it, unless the log says where everything stands. */
  enterFrame(began: number, standing?: Moments): void {
    this.frame = began;
    this.told = this.timeline.ticks;
    const moves = this.follow(true);
    if (standing) this.resting = undefined;
    const { pending } = this;
    this.pending = list();
    for (let i = 0; i < pending.length; i++) {
      const { animation, since, at } = pending[i] as Pending;
      if (began - since <= FRAME_TICKS && weakMapGet(this.begun, animation) !== undefined) this.begin(animation, at);
    }
    if (standing) this.stand(standing);
    if (standing || pending.length > 0) this.follow(true);
    // A transition that turns back now does so from what the browser last drew: it takes over where everything stands.
    if (moves) animationsOf(this.documents);
  }

  private stand(standing: Moments): void {
    this.match(standing, (animation, moment) => {
      if (typeof moment !== 'number') takeCourse(animation, moment[1], moment[2]);
      this.begin(animation, timeOf(moment));
      if (timeOf(moment) > 0) weakMapSet(this.isUnderWay, animation, true);
    });
  }

  /** Which of those that we drive has which moment. */
  private match(standing: Moments, take: (animation: AnimationLike, moment: Moment) => void): void {
    const all = animationsOf(this.documents);
    const used = list<boolean>();
    for (let i = 0; i < all.length; i++) {
      const animation = all[i] as AnimationLike;
      const found = takeKey(standing, keyOf(animation), used);
      if (found >= 0 && weakMapGet(this.begun, animation) !== undefined) take(animation, standing[found + 1] as Moment);
    }
  }

  /** Moves all animations to the present; at most every 8 virtual milliseconds unless `now`. True when something moves. */
  follow(now = false): boolean {
    const { ticks } = this;
    if (!now && ticks - this.last < 8 * TICKS) return false;
    this.last = ticks;
    const frame = this.timeline.ticks - this.told < FRAME_TICKS ? this.frame : Infinity;
    this.turnBack(frame);
    const moves = this.drive(this.moving(), this.log.next);
    this.turnBack(frame);
    return moves;
  }

  /** Moves all to where they stand `ahead` ticks from now, for what looks at the page then. True when something moves. */
  lookAhead(ahead: number): boolean {
    this.ahead = ahead;
    const moves = this.follow(true);
    this.ahead = 0;
    return moves;
  }

  /** What the documents show, and what we drive that has left them: the page may wait for its end. */
  private moving(): List<AnimationLike> {
    const all = animationsOf(this.documents);
    this.looks++;
    for (let i = 0; i < all.length; i++) weakMapSet(this.seenIn, all[i] as AnimationLike, this.looks);
    const before = this.driven;
    this.driven = list();
    for (let i = 0; i < before.length; i++) {
      const animation = before[i] as AnimationLike;
      if (playState(animation) !== 'paused' || weakMapGet(this.begun, animation) === undefined) continue;
      append(this.driven, animation);
      if (!this.isShown(animation) && endOf(animation) !== Infinity) append(all, animation);
    }
    return all;
  }

  /** Whether the documents show it; of those that have left them the page may wait for their end. */
  isShown(animation: AnimationLike): boolean {
    return weakMapGet(this.seenIn, animation) === this.looks;
  }

  /** The ticks at which it stood at its beginning; undefined for one that is not ours to move. */
  begunOf(animation: AnimationLike): number | undefined {
    return weakMapGet(this.begun, animation);
  }

  /** Whether a frame of the log has found it on its way. */
  hasBeenFound(animation: AnimationLike): boolean {
    return weakMapGet(this.isUnderWay, animation) === true;
  }

  /**
   * The log says that something ended `ahead` ticks from now: what is over by then ends. In front of its beginning is an
   * end as well (CSS Transitions 2, 6): a frame of the browser may come to one that has begun for the frame after it.
   * By a microsecond is not enough for Chromium 156.
   */
  endDue(ahead: number): void {
    const { back } = this.log;
    if (back) return this.match(back, (animation, moment) => void (timeOf(moment) < 0 && setTime(animation, timeOf(moment) - NUDGE_MS)));
    const all = this.moving();
    const { next } = this.log;
    this.drive(all, next);
    this.ends.endWithin(ahead / TICKS + NEAR_END_MS, all, next);
  }

  /**
   * What the log says has ended did not: it can only be what is nearest to its end, of all whose end would be heard as
   * that entry. A busy compositor begins one long before it is seen to, so that it may be far from its end here.
   */
  endNearest(entry: string): void {
    const type = stringSlice(entry, stringIndexOf(entry, ':') + 1);
    this.ends.endNearest(this.timeline.hearerOf(entry), type, this.moving(), this.log.next);
  }

  /**
   * Sets the exact moments of a checkpoint, before each of its frames; what had ended by then ends. Gives the number
   * of animations.
   */
  place(moments: Moments): number {
    this.resting = undefined;
    const moving = this.moving();
    const now: Pictured = { ticks: this.timeline.ticks, moments };
    this.drive(moving, now);
    const all = animationsOf(this.documents);
    const used = list<boolean>();
    for (let i = 0; i < all.length; i++) this.leaveOver(all[i] as AnimationLike, moments, used);
    for (let i = 0; i < all.length; i++) {
      const animation = all[i] as AnimationLike;
      if (playState(animation) === 'finished') continue;
      const found = takeKey(moments, keyOf(animation), used);
      if (found < 0) {
        if (endOf(animation) !== Infinity) finish(animation);
        continue;
      }
      this.placeAt(animation, moments, moments[found + 1] as Moment);
    }
    return all.length;
  }

  /**
   * The picture is taken. What stood still for it goes on with the browser's next frame, which a busy one drew late:
   * the log says there how all stands.
   */
  leave(): void {
    const { next, standing, stood } = this.log;
    const { ticks } = this.timeline;
    const isNext = stood && standing !== undefined && standing.ticks - ticks < FRAME_LIMIT_MS * TICKS && !(next && next.ticks < standing.ticks);
    this.resting = isNext ? this.ticks : undefined;
    this.follow(true);
  }

  private placeAt(animation: AnimationLike, moments: Moments, moment: Moment): void {
    const at = timeOf(moment);
    // The picture shows it on its way: it was not that which ended.
    this.ends.stay(animation);
    const isNew = weakMapGet(this.placed, animation) !== moments;
    weakMapSet(this.placed, animation, moments);
    if (isNew && typeof moment !== 'number') takeCourse(animation, moment[1], moment[2]);
    setTime(animation, isNew ? at + NUDGE_MS : at);
    if (weakMapGet(this.begun, animation) !== undefined && !this.isThere(animation, at)) this.begin(animation, at);
  }

  /** Whether one that did not stand still for the picture is where that has it, rounded: what we know is more exact. */
  private isThere(animation: AnimationLike, at: number): boolean {
    const off = this.clockOf(animation) - at;
    return !this.log.stood && off < ROUNDED_MS && off > -ROUNDED_MS;
  }

  /** What is shown, on its way, and stands still for us alone. */
  get held(): List<AnimationLike> {
    const all = animationsOf(this.documents);
    const held = list<AnimationLike>();
    for (let i = 0; i < all.length; i++) {
      const animation = all[i] as AnimationLike;
      if (playState(animation) === 'paused' && weakMapGet(this.begun, animation) !== undefined) append(held, animation);
    }
    return held;
  }

  /** One that is over, and goes on to be shown as it ended, has its moment among the others of its kind. */
  private leaveOver(animation: AnimationLike, moments: Moments, used: List<boolean>): void {
    if (playState(animation) !== 'finished') return;
    const key = keyOf(animation);
    const at = getTime(animation);
    for (let i = 0; i < moments.length; i += 2) {
      if (used[i] || moments[i] !== key || timeOf(moments[i + 1] as Moment) !== at) continue;
      used[i] = true;
      return;
    }
  }

  /**
   * True when there is one that we move. All are asked for their state before any is moved: the answer has the browser
   * work out styles, which every move makes due again.
   */
  private drive(all: List<AnimationLike>, next: Pictured | undefined): boolean {
    const ours = list<AnimationLike>();
    for (let i = 0; i < all.length; i++) {
      const animation = all[i] as AnimationLike;
      if (this.ends.isEnding(animation)) continue;
      this.adopt(animation);
      const state = playState(animation);
      if (state === 'finished' || state === 'idle' || weakMapGet(this.begun, animation) === undefined) continue;
      if (state === 'running') pause(animation);
      append(ours, animation);
    }
    for (let i = 0; i < ours.length; i++) this.advance(ours[i] as AnimationLike, all, next);
    return ours.length > 0;
  }

  private advance(animation: AnimationLike, all: List<AnimationLike>, next: Pictured | undefined): void {
    const at = this.clockOf(animation);
    const end = endOf(animation);
    const rate = rateOf(animation);
    this.turning.note(animation, { begun: weakMapGet(this.begun, animation) as number, end, rate, at });
    // The frame that is shown may have begun before what came up in it.
    if (rate < 0 ? at > 0 : at < end) setTime(animation, at < 0 ? 0 : at);
    else if (this.outlook.outlasts(animation, all, next)) setTime(animation, end - NUDGE_MS);
    else {
      // What a frame ends stands there already, and has told so.
      if (rate < 0 || getTime(animation) < end) this.isUntold = true;
      // Code may read where it stands before the browser draws it.
      if (takesAway(animation) && !this.turning.isCalledOff(animation, this.turned)) this.ends.end(animation);
      else finish(animation);
    }
  }

  /** One that the page itself keeps paused stays as it is. */
  private adopt(animation: AnimationLike): void {
    if (playState(animation) !== 'running' || weakMapGet(this.begun, animation) !== undefined || !followsClock(animation)) return;
    const { ticks } = this.timeline;
    weakMapSet(this.begun, animation, this.drew ? this.frame : ticks);
    if (!this.drew) append(this.pending, { animation, since: ticks, at: 0 });
    append(this.driven, animation);
    this.isUntold = true;
    pause(animation);
    this.beat.keep(animation);
  }

  /** Whether something has come up or ended since this was asked last. */
  takeUntold(): boolean {
    const { isUntold } = this;
    this.isUntold = false;
    return isUntold;
  }

  /** It stands at `at` ms now, and moves from there. */
  private begin(animation: AnimationLike, at: number): void {
    weakMapSet(this.begun, animation, this.ticks - (at * TICKS) / (rateOf(animation) || 1));
  }

  /** Where the clock has brought one that we drive, in ms. */
  private clockOf(animation: AnimationLike): number {
    const begun = weakMapGet(this.begun, animation) as number;
    return rateOf(animation) === 0 ? getTime(animation) : courseAt(this.ticks, begun, rateOf(animation));
  }

  // ---- what the page itself does with an animation

  /** Whether it runs, as far as the page knows. */
  isDriven(animation: AnimationLike): boolean {
    this.adopt(animation);
    return playState(animation) === 'paused' && weakMapGet(this.begun, animation) !== undefined;
  }

  /** Brings one to the present, for the page to read. */
  bring(animation: AnimationLike): void {
    if (this.isDriven(animation)) setTime(animation, within(this.clockOf(animation), endOf(animation)));
  }

  /** What the page does to one, and whether that has it run on, stand still, or leaves it as it was. */
  steer(animation: AnimationLike, then: 'run' | 'stand' | 'same', change: Run): void {
    this.bring(animation);
    const wasDriven = this.isDriven(animation);
    change();
    if (then === 'same' && wasDriven) this.begin(animation, getTime(animation));
    else if (then === 'run' && playState(animation) === 'running') {
      const at = getTime(animation);
      pause(animation);
      setTime(animation, at);
      this.begin(animation, at);
      append(this.pending, { animation, since: this.timeline.ticks, at });
      append(this.driven, animation);
    } else if (then !== 'same') weakMapSet(this.begun, animation, undefined);
  }
}

const within = (at: number, end: number): number => (at < 0 ? 0 : at > end ? end : at);

/** Where the first of a kind stands that no other has taken; -1 if there is none. */
function takeKey(moments: Moments, key: string, used: List<boolean>): number {
  for (let i = 0; i < moments.length; i += 2) {
    if (used[i] || moments[i] !== key) continue;
    used[i] = true;
    return i;
  }
  return -1;
}
