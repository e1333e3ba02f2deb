// Checkpoints of a recording: when is the page still, and how is it kept still for a picture.
import { isPickerOpen } from './bubbles.ts';
import { Stillness, motionLeft, momentsOf } from './animations.ts';
import { pendingOf } from './gates.ts';
import { STILL, marker } from './log.ts';
import { type List, getter } from './natives.ts';
import { controlValue, documentElement, documentTitle, queryAll, textContent } from './nodes.ts';
import { drawAnew, frames, hideCaret } from './posing.ts';
import type { Recording } from './recording.ts';
import { nativeTimeout, realNow, watchMutations } from './scheduler.ts';
import { restOf } from './snapping.ts';
import type { Stage } from './stage.ts';
import { unstableIn } from './unstable.ts';

const QUIET_MS = 120;
const TYPING_MS = 450;
const CAP_MS = 900;
/** With an answer of the network still out. */
const NETWORK_CAP_MS = 3000;
/** A picture of what moves is worth less than one of where it comes to rest, if that is soon. */
const MOTION_MS = 1000;
const STEP_MS = 30;

export const readyState = getter<string>('Document', 'readyState', 'complete');
const imageComplete = getter<boolean>('HTMLImageElement', 'complete', true);

export class Settling {
  private owed = false;
  private owedSince = 0;
  private lastChange = 0;
  private quiet = QUIET_MS;
  private polling = false;
  private stopWatching: (() => void) | undefined;
  private asked: number | undefined;
  private release: (() => void) | undefined;
  private touched = false;
  /** The freeze stands in the log. */
  private written = false;
  /** What had come that nobody can hold when the freeze was written. */
  private witnessed = 0;
  private readonly stage: Stage;
  private readonly recording: Recording;

  constructor(stage: Stage, recording: Recording) {
    this.stage = stage;
    this.recording = recording;
  }

  private get documents(): List<Document> {
    return this.stage.documents;
  }

  /** An action is complete: a checkpoint is due when the page has come to rest. */
  owe(typing: boolean): void {
    this.owed = true;
    this.quiet = typing ? TYPING_MS : QUIET_MS;
    this.owedSince = this.lastChange = realNow();
    this.unwatch();
    if (!this.polling) {
      this.polling = true;
      nativeTimeout(() => this.poll(), STEP_MS);
    }
  }

  /** The person goes on. What was due and not taken becomes a mere position in the log: there is `room` for it, or at its end. */
  interrupt(continues: boolean, room?: number): void {
    this.lastChange = realNow();
    this.touched = true;
    if (continues || !this.owed) return;
    if (!this.recording.isFrozen || !this.written) this.position(room);
    else this.stage.channel.post(['kept', this.asked]);
    this.settled();
    this.thawNow();
  }

  /**
   * Python asks to hold still for checkpoint `n`, and tells which pictures move by themselves; null when it is no longer wanted. Where there are controls that it has
   * to look into before, it asks once more.
   */
  async freeze(n: number, pictures: List<string>): Promise<object | null> {
    if (!this.owed || this.asked !== n || this.recording.isFrozen) return null;
    if (this.stage.insides.find()) return { controls: true };
    this.recording.logResources();
    this.recording.log('-', STILL);
    this.recording.freeze();
    this.touched = this.written = false;
    const stillness = new Stillness(this.documents);
    const showCaret = hideCaret(this.documents);
    let grew = false;
    const hold = (): void => {
      if (this.asked === n) grew = stillness.hold() || grew;
    };
    this.release = () => {
      stillness.resume();
      showCaret();
      this.stage.crew.resume(n);
      this.recording.thaw();
    };
    await this.stage.crew.halt(n);
    if (this.asked !== n) return null;
    // Without a fresh frame the picture would show some earlier moment. With it, what lies under the mouse may change,
    // and begin to move.
    const painted = await drawAnew(this.documents, hold);
    if (this.asked !== n) return null;
    hold();
    // The browser draws an animation differently once it stands still for a frame.
    if (grew) await frames(2, hold);
    if (this.asked !== n) return null;
    this.recording.log('C', marker(n, stillness.moments));
    this.witnessed = this.recording.witness();
    this.written = true;
    if (!painted) this.touched = true;
    this.stage.channel.post(['frozen', n, document.URL, documentTitle(document)]);
    this.stage.channel.flush();
    return { n, weight: this.weight(), unstable: unstableIn(this.documents, pictures) };
  }

  /** What an accessibility snapshot would cost: the browser spends as much on twenty characters as on an element. */
  private weight(): number {
    let weight = 0;
    for (let i = 0; i < this.documents.length; i++) {
      const shown = this.documents[i] as Document;
      weight += queryAll(shown, '*').length + (textContent(documentElement(shown))?.length ?? 0) / 20;
      // No tree has the text of these, and libraries that make styles make a lot of it.
      const unshown = queryAll(shown, 'style,script,noscript');
      for (let j = 0; j < unshown.length; j++) weight -= (textContent(unshown[j] as Element)?.length ?? 0) / 20;
      const areas = queryAll(shown, 'textarea');
      for (let j = 0; j < areas.length; j++) weight += (controlValue(areas[j] as Element)?.length ?? 0) / 20;
    }
    return weight;
  }

  /**
   * The picture is taken; false when the person touched the page meanwhile, or something came that nobody can hold:
   * a script of the parser, a style sheet, a picture. Then it proves nothing. `alone`: nothing of that kind happened in
   * the other documents of the picture.
   */
  thaw(alone: boolean): boolean {
    const clean = alone && !this.touched && this.recording.witness() === this.witnessed;
    this.asked = undefined;
    if (clean) this.settled();
    else this.lastChange = realNow();
    this.thawNow();
    return clean;
  }

  /** Whether the next action takes the place of a checkpoint. */
  get isDue(): boolean {
    return this.owed;
  }

  /** True while a checkpoint is due and not taken, and can be. */
  get isOwed(): boolean {
    return this.owed && !isPickerOpen(this.documents);
  }

  private thawNow(): void {
    const release = this.release;
    this.release = undefined;
    release?.();
  }

  private unwatch(): void {
    this.stopWatching?.();
    this.stopWatching = undefined;
  }

  private settled(): void {
    this.owed = false;
    this.asked = undefined;
    this.unwatch();
  }

  private position(room?: number): void {
    const n = this.stage.timeline.next('C');
    const told = marker(n, momentsOf(this.documents));
    if (room === undefined) this.recording.log('C', told);
    else this.recording.amend(room, 'C', told);
    this.stage.channel.post(['position', n, document.URL, documentTitle(document)]);
  }

  /** Notes the next change only, and not before a poll asks: what a page does at once stays unwatched and fast. */
  private watch(): void {
    if (this.stopWatching) return;
    this.stopWatching = watchMutations(
      document,
      { childList: true, subtree: true, attributes: true, characterData: true },
      () => {
        this.lastChange = realNow();
        this.stopWatching?.();
        this.stopWatching = undefined;
      },
    );
  }

  private poll(): void {
    if (!this.owed) {
      this.polling = false;
      return;
    }
    nativeTimeout(() => this.poll(), STEP_MS);
    this.watch();
    if (this.asked !== undefined) return;
    const now = realNow();
    const waited = now - this.owedSince;
    const isComplete = this.isComplete();
    const moves = motionLeft(this.documents);
    const still = now - this.lastChange >= this.quiet && isComplete && moves === 0;
    const cap = isComplete ? CAP_MS + this.quiet : NETWORK_CAP_MS;
    const isWorthWaiting = moves > 0 && moves <= MOTION_MS && waited < cap + MOTION_MS;
    if (!still && (waited < cap || isWorthWaiting)) return;
    if (restOf(this.stage) > 0 || isPickerOpen(this.documents)) return;
    this.asked = this.stage.timeline.next('C');
    this.stage.channel.post(['checkpoint', this.asked, still ? 'settled' : 'capped']);
    this.stage.channel.flush();
  }

  private isComplete(): boolean {
    if (readyState(document) !== 'complete' || pendingOf(this.stage.traffic) > 0) return false;
    const images = queryAll(document, 'img[src]:not([loading=lazy])');
    for (let i = 0; i < images.length; i++) if (!imageComplete(images[i])) return false;
    return true;
  }
}
