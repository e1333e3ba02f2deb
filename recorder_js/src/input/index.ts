// What the person does: one marker in the log per raw input, directly before the first event that it causes.
import type { Channel } from '../channel.ts';
import { addEventListener } from '../nativeevents.ts';
import { append } from '../natives.ts';
import { rememberSecrets } from '../target/mask.ts';
import { type Dragging, followDrags } from './dragging.ts';
import { followFields } from './fields.ts';
import { followKeyboard } from './keyboard.ts';
import { followClosing, followLeaving } from './leaving.ts';
import { followPointer } from './pointer.ts';
import { type Crossing, type InputSink, RawInputs } from './raw.ts';
import { followResizing, followScrolling } from './scrolling.ts';

export function followInput(channel: Channel, sink: InputSink, realm: number, dragging: Dragging, crossing: Crossing): void {
  followClosing();
  const inputs = new RawInputs(channel, sink, realm, crossing);
  followScrolling(inputs);
  followPointer(inputs);
  const { focus, isDown } = followKeyboard(inputs);
  followDrags(inputs, dragging);
  followFields(inputs, focus, isDown);
  if (window.parent === window) followResizing(inputs);
  followLeaving(inputs);
  append(channel.beforeFlush, () => inputs.forgetTentative());
  addEventListener(document, 'DOMContentLoaded', () => rememberSecrets(document));
}
