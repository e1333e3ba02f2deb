"""A small application that does with HTTP what applications do, and counts who asks."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PASSWORD = "Tr0ub4dor & ünï"

PROBE = """async ({secure, other}) => {
  const out = {};
  const text = async (...args) => { const r = await fetch(...args); return [r.status, await r.text()]; };
  out.n = [];
  for (let i = 0; i < 3; i++) out.n.push(await text('/n'));
  const moved = await fetch('/r1');
  out.redirect = [moved.redirected, new URL(moved.url).pathname, await moved.text()];
  const manual = await fetch('/r1', {redirect: 'manual'});
  out.manual = [manual.type, manual.status];
  out.json = await text('/echo', {method: 'POST', headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({a: 1, b: 'ü'})});
  out.json2 = await text('/echo', {method: 'POST', headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({a: 2})});
  out.gzip = await text('/gz');
  out.none = await text('/none');
  out.missing = await text('/missing');
  const head = await fetch('/gz', {method: 'HEAD'});
  out.head = [head.status, head.headers.get('x-kind')];
  const form = new FormData();
  form.append('name', 'v'); form.append('file', new Blob([new Uint8Array([0, 255, 10])]), 'a.bin');
  out.upload = await text('/echo', {method: 'PUT', body: form}).then(r => [r[0], r[1].length > 100]);
  out.blob = await text('/size', {method: 'POST', body: new Blob([new Uint8Array([1, 254, 0, 13])])});
  out.params = await text('/echo', {method: 'POST', body: new URLSearchParams({q: 'a b&c'})});
  out.latin = await text('/latin');
  const latin = await new Promise(done => { const x = new XMLHttpRequest(); x.open('GET', '/latin?xhr');
    x.onload = () => done([x.status, x.responseText, x.getResponseHeader('x-kind')]); x.send(); });
  out.xhr = latin;
  const bin = new Uint8Array(await (await fetch('/bin')).arrayBuffer());
  out.binary = [bin.length, bin.reduce((a, b) => (a * 31 + b) % 1000003, 7)];
  const big = new Uint8Array(await (await fetch('/big')).arrayBuffer());
  out.big = [big.length, big[0], big[big.length - 1]];
  out.broken = await text('/broken').catch(e => e.name);
  out.after = await text('/n');
  const stop = new AbortController(); setTimeout(() => stop.abort(), 60);
  out.aborted = await text('/slow', {signal: stop.signal}).catch(e => e.name);
  out.cors = await text(other + '/cors', {method: 'PUT', headers: {'x-one': '1'}, body: 'z'});
  out.nocors = await text(other + '/n').catch(e => e.name);
  out.secure = await text(secure + '/cors').catch(e => e.name);
  out.image = await new Promise(done => { const i = new Image();
    i.onload = () => done([i.naturalWidth, i.naturalHeight]); i.onerror = () => done('error');
    i.src = '/img.png'; });
  out.events = await new Promise(done => { const got = []; const s = new EventSource('/events');
    s.onmessage = e => got.push(e.data);
    s.addEventListener('end', e => { s.close(); done([...got, e.lastEventId]); }); });
  out.cookie = document.cookie;
  out.title = document.title;
  return out;
}"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *args):
        pass

    def give(self, body: bytes | str = b"", status=200, kind="text/plain", headers=()):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in headers:
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status not in (204, 304):
            self.wfile.write(body)
        self.wfile.flush()

    def page(self, title: str, body: str, headers=()):
        html = (
            f"<!doctype html><meta charset=utf-8><title>{title}</title>"
            f"<link rel=stylesheet href=/style.css><link rel=icon href=data:,><h1>{title}</h1>{body}"
        )
        self.give(html, kind="text/html", headers=headers)

    def handle_any(self):
        app = self.server.app
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        with app.lock:
            app.requests.append((self.command, self.path))
            app.counts[url.path] = count = app.counts.get(url.path, 0) + 1
        no_store = [("Cache-Control", "no-store")]
        match url.path:
            case "/":
                year = "Max-Age=31536000; Path=/"
                self.page("Start", "<a href=/form>form</a>", [
                    ("Set-Cookie", "sid=topsecretcookie; HttpOnly; Path=/"),
                    ("Set-Cookie", f"theme=dark; {year}"),
                ])  # fmt: skip
            case "/style.css":
                self.give(
                    "h1 { color: rgb(1, 2, 3) }", kind="text/css", headers=[("Cache-Control", "max-age=600")]
                )
            case "/n":
                self.give(f"n{count}", headers=no_store)
            case "/r1":
                self.give(status=302, headers=[("Location", "/r2"), ("Set-Cookie", "hop=1"), *no_store])
            case "/r2":
                self.give(status=307, headers=[("Location", "/final?x=1"), *no_store])
            case "/final":
                self.give("arrived")
            case "/echo":
                self.give(f"{self.command} {count} ".encode() + body, kind=self.headers.get("Content-Type"))
            case "/size":
                self.give(str(len(body)))
            case "/gz":
                packed = gzip.compress(b"packed " * 1000)
                self.give(packed, headers=[("Content-Encoding", "gzip"), ("X-Kind", "gz")])
            case "/none":
                self.give(status=204)
            case "/latin":
                self.give(
                    "Zürich".encode("latin-1"),
                    kind="text/plain; charset=iso-8859-1",
                    headers=[("X-Kind", "l1")],
                )
            case "/bin":
                self.give(bytes(range(256)) * 20, kind="application/octet-stream")
            case "/big":
                self.give(b"\x01" + bytes(2_000_000) + b"\x02", kind="application/octet-stream")
            case "/broken":
                self.close_connection = True
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            case "/slow":
                time.sleep(0.5)
                self.give("late")
            case "/cors":
                allow = [
                    ("Access-Control-Allow-Origin", self.headers.get("Origin") or "*"),
                    ("Access-Control-Allow-Methods", "PUT"),
                    ("Access-Control-Allow-Headers", "x-one"),
                ]
                self.give(b"cors " + body, headers=allow)
            case "/img.png":
                self.give(png(3, 2), kind="image/png")
            case "/events":
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                for i in range(3):
                    self.wfile.write(f"data: tick {i}\ndata: more\n\n".encode())
                    self.wfile.flush()
                    time.sleep(0.05)
                self.wfile.write(b"id: 77\nevent: end\ndata: bye\n\n")
                self.close_connection = True
            case "/form":
                kind = parse_qs(url.query).get("enc", ["application/x-www-form-urlencoded"])[0]
                fields = "<input name=user value=ann><input type=password name=pw><button>Go</button>"
                self.page("Sign in", f"<form method=post action=/login enctype={kind}>{fields}</form>")
            case "/login":
                self.give(status=303, headers=[("Location", "/home"), ("Set-Cookie", "user=ann; Path=/")])
            case "/home":
                names = [pair.partition("=")[0] for pair in self.headers.get("Cookie", "").split("; ")]
                self.page(f"Home {count}", f"<p>{names}")
            case "/leave":
                calls = "fetch('/n?leave=1'); fetch('/size', {method: 'POST', body: 'x'});"
                self.page("Leaving", f"<script>{calls} location.href = '/form'</script>")
            case _:
                self.give("no such thing", status=404)

    do_GET = do_POST = do_PUT = do_HEAD = do_OPTIONS = handle_any  # noqa: N815


class App:
    """The application on three origins: http by address, http by name, https. ``stop`` closes the ports."""

    def __init__(self, context: ssl.SSLContext):
        self.lock = threading.Lock()
        self.requests: list[tuple[str, str]] = []
        self.counts: dict[str, int] = {}
        self.servers = [ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(3)]
        self.servers[2].socket = context.wrap_socket(self.servers[2].socket, server_side=True)
        for server in self.servers:
            server.app = self
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        ports = [server.server_address[1] for server in self.servers]
        self.base = f"http://127.0.0.1:{ports[0]}"
        self.other = f"http://localhost:{ports[1]}"
        self.secure = f"https://127.0.0.1:{ports[2]}"

    @property
    def origins(self) -> dict[str, str]:
        return {"secure": self.secure, "other": self.other}

    def stop(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x20\x40\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def pretty(value) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True)
