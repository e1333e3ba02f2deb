import assert from 'node:assert/strict';
import test from 'node:test';
import { open, type Page } from './harness.ts';
import { HOSTILE } from './hostile.ts';

function described(page: Page, selector: string) {
  return JSON.parse(page.natives.encode(page.describe(page.$(selector)))) as ReturnType<Page['describe']> & {
    locators: { kind: string; value: string; role?: string; attribute?: string }[];
    frame: string[];
  };
}

test('roles', () => {
  const cases: [string, string | null][] = [
    ['<a href="/x">x</a>', 'link'], ['<a>x</a>', null], ['<button>x</button>', 'button'],
    ['<input>', 'textbox'], ['<input type=password>', 'textbox'], ['<input type=checkbox>', 'checkbox'],
    ['<input type=radio>', 'radio'], ['<input type=number>', 'spinbutton'], ['<input type=range>', 'slider'],
    ['<input type=search>', 'searchbox'], ['<input list=l>', 'combobox'], ['<input type=submit>', 'button'],
    ['<input type=hidden>', null], ['<select></select>', 'combobox'], ['<select multiple></select>', 'listbox'],
    ['<select size=4></select>', 'listbox'], ['<textarea></textarea>', 'textbox'], ['<h3>x</h3>', 'heading'],
    ['<div role="tab">x</div>', 'tab'], ['<div role="nonsense button">x</div>', 'button'],
    ['<button role="none">x</button>', null], ['<img alt="">', null], ['<img alt="Logo">', 'img'],
    ['<section>x</section>', null], ['<section aria-label="News">x</section>', 'region'], ['<div>x</div>', null],
    ['<div role="TAB">x</div>', 'tab'],
  ];
  for (const [html, role] of cases) {
    const page = open(html);
    assert.equal(page.roleOf(page.$('body > *')), role, html);
  }
});

test('accessible names', () => {
  const cases: [string, string, string][] = [
    ['<button>  Sign\n in </button>', 'button', 'Sign in'],
    ['<button><span>Sign</span><span>in</span></button>', 'button', 'Signin'],
    ['<button><div>Sign</div><div>in</div></button>', 'button', 'Sign in'],
    ['<button aria-label="Close">x</button>', 'button', 'Close'],
    ['<b id=a>Delete</b><i id=c>Anna</i><button aria-labelledby="a c missing">x</button>', 'button', 'Delete Anna'],
    ['<button title="Close"></button>', 'button', 'Close'],
    ['<button>Save <span style="display:none">hidden</span><i aria-hidden=true>*</i></button>', 'button', 'Save'],
    ['<button><img alt="Print" src=x></button>', 'button', 'Print'],
    ['<label for=i>Amount</label><input id=i value=250>', 'input', 'Amount'],
    ['<label>Amount <p><input value=250></p></label>', 'input', 'Amount'],
    ['<label><input type=checkbox> Can <b>approve</b></label>', 'input', 'Can approve'],
    ['<input placeholder="Search users">', 'input', 'Search users'],
    ['<input title="Search" placeholder="Search users">', 'input', 'Search'],
    ['<input type=submit>', 'input', 'Submit'],
    ['<input type=submit value="Place order">', 'input', 'Place order'],
    ['<input type=image alt="Go">', 'input', 'Go'],
    ['<label>Role <select><option>Clerk<option selected>Manager</select></label>', 'select', 'Role'],
    ['<fieldset><legend>Address</legend><input></fieldset>', 'fieldset', 'Address'],
    ['<table><caption>Payments</caption></table>', 'table', 'Payments'],
    ['<a href=x>R\u00adead\u200b more</a>', 'a', 'Read more'],
    ['<p>Not a name</p>', 'p', ''],
    ['<a href=x><svg><title>Home</title></svg></a>', 'a', 'Home'],
  ];
  for (const [html, selector, name] of cases) {
    const page = open(html);
    assert.equal(page.accessibleName(page.$(selector)), name, html);
  }
});

test('a click inside a button means the button; a label stays a label', () => {
  const page = open(`<button id=b><svg><path id=p></path></svg></button><label id=l><span id=s>Name</span><input></label>
    <div role=menuitem id=m><i id=i>x</i></div><div contenteditable id=e><p id=q>x</p></div><div id=d>plain</div>`);
  const expected = { p: 'b', s: 'l', i: 'm', q: 'e', d: 'd' };
  for (const [from, to] of Object.entries(expected)) {
    const target = page.interactiveTarget(page.$('#' + from));
    // jsdom knows no isContentEditable.
    if (to !== 'e') assert.equal(target.id, to, from);
  }
});

test('locators come best first, and each finds one element', () => {
  const page = open(`<form><label for=user>User name</label>
    <input id=user name=user data-testid=login-user placeholder="you@example.com"></form>
    <button>Sign in</button><button>Cancel</button><button>Cancel</button><a href="/help">Help</a>
    <p>Only once</p>`);
  assert.deepEqual(described(page, 'input').locators, [
    { kind: 'testid', value: 'login-user', attribute: 'data-testid' },
    { kind: 'role', role: 'textbox', value: 'User name' },
    { kind: 'label', value: 'User name' },
    { kind: 'placeholder', value: 'you@example.com' },
    { kind: 'css', value: '#user' },
  ]);
  assert.deepEqual(described(page, 'button').locators, [
    { kind: 'role', role: 'button', value: 'Sign in' },
    { kind: 'text', value: 'Sign in' },
    { kind: 'css', value: 'button:nth-of-type(1)' },
  ]);
  assert.deepEqual(described(page, 'button:nth-of-type(3)').locators, [{ kind: 'css', value: 'button:nth-of-type(3)' }]);
  assert.deepEqual(described(page, 'a').locators.at(-1), { kind: 'css', value: 'a[href="/help"]' });
  assert.deepEqual(described(page, 'p').locators, [{ kind: 'text', value: 'Only once' }, { kind: 'css', value: 'p' }]);
});

test('what can be typed into says so', () => {
  const page = open(`<input id=a><input id=b type=checkbox><input id=c readonly><textarea id=d></textarea><select id=e></select>
    <input id=f type=number><button id=g>x</button>`);
  const editable = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].filter((id) => described(page, '#' + id).editable);
  assert.deepEqual(editable, ['a', 'd', 'f']);
});

test('a hidden namesake does not cost a button its role locator', () => {
  const page = open('<div style="display:none"><button>Save</button></div><button id=real>Save</button>');
  assert.equal(described(page, '#real').locators[0]?.kind, 'role');
});

test('CSS is unique, avoids generated ids and survives awkward values', () => {
  const rows = Array.from({ length: 5 }, (_, i) => `<tr><td>r${i}</td><td><button id=":r${i}:">x</button></td></tr>`);
  const page = open(`<table><tbody>${rows.join('')}</tbody></table><input name='a"b\\c'><x-y.z>odd</x-y.z>
    <input type=radio name=plan value=free><input type=radio name=plan value=pro>`);
  for (const element of page.document.body.querySelectorAll<HTMLElement>('*')) {
    const css = page.cssPath(element);
    assert.notEqual(css, '');
    assert.deepEqual([...page.document.querySelectorAll(css)], [element], css);
    assert.ok(!css.includes(':r'), css);
  }
  assert.equal(page.cssPath(page.$('[value=pro]')), 'input[name="plan"][value="pro"]');
});

test('a page of very many candidates keeps role locators where the name stands nowhere else', () => {
  const rows = Array.from({ length: 1001 }, (_, i) => `<p><button>Row ${i}</button><button title="t${i}">Delete</button></p>`);
  const page = open(`${rows.join('')}<button id=save>Save</button><button id=a aria-label="Row 7"></button>
    <button id=b aria-label="Alone"></button>`);
  const kinds = (selector: string) => described(page, selector).locators.map((locator) => locator.kind);
  assert.deepEqual(kinds('#save'), ['role', 'text', 'css']);
  assert.deepEqual(kinds('#b'), ['role', 'css']);
  assert.deepEqual(kinds('#a'), ['css']);
  assert.deepEqual(kinds('p:nth-of-type(3) button + button'), ['css']);
});

test('open shadow roots are pierced', () => {
  const page = open('<x-card id=card></x-card>');
  page.run(`document.getElementById('card').attachShadow({ mode: 'open' }).innerHTML = '<p><button>Buy <slot></slot></button></p>';
    document.getElementById('card').append('tea');`);
  const button = page.$('#card').shadowRoot?.querySelector('button') as HTMLElement;
  const target = page.describe(button);
  assert.equal(target.name, 'Buy tea');
  assert.equal(target.locators[target.locators.length - 1]?.value, '#card >> button');
});

test('names are cut at 120 characters, and a cut name is no locator', () => {
  const page = open(`<button>${'word '.repeat(60)}</button>`);
  const target = described(page, 'button');
  assert.equal(target.name.length, 120);
  assert.deepEqual(target.locators.map((locator) => locator.kind), ['css']);
  assert.ok(!/[\ud800-\udbff]\u2026$/.test(page.shorten('x'.repeat(118) + '\u{1f600}'.repeat(5))));
});

test('secret fields are recognised, and stay secret', () => {
  const secret = [
    '<input type=password>', '<input TYPE=PassWord>', '<input type=hidden>', '<input autocomplete="section-a cc-number">',
    '<input autocomplete="ONE-TIME-CODE">', '<input autocomplete=new-password>', '<input data-reenact-mask>',
    '<div class="rr-mask"><input></div>', '<input class="x sentry-mask">', '<div data-dd-privacy=mask><p><input></div>',
    '<input data-dd-privacy=mask-user-input>', '<input class=ph-no-capture>', '<div data-private><textarea></textarea></div>',
    '<select data-clarity-mask="True"></select>', '<input class=fs-exclude>', '<input data-hj-suppress>',
    '<input data-openreplay-obscured>', '<input data-rr-is-password>', '<input class=rr-ignore>',
    '<div class=sentry-mask><div class=sentry-unmask data-dd-privacy=allow data-hj-allow><input></div></div>',
  ];
  for (const html of secret) {
    const page = open(html);
    assert.equal(page.isSecret(page.$('input,select,textarea')), true, html);
  }
  const page = open('<form><input id=p name=pw type=password><button>Show</button></form><input id=plain>');
  assert.equal(page.isSecret(page.$('#plain')), false);
  page.describe(page.$('button'));
  page.run("document.getElementById('p').type = 'text'");
  assert.equal(page.isSecret(page.$('#p')), true);
  page.run("document.getElementById('p').outerHTML = '<input id=q name=pw>'");
  assert.equal(page.isSecret(page.$('#q')), true);
});

test('private text and secret values are in no name and no locator', () => {
  const page = open(`
    <div data-reenact-mask><button id=b title=canary aria-label=canary>canary</button><a href="/canary">canary</a></div>
    <label for=f>Pass <b class=rr-mask>canary</b></label><input id=f type=password value=canary placeholder=Secret>
    <button id=outer>Open <span data-private>canary</span></button>
    <label id=l>Card <input autocomplete=cc-number value=canary></label>
    <div role=textbox contenteditable id=e>typed</div><p class=ph-mask id=canary-free>canary</p>`);
  for (const element of page.document.body.querySelectorAll<HTMLElement>('*')) {
    assert.doesNotMatch(page.natives.encode(page.describe(element)), /"[^"]*canary(?!-free)/, element.outerHTML);
  }
  assert.equal(described(page, '#f').name, 'Pass');
  assert.equal(described(page, '#outer').name, 'Open');
});

test('secrets have names', () => {
  const page = open(`<input type=password name=password id=a><input type=password name=password id=b>
    <input type=password name="user[newPassword]" id=c><label for=2>Die PIN</label><input type=password id=2>
    <input type=password class=d>`);
  const names = [...page.document.querySelectorAll('input')].map((field) => page.secretName(field));
  assert.deepEqual(names, ['PASSWORD', 'PASSWORD_2', 'USER_NEW_PASSWORD', 'SECRET_2', 'PASSWORD_3']);
  assert.equal(page.secretName(page.$('#b')), 'PASSWORD_2');
  page.run("document.getElementById('a').outerHTML = '<input id=z name=password>'");
  assert.equal(page.secretName(page.$('#z')), 'PASSWORD');
  assert.equal(page.upperSnake('  -- '), '');
});

test('fingerprints follow the formula exactly', () => {
  const { fingerprint } = open();
  const P = 2n ** 31n - 1n;
  const exact = (text: string, base: number): number => {
    let h = 0n;
    for (let i = 0; i < text.length; i++) h = (h * BigInt(base) + BigInt(text.charCodeAt(i))) % P;
    return Number(h);
  };
  for (const text of ['', 'a', 'hunter2', 'correct horse battery staple', '\u{1f512}\uffff\u0000', 'x'.repeat(5000)]) {
    for (const [a, b] of [[131, 2147483646], [1234567890, 987654321], [1, 2147450881]] as const) {
      assert.deepEqual(Array.from(fingerprint(text, a, b)), [text.length, exact(text, a), exact(text, b)], text.slice(0, 20));
    }
  }
});

test('a page that patches builtins cannot change a description', () => {
  const html = `<label for=f>Card</label><input id=f autocomplete="x cc-number" data-testid=card><button>Pay <b>now</b></button>
    <select id=s><option>a</select>`;
  const honest = open(html);
  const hostile = open(html);
  const selectors = ['input', 'button', 'b', 'select'];
  const elements = selectors.map((selector) => hostile.$(selector));
  // jsdom matches selectors with the page's own getAttribute, which no browser does: that one stays.
  hostile.run(`var kept = Object.getOwnPropertyDescriptor(Element.prototype, 'getAttribute'); ${HOSTILE};
    Element.prototype.getAttribute = kept.value;`);
  selectors.forEach((selector, i) => {
    const expected = honest.natives.encode(honest.describe(honest.$(selector)));
    assert.equal(hostile.natives.encode(hostile.describe(elements[i] as Element)), expected);
  });
  assert.equal(hostile.isSecret(elements[0] as Element), true);
  assert.equal(hostile.secretName(elements[0] as Element), 'F');
  assert.equal(hostile.run('touched.length'), 0, String(hostile.run('touched[0]')));
});
