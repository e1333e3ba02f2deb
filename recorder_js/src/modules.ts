// Modules that `import` asks for: they run when they have come, with all that they import themselves, and nobody can
// hold that. So everything else waits, in recording and replay, from the moment in which one comes until it has run.
import { type List, append, getter, list, record, stringIndexOf, stringSlice, toLowerCase } from './natives.ts';
import { queryAll } from './nodes.ts';
import { nativeTimeout } from './scheduler.ts';

/** What the log calls a module that an element asks for: its load is told when all that it imports has come. */
export const MODULE_SCRIPT = 'script[type=module] ';

const LONGEST = 200;
/** So long may a large module be compiled after it has come. */
const COMPILE_MS = 500;

/** What says that a document has modules. */
const OF_MODULES = 'script[type=module i], script[type=importmap i], link[rel=modulepreload i]';

const readyState = getter<string>('Document', 'readyState', 'complete');
const scripts = getter<List<Element>>('Document', 'scripts', { length: 0 });
const sourceOf = getter<string>('HTMLScriptElement', 'src', '');
const relOf = getter<string>('HTMLLinkElement', 'rel', '');
export const linkAddress = getter<string>('HTMLLinkElement', 'href', '');

/**
 * What the log calls a module that has come from this address: "preload" when a link asked for it, "module" when only
 * code did; empty when an element tells of it by its own event, or when the address is too long to be told.
 */
export function nameOfModule(url: string): string {
  const address = withoutHash(url);
  if (address.length >= LONGEST || isOfParser()) return '';
  const all = scripts(document);
  for (let i = 0; i < all.length; i++) if (sourceOf(all[i]) === url) return '';
  const links = queryAll(document, 'link[rel=modulepreload i]');
  for (let i = 0; i < links.length; i++) if (linkAddress(links[i]) === url) return 'preload ' + address;
  return 'module ' + address;
}

/**
 * The parser looks ahead for scripts, and asks for them before their elements are there: in a document that knows no
 * modules it is these that come before it ends.
 */
function isOfParser(): boolean {
  return readyState(document) === 'loading' && queryAll(document, OF_MODULES).length === 0;
}

/** Whatever a log may call it. */
export function namesOfModule(url: string): List<string> {
  const names = list<string>();
  append(names, 'module ' + withoutHash(url));
  append(names, 'preload ' + withoutHash(url));
  return names;
}

/** What the log calls the module of a link that has loaded: it is compiled. Empty for any other element. */
export function nameOfPreload(element: unknown): string {
  return toLowerCase(relOf(element)) === 'modulepreload' ? 'preload ' + withoutHash(linkAddress(element)) : '';
}

/** Whether what the log calls so is a module. */
export function isModule(name: string): boolean {
  return stringSlice(name, 0, 7) === 'module ' || isPreload(name);
}

export function isModuleScript(name: string): boolean {
  return stringSlice(name, 0, MODULE_SCRIPT.length) === MODULE_SCRIPT;
}

export function isPreload(name: string): boolean {
  return stringSlice(name, 0, 8) === 'preload ';
}

function withoutHash(url: string): string {
  const hash = stringIndexOf(url, '#');
  return hash < 0 ? url : stringSlice(url, 0, hash);
}

/** The modules that have come and may not have run yet. */
export class Modules {
  private readonly compiled = record<number>();
  private readonly waiting = record<List<() => void>>();

  /** Calls `compiled` and `run` when the module of this name, which has come, is compiled, and has run if it was to. */
  afterCompiling(name: string, compiled: () => void, run: () => void): void {
    let over = false;
    const end = (): void => {
      if (over) return;
      over = true;
      compiled();
      afterLoading(run);
    };
    const isCompiled = (this.compiled[name] ?? 0) > 0;
    if (isCompiled) this.compiled[name] = (this.compiled[name] as number) - 1;
    if (isCompiled || !isPreload(name)) return end();
    append((this.waiting[name] ??= list()), end);
    nativeTimeout(end, COMPILE_MS);
  }

  /** The link of a module tells that it is compiled. */
  tell(name: string): void {
    const waiting = this.waiting[name];
    delete this.waiting[name];
    if (!waiting) this.compiled[name] = (this.compiled[name] ?? 0) + 1;
    for (let i = 0; waiting && i < waiting.length; i++) waiting[i]!();
  }
}

/** What is compiled runs in tasks of the browser's own that follow. */
function afterLoading(run: () => void): void {
  nativeTimeout(() => nativeTimeout(run, 0), 0);
}
