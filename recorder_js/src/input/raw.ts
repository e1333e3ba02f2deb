// Raw inputs: one marker in the log for each, directly before the first event that it causes.
import type { Channel } from '../channel.ts';
import {
  addEventListener, clientX, clientY, eventTimeStamp, innermostTarget, modifierBits, mouseButtons, pointerPressure,
  pointerTiltX, pointerTiltY, pointerTwist, pointerType,
} from '../nativeevents.ts';
import { realOrigin, taskQueue } from '../scheduler.ts';
import { describe } from '../target/describe.ts';
import { frameOffset } from './place.ts';

/** What the settling of checkpoints and the log need to know of an input. */
export interface InputSink {
  /** Begins a raw input: appends its marker to the log, and gives its ordinal and the way to take it back. */
  begin(): Begun;
  /** The same of one of which it is not known yet whether it is an action: there is room before its marker. */
  beginTentative(): Begun;
  /**
   * The input is an action of the person; `continues` when it goes on with the last one (the next character). `room`:
   * the place before its marker, where that is in the log already.
   */
  action(continues: boolean, room?: number): void;
  /** The action is complete: a checkpoint is due. `typing` when more of the same is likely. */
  done(typing: boolean): void;
}

export interface Begun {
  n: number;
  revoke: () => void;
  room?: number | undefined;
}

/** A raw input event, as it is sent and later dispatched again. */
export interface Raw {
  type: string;
  [field: string]: unknown;
}

/** Whose input it is of which no more is known than what it leaves, of all realms of a page: it may go on in another. */
export interface Crossing {
  of: RawInputs | undefined;
}

/** Time stamps of one event, told by two documents, differ by what they are rounded to, in ms. */
const SAME_MS = 0.25;

/** Inputs of several events without a common time stamp: what comes in the same task belongs together. */
const SEVERAL_EVENTS: { [type: string]: true | undefined } = { compose: true, commit: true, drag: true };

/** The raw inputs of one realm, in the order in which they reach it. */
export class RawInputs {
  /** The field that the last action typed into: its next character goes on with that action. */
  typingIn: Element | null = null;
  /** What the mouse is held down on. */
  pressedOn: unknown = null;
  /** Whether something has scrolled by itself since the last press. */
  hasScrolled = false;
  /** The field that the browser is filling in by itself. */
  filling: unknown = null;
  /** The latest one. */
  raw: Raw | undefined;
  readonly channel: Channel;
  readonly sink: InputSink;
  private time = -1;
  private tentative: Begun | undefined;
  private fresh = false;
  /** How many batches had left when the latest input was told. */
  private batch = -1;
  private readonly realm: number;
  private readonly grow: () => void;
  private readonly crossing: Crossing;

  constructor(channel: Channel, sink: InputSink, realm: number, crossing: Crossing) {
    this.channel = channel;
    this.sink = sink;
    this.realm = realm;
    this.crossing = crossing;
    this.grow = taskQueue(() => (this.fresh = false));
  }

  /** Begins one; `hover` stays tentative until a move comes of it. */
  begin(event: Event | null, type: string): Raw {
    this.tentative?.revoke();
    this.tentative = undefined;
    const begun = this.takeOver(event) ?? (type === 'hover' ? this.sink.beginTentative() : this.sink.begin());
    const raw: Raw = { type, n: begun.n, realm: this.realm };
    if (type === 'down' || type === 'scroll') this.hasScrolled = type === 'scroll';
    this.raw = raw;
    this.time = event ? eventTimeStamp(event) : -1;
    this.crossing.of = type === 'hover' ? this : undefined;
    if (type === 'hover') this.tentative = begun;
    else this.tell(raw);
    // A message for each mouse move would double what it costs.
    this.fresh = SEVERAL_EVENTS[type] === true;
    if (this.fresh) this.grow();
    return raw;
  }

  /** One move leaves what is in one realm for what is in another. */
  private takeOver(event: Event | null): Begun | undefined {
    const { of } = this.crossing;
    const begun = of !== this && event ? of?.tentative : undefined;
    const apart = begun && event && of ? realOrigin + eventTimeStamp(event) - of.began : Infinity;
    if (!of || apart > SAME_MS || apart < -SAME_MS) return undefined;
    of.tentative = of.raw = undefined;
    return begun;
  }

  /** When the latest one was, in ms since the epoch. */
  private get began(): number {
    return realOrigin + this.time;
  }

  /** Tells of an input; what is added to it before the batch leaves goes with it. */
  private tell(raw: Raw): void {
    this.batch = this.channel.sequence;
    this.channel.post(['in', raw.n as number, raw]);
  }

  /** True when the event carries the time stamp of the latest input: events of one input share it. */
  isOfLatest(event: Event): boolean {
    return this.raw !== undefined && this.time === eventTimeStamp(event);
  }

  /** The latest input, when the page still reacts to it in the same task and it is of this type. */
  reacting(type: 'compose' | 'commit' | 'drag'): Raw | undefined {
    return this.fresh && this.raw?.type === type ? this.raw : undefined;
  }

  /** The room before the input that an event belongs to, as long as only its boundary events have come. */
  roomFor(event: Event): number | undefined {
    return this.isOfLatest(event) ? this.tentative?.room : undefined;
  }

  /** The pointer input that an event belongs to: the one that began with an earlier event, or a new one. */
  pointer(event: Event, type: string): Raw {
    const { raw } = this;
    if (!raw || !this.isOfLatest(event) || (raw.type !== type && raw.type !== 'hover')) return this.begin(event, type);
    if (raw.type === 'hover') {
      raw.type = type;
      this.tentative = undefined;
    }
    if (raw.x === undefined || this.batch !== this.channel.sequence) this.tell(raw);
    return raw;
  }

  /** The dispatch that raised the boundary events is over, and no move came of it. */
  forgetTentative(): void {
    if (!this.tentative) return;
    this.tentative.revoke();
    this.raw = this.tentative = undefined;
  }
}

/** Hears events of these types before the page can. */
export function listen(types: string[], listener: (event: Event) => void): void {
  for (let i = 0; i < types.length; i++) addEventListener(window, types[i] as string, listener, true);
}

/** Where a pointer event was, in the page's viewport, and what was held. */
export function place(into: Raw, event: Event): void {
  if (into.x === undefined) {
    // The first event of an input has the place to a fraction of a pixel, a later one rounds it.
    const offset = frameOffset();
    into.x = clientX(event) + offset.x;
    into.y = clientY(event) + offset.y;
  }
  into.buttons = mouseButtons(event);
  into.modifiers = modifierBits(event);
  if (into.pen === undefined && pointerType(event) === 'pen') into.pen = penOf(event);
}

/** What a pen tells besides: as the DevTools protocol wants it back. */
function penOf(event: Event): unknown {
  return { force: pointerPressure(event), tiltX: pointerTiltX(event), tiltY: pointerTiltY(event), twist: pointerTwist(event) };
}

/** What an event was aimed at. */
export function aim(into: Raw, event: Event): void {
  const element = innermostTarget(event);
  if (element && into.target === undefined) into.target = describeSafely(element as Element);
}

/** A page can do strange things to its elements: a description is worth having, never worth an error. */
export function describeSafely(element: Element): unknown {
  try {
    return describe(element);
  } catch {
    return null;
  }
}
