"""Shared workers: the clock, the random numbers and the order of a worker that belongs to no page."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, Reply, Site, document

pytestmark = pytest.mark.browser

TALK = """<button id=go>Go</button><a id=next href=/two>two</a><script>
  const me = location.hash || location.pathname;
  const shared = new SharedWorker('/room.js?a=1', { name: 'room' });
  shared.port.onmessage = (event) => say(event.data);
  go.onclick = () => shared.port.postMessage(me + ' asked ' + Date.now());
</script>"""

ROOM = """
  importScripts('/part.js');
  const ports = [];
  let n = 0;
  const tell = (text) => { for (const port of ports) port.postMessage(++n + ' ' + text); };
  onconnect = (event) => {
    const [port] = event.ports;
    ports.push(port);
    port.addEventListener('message', (event) => {
      tell(event.data + ' ' + part + Math.random() + ' ' + Date.now());
      setTimeout(() => tell('later ' + performance.now()), 20);
      fetch('/data').then((answer) => answer.text()).then((text) => tell(text + ' ' + crypto.randomUUID()));
    });
    port.start();
    port.postMessage('you are ' + ports.length + ' in ' + name + location.search);
  };
"""


def script(text):
    return Reply(text, type="text/javascript")


def served(pages):
    return {
        "/room.js": script(ROOM),
        "/part.js": script("const part = 'part ';"),
        "/data": Reply("data", type="text/plain"),
        **pages,
    }


def said(place):
    return place.locator("li").all_inner_texts()


def test_a_shared_worker(session):
    site = session.site(served({"/": document("Shared", LOG + TALK)}))
    with session.record():
        page = session.open(site, 600)
        for answers in (4, 7):
            page.click("#go")
            page.locator("li").nth(answers - 1).wait_for()
            page.wait_for_timeout(500)
        assert said(page)[0] == "you are 1 in room?a=1"
    trace = session.trace
    assert not trace.gaps
    bodies = {
        e.url.removeprefix(site.url): trace.read(e.response_body) for e in trace.exchanges if e.response_body
    }
    assert bodies["/room.js?a=1"].decode() == ROOM
    assert bodies["/part.js"] == b"const part = 'part ';"
    assert bodies["/data"] == b"data"
    assert all("rx" not in call.query for call in site.calls)
    session.assert_reproduced()
    session.assert_reproduced()


FRAMES = """<iframe src=/talk#a width=420 height=240></iframe><script>
  document.querySelector('iframe').onload = () => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: '/talk#b', width: 420, height: 240 }));
  };
</script>"""


def test_two_frames_of_a_page_share_one(session):
    site = session.site(served({"/": document("Frames", FRAMES), "/talk": document("Talk", LOG + TALK)}))
    with session.record():
        page = session.open(site, 900)
        for index in (1, 2, 1):
            page.frames[index].click("#go")
            page.wait_for_timeout(600)
        first, second = (said(frame) for frame in page.frames[1:])
        assert len(first) == len(second) == 10
        assert sorted(each[0][:9] for each in (first, second)) == ["you are 1", "you are 2"]
    assert not session.trace.gaps
    session.assert_reproduced()
    session.assert_reproduced()


def test_two_pages_share_one(session):
    site = session.site(served({"/": document("Pages", LOG + TALK)}))
    with session.record():
        pages = [session.open(site, 600), session.open(site, 600)]
        for index in (0, 1, 1, 0):
            pages[index].bring_to_front()
            pages[index].click("#go")
            pages[index].wait_for_timeout(600)
        assert [len(said(page)) for page in pages] == [13, 13]
        # The worker goes on when the page that began it has closed.
        pages[0].close()
        pages[1].click("#go")
        pages[1].wait_for_timeout(600)
        assert len(said(pages[1])) == 16
    assert not session.trace.gaps
    session.assert_reproduced()
    session.assert_reproduced()


def test_it_ends_with_its_last_page_and_begins_again(session):
    pages = {"/": document("One", LOG + TALK), "/two": document("Two", LOG + TALK)}
    site = session.site(served(pages))
    with session.record():
        page = session.open(site, 600)
        for _ in range(2):
            page.click("#go")
            page.wait_for_timeout(500)
            page.click("#next")
            page.wait_for_timeout(600)
        page.click("#go")
        page.wait_for_timeout(500)
        assert said(page)[0].startswith("you are 1")
        assert len(said(page)) == 4
        assert len([call for call in site.calls if call.path == "/room.js"]) == 3
    assert not session.trace.gaps
    session.assert_reproduced()


OF_A_BLOB = """<button id=go>Go</button><script>
  const text = `let n = 0; onconnect = ({ ports: [port] }) => {
    port.onmessage = () => port.postMessage([++n, Math.random(), Date.now(), name].join(' '));
  };`;
  const address = URL.createObjectURL(new Blob([text]));
  const shared = [new SharedWorker(address, 'a'), new SharedWorker(address, { name: 'a' }), new SharedWorker(address, 'b')];
  for (const each of shared) each.port.onmessage = (event) => say(event.data);
  go.onclick = () => { for (const each of shared) each.port.postMessage(''); };
</script>"""


def test_those_of_a_blob(session):
    with session.record():
        page = session.open(session.site({"/": document("Blob", LOG + OF_A_BLOB)}), 500)
        for answers in (3, 6):
            page.click("#go")
            page.locator("li").nth(answers - 1).wait_for()
            page.wait_for_timeout(400)
        counts = sorted(text.split()[0] + text.split()[-1] for text in said(page))
        assert counts == ["1a", "1b", "2a", "2b", "3a", "4a"], "two of these are the same worker"
    assert not session.trace.gaps
    session.assert_reproduced()


LOOK = """
  const shape = (owner, name) => {
    while (owner && !Object.getOwnPropertyDescriptor(owner, name)) owner = Object.getPrototypeOf(owner);
    const d = owner && Object.getOwnPropertyDescriptor(owner, name);
    if (!d) return 'none';
    const of = (f) => typeof f !== 'function' ? typeof f : [f.name, f.length, '' + f, 'prototype' in f].join('|');
    return [owner === self, d.configurable, d.enumerable, d.writable, of(d.get), of(d.set), of(d.value)].join(' ; ');
  };
"""

IN_THE_WORKER = """
  const names = ['setTimeout', 'fetch', 'close', 'onconnect', 'name', 'Date', 'SharedWorker', 'addEventListener'];
  onconnect = (event) => {
    const seen = { own: Object.getOwnPropertyNames(self).sort(), name: self.name, address: '' + location };
    for (const name of names) seen[name] = shape(self, name);
    seen.event = [event.isTrusted, event.ports.length, Object.isFrozen(event.ports), event.source === event.ports[0],
      '' + event, event.type, Object.keys(event), event.target === self, event.currentTarget === self];
    event.ports[0].postMessage(JSON.stringify(seen));
  };
"""

IN_THE_PAGE = """<script>
  const seen = { worker: shape(window, 'SharedWorker'), made: shape(SharedWorker.prototype, 'constructor') };
  seen.port = shape(SharedWorker.prototype, 'port');
  const refused = (make) => { try { make(); return 'made'; } catch (error) { return error.name + ' ' + error.message; } };
  seen.refused = [refused(() => SharedWorker('/x.js')), refused(() => new SharedWorker()), refused(() => new Worker()),
    refused(() => new SharedWorker('http://other.example/x.js')), refused(() => SharedWorker.prototype.port)];
  const shared = new SharedWorker('/look.js?a=1', 'mine');
  seen.shared = ['' + shared, '' + shared.port, shared.port === shared.port, shared instanceof SharedWorker,
    Object.getOwnPropertyNames(shared), shared.constructor === SharedWorker];
  shared.port.onmessage = (event) => { window.answer = JSON.stringify(seen) + event.data; };
</script>"""


def test_nobody_sees_anything_of_us(session, chromium):
    pages = {
        "/": document("Look", f"<script>{LOOK}</script>{IN_THE_PAGE}"),
        "/look.js": script(LOOK + IN_THE_WORKER),
    }
    with Site(pages) as site:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(site.url)
        page.wait_for_function("window.answer")
        plain = page.evaluate("window.answer").replace(site.url, "")
        context.close()
    site = session.site(pages)
    with session.record():
        page = session.open(site, 300)
        page.wait_for_function("window.answer", polling=100)
        assert page.evaluate("window.answer").replace(site.url, "") == plain
