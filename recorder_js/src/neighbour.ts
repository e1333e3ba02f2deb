// A document that a picture shows beside the one that asked for it: a frame of another origin, or the page around it.
// It stands still as well, at a place in its own log, so that a replay can bring both to the same moment.
import { Stillness } from './animations.ts';
import { hideCaret } from './posing.ts';
import type { Channel } from './channel.ts';
import type { List } from './natives.ts';
import type { Recording } from './recording.ts';
import { STILL, marker } from './log.ts';
import type { Timeline } from './timeline.ts';
import { type Unstable, unstableIn } from './unstable.ts';

export class Neighbour {
  private stillness: Stillness | undefined;
  private showCaret: (() => void) | undefined;
  private touched = false;
  private witnessed = 0;
  /** How many inputs had come. */
  private inputs = 0;
  private readonly timeline: Timeline;
  private readonly recording: Recording;
  private readonly channel: Channel;
  private readonly documents: List<Document>;

  constructor(timeline: Timeline, recording: Recording, channel: Channel, documents: List<Document>) {
    this.timeline = timeline;
    this.recording = recording;
    this.channel = channel;
    this.documents = documents;
  }

  /** Stands still from now on; false where it cannot. */
  join(): boolean {
    if (this.recording.isFrozen) return false;
    this.recording.logResources();
    this.recording.log('-', STILL);
    this.recording.freeze();
    this.touched = false;
    // What was done here comes before the picture, for the acts of a replay as well.
    this.inputs = this.timeline.last('A');
    this.channel.flush();
    this.stillness = new Stillness(this.documents);
    this.showCaret = hideCaret(this.documents);
    return true;
  }

  /** The picture comes: writes down where it stands. Null when the person went on meanwhile. */
  mark(pictures: List<string>): { n: number; unstable: List<Unstable> } | null {
    if (this.timeline.last('A') !== this.inputs) this.interrupt();
    if (!this.stillness) return null;
    this.stillness.hold();
    const n = this.timeline.next('C');
    this.recording.log('C', marker(n, this.stillness.moments));
    this.witnessed = this.recording.witness();
    return { n, unstable: unstableIn(this.documents, pictures) };
  }

  /** Goes on; false when something was done here, or changed that nobody can hold. */
  leave(): boolean {
    const clean = !this.touched && this.timeline.last('A') === this.inputs && this.recording.witness() === this.witnessed;
    this.release();
    return clean;
  }

  /** The person does something here: nobody is held up. */
  interrupt(): void {
    this.touched = true;
    this.release();
  }

  private release(): void {
    if (!this.stillness) return;
    this.stillness.resume();
    this.stillness = undefined;
    this.showCaret?.();
    this.recording.thaw();
  }
}
