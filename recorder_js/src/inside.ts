// What moves inside of a control: its placeholder, its thumb, the content of its details. The browser builds these of
// elements of its own, in a tree that no page reaches, and no document tells of their motion (Chromium 156). The
// DevTools protocol gives that tree: Python fetches it, of each control in which something may move.
import { noteInside, shadowRoots } from './animations.ts';
import type { Channel } from './channel.ts';
import { config } from './config.ts';
import { type List, append, charCodeAt, list, NativePromise, NativeWeakMap, weakMapGet, weakMapSet } from './natives.ts';
import { ownerDocument, queryAll, styleOf } from './nodes.ts';
import { nativeTimeout } from './scheduler.ts';
import type { Run } from './timeline.ts';

/** Beyond these, nobody has the time to ask. */
const MOST = 300;
/** So long a picture waits for Python. */
const PATIENCE_MS = 1000;

/** Which controls have which part; where that has no name that a style can be asked for, it may always move. */
const CONTROLS: readonly (readonly [selector: string, part: string | undefined])[] = [
  ['input[placeholder],textarea[placeholder]', '::placeholder'],
  ['input[type=file]', '::file-selector-button'],
  ['details', '::details-content'],
  ['select', '::picker(select)'],
  ['input[type=range],progress,meter', undefined],
];

function mayMove(control: Element, part: string): boolean {
  const name = styleOf(control, 'animation-name', part);
  if (name !== '' && name !== 'none') return true;
  const duration = styleOf(control, 'transition-duration', part);
  for (let i = 0; i < duration.length; i++) {
    const code = charCodeAt(duration, i);
    if (code > 0x30 && code <= 0x39) return true;
  }
  return false;
}

export class Insides {
  private readonly isAsked = new NativeWeakMap<Element, boolean>();
  /** The controls that were found last. */
  controls = list<Element>();
  private taken: Run | undefined;

  /** Whether there are controls whose trees have not been asked for. One is asked for once. */
  find(): boolean {
    this.controls = list();
    if (config.console) return false;
    this.findIn(document);
    const roots = shadowRoots();
    // The protocol hands nothing from one frame to another.
    for (let i = 0; i < roots.length; i++) if (ownerDocument(roots[i]) === document) this.findIn(roots[i] as ShadowRoot);
    return this.controls.length > 0;
  }

  /** Asks for all that has not been asked for, and waits until it is here. */
  async fetch(channel: Channel): Promise<void> {
    if (!this.find()) return;
    channel.post(['controls']);
    channel.flush();
    await new NativePromise<void>((resolve) => {
      this.taken = resolve;
      nativeTimeout(resolve, PATIENCE_MS);
    });
  }

  /** Here they are. */
  take(trees: List<ShadowRoot>): void {
    for (let i = 0; i < trees.length; i++) noteInside(trees[i] as ShadowRoot);
    this.taken?.();
  }

  private findIn(root: Document | ShadowRoot): void {
    for (let i = 0; i < CONTROLS.length; i++) {
      const kind = CONTROLS[i] as (typeof CONTROLS)[number];
      const found = queryAll(root, kind[0], MOST);
      for (let j = 0; j < found.length; j++) {
        const control = found[j] as Element;
        if (weakMapGet(this.isAsked, control) || (kind[1] && !mayMove(control, kind[1]))) continue;
        weakMapSet(this.isAsked, control, true);
        append(this.controls, control);
      }
    }
  }
}
