"""What workers do besides counting: draw, fail, end, hand things over, ask databases and servers."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, Reply, document
from tests.browser.test_sockets import chat, talk

pytestmark = pytest.mark.browser

PAGE = """<button id=go>Go</button> <canvas id=canvas width=300 height=120></canvas><script>
  const worker = new Worker('/worker.js', { name: 'worker' });
  worker.onmessage = (event) => say(event.data);
  go.onclick = () => worker.postMessage('asked');
  MORE
</script>"""


def record(session, worker, more="", pages=None, *, clicks=2, pause=600):
    """Record a page with a worker, its button pressed some times; returns what the page said."""
    site = session.site(
        {
            "/": document("Worker", LOG + PAGE.replace("MORE", more)),
            "/worker.js": Reply(worker, type="text/javascript"),
            "/data": Reply("data", type="text/plain"),
            **(pages or {}),
        }
    )
    with session.record():
        page = session.open(site, pause)
        for _ in range(clicks):
            page.click("#go")
            page.wait_for_timeout(pause)
        return page.locator("li").all_inner_texts()


DRAWING = """
  let n = 0;
  onmessage = (event) => {
    if (event.data === 'asked') return;
    const context = event.data.getContext('2d');
    const draw = (time) => {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, 300, 120);
      context.fillStyle = '#' + (0x100000 + (Math.random() * 0xefffff | 0)).toString(16);
      context.fillRect(n % 250, 10, 50, 50);
      context.font = '20px sans-serif';
      context.fillText(`${++n} ${time.toFixed(1)}`, 10, 100);
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  };
"""


def test_one_that_draws_on_and_on(session):
    """The canvas of the page shows every frame of it, and the page hears of none."""
    hand_over = "const drawn = canvas.transferControlToOffscreen(); worker.postMessage(drawn, [drawn]);"
    record(session, DRAWING, hand_over)
    assert not session.trace.gaps
    session.assert_reproduced()
    session.assert_reproduced()


def test_one_that_draws_for_the_worker_that_made_it(session):
    outer = """const inner = new Worker('/inner.js');
      onmessage = (event) => { if (event.data !== 'asked') inner.postMessage(event.data, [event.data]); };"""
    hand_over = "const drawn = canvas.transferControlToOffscreen(); worker.postMessage(drawn, [drawn]);"
    record(session, outer, hand_over, {"/inner.js": Reply(DRAWING, type="text/javascript")})
    session.assert_reproduced()


TICKING = """
  let n = 0;
  setInterval(() => { postMessage('tick ' + ++n + ' ' + Date.now()); if (n === LAST) close(); }, 30);
"""
SHORT = "const say = (text) => { log.replaceChildren(Object.assign(document.createElement('li'), { textContent: text })); };"


def test_one_that_is_ended(session):
    end = "worker.onmessage = (event) => { log.textContent = event.data; }; go.onclick = () => { worker.terminate(); say('ended'); };"
    said = record(session, TICKING.replace("LAST", "1e9"), end, clicks=1)
    assert said[-1] == "ended"
    session.assert_reproduced()


def test_one_that_ends_itself(session):
    said = record(session, TICKING.replace("LAST", "5"))
    assert len(said) == 5
    session.assert_reproduced()


FAILING = """
  onerror = (message, file, line, column) => {
    postMessage([message, file.split('/').pop(), line, column].join(' '));
    return file.endsWith('.js') && message.includes('own');
  };
  addEventListener('unhandledrejection', (event) => postMessage('unhandled ' + event.reason.message));
  onmessage = () => {
    setTimeout(() => { throw new Error('own ' + Math.random()); }, 5);
    setTimeout(() => { throw new Error('of the page'); }, 10);
    setTimeout(() => Promise.reject(new Error('refused')), 20);
  };
"""

TOLD = """worker.onerror = (event) => {
    say([event.message, event.lineno, event.colno, event.filename.split('/').pop()].join(' '));
    event.preventDefault();
  };
  const blob = new Worker(URL.createObjectURL(new Blob(['\\n\\n  throw new Error(1);'])));
  blob.onerror = (event) => say('blob ' + event.lineno + ':' + event.colno);
  new Worker('/missing.js').onerror = (event) => say('missing ' + event.constructor.name);"""


def test_one_that_fails(session):
    """File and line are those of its own script."""
    said = record(session, FAILING, TOLD, {"/missing.js": Reply("", 404)}, clicks=1)
    assert sorted(text for text in said if not text.startswith("Uncaught Error: own ")) == [
        "Uncaught Error: of the page 9 30 worker.js",
        "Uncaught Error: of the page worker.js 9 30",
        "blob 3:9",
        "missing Event",
        "unhandled refused",
    ]
    session.assert_reproduced()


HANDING = """
  onmessage = ({ data, ports: [port] }) => {
    new Uint8Array(data)[0] = 7;
    port.onmessage = (event) => port.postMessage(event.data + ' ' + Math.random() + ' ' + Date.now());
    createImageBitmap(new ImageData(2, 1)).then((picture) => port.postMessage(picture, [picture]));
    postMessage(data, [data]);
  };
"""

TAKING = """go.onclick = () => {
    const buffer = new ArrayBuffer(8), { port1, port2 } = new MessageChannel();
    worker.postMessage(buffer, [buffer, port2]);
    worker.onmessage = (event) => say('back ' + new Uint8Array(event.data).join());
    port1.onmessage = (event) => say(event.data.width ?? event.data);
    port1.postMessage('left ' + buffer.byteLength);
  };"""


def test_one_that_things_are_handed_over_to(session):
    said = record(session, HANDING, TAKING)
    assert said.count("back 7,0,0,0,0,0,0,0") == 2
    assert said.count("2") == 2
    session.assert_reproduced()


ASKING = """
  const opened = new Promise((done) => {
    const request = indexedDB.open('things', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('things', { autoIncrement: true });
    request.onsuccess = () => done(request.result);
  });
  onmessage = async () => {
    const transaction = (await opened).transaction('things', 'readwrite');
    const things = transaction.objectStore('things');
    things.add('thing ' + Date.now());
    things.getAll().onsuccess = (event) => {
      postMessage(event.target.result.join());
      things.count().onsuccess = (event) => postMessage(event.target.result + ' things ' + Math.random());
    };
    transaction.oncomplete = () => {
      const request = new XMLHttpRequest();
      request.open('GET', '/data', false);
      request.send();
      postMessage('complete ' + Date.now() + ' ' + request.responseText);
    };
  };
"""


def test_one_that_asks_a_database(session):
    said = record(session, ASKING)
    assert len(said) == 6
    session.assert_reproduced()


TALKING = """
  const socket = new WebSocket('ADDRESS', ['chat']);
  socket.onmessage = (event) => postMessage(String(event.data.length ?? event.data.size) + ' ' + Date.now());
  socket.onopen = () => postMessage('open ' + Date.now());
  let sent = 0;
  onmessage = () => socket.send('hello ' + ++sent);
"""


def test_one_that_talks_through_a_websocket(session):
    with chat(talk) as address:
        said = record(session, TALKING.replace("ADDRESS", address), pause=1200)
    assert len(said) == 8
    assert [socket.url for socket in session.trace.websockets] == [address]
    session.assert_reproduced()


def test_streams_are_gaps(session):
    """One that is handed over, and one of events."""
    hand_over = "const made = new TransformStream(); worker.postMessage(made.writable, [made.writable]);"
    record(session, "new EventSource('/data'); onmessage = () => 0;", hand_over, clicks=0)
    assert [gap.kind for gap in session.trace.gaps] == ["worker", "worker"]
