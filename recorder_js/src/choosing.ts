// Native lists in a replay. One opens only where the recorded choice follows: open, it swallows every key and click.
import { addEventListener, innermostTarget, preventDefault, stopImmediatePropagation } from './nativeevents.ts';
import { getter, setter } from './natives.ts';
import { focus, isListInPage, localName, queryAll, selectedIndex } from './nodes.ts';
import { elementAt } from './paths.ts';

const setIndex = setter<number>('HTMLSelectElement', 'selectedIndex');
const isDisabled = getter<boolean>('HTMLOptionElement', 'disabled', false);

/** The keys that make a choice, and whether the list is open to take them. */
export interface Keys {
  keys: string[];
  isOpen: boolean;
}

export interface Lists {
  /** The next press may open a list. */
  letOpen(): void;
  choose(path: ArrayLike<number>, index: number): Keys;
}

export function followLists(): Lists {
  let mayOpen = false;
  let isOpen = false;
  let swallowing = false;
  addEventListener(window, 'mousedown', (event: Event) => {
    const element = innermostTarget(event) as Element;
    if (!event.isTrusted || localName(element) !== 'select' || isListInPage(element)) return;
    if (mayOpen) isOpen = true;
    else {
      preventDefault(event);
      focus(element);
    }
    mayOpen = false;
  }, true);
  const swallow = (event: Event): void => {
    if (swallowing && event.isTrusted) stopImmediatePropagation(event);
    if (event.type === 'keyup') swallowing = false;
  };
  addEventListener(window, 'keydown', swallow, true);
  addEventListener(window, 'keyup', swallow, true);
  return {
    letOpen: () => (mayOpen = true),
    choose(path, index) {
      const element = elementAt(path);
      if (!element) return { keys: [], isOpen };
      const options = queryAll(element, 'option');
      if (isOpen) {
        isOpen = false;
        return { keys: [...way(options, selectedIndex(element), index), 'Enter'], isOpen: true };
      }
      const key = approach(element, options, index);
      swallowing = key !== '';
      return { keys: key === '' ? [] : [key], isOpen: false };
    },
  };
}

/** The keys from one option to another: what cannot be chosen is passed over. */
function way(options: ArrayLike<Element>, from: number, to: number): string[] {
  const keys: string[] = [];
  const step = to < from ? -1 : 1;
  for (let i = from + step; from !== to && i !== to + step; i += step) {
    if (!isDisabled(options[i])) keys[keys.length] = step > 0 ? 'ArrowDown' : 'ArrowUp';
  }
  return keys;
}

/** Brings a closed list next to an option, so that one key chooses it, as trusted as the person's choice. */
function approach(element: Element, options: ArrayLike<Element>, index: number): string {
  if (selectedIndex(element) === index) return '';
  const neighbour = enabledNear(options, index, -1);
  const from = neighbour >= 0 ? neighbour : enabledNear(options, index, 1);
  if (from < 0) return '';
  focus(element);
  setIndex(element, from);
  return from < index ? 'ArrowDown' : 'ArrowUp';
}

function enabledNear(options: ArrayLike<Element>, index: number, step: number): number {
  for (let i = index + step; i >= 0 && i < options.length; i += step) if (!isDisabled(options[i])) return i;
  return -1;
}
