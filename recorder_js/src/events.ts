// What nobody can hold: the scripts of the parser, and the loading of elements. Written down in order; in a replay
// a parser script is the point up to which everything else runs, and a load is waited for.
import { refuseRules } from './ahead.ts';
import { addEventListener, eventTarget, listenAgain } from './nativeevents.ts';
import { getter, stringSlice, toLowerCase } from './natives.ts';
import { getAttribute, nodeName, tagName, textContent } from './nodes.ts';
import { replaceAccessor, replaceMethod } from './masquerade.ts';
import { MODULE_SCRIPT, linkAddress, nameOfPreload } from './modules.ts';
import { pictureAddress } from './pictures.ts';
import { watchMutations } from './scheduler.ts';
import { isInCall } from './stack.ts';
import type { Timeline } from './timeline.ts';

/** `where`: how the log names the frame whose realm this is; nothing in the document that the timeline began with. */
export function followEvents(timeline: Timeline, where: string): void {
  // Loads of elements do not pass the window; they bubble nowhere but can be captured at the document.
  const noteLoad = (event: Event): void => {
    const element = eventTarget(event);
    if (!event.isTrusted || element === document || element === window || isInCall(1)) return;
    const preload = nameOfPreload(element);
    if (preload !== '') return timeline.conductor.modules.tell(preload);
    const name = nameOf(element as Element);
    if (name !== '') timeline.conductor.loaded(name, pictureAddress(element) || linkAddress(element));
  };
  addEventListener(document, 'load', noteLoad, true);
  addEventListener(document, 'error', noteLoad, true);
  followParser(timeline, where);
  showReadiness(timeline, where);
}

/**
 * Opening a document takes every listener off it, ours as well; so does writing into it, other than by the script that
 * its parser has come to.
 */
export function outliveReopening(): void {
  const names = ['open', 'write', 'writeln'];
  for (let i = 0; i < names.length; i++) {
    replaceMethod(Document.prototype, names[i] as string, (native) => (self, args) => {
      const opens = self === document && (i === 0 || currentScript(document) === null || readyState(document) !== 'loading');
      const result = native(self, args);
      if (opens) listenAgain();
      return result;
    });
  }
}

const currentScript = getter<Element | null>('Document', 'currentScript', null);
const readyState = getter<string>('Document', 'readyState', 'complete');
const isAsync = getter<boolean>('HTMLScriptElement', 'async', false);

/**
 * The state of the document as far as the page's callbacks have come. Deferred scripts run when the parser is done,
 * and cannot be held: "interactive" is a point up to which everything else runs. "complete" can wait for its turn.
 */
function showReadiness(timeline: Timeline, where: string): void {
  const { conductor } = timeline;
  let shown = readyState(document);
  addEventListener(document, 'readystatechange', (event: Event) => {
    if (!event.isTrusted) return;
    const state = readyState(document);
    // A document that code has put in, or written, is what it is by the next statement.
    if (isInCall(1)) shown = state;
    else if (state === 'interactive') {
      conductor.milestone('interactive' + where, () => (shown = state));
    } else conductor.arrive('Z', state + where, () => (shown = state));
  }, true);
  replaceAccessor(Document.prototype, 'readyState', (native) => (self) => (self === document ? shown : native(self)));
}

/** Elements that fetch something; a style or svg element "loads" whenever the browser sees fit. */
const FETCHING: { [tag: string]: true | undefined } = { img: true, script: true, link: true, iframe: true, input: true, object: true, embed: true };

const BLOB = 'blob:';

function nameOf(element: Element): string {
  const tag = toLowerCase(tagName(element));
  if (!FETCHING[tag]) return '';
  const url = pictureAddress(element) || getAttribute(element, 'src') || getAttribute(element, 'href') || '';
  const kind = tag === 'script' && toLowerCase(getAttribute(element, 'type') ?? '') === 'module' ? MODULE_SCRIPT : tag + ' ';
  // The browser names a blob like no other.
  return kind + (stringSlice(url, 0, BLOB.length) === BLOB ? BLOB : stringSlice(url, 0, 200));
}

/**
 * Scripts that stop the parser: it runs microtasks before each of them (HTML, "prepare the script element"), and
 * with them this observer. It lives only as long as the document is being parsed. Where a parser makes a pause within
 * a script the element is there before its text is, and runs later.
 */
function followParser(timeline: Timeline, where: string): void {
  if (document.readyState !== 'loading') return;
  let begun: Node | undefined;
  const comes = (): void => timeline.conductor.milestone('script' + where, () => {});
  const stop = watchMutations(document, { childList: true, subtree: true }, (records) => {
    for (let i = 0; i < records.length; i++) {
      const { target, addedNodes } = records[i] as MutationRecord;
      if (target === begun) comes();
      begun = undefined;
      for (let j = 0; j < addedNodes.length; j++) {
        const node = addedNodes[j] as Node;
        refuseRules(node);
        if (!stopsParser(node)) continue;
        const isInline = getAttribute(node as Element, 'src') === null;
        if (isInline && textContent(node) === '') begun = node;
        else comes();
        if (!isInline) timeline.conductor.blocks(nameOf(node as Element));
      }
    }
  });
  addEventListener(document, 'readystatechange', stop, { once: true, capture: true });
}

function stopsParser(node: Node): boolean {
  if (nodeName(node) !== 'SCRIPT') return false;
  const element = node as Element;
  // One that code has put in runs when it comes, and stops nobody.
  if (isAsync(element) || getAttribute(element, 'defer') !== null) return false;
  const type = getAttribute(element, 'type');
  return type === null || type === '' || type === 'text/javascript' || type === 'application/javascript';
}
