// Keys, and text that comes without them: compositions, insertions of a tool, the clipboard.
import { config } from '../config.ts';
import {
  innermostTarget, inputEventData, inputEventType, keyboardCode, keyboardKey, keyboardLocation, keyboardRepeat,
  modifierBits,
} from '../nativeevents.ts';
import { getter, method, stringSlice, toLowerCase } from '../natives.ts';
import { pathTo } from '../paths.ts';
import { isEditable } from '../target/describe.ts';
import { isSecret, secretName } from '../target/mask.ts';
import { tellOf } from './files.ts';
import { followInsertions } from './inserted.ts';
import { deepActiveElement, fieldSelection, targetRange } from './place.ts';
import { type Raw, type RawInputs, aim, describeSafely, listen } from './raw.ts';

/** What a keyboard knows of the element that its keys go to. */
export interface Focus {
  element: Element | null;
  target: unknown;
}

const keyOf = getter<string | null>('KeyboardEvent', 'key', null);

/** What a key that writes nothing is to a person who types: part of it always, or once it has begun; else it is a step. */
const TYPING_KEYS: { [key: string]: 'always' | 'begun' | undefined } = {
  Backspace: 'always', Delete: 'always', ArrowLeft: 'begun', ArrowRight: 'begun', Home: 'begun', End: 'begun',
  Alt: 'always', AltGraph: 'always', CapsLock: 'always', Control: 'always', Dead: 'always', Fn: 'always', Meta: 'always',
  NumLock: 'always', Process: 'always', Shift: 'always',
};
/** With Control: paste, cut, redo and undo. */
const TYPING_SHORTCUTS: { [key: string]: true | undefined } = { v: true, x: true, y: true, z: true };

/** See `continues_typing` in record/keys.py, by which steps are told apart. */
function belongsToTyping(event: Event, isTyping: boolean): boolean {
  const key = keyboardKey(event);
  const part = TYPING_KEYS[key];
  if (part !== undefined) return part === 'always' || isTyping;
  return isTyping && (modifierBits(event) & 6) !== 0 && TYPING_SHORTCUTS[toLowerCase(key)] === true;
}

export function followKeyboard(inputs: RawInputs): { focus: Focus; isDown: () => boolean } {
  const { sink, channel } = inputs;
  const focus: Focus = { element: null, target: null };
  let keysDown = 0;

  listen(['keydown'], (event) => {
    if (!event.isTrusted) return;
    // A browser that fills in a form lets each field hear of a key that is none.
    inputs.filling = keyOf(event) === null ? innermostTarget(event) : null;
    if (inputs.filling !== null) return;
    const element = deepActiveElement();
    const character = keyboardKey(event).length === 1 && (modifierBits(event) & 6) === 0;
    const isTyping = element !== null && element === inputs.typingIn;
    sink.action(character && isTyping);
    const types = element !== null && isEditable(element) && (character || belongsToTyping(event, isTyping));
    inputs.typingIn = types ? element : null;
    const key = inputs.begin(event, 'keydown');
    describeKey(key, event, element, character);
    if (element !== focus.element) {
      key.focus = element && pathTo(element);
      focus.target = element && describeSafely(element);
      focus.element = element;
    }
    key.target = focus.target;
    keysDown++;
    sink.done(character);
    channel.flush();
  });
  listen(['keyup'], (event) => {
    if (!event.isTrusted) return;
    if (keyOf(event) === null) {
      inputs.filling = null;
      return;
    }
    const element = deepActiveElement();
    describeKey(inputs.begin(event, 'keyup'), event, element, keyboardKey(event).length === 1);
    keysDown = keysDown > 0 ? keysDown - 1 : 0;
    channel.flush();
  });
  listen(['beforeinput'], (event) => {
    const kind = inputEventType(event);
    if (!event.isTrusted) return;
    if (kind === 'insertCompositionText') compose(inputs, event);
    else if (keysDown === 0 && isUnexplained(inputs, kind)) {
      const element = innermostTarget(event) as Element;
      insert(inputs, element, inputEventData(event) ?? '', targetRange(element, event));
    }
  });
  if (config.console) followInsertions((element, data, range) => insert(inputs, element, data, range));
  followComposition(inputs);
  followClipboard(inputs);
  return { focus, isDown: () => keysDown > 0 };
}

function describeKey(into: Raw, event: Event, element: Element | null, character: boolean): void {
  into.modifiers = modifierBits(event);
  if (keyboardRepeat(event)) into.repeat = true;
  const secret = element !== null && character && isSecret(element);
  if (secret) {
    into.secret = secretName(element as Element);
    return;
  }
  into.key = keyboardKey(event);
  into.code = keyboardCode(event);
  into.location = keyboardLocation(event);
}

/** Text that no input of ours brings along: of a tool's insertText, a spelling correction, dictation. */
function isUnexplained(inputs: RawInputs, kind: string): boolean {
  if (stringSlice(kind, 0, 6) !== 'insert' || kind === 'insertFromDrop' || kind === 'insertFromPaste') return false;
  // With the button held, it is the spinner of a number field that writes.
  return inputs.pressedOn === null && !inputs.reacting('compose') && !inputs.reacting('commit');
}

function text(inputs: RawInputs, into: Raw, element: Element, data: string): void {
  if (isSecret(element)) into.secret = secretName(element);
  else into.text = data;
  into.length = data.length;
  into.target ??= describeSafely(element);
  inputs.sink.done(true);
}

/** Where text goes, for a replay that has to bring the focus there. */
function locate(into: Raw, element: Element, range: unknown[] | undefined): void {
  into.path = pathTo(element);
  into.selection = fieldSelection(element);
  into.range = range;
}

function insert(inputs: RawInputs, element: Element, data: string, range: unknown[] | undefined): void {
  inputs.sink.action(element === inputs.typingIn);
  inputs.typingIn = isEditable(element) ? element : null;
  const raw = inputs.begin(null, 'insertText');
  locate(raw, element, range);
  text(inputs, raw, element, data);
}

// ---- compositions: each new text is one input, and the end another

const compositionData = getter<string>('CompositionEvent', 'data', '');

function compose(inputs: RawInputs, event: Event): void {
  const element = innermostTarget(event) as Element;
  const begun = inputs.reacting('compose');
  if (!begun) inputs.sink.action(true);
  const raw = begun && begun.length === undefined ? begun : inputs.begin(null, 'compose');
  text(inputs, raw, element, inputEventData(event) ?? '');
}

function followComposition(inputs: RawInputs): void {
  let composing = false;
  listen(['compositionstart'], (event) => {
    if (!event.isTrusted) return;
    composing = true;
    const element = innermostTarget(event) as Element;
    inputs.sink.action(element === inputs.typingIn);
    inputs.typingIn = element;
    const raw = inputs.begin(null, 'compose');
    raw.path = pathTo(element);
    raw.target = describeSafely(element);
  });
  listen(['compositionend'], (event) => {
    // Chromium calls this one event untrusted.
    if (!composing) return;
    composing = false;
    // A click or a key elsewhere ends a composition in a replay as well.
    const last = inputs.raw;
    if (last && (last.type === 'down' || (last.type === 'keydown' && last.key !== 'Process'))) return;
    const element = innermostTarget(event) as Element;
    const raw = inputs.reacting('compose') ?? inputs.begin(null, 'commit');
    // The text that came last was the one that was chosen.
    raw.type = 'commit';
    text(inputs, raw, element, compositionData(event));
    inputs.channel.post(['in', raw.n as number, raw]);
    inputs.channel.flush();
  });
}

// ---- the clipboard

const clipboardData = getter<DataTransfer | null>('ClipboardEvent', 'clipboardData', null);
const getData = method<[string], string>('DataTransfer', 'getData', '');
const filesOf = getter<FileList | null>('DataTransfer', 'files', null);
const fileType = getter<string>('Blob', 'type', '');

/** One picture can be put on a clipboard again; files that were copied elsewhere cannot. */
function pasteFiles(inputs: RawInputs, raw: Raw, files: FileList | null): void {
  const count = files?.length ?? 0;
  if (count === 1 && fileType(files![0]) === 'image/png') raw.files = tellOf(inputs.channel, raw.n as number, files);
  else if (count > 0) inputs.channel.post(['gap', 'clipboard', 'files were pasted; a replay pastes the text alone']);
}

function isPasting(key: Raw): boolean {
  return toLowerCase('' + key.key) === 'v' || key.key === 'Insert';
}

/** A paste brings in what no replay's clipboard holds. It belongs to the key that asked for it, where there is one. */
function followClipboard(inputs: RawInputs): void {
  listen(['paste'], (event) => {
    const data = event.isTrusted ? clipboardData(event) : null;
    if (!data) return;
    // The middle button pastes what is marked, which a replay's page has marked as well.
    let raw = inputs.raw;
    if (raw?.type === 'up' && raw.button === 1) return;
    if (!raw || raw.type !== 'keydown' || !isPasting(raw)) {
      inputs.sink.action(false);
      raw = inputs.begin(null, 'paste');
      aim(raw, event);
    }
    const element = innermostTarget(event) as Element;
    if (isSecret(element)) raw.clipboard = { secret: secretName(element), length: getData(data, 'text/plain').length };
    else raw.clipboard = { text: getData(data, 'text/plain'), html: getData(data, 'text/html') };
    pasteFiles(inputs, raw, filesOf(data));
    // Without it, the key may have been told already.
    inputs.channel.post(['in', raw.n as number, raw]);
    inputs.sink.done(false);
    inputs.channel.flush();
  });
}
