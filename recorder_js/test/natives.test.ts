import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { bundle, open } from './harness.ts';
import { HOSTILE } from './hostile.ts';

test('encode writes what JSON.stringify would, for plain data', () => {
  const { natives } = open();
  const samples: unknown[] = [
    null, true, 0, -0, 1.5, 1e21, '', 'a"b\\c\u2028\ud800\n\u0000', [], [1, [2, null]], {}, { a: 1, 'b c': { d: [false] } },
  ];
  for (const sample of samples) assert.equal(natives.encode(sample), JSON.stringify(sample));
  assert.equal(natives.encode({ a: undefined, b: Number.NaN, c: () => 1 }), '{"b":null,"c":null}');
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  assert.match(natives.encode(cycle), /null}+$/);
});

test('a page that patches builtins neither changes nor sees what we do', () => {
  const page = open('<p id=a>text <input id=b value=kept></p>');
  const { natives, document } = page;
  const input = document.getElementById('b') as Element;
  const paragraph = document.getElementById('a') as Element;
  page.run(HOSTILE);
  const items = natives.list<unknown>();
  natives.append(items, 'x');
  natives.append(items, 2);
  assert.equal(natives.encode({ items, text: 'plain' }), '{"items":["x",2],"text":"plain"}');
  assert.equal(natives.quote('a"b'), '"a\\"b"');
  assert.equal(natives.getAttribute(input, 'id'), 'b');
  assert.equal(natives.controlValue(input), 'kept');
  assert.equal(natives.textContent(paragraph), 'text ');
  assert.equal(natives.parentNode(input), paragraph);
  assert.equal(natives.queryAll(document, 'input').length, 1);
  const map = new natives.NativeWeakMap<Element, string>();
  natives.weakMapSet(map, input, 'seen');
  assert.equal(natives.weakMapGet(map, input), 'seen');
  assert.equal(natives.toUpperCase('abc'), 'ABC');
  assert.equal(natives.record()['extra'], undefined);
  assert.equal(page.run('touched.length'), 0, String(page.run('touched[0]')));
});

test('events are read through the captured attributes', () => {
  const page = open('<button>Go</button>');
  const { natives } = page;
  const seen: unknown[] = [];
  natives.addEventListener(page.window, 'click', (event: Event) => {
    const target = natives.innermostTarget(event) as Element;
    seen.push(natives.eventType(event), natives.localName(target), natives.clientX(event), natives.modifierBits(event));
  });
  page.run(HOSTILE);
  page.run(`document.getElementsByTagName('button').item(0).dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, clientX: 7, ctrlKey: true, shiftKey: true }));`);
  assert.deepEqual(seen, ['click', 'button', 7, 10]);
});

test('an environment without some interfaces, and foreign objects, do not throw', () => {
  const { natives, $ } = open('<b>x</b>', {
    before: `for (const name of ['ShadowRoot', 'WheelEvent', 'PointerEvent', 'HTMLSelectElement', 'getComputedStyle',
      'DOMRectReadOnly', 'InputEvent']) delete window[name];`,
  });
  assert.equal(natives.shadowHost($('b')), null);
  assert.equal(natives.deltaY({}), 0);
  assert.equal(natives.inputType($('b')), '');
  assert.equal(natives.getAttribute({}, 'id'), null);
  assert.equal(natives.styleOf($('b'), 'display'), '');
  assert.equal(natives.queryAll($('b'), ':::').length, 0);
});

test('the bundle is a plain ASCII script without helpers of the bundler', () => {
  const entries = ['src/natives.ts', 'src/nodes.ts', 'src/nativeevents.ts', ...(existsSync('src/main.ts') ? ['src/main.ts'] : [])];
  for (const entry of entries) {
    const code = bundle(entry);
    const helper = /__defProp|__commonJS|__esm|__export|__toESM|__name|__publicField/.exec(code);
    assert.equal(helper, null, entry);
    assert.equal(/[^\x00-\x7f]/.exec(code), null, entry);
    assert.ok(code.startsWith('// Built from recorder_js'));
  }
});
