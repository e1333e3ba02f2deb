// What fields hold after an input, and what is chosen without keys: lists, dates, colours, files.
import { config } from '../config.ts';
import { eventType, innermostTarget } from '../nativeevents.ts';
import { type List, append, list, NativeWeakMap, stringSlice, weakMapGet, weakMapSet } from '../natives.ts';
import {
  controlValue, inputChecked, inputFiles, inputType, isContentEditable, isListInPage, localName, optionSelected, queryAll,
  textContent,
} from '../nodes.ts';
import { replaceMethod } from '../masquerade.ts';
import { pathTo } from '../paths.ts';
import { fingerprint } from '../target/fingerprint.ts';
import { isSecret, secretName } from '../target/mask.ts';
import type { Channel } from '../channel.ts';
import { tellOf } from './files.ts';
import type { Focus } from './keyboard.ts';
import { type RawInputs, describeSafely, listen } from './raw.ts';

const MAX_TEXT = 20_000;

export function followFields(inputs: RawInputs, focus: Focus, isKeyDown: () => boolean): void {
  const { sink, channel } = inputs;
  const dirty = list<Element>();
  const before = new NativeWeakMap<Element, string>();
  let pageDispatch = 0;
  let hasFilled = false;

  const byTool = (event: Event): boolean => !event.isTrusted && pageDispatch === 0;
  /** Chosen in a window of the browser's own, where no input can be seen. */
  const isChoice = (event: Event, element: Element): boolean => {
    if (localName(element) !== 'select' || eventType(event) !== 'input') return false;
    return byTool(event) || (event.isTrusted && !isKeyDown() && !isListInPage(element));
  };
  listen(['input', 'change'], (event) => {
    const element = innermostTarget(event) as Element;
    const isFilled = event.isTrusted && element === inputs.filling && eventType(event) === 'input' && localName(element) !== 'select';
    const isInput = localName(element) === 'input' && eventType(event) === 'input';
    const type = isInput ? inputType(element) : '';
    if (isChoice(event, element)) {
      sink.action(false);
      const select = inputs.begin(null, 'select');
      select.path = pathTo(element);
      if (isSecret(element)) select.secret = secretName(element);
      else select.options = selectedOptions(element);
      if (event.isTrusted && element !== inputs.filling) select.trusted = true;
      select.target = describeSafely(element);
      sink.done(false);
    } else if (type === 'file' && pageDispatch === 0) {
      sink.action(false);
      const files = inputs.begin(null, 'files');
      files.path = pathTo(element);
      files.target = describeSafely(element);
      files.files = tellOf(channel, files.n as number, inputFiles(element));
      sink.done(false);
      channel.flush();
    } else if (isFilled || (isInput && (byTool(event) || (event.isTrusted && isPicked(type) && !isKeyDown())))) {
      sink.action(false);
      const value = inputs.begin(null, 'setValue');
      value.path = pathTo(element);
      if (isSecret(element)) value.secret = secretName(element);
      else value.text = controlValue(element) ?? '';
      value.target = describeSafely(element);
      if (isFilled && !hasFilled) {
        hasFilled = true;
        channel.post(['gap', 'autofill', 'the browser filled in fields; a replay fills them in without its colour and its events']);
      }
      sink.done(false);
    }
    append(dirty, element);
    channel.arm();
    if (eventType(event) === 'change' || isSecret(element)) channel.flush();
  });
  listen(['focusin'], (event) => {
    const element = innermostTarget(event) as Element;
    const held = event.isTrusted && !isSecret(element) ? heldBy(element) : undefined;
    if (held !== undefined) weakMapSet(before, element, held);
  });
  replaceMethod(EventTarget.prototype, 'dispatchEvent', (native) => (self, args) => {
    pageDispatch++;
    try {
      return native(self, args);
    } finally {
      pageDispatch--;
    }
  });
  append(channel.beforeFlush, () => {
    for (let i = 0; i < dirty.length; i++) postValue(channel, dirty[i] as Element, dirty[i] === focus.element ? focus.target : undefined, before);
    dirty.length = 0;
  });
}

/** Types whose value is picked in a window of the browser's own. */
function isPicked(type: string): boolean {
  return type === 'color' || type === 'date' || type === 'datetime-local' || type === 'month' || type === 'time' || type === 'week';
}

let elementIds = 0;
const idsOfElements = new NativeWeakMap<Element, number>();

/** The present value of a field, or for a secret only its name and the fingerprint by which it is kept out. */
function postValue(channel: Channel, element: Element, known: unknown, before: WeakMap<Element, string>): void {
  const tag = localName(element);
  const isInput = tag === 'input' || tag === 'textarea';
  const type = tag === 'input' ? inputType(element) : '';
  const message: { [field: string]: unknown } = { target: known ?? describeSafely(element) };
  if (type === 'checkbox' || type === 'radio') message.checked = inputChecked(element);
  else if (type === 'file') return;
  else if (isSecret(element)) {
    let id = weakMapGet(idsOfElements, element);
    if (id === undefined) weakMapSet(idsOfElements, element, (id = ++elementIds));
    const name = secretName(element);
    message.secret = name;
    const print = fingerprint(controlValue(element) ?? textContent(element) ?? '', config.bases[0], config.bases[1]);
    channel.post(['secret', id, name, print[0], print[1], print[2]]);
  } else if (tag === 'select') message.options = selectedOptions(element);
  else if (isInput || isContentEditable(element)) message.value = heldBy(element);
  else return;
  if (message.secret === undefined) message.before = weakMapGet(before, element);
  channel.post(['value', message]);
}

/** The text in a field or an editable element, or what is chosen in a list; undefined where there is none. */
function heldBy(element: Element): string | undefined {
  const tag = localName(element);
  if (tag === 'input' || tag === 'textarea') return stringSlice(controlValue(element) ?? '', 0, MAX_TEXT);
  if (tag === 'select') {
    const chosen = selectedOptions(element);
    return chosen.length === 1 ? chosen[0]!.label : undefined;
  }
  return isContentEditable(element) ? stringSlice(textContent(element) ?? '', 0, MAX_TEXT) : undefined;
}

interface ChosenOption {
  index: number;
  label: string;
}

function selectedOptions(select: Element): List<ChosenOption> {
  const chosen = list<ChosenOption>();
  const options = queryAll(select, 'option');
  for (let i = 0; i < options.length; i++) {
    const option = options[i] as Element;
    if (optionSelected(option)) append(chosen, { index: i, label: stringSlice(textContent(option) ?? '', 0, 120) });
  }
  return chosen;
}
