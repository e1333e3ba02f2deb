// A jsdom page with the modules under test in it, in one realm with the page as in a real browser.
import { execFileSync } from 'node:child_process';
import { JSDOM } from 'jsdom';
import type { Modules } from './page.ts';

export interface Page extends Modules {
  window: JSDOM['window'];
  document: Document;
  /** Runs page code, after ours. */
  run(code: string): unknown;
  /** The first element that matches. */
  $(selector: string): HTMLElement;
}

/** The bundle of `entry` as it would be injected. Node's test runner starts us in recorder_js. */
export function bundle(entry: string): string {
  return execFileSync(process.execPath, ['build.mjs', '--print', entry], { encoding: 'utf8' });
}

const script = bundle('test/page.ts');

/** Opens a page: first our script, then `html`. `before` runs ahead of everything, to take builtins away. */
export function open(html = '', { before = '', url = 'https://app.example/' } = {}): Page {
  const dom = new JSDOM('<!doctype html><html><head></head><body></body></html>', { runScripts: 'outside-only', url });
  const { window } = dom;
  if (before) window.eval(before);
  window.eval(script);
  window.document.body.innerHTML = html;
  const modules = (window as unknown as { reenactTest: Modules }).reenactTest;
  return {
    ...modules,
    window,
    document: window.document,
    run: (code) => window.eval(code),
    $: (selector) => {
      const found = window.document.querySelector<HTMLElement>(selector);
      if (!found) throw new Error(`no ${selector} in the test page`);
      return found;
    },
  };
}
