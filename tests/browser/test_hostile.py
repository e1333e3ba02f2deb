"""Pages that break, spy on or look for the recorder: the recording goes on, and they find nothing."""

from __future__ import annotations

import pytest
from fixtures.pages.hostile import hostile_page
from fixtures.pages.site import Reply, document

import reenact

pytestmark = pytest.mark.browser


def rest(page, milliseconds=350):
    page.wait_for_timeout(milliseconds)


# What a page can enumerate of its window, and what the builtins that a recorder wraps look like.
SURVEY = r"""() => {
  const shape = (owner, name) => {
    const d = Object.getOwnPropertyDescriptor(owner, name);
    if (!d) return 'none';
    const flags = [d.configurable, d.enumerable, d.writable].join();
    const of = (f) => f === undefined ? 'no' : [typeof f, f.name, f.length, Function.prototype.toString.call(f),
      Object.getOwnPropertyNames(f).sort().join(), 'prototype' in f, Object.getPrototypeOf(f) === Function.prototype].join('|');
    return [flags, of(d.get), of(d.set), typeof d.value === 'function' ? of(d.value) : typeof d.value].join(' ; ');
  };
  const attempt = (work) => { try { return 'gave ' + typeof work(); } catch (error) { return error.name + ': ' + error.message; } };
  const functions = ['setTimeout', 'setInterval', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame',
    'requestIdleCallback', 'cancelIdleCallback', 'fetch', 'alert', 'confirm', 'prompt', 'createImageBitmap', 'Date', 'ResizeObserver',
    'IntersectionObserver', 'PerformanceObserver', 'Worker', 'SharedWorker', 'WebSocket', 'XMLHttpRequest', 'onload', 'onmessage'];
  const methods = [[EventTarget, 'addEventListener'], [EventTarget, 'removeEventListener'], [EventTarget, 'dispatchEvent'],
    [Function, 'toString'], [Performance, 'now'], [Performance, 'timeOrigin'], [Event, 'timeStamp'], [Date, 'constructor'],
    [Date, 'getTime'], [Crypto, 'getRandomValues'], [Crypto, 'randomUUID'], [Response, 'json'], [Response, 'body'], [Blob, 'text'],
    [XMLHttpRequest, 'open'], [XMLHttpRequest, 'send'], [XMLHttpRequest, 'readyState'], [XMLHttpRequest, 'onreadystatechange'],
    [HTMLElement, 'onload'], [HTMLElement, 'onscroll'], [document.fonts.constructor, 'ready'], [ReadableStream, 'getReader'],
    [History, 'back'], [History, 'go'], [HTMLImageElement, 'decode'], [MessagePort, 'onmessage'], [Storage, 'setItem'],
    [ResizeObserver, 'constructor'], [IntersectionObserver, 'constructor'], [Worker, 'constructor'], [IDBRequest, 'onsuccess'],
    [IDBOpenDBRequest, 'onupgradeneeded'], [PointerEvent, 'getCoalescedEvents'], [Scheduler, 'postTask'],
    [Document, 'startViewTransition'], [ViewTransition, 'finished']];
  const out = {
    window: Object.getOwnPropertyNames(window).sort(),
    symbols: Object.getOwnPropertySymbols(window).map(String),
    document: Object.getOwnPropertyNames(document).sort(),
    navigator: Object.getOwnPropertyNames(navigator),
    elements: document.querySelectorAll('*').length,
  };
  for (const name of functions) out['function ' + name] = shape(window, name);
  for (const [owner, name] of methods) out[owner.name + '.' + name] = shape(owner.prototype, name);
  out.mathRandom = shape(Math, 'random');
  out.dateNow = shape(Date, 'now');
  out.webAssembly = shape(WebAssembly, 'instantiate');
  out.createObjectURL = shape(URL, 'createObjectURL');
  out.signal = shape(AbortSignal, 'timeout');
  out.dateOwn = Object.getOwnPropertyNames(Date).join();
  Object.assign(out, {
    newTimeout: attempt(() => new setTimeout(() => 0)),
    newFetch: attempt(() => new fetch('/')),
    newMethod: attempt(() => new EventTarget.prototype.addEventListener('x', null)),
    timeoutPrototype: attempt(() => setTimeout.prototype.x),
    fetchOfOne: attempt(() => { fetch.call(1, '/x').catch(() => 0); }),
    timeoutOfOne: attempt(() => setTimeout.call(1, () => 0)),
    timeoutOfNothing: attempt(() => clearTimeout(setTimeout.call(undefined, () => 0))),
    timeoutNoArguments: attempt(() => setTimeout()),
    frameNoArguments: attempt(() => requestAnimationFrame()),
    frameOfText: attempt(() => requestAnimationFrame('x')),
    frameOfOne: attempt(() => requestAnimationFrame.call(1, () => 0)),
    idleOfText: attempt(() => requestIdleCallback('x')),
    listenerNoArguments: attempt(() => EventTarget.prototype.addEventListener()),
    listenerOfObject: attempt(() => EventTarget.prototype.addEventListener.call({}, 'click', () => 0)),
    listenerOfText: attempt(() => window.addEventListener('message', 'x')),
    listenerOfNothing: attempt(() => (0, EventTarget.prototype.addEventListener)('rx-none', () => 0)),
    dispatchNothing: attempt(() => EventTarget.prototype.dispatchEvent()),
    dispatchObject: attempt(() => window.dispatchEvent({})),
    nowOfObject: attempt(() => Performance.prototype.now.call({})),
    originOfObject: attempt(() => Object.getOwnPropertyDescriptor(Performance.prototype, 'timeOrigin').get.call({})),
    stampOfObject: attempt(() => Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp').get.call({})),
    toStringOfObject: attempt(() => Function.prototype.toString.call({})),
    toStringOfProxy: attempt(() => Function.prototype.toString.call(new Proxy(function () {}, {}))),
    observerCalled: attempt(() => ResizeObserver(() => 0)),
    observerOfText: attempt(() => new ResizeObserver('x')),
    observerSubclass: attempt(() => new (class extends ResizeObserver {})(() => 0)),
    isSubclass: new (class extends ResizeObserver {})(() => 0) instanceof ResizeObserver,
    dateCalled: attempt(() => Date()), dateIs: new Date() instanceof Date, dateMade: new Date().constructor === Date,
    dateTag: Object.prototype.toString.call(new Date()), dateInvalid: String(new Date(NaN)), dateParts: new Date(2020, 1, 2).getMonth(),
    dateOfUndefined: String(new Date(undefined)), dateSubclass: new (class Mine extends Date {})() instanceof Date,
    reflectDate: Reflect.construct(Date, [], class Other {}).constructor.name,
    randomValues: attempt(() => crypto.getRandomValues(new Float32Array(1))),
    randomTooMany: attempt(() => crypto.getRandomValues(new Uint8Array(65537))),
    randomOfObject: attempt(() => Crypto.prototype.getRandomValues.call({}, new Uint8Array(1))),
    uuidOfObject: attempt(() => Crypto.prototype.randomUUID.call({})),
    stateOfObject: attempt(() => Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, 'readyState').get.call({})),
    openOfObject: attempt(() => XMLHttpRequest.prototype.open.call({}, 'GET', '/')),
    openNoArguments: attempt(() => new XMLHttpRequest().open()),
    sendUnopened: attempt(() => new XMLHttpRequest().send()),
    jsonOfObject: attempt(() => { Response.prototype.json.call({}).catch(() => 0); }),
    readerOfObject: attempt(() => ReadableStream.prototype.getReader.call({})),
    fetchIsPromise: fetch('data:,x') instanceof Promise,
    handlerKept: (() => { const f = () => 0; onmessage = f; const same = onmessage === f; onmessage = null; return same + ' ' + onmessage; })(),
    handlerObject: (() => { onmessage = {}; const kind = typeof onmessage; onmessage = 5; return kind + ' ' + onmessage; })(),
    timerIsNumber: typeof setTimeout(() => 0, 0), timerNumber: setTimeout(() => 0) > 0,
    stack: (() => { try { null.x; } catch (e) { return e.stack.split('\n').length; } })(),
    stackOfListener: attempt(() => document.body.addEventListener('click', null)),
  });
  return out;
}"""


def test_a_page_cannot_tell_that_it_is_recorded(session, chromium):
    site = session.site({"/": document("Plain", "<p>Text</p>")})
    bare = chromium.new_context(viewport={"width": 900, "height": 600})
    page = bare.new_page()
    page.goto(site.url)
    without = page.evaluate(SURVEY)
    bare.close()
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        recorded = page.evaluate(SURVEY)
        rest(page)
    different = {name: (without[name], recorded[name]) for name in without if without[name] != recorded[name]}
    assert different == {}


FRESH_FRAME = r"""() => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const inner = frame.contentWindow;
  const out = {
    extra: Object.getOwnPropertyNames(window).filter((name) => !(name in inner)),
    missing: Object.getOwnPropertyNames(inner).filter((name) => !(name in window)),
    strange: Object.getOwnPropertyNames(inner).filter((name) => /^rx|reenact|playwright/i.test(name)),
  };
  out.text = inner.Function.prototype.toString.call(setTimeout);
  out.own = inner.Function.prototype.toString.call(Function.prototype.toString);
  out.date = inner.Function.prototype.toString.call(Date);
  frame.remove();
  return out;
}"""


def test_a_fresh_frame_gives_nothing_away(session):
    site = session.site({"/": document("Plain", "<p>Text</p>")})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        found = page.evaluate(FRESH_FRAME)
        rest(page)
    assert found["strange"] == []
    assert found["missing"] == []
    assert found["extra"] == ["0"]  # the frame itself
    assert found["text"] == "function setTimeout() { [native code] }"
    assert found["own"] == "function toString() { [native code] }"
    assert found["date"] == "function Date() { [native code] }"


OURS = (
    "stringify",
    "parse",
    "toJSON",
    "set ",
    "dispatch",
    "Map",
    "WeakMap",
    "Set",
    "WeakSet",
    "String",
    "Element",
)


def test_builtins_that_lie(session):
    site = session.site({"/": hostile_page(), "/after": document("After", "<p>done</p>")})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page)
        # The tools of the driver do not work here, either: positions, not elements.
        page.mouse.click(80, 146)
        rest(page)
        page.mouse.click(330, 146)
        page.keyboard.type("Ada")
        rest(page)
        reading = "let all = ''; for (let i = 0; i < told.length; i++) all += told[i] + '\\n'; all"
        session_of_ours = session.context.new_cdp_session(
            page
        )  # page.evaluate would go through the page's functions
        told = session_of_ours.send("Runtime.evaluate", {"expression": reading})["result"]["value"]
        page.mouse.click(595, 146)
        page.wait_for_url("**/after", timeout=5000)
        rest(page)
    session.assert_whole()
    trace = session.trace
    assert len(session.inputs("down")) == 3
    assert [act.raw["event"]["key"] for act in session.inputs("keydown")] == ["A", "d", "a"]
    assert len(trace.documents) == 2
    assert [step.type for step in trace.steps] == ["navigate", "click", "click", "fill", "click"]
    assert trace.steps[1].title == 'Clicked button "Press"'
    # Nothing of ours went through a function of the page.
    for line in told.splitlines():
        assert not line.startswith(OURS), line
        assert "rx" not in line
        assert "entries" not in line
    session.assert_reproduced()


def test_strict_content_security_policy(session):
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-x'; "
        "require-trusted-types-for 'script'; trusted-types 'none'; sandbox allow-scripts allow-forms",
        "Permissions-Policy": "camera=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }
    body = (
        "<button id=b>Press</button><p id=p></p><script nonce=x>"
        "b.onclick = () => setTimeout(() => { p.textContent = 'at ' + Date.now() + ' ' + Math.random() }, 30)</script>"
    )
    site = session.site({"/": Reply(document("Strict", body), headers=headers)})
    errors = []
    with session.record():
        page = session.context.new_page()
        page.on("console", lambda message: errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(site.url)
        rest(page)
        page.get_by_role("button").click()
        rest(page)
    assert [error for error in errors if "favicon" not in error] == []
    assert [step.type for step in session.trace.steps] == ["navigate", "click"]
    session.assert_reproduced()


def test_nothing_of_a_page_gets_into_the_record(session):
    """A page that fires events by itself, calls what looks like a binding, and guesses names."""
    script = """<button id=b>Press</button><p id=p></p><script>
      const names = new Set();
      const look = () => { for (const name of Object.getOwnPropertyNames(window)) names.add(name) };
      look(); setInterval(look, 1); onclick = look; onbeforeunload = look;
      for (const name of ['reenact', '__reenact', '__playwright__binding__', 'rx' + '0'.repeat(32)]) {
        try { window[name]?.('[0,[["in",1,{"type":"down"}]]]'); window.dispatchEvent(new CustomEvent(name, { detail: {} })); } catch {}
      }
      b.onclick = () => {
        for (const type of ['pointerdown', 'mousedown', 'keydown', 'wheel', 'click', 'input', 'change']) {
          b.dispatchEvent(new Event(type, { bubbles: true }));
        }
        for (let i = 0; i < 200; i++) b.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, clientX: 5, clientY: 5 }));
        b.click();
        p.textContent = 'done';
        window.found = [...names].filter((name) => /^rx|reenact|playwright/i.test(name)).join();
      };
      b.onclick.count = 0;
      const once = b.onclick; b.onclick = () => { if (!once.count++) once() };
    </script>"""
    site = session.site({"/": document("Forger", script)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page)
        page.get_by_role("button").click()
        rest(page)
        assert page.evaluate("window.found") == ""
    session.assert_whole()
    assert [step.type for step in session.trace.steps] == ["navigate", "click"]
    assert len(session.inputs("down")) == 1
    session.assert_reproduced()


def test_strange_texts(session):
    """Lone surrogates, right-to-left marks, NUL and a very long text end up as what they are."""
    name = "\\ud800 \\u202etxet\\u202c \\u0000 \\u200b end"
    site = session.site(
        {
            "/": document(
                "Strange",
                f"<button id=b>x</button><textarea id=t></textarea><script>b.textContent = '{name}'; document.title = '{name}';"
                f"t.value = 'x'.repeat(3e4); b.onclick = () => {{ console.error('{name}'); b.dataset.done = 1 }}</script>",
            )
        }
    )
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page)
        page.locator("#b").click()
        rest(page)
        page.locator("#t").click()
        page.keyboard.type("y")
        rest(page)
    assert [step.type for step in session.trace.steps] == ["navigate", "click", "click", "fill"]
    reenact.load(session.path).verify()
    session.assert_reproduced()


def test_a_storm_of_changes_and_requests(session):
    storm = """<button id=b>Press</button><p id=p></p><script>
      b.onclick = () => { for (let i = 0; i < 20000; i++) { p.textContent = i; p.dataset.n = i; } };
      let root = document.body;
      for (let i = 0; i < 300; i++) { const d = document.createElement('div'); root.append(d); root = d.attachShadow({ mode: i % 2 ? 'open' : 'closed' }); }
    </script>"""
    site = session.site({"/": document("Storm", storm)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page)
        page.get_by_role("button").click()
        rest(page)
        page.get_by_role("button").click()
        rest(page)
    session.assert_whole()
    session.assert_reproduced()
