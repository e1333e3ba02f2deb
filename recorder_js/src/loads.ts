// What loads by itself, in a replay: scripts, styles, modules, pictures, fonts, documents of frames. The archive keeps
// each back until the log stands on it, and has it come when it is asked.
import { type Log, SCRIPT, isShown } from './log.ts';
import { MODULE_SCRIPT, isModule } from './modules.ts';
import { type List, list, matches, record, stringIndexOf, stringSlice } from './natives.ts';
import { type Resources, takeAll } from './resources.ts';

const INTERACTIVE = 'interactive';
/** Something may wait for a picture before its event: the promise to decode it. How many may come then. */
const AT_ONCE = 20;
const FONT = /\.(?:woff2?|ttf|otf)(?:[?#]|$)/;

export class Loads {
  /** Called, with its name, for an element that the log says has loaded and that has not, and for the document's end. */
  onMissing: (name: string) => void = () => {};
  /** Whether a font is under way. */
  areFontsLoading: () => boolean = () => true;
  /** What the browser fetches for itself, by realm: pictures that no event announces. */
  readonly resources = list<Resources>();
  private readonly log: Log;
  /** By name, those that have come and not had their turn. */
  private readonly come = record<number>();
  private readonly lost = record<true>();
  /** The script that the parser has come to last, and may be waiting for. */
  stopper = '';
  /** The one behind which something is known to stand. */
  private passed = '';
  private missing = 0;
  /** Where the log stood when more of the document was asked for. */
  private asked = -1;

  constructor(log: Log) {
    this.log = log;
  }

  note(name: string): void {
    this.come[name] = (this.come[name] ?? 0) + 1;
  }

  isHere(name: string): boolean {
    return (this.come[name] ?? 0) > 0;
  }

  /** Whether it has not come yet, and has not been waited for in vain. */
  isAwaited(name: string): boolean {
    return !this.isHere(name) && !this.lost[name];
  }

  giveUpOn(name: string): void {
    this.lost[name] = true;
  }

  /** Its turn has come, before it where it must. */
  take(name: string): void {
    this.come[name] = (this.come[name] ?? 0) - 1;
  }

  /** How many resources are missing of those that the log counts. */
  missingOf(count: number): number {
    return count - this.missing - takeAll(this.resources);
  }

  /**
   * Whether it is a font for which nobody has asked. A browser that remembers one of the page before tells of it as soon
   * as a style names it, and a replay remembers nothing (Chromium 156).
   */
  isUnused(name: string): boolean {
    return isShown(name) && matches(FONT, name) && !this.areFontsLoading();
  }

  /** They were waited for in vain. */
  giveUp(missing: number): void {
    this.missing += missing;
  }

  /** What is waited for may stand in a part of the document that is kept back: the next one comes out of its turn. */
  askForMore(): void {
    if (this.asked === this.log.at) return;
    this.asked = this.log.at;
    this.onMissing('document more');
  }

  /** The parser does not go on before its script has run, which may also write the next one. */
  askForStopper(): void {
    if (this.stopper !== '' && this.isAwaited(this.stopper)) this.onMissing(this.stopper);
  }

  /**
   * Whether the parser waits for a script that has its turn before the next picture, and goes on to nothing else until
   * then; for what has been waited for `long` that is taken as the reason.
   */
  isStopped(long: boolean): boolean {
    const { stopper } = this;
    if (stopper === '' || !this.isAwaited(stopper) || this.log.nextLoad(stopper) === undefined) return false;
    if (long) this.passed = stopper;
    return this.passed === stopper;
  }

  /** Has a load come. A module may be one that a script asks for which is told of only when all of it has come. */
  ask(name: string): void {
    this.onMissing(name);
    if (isShown(name)) this.askForShown(this.log.shownInRow());
    const root = isModule(name) ? this.log.nextLoad(MODULE_SCRIPT) : undefined;
    if (root !== undefined) this.onMissing(root);
  }

  /** Has the next of what is shown come, in or out of its turn. */
  askForShown(most = AT_ONCE): void {
    const names: List<string> = this.log.nextShown(most);
    for (let i = 0; i < names.length; i++) this.onMissing(names[i] as string);
  }

  /**
   * A document does not end before its timeline comes there, nor do its scripts; that of a frame does not come before,
   * nor its content.
   */
  askForDocument(event: string): void {
    if (event === SCRIPT) this.onMissing('document script ' + this.log.scripts);
    else if (stringIndexOf(event, 'script in frame ') === 0) this.onMissing('document body' + stringSlice(event, 'script'.length));
    else if (stringIndexOf(event, INTERACTIVE) === 0) {
      const frame = stringSlice(event, INTERACTIVE.length);
      if (frame !== '') this.onMissing('document body' + frame);
      this.onMissing('document end' + frame);
    } else if (stringIndexOf(event, 'document in frame ') === 0) this.onMissing(event);
  }
}
