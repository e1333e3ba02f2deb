"""Dedicated workers: the clock, the random numbers and the order of a worker are those of its recording."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from fixtures.pages.site import LOG, Reply, Site, document

pytestmark = pytest.mark.browser

TICKING = """
  self.onmessage = (event) => {
    let n = 0;
    const timer = setInterval(() => {
      postMessage(`${event.data} tick ${n} ${Math.random()} ${Date.now()} ${performance.now()} ${self.name}`);
      if (++n < 3) return;
      clearInterval(timer);
      fetch(ORIGIN + '/data').then((answer) => answer.text()).then((text) => postMessage(text + ' ' + Date.now()));
    }, 20);
  };
"""

MADE_FROM_A_BLOB = """<button id=go>Go</button><script type=text/plain id=source>TICKING</script><script>
  const text = source.textContent.replace('ORIGIN', JSON.stringify(location.origin));
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'blobby' });
  URL.revokeObjectURL(address);
  worker.onmessage = (event) => say(event.data);
  go.onclick = () => worker.postMessage('asked ' + Date.now());
</script>""".replace("TICKING", TICKING)

FROM_THE_SERVER = """<button id=go>Go</button><script>
  const first = new Worker('/classic.js?kind=classic');
  const second = new Worker(new URL('/module.js', location.href), { type: 'module' });
  first.addEventListener('message', (event) => say('classic ' + event.data));
  second.onmessage = (event) => say('module ' + event.data);
  go.onclick = () => { first.postMessage('a'); second.postMessage('b'); };
</script>"""

CLASSIC = """'use strict';
  importScripts('/part.js');
  addEventListener('message', (event) => {
    let n = 0;
    (function next() {
      const strict = (function () { return this === undefined; })();
      postMessage(`${event.data} ${part} ${crypto.randomUUID()} ${new Date().getTime()} ${location.search} ${strict}`);
      if (++n < 4) setTimeout(next, 15);
    })();
  });
"""

MODULE = """
  import { part } from '/part.mjs';
  self.onmessage = async (event) => {
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => setTimeout(resolve, 13));
      postMessage([event.data, part, Date.now(), crypto.getRandomValues(new Uint8Array(3))].join(' '));
    }
  };
  postMessage('ready ' + Math.random());
"""


def script(text):
    return Reply(text, type="text/javascript")


def go_twice(page, answers, said=0):
    """Press the button twice, and each time wait for so many answers, and for a picture of them."""
    for _ in range(2):
        page.click("#go")
        said += answers
        page.locator("li").nth(said - 1).wait_for()
        page.wait_for_timeout(500)


def test_a_worker_made_from_a_blob(session):
    site = session.site(
        {"/": document("Blob", LOG + MADE_FROM_A_BLOB), "/data": Reply("data", type="text/plain")}
    )
    with session.record():
        page = session.open(site, 400)
        go_twice(page, 4)
        assert page.locator("li").count() == 8
        assert "blobby" in page.inner_text("#log")
    assert not session.trace.gaps
    session.assert_reproduced()


def test_workers_whose_address_is_their_script(session):
    ticking = TICKING.replace(
        "fetch(ORIGIN + '/data').then((answer) => answer.text())", "Promise.resolve(origin)"
    )
    plain = "data:text/javascript;charset=utf-8," + quote(ticking + "// ü")
    encoded = "data:text/javascript;base64," + base64.b64encode(f"'use strict';{ticking}".encode()).decode()
    page_of = (
        f"<button id=go>Go</button><script>const workers = [{plain!r}, {encoded!r}].map((it) => new Worker(it));"
        " for (const worker of workers) worker.onmessage = (event) => say(event.data);"
        " go.onclick = () => { for (const worker of workers) worker.postMessage('asked'); };</script>"
    )
    with session.record():
        page = session.open(session.site({"/": document("Workers", LOG + page_of)}), 500)
        go_twice(page, 8)
        assert "null " in page.inner_text("#log"), "a worker of that kind has no origin"
    session.assert_reproduced()


HANDS_OVER = """
  self.onmessage = (first) => {
    self.onmessage = null;
    const told = [first.data];
    self.addEventListener('message', function hear(event) {
      told.push(event.data);
      if (told.length < 4) return;
      self.removeEventListener('message', hear);
      self.addEventListener('message', (later) => postMessage('later ' + later.data));
      self.onmessage = (later) => postMessage('handler ' + later.data);
      postMessage(told.join());
    });
  };
"""
HANDED_OVER = """<button id=go>Go</button><script>
  const worker = new Worker('/worker.js');
  worker.onmessage = (event) => say(event.data);
  for (let n = 1; n <= 4; n++) worker.postMessage(n);
  go.onclick = () => worker.postMessage('asked');
</script>"""


def test_who_begins_to_listen_in_the_turn_of_a_message_hears_those_that_came_meanwhile(session):
    """As the workers of Emscripten do: the first message sets up who hears the others."""
    site = session.site({"/": document("Workers", LOG + HANDED_OVER), "/worker.js": script(HANDS_OVER)})
    with session.record():
        page = session.open(site, 500)
        go_twice(page, 2, said=1)
        told = page.inner_text("#log").splitlines()
    assert told == ["1,2,3,4", *["later asked", "handler asked"] * 2]
    session.assert_reproduced()


def test_workers_from_the_server(session):
    site = session.site(
        {
            "/": document("Network", LOG + FROM_THE_SERVER),
            "/classic.js": script(CLASSIC),
            "/part.js": script("const part = 'part';"),
            "/module.js": script(MODULE),
            "/part.mjs": script("export const part = 'module part';"),
        }
    )
    with session.record():
        page = session.open(site, 400)
        page.locator("li").first.wait_for()
        go_twice(page, 7, said=1)
        assert page.locator("li").count() == 15
        assert "?kind=classic true" in page.inner_text("#log")
    trace = session.trace
    workers = {e.url.removeprefix(site.url.rstrip("/")): e for e in trace.exchanges}
    assert trace.read(workers["/classic.js?kind=classic"].response_body).decode() == CLASSIC
    assert trace.read(workers["/module.js"].response_body).decode() == MODULE
    assert all("rx" not in call.query for call in site.calls)
    session.assert_reproduced()


LOOK_AROUND = """
  const shape = (owner, name) => {
    while (owner && !Object.getOwnPropertyDescriptor(owner, name)) owner = Object.getPrototypeOf(owner);
    const d = owner && Object.getOwnPropertyDescriptor(owner, name);
    if (!d) return 'none';
    const of = (f) => typeof f !== 'function' ? typeof f : [f.name, f.length, '' + f, 'prototype' in f].join('|');
    return [owner === self, d.configurable, d.enumerable, d.writable, of(d.get), of(d.set), of(d.value)].join(' ; ');
  };
  const names = ['setTimeout', 'clearTimeout', 'setInterval', 'fetch', 'postMessage', 'onmessage', 'name', 'Date', 'WebSocket',
    'requestAnimationFrame', 'createImageBitmap', 'addEventListener', 'close', 'onerror', 'Worker'];
  const seen = { own: Object.getOwnPropertyNames(self).sort(), name: self.name, search: location.search,
    address: [location.href, '' + location].map((text) => text.split('/').pop()) };
  for (const name of names) seen[name] = shape(self, name);
  for (const name of ['href', 'search', 'toString']) seen['location.' + name] = shape(WorkerLocation.prototype, name);
  seen.now = shape(Performance.prototype, 'now');
  seen.random = shape(Math, 'random');
  for (const [owner, name] of [[Worker, 'terminate'], [Worker, 'postMessage'], [MessagePort, 'postMessage'],
    [OffscreenCanvas, 'getContext'], [WebSocket, 'send'], [ErrorEvent, 'filename'], [ErrorEvent, 'lineno']])
    seen[owner.name + '.' + name] = shape(owner.prototype, name);
  postMessage(JSON.stringify(seen));
"""

ASKING = """<script>
  const worker = new Worker('/look.js?a=1', { name: 'mine' });
  worker.onmessage = (event) => { window.answer = event.data; };
</script>"""


def test_a_module_with_classes_named_as_those_of_the_browser(session):
    """pdf.js has its own `Event`: a name that is there before it can be used, also where we stand in front."""
    names = ["Event", "EventTarget", "Promise", "MessageChannel", "Map", "Date", "Math", "Object", "Reflect"]
    own = " ".join(f"class {name} {{}}" for name in names)
    module = f"{own} const performance = 1, crypto = 2, fetch = 3; self.onmessage = () => postMessage(String(Event));"
    page_of = (
        "<button id=go>Go</button><script>const worker = new Worker('/module.js', { type: 'module' });"
        " worker.onmessage = (event) => say(event.data); worker.onerror = (event) => say(event.message);"
        " go.onclick = () => worker.postMessage('');</script>"
    )
    site = session.site({"/": document("Workers", LOG + page_of), "/module.js": script(module)})
    with session.record():
        page = session.open(site, 500)
        go_twice(page, 1)
        assert page.locator("li").all_inner_texts() == ["class Event {}"] * 2
    session.assert_reproduced()


def test_a_worker_sees_nothing_of_us(session, chromium):
    pages = {"/": document("Look", ASKING), "/look.js": script(LOOK_AROUND)}
    with Site(pages) as site:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(site.url)
        page.wait_for_function("window.answer")
        plain = page.evaluate("window.answer")
        context.close()
    site = session.site(pages)
    with session.record():
        page = session.open(site, 300)
        page.wait_for_function("window.answer", polling=100)
        assert page.evaluate("window.answer") == plain


MAKING = """<button id=go>Go</button><script>
  const text = 'onmessage = (event) => postMessage("of the page " + event.data + " " + Math.random());';
  const worker = new Worker('/outer.js?a=1', { name: 'outer' });
  worker.postMessage({ address: URL.createObjectURL(new Blob([text])) });
  worker.onmessage = (event) => say(event.data);
  go.onclick = () => worker.postMessage('asked ' + Date.now());
</script>"""

OUTER = """
  const text = `onmessage = (event) => {
    let n = 0;
    const timer = setInterval(() => {
      postMessage(event.data + ' blob ' + Math.random() + ' ' + Date.now() + ' ' + name);
      if (++n === 2) clearInterval(timer);
    }, 15);
  };`;
  const workers = [new Worker(URL.createObjectURL(new Blob([text])), { name: 'deep' })];
  workers.push(new Worker('inner.js?b=2', { type: 'module' }));
  onmessage = (event) => {
    if (event.data.address) workers.push(new Worker(event.data.address));
    else for (const worker of workers) worker.postMessage(event.data);
    for (const worker of workers)
      worker.onmessage = (event) => postMessage(event.data + ' via ' + Date.now() + ' ' + Math.random());
  };
"""

INNER = """
  import { part } from '/part.mjs';
  onmessage = async () => {
    const answer = await (await fetch('/data')).text();
    await new Promise((done) => setTimeout(done, 10));
    postMessage([part, answer, performance.now(), crypto.randomUUID(), location.search].join(' '));
  };
"""


def test_workers_made_by_a_worker(session):
    site = session.site(
        {
            "/": document("Nested", LOG + MAKING),
            "/outer.js": script(OUTER),
            "/inner.js": script(INNER),
            "/part.mjs": script("export const part = 'part';"),
            "/data": Reply("data", type="text/plain"),
        }
    )
    with session.record():
        page = session.open(site, 600)
        go_twice(page, 4)
        said = page.inner_text("#log")
    assert " deep via " in said
    assert "of the page asked" in said
    assert "?b=2 via" in said
    assert not session.trace.gaps
    inner = next(e for e in session.trace.exchanges if e.url.endswith("/inner.js?b=2"))
    assert session.trace.read(inner.response_body).decode() == INNER
    assert all("rx" not in call.query for call in site.calls)
    session.assert_reproduced()
    session.assert_reproduced()


def test_a_worker_with_a_clock_of_its_own_is_a_gap(session):
    """What only a policy may read as an address is nothing that our script could be put in front of."""
    made = """<script>
      const policy = trustedTypes.createPolicy('any', { createScriptURL: (text) => text });
      const address = policy.createScriptURL('/own.js');
      const worker = new Worker(address), shared = new SharedWorker(address);
    </script>"""
    site = session.site({"/": document("Own", LOG + made), "/own.js": script("onconnect = () => 0;")})
    with session.record():
        session.open(site, 300)
    assert [gap.kind for gap in session.trace.gaps] == ["worker", "worker"]
