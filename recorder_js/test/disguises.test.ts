import assert from 'node:assert/strict';
import test from 'node:test';
import { JSDOM } from 'jsdom';
import type { Disguises } from './disguises.ts';
import { bundle } from './harness.ts';
import { HOSTILE } from './hostile.ts';

const SOURCE = bundle('test/disguises.ts');
const TOKEN = 'rx0123456789abcdef';

const opened: JSDOM['window'][] = [];
test.after(() => {
  for (const window of opened) window.close();
});

/** A page with the recorder's parts in it; `sent` is what came through the binding. */
function page({ binding = true } = {}) {
  const { window } = new JSDOM('<!doctype html><p id=a>one <b>two</b> three</p><div id=host></div>', {
    runScripts: 'outside-only',
  });
  const scope = window as unknown as Record<string, any>;
  const sent: any[] = [];
  const bind = (): void => void (scope[TOKEN] = (text: string) => sent.push(JSON.parse(text)));
  if (binding) bind();
  window.eval(`var __reenact = { mode: 'record', token: '${TOKEN}', bases: [257, 263], workers: false, documents: {} }; function __source() {}`);
  scope['MessagePort'] = class { start() {} postMessage() {} };
  scope['MessageChannel'] = class { port1 = Object.assign(new window.EventTarget(), { start() {} }); port2 = { postMessage() {} }; };
  window.eval(SOURCE);
  opened.push(window);
  return { window, scope, sent, bind, ours: scope['reenactDisguises'] as Disguises };
}

test('a wrapped method looks native in every way that a page can ask for', () => {
  const { window, scope, ours } = page();
  const native = scope['atob'] as Function;
  const text = Function.prototype.toString.call(native);
  const flags = Object.getOwnPropertyDescriptor(window, 'atob') as PropertyDescriptor;
  ours.replaceMethod(window, 'atob', (original) => (self, args) => original(self, args) + '!');
  ours.hideWrappers();
  const wrapped = scope['atob'] as Function;

  assert.notEqual(wrapped, native);
  assert.equal(wrapped('aGk='), 'hi!');
  assert.equal(window.eval('Function.prototype.toString.call(atob)'), text);
  assert.equal(window.eval('Function.prototype.toString.call(Function.prototype.toString)'), 'function toString() { [native code] }');
  assert.deepEqual([wrapped.name, wrapped.length, 'prototype' in wrapped], [native.name, native.length, false]);
  assert.throws(() => window.eval('new atob("aGk=")'), /not a constructor/);
  const now = Object.getOwnPropertyDescriptor(window, 'atob') as PropertyDescriptor;
  assert.deepEqual([now.configurable, now.enumerable, now.writable], [flags.configurable, flags.enumerable, flags.writable]);
});

test('errors of the native function stay, with their receiver checks', () => {
  const { window, ours } = page();
  ours.replaceMethod(window.EventTarget.prototype, 'dispatchEvent', (native) => (self, args) => native(self, args));
  assert.throws(() => window.eval('EventTarget.prototype.dispatchEvent.call({}, new Event("x"))'), /TypeError|valid instance/);
});

test('a getter keeps its setter, its flags and its receiver check', () => {
  const { window, ours } = page();
  ours.replaceAccessor(window.Element.prototype, 'id', (native) => (self) => native(self) + '?');
  assert.equal(window.eval('const p = document.querySelector("p"); p.id = "b"; p.id'), 'b?');
  assert.equal(window.eval('Object.getOwnPropertyDescriptor(Element.prototype, "id").get.name'), 'get id');
  assert.throws(() => window.eval('Object.getOwnPropertyDescriptor(Element.prototype, "id").get.call({})'));
});

test('a wrapped constructor makes real objects, also of subclasses, and refuses a plain call', () => {
  const { window, ours } = page();
  const made: unknown[] = [];
  ours.replaceConstructor('MutationObserver', (object) => made.push(object));
  assert.equal(window.eval('new MutationObserver(() => 0) instanceof MutationObserver'), true);
  assert.equal(window.eval('class Mine extends MutationObserver {}; const m = new Mine(() => 0); m instanceof Mine && m instanceof MutationObserver'), true);
  assert.equal(window.eval('MutationObserver.prototype.constructor === MutationObserver'), true);
  assert.throws(() => window.eval('MutationObserver(() => 0)'));
  assert.equal(made.length, 2);
});

test('the binding is off the page before the page begins, and messages come in numbered batches', () => {
  const { scope, sent, ours } = page();
  const channel = new ours.Channel();
  assert.equal(TOKEN in scope, false);
  channel.post(['one', 1]);
  channel.post(['two', 'x']);
  channel.flush();
  channel.flush();
  channel.post(['three']);
  channel.flush();
  assert.deepEqual(sent, [[0, [['one', 1], ['two', 'x']]], [1, [['three']]]]);
});

test('what was posted before the binding came is sent when it comes', () => {
  const { scope, sent, bind, ours } = page({ binding: false });
  const channel = new ours.Channel();
  channel.post(['early']);
  channel.flush();
  assert.deepEqual(sent, []);
  bind();
  channel.flush();
  assert.deepEqual(sent, [[0, [['early']]]]);
  assert.equal(TOKEN in scope, false);
});

test('whoever holds something back adds it to the batch that leaves', () => {
  const { sent, ours } = page();
  const channel = new ours.Channel();
  channel.beforeFlush[0] = () => channel.post(['last']);
  channel.post(['first']);
  channel.flush();
  assert.deepEqual(sent[0], [0, [['first'], ['last']]]);
});

test('a page that replaced every builtin sees no message and changes none', () => {
  const { window, sent, ours } = page();
  const channel = new ours.Channel();
  window.eval(HOSTILE);
  channel.post(['in', 1, { type: 'down', x: 1.5, nothing: undefined, text: '\ud800"\u2028' }]);
  channel.flush();
  assert.equal(JSON.stringify(sent[0]), '[0,[["in",1,{"type":"down","x":1.5,"text":"\\ud800\\"\u2028"}]]]');
  assert.equal(window.eval('touched.length'), 0);
});

test('a path leads back to its element, through shadow roots, and to a node inside one', () => {
  const { window, ours } = page();
  const inner = window.eval('const root = host.attachShadow({ mode: "open" }); root.innerHTML = "<i></i><em><u></u></em>"; root.querySelector("u")') as Element;
  const path = ours.pathTo(inner);
  assert.ok(path);
  assert.equal(ours.elementAt(path), inner);
  assert.equal(ours.elementAt([99, 3]), null);
  assert.equal(ours.pathTo(window.document.createElement('p')), null);
  const p = window.eval('document.querySelector("p")') as Element;
  const text = window.eval('document.querySelector("b").firstChild') as Element;
  const way = ours.nodePath(p, text);
  assert.ok(way);
  assert.equal(ours.nodeAt(p, way), text);
  assert.equal(ours.nodePath(p, window.document.body), null);
});
