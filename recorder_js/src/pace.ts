// When a strict replay stands, and when it goes on.
//
// It goes on by itself after the input it waited for, since a page that is about to leave cannot be told to: while
// a navigation is under way, Chromium keeps back every command to the script. Only a key still reaches the page then,
// so "go on" can also come as the release of a key that no keyboard has.
import { addEventListener, eventTimeStamp, preventDefault, stopImmediatePropagation } from './nativeevents.ts';
import { getter } from './natives.ts';
import type { Replaying, Stop } from './replaying.ts';
import { nativeTimeout, realNow, realOrigin, taskQueue } from './scheduler.ts';

/** First of sixteen key codes that no keyboard sends (Windows reserves 0xC1 to 0xD7). */
const FIRST_SIGNAL = 0xc1;
const SIGNALS = 16;
const STEP_MS = 10;
/** How long a window waits for somebody to listen. */
const PATIENCE_MS = 5000;
/** A key that says nothing: Chromium keeps mouse moves for the next frame, unless another input comes behind them. */
const HURRY = 0xd6;

// Boundary events are not here: layout moving under the mouse raises them as well.
const INPUT_EVENTS = [
  'pointermove', 'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'keydown', 'keyup', 'wheel', 'beforeinput', 'input',
];
const keyCode = getter<number>('KeyboardEvent', 'keyCode', 0);

/** Whoever a replay tells of the inputs and signals that reach the page. */
export interface Attentive {
  begin(): void;
  /** `at`: when the browser took the input, in milliseconds since 1970. */
  input(at: number): void;
  go(sequence: number): void;
  heed(is: boolean): void;
}

export class Pace implements Attentive {
  private sequence = 0;
  private standing: Stop['why'] | undefined;
  /** Since when, in milliseconds since 1970. */
  private since = 0;
  private waited = 0;
  private isHeeding = true;
  private readonly replaying: Replaying;
  private readonly prepare: (stop: Stop) => Promise<void>;
  private readonly tell: (stop: Stop, sequence: number) => void;
  private readonly isHeard: () => boolean;
  private readonly leave: () => void;
  private readonly soon: () => void;

  constructor(
    replaying: Replaying,
    prepare: (stop: Stop) => Promise<void>,
    tell: (stop: Stop, sequence: number) => void,
    isHeard: () => boolean,
    leave: () => void,
  ) {
    this.replaying = replaying;
    this.prepare = prepare;
    this.tell = tell;
    this.isHeard = isHeard;
    this.leave = leave;
    this.soon = taskQueue(() => void this.proceed());
  }

  /** A window that a page opened runs before anybody can listen: it could be over by then. */
  begin(): void {
    if (this.isHeard() || this.waited >= PATIENCE_MS) this.soon();
    else {
      this.waited += STEP_MS;
      nativeTimeout(() => this.begin(), STEP_MS);
    }
  }

  /** Goes on from the stop with this sequence number, if the replay still stands there. */
  go(sequence: number): void {
    if (this.standing === undefined || this.standing === 'end' || sequence !== this.sequence % SIGNALS) return;
    this.standing = undefined;
    this.soon();
  }

  /**
   * The input that was waited for is here; the rest of the page's reaction to it is the same task. One that the
   * browser took before we stood here is that of an earlier stop, late on a busy machine.
   */
  input(at: number): void {
    if (this.isHeeding && this.standing === 'input' && at >= this.since) this.go(this.sequence % SIGNALS);
  }

  /** Whether inputs are those that the log waits for: before its first one, a mouse has to come to where that was. */
  heed(is: boolean): void {
    this.isHeeding = is;
  }

  private async proceed(): Promise<void> {
    this.leave();
    const stop = await this.replaying.run();
    await this.prepare(stop);
    this.sequence++;
    this.standing = stop.why;
    this.since = realOrigin + realNow();
    this.tell(stop, this.sequence % SIGNALS);
  }
}

/** Listens for inputs and signals in one realm, before the page can. */
export function followPace(pace: () => Attentive | undefined): void {
  const arrived = (event: Event): void => {
    if (event.isTrusted) pace()?.input(realOrigin + eventTimeStamp(event));
  };
  // With it comes an editing command that no key stands for; see the clipboard of a replay.
  addEventListener(window, 'keydown', (event: Event) => {
    if (event.isTrusted && keyCode(event) === HURRY) stopImmediatePropagation(event);
  }, true);
  addEventListener(window, 'keyup', (event: Event) => {
    const code = keyCode(event);
    const signal = code - FIRST_SIGNAL;
    const isSignal = signal >= 0 && signal < SIGNALS;
    if (!event.isTrusted || !(isSignal || code === HURRY)) return;
    stopImmediatePropagation(event);
    preventDefault(event);
    if (isSignal) pace()?.go(signal);
  }, true);
  for (let i = 0; i < INPUT_EVENTS.length; i++) addEventListener(window, INPUT_EVENTS[i] as string, arrived, true);
}
