// Mouse, wheel and touch.
import {
  addEventListener, clientX, clientY, deltaMode, deltaX, deltaY, eventType, firesTouchEvents, innermostTarget,
  modifierBits, mouseButton, pointerType, uiDetail,
} from '../nativeevents.ts';
import { append, canTouch, getter, list } from '../natives.ts';
import { markedText } from './marked.ts';
import { frameOffset } from './place.ts';
import { type Raw, type RawInputs, aim, listen, place } from './raw.ts';

/** Pixels that a line of a wheel's delta stands for. */
const LINE_PX = 40;

let hasTouched = false;

export function followPointer(inputs: RawInputs): void {
  const { sink, channel } = inputs;
  const touched = followTouch(inputs);
  const ofPointer = (handle: (event: Event) => void) => (event: Event): void => {
    if (!event.isTrusted) return;
    if (pointerType(event) !== 'touch') handle(event);
    // The end of a finger's pointer follows what ended it.
    else if (eventType(event) !== 'pointerout') touched(event);
  };
  const ofMouse = (handle: (event: Event) => void) => (event: Event): void => {
    // The browser makes mouse events of a tap.
    if (event.isTrusted && !(hasTouched && firesTouchEvents(event))) handle(event);
  };

  const hovered = (event: Event): void => {
    // Boundary events come before the move that causes them; alone, they come from layout moving under the mouse.
    if (inputs.isOfLatest(event)) return;
    inputs.begin(event, 'hover');
  };
  const moved = (event: Event): void => {
    if (inputs.isOfLatest(event) && inputs.raw?.type !== 'hover') return;
    place(inputs.pointer(event, 'move'), event);
    sink.action(true);
  };
  const button = (event: Event, type: 'down' | 'up'): void => {
    const raw = inputs.pointer(event, type);
    place(raw, event);
    raw.button = mouseButton(event);
    const detail = uiDetail(event);
    raw.clicks = detail > 0 ? detail : (raw.clicks ?? 1);
    aim(raw, event);
  };
  const pressed = (event: Event): void => {
    if (!(inputs.isOfLatest(event) && inputs.raw?.type === 'down')) sink.action(false, inputs.roomFor(event));
    inputs.typingIn = null;
    button(event, 'down');
    inputs.pressedOn = innermostTarget(event);
    if (eventType(event) === 'mousedown') channel.flush();
  };
  const released = (event: Event): void => {
    button(event, 'up');
    const marked = inputs.pressedOn && inputs.hasScrolled ? markedText() : undefined;
    if (marked) (inputs.raw as Raw).range = marked;
    inputs.pressedOn = null;
    sink.done(false);
    channel.flush();
  };
  listen(['pointerout', 'pointerover'], ofPointer(hovered));
  listen(['pointermove'], ofPointer(moved));
  listen(['pointerdown'], ofPointer(pressed));
  listen(['pointerup'], ofPointer(released));
  listen(['mouseout', 'mouseover'], ofMouse(hovered));
  listen(['mousemove'], ofMouse(moved));
  listen(['mousedown'], ofMouse(pressed));
  listen(['mouseup'], ofMouse(released));
  listen(['click', 'submit'], (event) => {
    if (event.isTrusted) channel.flush();
  });
  listen(['wheel'], (event) => {
    if (!event.isTrusted) return;
    sink.action(inputs.raw?.type === 'wheel');
    inputs.typingIn = null;
    const wheel = inputs.begin(event, 'wheel');
    place(wheel, event);
    const unit = deltaMode(event) === 0 ? 1 : LINE_PX;
    wheel.dx = deltaX(event) * unit;
    wheel.dy = deltaY(event) * unit;
    aim(wheel, event);
    sink.done(false);
  });
}

const touchesOf = getter<TouchList | null>('TouchEvent', 'touches', null);
const touchId = getter<number>('Touch', 'identifier', 0);
const touchX = getter<number>('Touch', 'clientX', 0);
const touchY = getter<number>('Touch', 'clientY', 0);

/** A finger's pointer events come before its touch events, with the same time stamp; only those know all fingers. */
function followTouch(inputs: RawInputs): (event: Event) => void {
  const { sink, channel } = inputs;
  /** The latest one whose touch event has come: a tap's two inputs can carry one time stamp. */
  let whole: Raw | undefined;
  const isBegun = (event: Event): boolean => inputs.raw?.type === 'touch' && inputs.raw !== whole && inputs.isOfLatest(event);
  const begin = (event: Event): void => {
    if (isBegun(event)) return;
    // A finger that comes down is over something before it presses: both say that the person goes on.
    if (eventType(event) === 'pointerover' || eventType(event) === 'pointerdown') sink.action(false);
    const touch = inputs.begin(event, 'touch');
    touch.phase = 'move';
    touch.points = [{ id: 0, x: clientX(event) + frameOffset().x, y: clientY(event) + frameOffset().y }];
  };
  const touched = (event: Event): void => {
    if (!event.isTrusted) return;
    hasTouched = true;
    const phase = PHASES[eventType(event)] as string;
    if (phase !== 'move' && !(phase === 'start' && isBegun(event))) sink.action(phase === 'end');
    inputs.typingIn = null;
    const touch = isBegun(event) ? (inputs.raw as Raw) : inputs.begin(event, 'touch');
    whole = touch;
    touch.phase = phase;
    touch.points = fingers(event);
    touch.modifiers = modifierBits(event);
    if (phase === 'move') return;
    aim(touch, event);
    if (phase !== 'start') sink.done(false);
    channel.flush();
  };
  if (canTouch) for (const type in PHASES) addEventListener(window, type, touched, { capture: true, passive: true });
  return begin;
}

const PHASES: { [type: string]: string } = { touchstart: 'start', touchmove: 'move', touchend: 'end', touchcancel: 'cancel' };

function fingers(event: Event): unknown {
  const points = list<{ id: number; x: number; y: number }>();
  const touches = touchesOf(event);
  const offset = frameOffset();
  for (let i = 0; touches && i < touches.length; i++) {
    const touch = touches[i];
    append(points, { id: touchId(touch), x: touchX(touch) + offset.x, y: touchY(touch) + offset.y });
  }
  return points;
}
