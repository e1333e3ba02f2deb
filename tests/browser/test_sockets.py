"""WebSockets and event streams: what a server said by itself, said again in a replay without the server."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import pytest
from fixtures.pages.site import LOG, Reply, document
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

pytestmark = pytest.mark.browser


@contextmanager
def chat(conversation):
    """A WebSocket server; yields its address."""

    def handler(connection):
        try:
            conversation(connection)
        except ConnectionClosed:
            return

    with serve(handler, "127.0.0.1", 0, subprotocols=["chat"]) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/room"
        server.shutdown()


PAGE = """<button id=b>Say</button> <button id=leave>Leave</button><script>
  const socket = new WebSocket('ADDRESS', ['chat']);
  socket.binaryType = 'arraybuffer';
  let sent = 0;
  socket.onopen = () => say('open ' + socket.protocol + ' ' + socket.readyState);
  socket.addEventListener('message', (event) => {
    const text = typeof event.data === 'string' ? event.data : [...new Uint8Array(event.data)].join();
    say(text + ' at ' + Math.round(performance.now()) + ' ' + event.origin.slice(0, 5));
  });
  socket.onclose = (event) => say('closed ' + event.code + ' ' + socket.readyState);
  b.onclick = () => socket.send('hello ' + ++sent);
  leave.onclick = () => { socket.close(1000); say('leaving ' + socket.readyState); };
  say('state ' + socket.readyState);
</script>"""


def talk(connection):
    connection.send("welcome")
    for text in connection:
        connection.send(f"you said {text}")
        time.sleep(0.05)
        connection.send(bytes([0, 1, 255]))
        connection.send("x" * 70_000 if text == "hello 2" else "end")


def test_a_conversation(session):
    with chat(talk) as address:
        site = session.site({"/": document("Chat", LOG + PAGE.replace("ADDRESS", address))})
        with session.record():
            page = session.open(site, 450)
            for _ in range(2):
                page.get_by_role("button", name="Say").click()
                page.wait_for_timeout(450)
            page.get_by_role("button", name="Leave").click()
            page.wait_for_timeout(450)
            shown = page.inner_text("#log")
    assert "open chat 1" in shown
    assert "0,1,255" in shown
    assert "leaving 2" in shown
    assert "closed 1000 3" in shown
    (socket,) = session.trace.websockets
    assert socket.status == 101
    assert [frame["from"] for frame in socket.frames] == [
        "server",
        "page",
        *["server"] * 3,
        "page",
        *["server"] * 3,
    ]
    assert session.trace.gaps == ()
    session.assert_reproduced()


def test_a_server_that_talks_by_itself_and_hangs_up(session):
    def tick(connection):
        for number in range(12):
            connection.send(f"tick {number}")
            time.sleep(0.04)

    with chat(tick) as address:
        site = session.site({"/": document("Ticker", LOG + PAGE.replace("ADDRESS", address))})
        with session.record():
            page = session.open(site, 0)
            page.get_by_role("heading").click()
            page.wait_for_timeout(900)
            page.get_by_role("heading").click()
            page.wait_for_timeout(450)
            assert "closed 1000 3" in page.inner_text("#log")
    session.assert_reproduced()


def test_nobody_answers(session):
    site = session.site({"/": document("Alone", LOG + PAGE.replace("ADDRESS", "ws://127.0.0.1:9/room"))})
    with session.record():
        page = session.open(site, 450)
        page.get_by_role("heading").click()
        page.wait_for_timeout(450)
        assert "closed 1006 3" in page.inner_text("#log")
    session.assert_reproduced()


def test_a_secret_in_a_message_is_in_no_byte_of_the_trace(session):
    form = """<label>Password <input id=p type=password></label><script>
      const socket = new WebSocket('ADDRESS', ['chat']);
      p.onchange = () => socket.send(JSON.stringify({ password: p.value }));
      socket.onmessage = (event) => { document.title = event.data.length; };
    </script>"""
    with chat(talk) as address:
        site = session.site({"/": document("Form", form.replace("ADDRESS", address))})
        with session.record():
            page = session.open(site, 450)
            page.get_by_label("Password").click()
            page.keyboard.type("Zebra-crossing-77")
            page.keyboard.press("Tab")
            page.wait_for_timeout(450)
    assert session.trace.websockets[0].frames
    for file in session.path.rglob("*"):
        assert not file.is_file() or b"Zebra-crossing" not in file.read_bytes(), file


STREAM = """<script>
  const source = new EventSource('/events');
  source.onopen = () => say('open ' + source.readyState);
  source.onmessage = (event) => say(event.data + ' ' + event.lastEventId + ' ' + Math.round(performance.now()));
  source.addEventListener('price', (event) => say('price ' + event.data + ' ' + Date.now()));
  source.onerror = () => { say('error ' + source.readyState); source.close(); say('closed ' + source.readyState); };
  say('state ' + source.readyState);
</script>"""


def test_an_event_stream(session):
    lines = "retry: 20000\nid: 1\ndata: first\n\nevent: price\ndata: 12\n\ndata: two\ndata: lines\n\n"
    site = session.site(
        {"/": document("Stream", LOG + STREAM), "/events": Reply(lines, type="text/event-stream")}
    )
    with session.record():
        page = session.open(site, 1200)
        page.get_by_role("heading").click()
        page.wait_for_timeout(450)
        shown = page.inner_text("#log")
    assert "price 12" in shown
    assert "error 0" in shown
    assert "closed 2" in shown
    session.assert_reproduced()
