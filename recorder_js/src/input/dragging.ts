// Drag and drop of the browser: while something is dragged, the mouse is seen through the events of the drag alone.
import { clientX, clientY, eventType } from '../nativeevents.ts';
import { getter } from '../natives.ts';
import { tellOf } from './files.ts';
import { frameOffset } from './place.ts';
import { type Raw, type RawInputs, aim, listen, place } from './raw.ts';

const transferOf = getter<DataTransfer | null>('DragEvent', 'dataTransfer', null);
const dropEffect = getter<string>('DataTransfer', 'dropEffect', 'none');
const filesOf = getter<FileList | null>('DataTransfer', 'files', null);
const typesOf = getter<readonly string[] | null>('DataTransfer', 'types', null);

/** The drag that is under way in any document of this timeline: it may begin in one and end in another. */
export interface Dragging {
  /** It began here, not outside. */
  own: boolean;
  dropped: boolean;
}

export function followDrags(inputs: RawInputs, dragging: Dragging): void {
  const { sink, channel } = inputs;
  let over = false;
  let entered = false;

  const begin = (event: Event, phase: string): Raw => {
    const raw = inputs.begin(event, 'drag');
    raw.phase = phase;
    place(raw, event);
    if (!dragging.own) raw.outside = true;
    return raw;
  };
  listen(['dragstart'], (event) => {
    if (!event.isTrusted) return;
    dragging.own = true;
    dragging.dropped = false;
  });
  listen(['drag', 'dragenter', 'dragleave', 'dragover'], (event) => {
    // What is dragged hears of every move, in the coordinates of whichever frame the mouse is over.
    if (!event.isTrusted || (!over && eventType(event) === 'drag')) return;
    const known = inputs.reacting('drag');
    if (known && known.x === clientX(event) + frameOffset().x && known.y === clientY(event) + frameOffset().y) {
      // Left for nothing: no other element was entered before.
      if (eventType(event) === 'dragleave' && !entered) known.phase = 'leave';
      entered ||= eventType(event) === 'dragenter';
      return;
    }
    entered = eventType(event) === 'dragenter';
    sink.action(true);
    begin(event, eventType(event) === 'dragleave' ? 'leave' : over ? 'over' : 'enter');
    over = eventType(event) !== 'dragleave';
  });
  listen(['drop'], (event) => {
    if (!event.isTrusted) return;
    sink.action(false);
    dragging.dropped = true;
    const raw = begin(event, 'drop');
    const transfer = transferOf(event);
    const files = transfer && filesOf(transfer);
    if (!dragging.own && files && files.length > 0) raw.files = tellOf(channel, raw.n as number, files);
    else if (!dragging.own && transfer && (typesOf(transfer)?.length ?? 0) > 0) {
      channel.post(['gap', 'drop', 'something other than files was dropped from outside; a replay drops nothing']);
    }
    aim(raw, event);
    over = false;
    sink.done(false);
    channel.flush();
  });
  listen(['dragend'], (event) => {
    if (!event.isTrusted) return;
    const transfer = transferOf(event);
    if (!dragging.dropped && inputs.raw?.phase !== 'leave') begin(event, 'leave');
    if (!dragging.dropped && inputs.raw && (!transfer || dropEffect(transfer) === 'none') && inputs.raw.phase === 'leave') inputs.raw.phase = 'cancel';
    dragging.own = over = false;
    sink.done(false);
    channel.flush();
  });
}
