"""The proxy that answers all traffic of a replaying browser from the archive of a trace.

It has no client: what the archive does not hold is refused and reported, and nothing leaves the machine.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import BinaryIO, Protocol, Self, cast
from urllib.parse import urldefrag

from reenact.browser.workers import marked_with, unmarked, with_script
from reenact.errors import CouldNotRun, ReenactError
from reenact.replay import answer
from reenact.replay.certificates import Certificates
from reenact.replay.holds import CONNECTIONS, Holds
from reenact.replay.loads import Due, FrameLoad, Pauses
from reenact.replay.matching import ExchangeIndex, Match
from reenact.replay.parts import parts_of
from reenact.replay.result import Miss
from reenact.replay.websocket import WebSocketIndex, converse, handshake
from reenact.replay.wire import LAST_CHUNK, ProtocolError, Request, chunk, read_request, response_bytes, write
from reenact.trace.records import Exchange, WebSocket

REFUSAL = b"reenact: not in the archive"

_BACKGROUND_HOSTS = (
    "update.googleapis.com", "clients1.google.com", "clients2.google.com", "clients4.google.com",
    "accounts.google.com", "android.clients.google.com", "optimizationguide-pa.googleapis.com",
    "content-autofill.googleapis.com", "safebrowsing.googleapis.com", "passwordsleakcheck-pa.googleapis.com",
    "redirector.gvt1.com", "edgedl.me.gvt1.com", "msedge.api.cdp.microsoft.com", "config.edge.skype.com",
    "detectportal.firefox.com", "services.mozilla.com", "telemetry.mozilla.org", "cdn.mozilla.net",
)  # fmt: skip
_CHUNKED = ("Transfer-Encoding", "chunked")
_TLS_HANDSHAKE = b"\x16"
_JOIN_SECONDS = 2.0
_LATE_SECONDS = 5.0
_NO_FRAMES: Mapping[str, list[FrameLoad | None]] = {}
_NO_PAUSES: Mapping[str, Pauses] = {}
_STREAM_SECONDS = 24 * 3600.0
"""An event stream that nobody ended lasts as long as its page."""


class Archive(Protocol):
    """What the proxy needs of a trace."""

    @property
    def exchanges(self) -> Sequence[Exchange]:
        """The recorded exchanges."""

    @property
    def websockets(self) -> Sequence[WebSocket]:
        """The recorded WebSockets."""

    def read(self, sha256: str) -> bytes:
        """Return the bytes of a resource."""


class ReplayProxy:
    """An HTTP proxy on 127.0.0.1 that serves a trace; ``with`` starts and stops it.

    ``standins`` maps the names of secrets to what replay types instead. ``on_miss`` is called, on a thread of
    the proxy, for every request that the archive does not hold. ``recorded_at`` is when the session took
    place. ``hold_documents``: a response that creates a document waits for `release`. ``due``: loads that
    have their turn in the timeline of their document; ``pauses``: documents whose timeline tells when they
    end, and where their parser paused; ``frames``: by address, the frames that share a timeline; see
    `release_load`. ``connections``: how many the browser has to one host.
    """

    def __init__(
        self,
        trace: Archive,
        *,
        standins: Mapping[str, str] | None = None,
        on_miss: Callable[[Miss], None] | None = None,
        recorded_at: datetime | None = None,
        hold_documents: bool = True,
        due: Due = frozenset(),
        pauses: Mapping[str, Pauses] = _NO_PAUSES,
        frames: Mapping[str, list[FrameLoad | None]] = _NO_FRAMES,
        connections: int = CONNECTIONS,
    ) -> None:
        self._trace = trace
        self._index = ExchangeIndex(trace.exchanges, trace.read, standins=standins)
        self._due = due
        self._pauses = pauses
        self._kept_back: dict[str, list[str]] = {}
        self._frames = {address: deque(loads) for address, loads in frames.items()}
        self._documents = frozenset(e.document for e in trace.exchanges if e.document is not None)
        self._sockets = WebSocketIndex(trace.websockets, self._index.normal_url)
        self._hosts = self._index.hosts()
        self._on_miss = on_miss
        self._recorded_at = recorded_at or datetime.now(UTC)
        self._holds = Holds(hold=hold_documents)
        self._loads = Holds(hold=hold_documents, connections=connections)
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._connections: dict[socket.socket, threading.Thread] = {}
        self._listener: socket.socket | None = None
        self._certificates = Certificates()
        self._misses: list[Miss] = []
        self._near: list[Miss] = []
        self._error: ReenactError | None = None
        self._served = 0
        self._background = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def server(self) -> str:
        """The address for Playwright's ``proxy={"server": ...}``; raises `CouldNotRun` before `start`."""
        if self._listener is None:
            raise CouldNotRun("the replay proxy is not running")
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def misses(self) -> tuple[Miss, ...]:
        """Requests that were refused, in order."""
        return tuple(self._misses)

    @property
    def near(self) -> tuple[Miss, ...]:
        """Requests answered by an exchange whose request had another body; ``nearest`` is its id."""
        return tuple(self._near)

    @property
    def background(self) -> int:
        """How many requests of the browser's own (updates, favicon.ico) were turned away quietly."""
        return self._background

    @property
    def served(self) -> int:
        """How many requests were answered from the archive."""
        return self._served

    @property
    def held(self) -> frozenset[str]:
        """Documents whose response is being held at this moment."""
        return self._holds.waiting

    @property
    def error(self) -> ReenactError | None:
        """The first error in the trace that serving met, such as a damaged resource."""
        return self._error

    def start(self) -> None:
        """Begin to listen. Raises `CouldNotRun` when no port can be had."""
        try:
            self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        except OSError as error:
            raise CouldNotRun(f"no local port for the replay proxy: {error}") from None
        threading.Thread(
            target=self._accept, args=(self._listener,), name="replay-proxy", daemon=True
        ).start()

    def release(self, document: str) -> None:
        """Let the response go that creates ``document``, now or when it is asked for."""
        self._holds.release(document)

    def release_load(self, document: str, place: str) -> None:
        """Let a response go whose turn has come; ``place``: see `loads.place_of`."""
        if place == "more" or place.startswith("script "):
            part = self._next_part(document, place)
            if part is None:
                return
            place = part
        self._loads.release(f"{document} {place}")

    def release_all(self) -> None:
        """Hold nothing any more."""
        self._holds.release_all()
        self._loads.release_all()

    def close(self) -> None:
        """Stop: held and open requests end, connections close, threads are gone."""
        self._closing.set()
        self._holds.close()
        self._loads.close()
        if self._listener is not None:
            # Closing alone does not wake a thread that waits in accept().
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
        with self._lock:
            connections = dict(self._connections)
        for sock in connections:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in connections.values():
            thread.join(_JOIN_SECONDS)
        self._certificates.close()

    def _accept(self, listener: socket.socket) -> None:
        while not self._closing.is_set():
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            thread = threading.Thread(target=self._connection, args=(sock,), name="replay-proxy", daemon=True)
            with self._lock:
                if self._closing.is_set():
                    sock.close()
                    return
                # Inside the lock: who closes joins every thread that is listed.
                self._connections[sock] = thread
                thread.start()

    def _connection(self, sock: socket.socket) -> None:
        # A socket is closed for good only when its readers are, so these are listed, too.
        opened: list[socket.socket | BinaryIO] = [sock]
        try:
            reader = cast(BinaryIO, sock.makefile("rb"))
            opened.append(reader)
            first = read_request(reader, sock)
            if first is None:
                return
            if first.method != "CONNECT":
                self._requests(sock, reader, "", first)
                return
            host = first.target.rpartition(":")[0]
            if self._is_background(host):
                self._count_background()
                write(sock, *response_bytes(502, "", [("Connection", "close")], b""))
                return
            sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            tls = sock.recv(1, socket.MSG_PEEK) == _TLS_HANDSHAKE
            stream: socket.socket = sock
            if tls:
                stream = self._certificates.context(host).wrap_socket(sock, server_side=True)
                opened.append(stream)
                with self._lock:  # From here on, the first socket is an empty shell.
                    self._connections[stream] = self._connections.pop(sock)
                    if self._closing.is_set():
                        return
                reader = cast(BinaryIO, stream.makefile("rb"))
                opened.append(reader)
            base = f"{'https' if tls else 'http'}://{first.target}"
            self._requests(stream, reader, base, None)
        except (OSError, ssl.SSLError, ProtocolError, ValueError):
            pass  # The browser went away or speaks something else; it sees a closed connection.
        finally:
            with self._lock:
                for each in opened:
                    self._connections.pop(cast(socket.socket, each), None)
            for each in reversed(opened):
                with contextlib.suppress(OSError):
                    each.close()

    def _requests(self, stream: socket.socket, reader: BinaryIO, base: str, request: Request | None) -> None:
        """Answer requests on one connection until it ends."""
        if request is None:
            request = read_request(reader, stream)
        while request is not None and not self._closing.is_set():
            url = request.target
            if base:
                url = base + url
            elif url.startswith("/"):
                url = f"http://{request.header('host')}{url}"
            if request.header("upgrade").lower() == "websocket":
                self._websocket(stream, reader, request, "ws" + url.removeprefix("http"))
                return
            if not self._answer(stream, request, url) or not request.keep_alive:
                return
            request = read_request(reader, stream)

    def _answer(self, stream: socket.socket, request: Request, url: str) -> bool:
        """Answer one request. Returns whether the connection can go on."""
        url = unmarked(url)
        destination = request.header("sec-fetch-dest")
        document = destination in ("document", "iframe", "frame", "embed", "object") if destination else None
        found = self._find(request, url, document=document)
        while found is not None and answer.was_broken_off(found.exchange) and not found.repeated:
            # Recording saw this request given up. So will replay, soon; if not, it needs the next answer.
            if self._holds.left_within(stream, answer.patience(found.exchange)):
                return False
            found = self._find(request, url, document=document)
        if found is None:
            return self._unknown(stream, request, url)
        exchange = found.exchange
        if found.near:
            self._near.append(Miss(request.method, url, exchange.id))
        with self._lock:
            self._served += 1
        if answer.failed(exchange):
            # Contradicting lengths are an error no browser retries; a closed connection it would try again.
            stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
            return False
        created = None if found.repeated else exchange.document
        if created is not None and not self._holds.wait(created, stream):
            return False
        frame = self._frame(url) if created is None and document and destination != "document" else None
        if frame is not None and not self._loads.wait(
            f"{frame.document} {frame.name}", stream, seconds=_LATE_SECONDS
        ):
            return False
        if not self._is_due(exchange, stream):
            return False
        waits = [f"{frame.document} {name}" for name in frame.then] if frame is not None else []
        return self._send(stream, request, exchange, created, waits)

    def _frame(self, url: str) -> FrameLoad | None:
        """What the timeline of its page calls the next frame at this address."""
        with self._lock:
            loads = self._frames.get(urldefrag(url).url)
            return loads.popleft() if loads else None

    def _websocket(self, stream: socket.socket, reader: BinaryIO, request: Request, url: str) -> None:
        """Answer the handshake of a WebSocket and be its server until it ends."""
        recorded = self._sockets.take(url)
        if recorded is None:
            self._miss("GET", url)
            self._refuse(stream, 502)
            return
        answer_bytes, is_open = handshake(request, recorded)
        stream.sendall(answer_bytes)
        with self._lock:
            self._served += 1
        if is_open:
            try:
                converse(stream, reader, recorded, self._trace.read)
            except ReenactError as error:
                self._error = self._error or error

    def _is_due(self, exchange: Exchange, stream: socket.socket) -> bool:
        """Wait until the page's timeline comes to the load of this; False when nobody waits for it any more.

        A script runs when it comes. One that the page asked for by script would come in any order. So would
        a module that `import` asks for: the link that preloads it has an entry, and is the same request. A
        picture moves what is around it.
        """
        document = exchange.initiator or ""
        if (document, exchange.url) not in self._due:
            return True
        return self._loads.wait(f"{document} {exchange.url}", stream, seconds=_LATE_SECONDS)

    def _find(self, request: Request, url: str, *, document: bool | None) -> Match | None:
        content_type = request.header("content-type")
        unborn = self._holds.held(self._documents)
        return self._index.match(
            request.method, url, request.body, content_type, document=document, unborn=unborn
        )

    def _send(
        self,
        stream: socket.socket,
        request: Request,
        exchange: Exchange,
        document: str | None,
        waits: Sequence[str],
    ) -> bool:
        try:
            body = self._trace.read(exchange.response_body) if exchange.response_body else b""
        except ReenactError as error:
            self._error = self._error or error
            return self._refuse(stream, 502)
        status = exchange.status or 0
        token = marked_with(request.target)
        if token is not None and status == 200:
            body = with_script(body, token)
        headers = answer.response_headers(
            exchange.response_headers, document=document, recorded_at=self._recorded_at
        )
        if request.method == "HEAD" and exchange.size:
            headers.append(("Content-Length", str(exchange.size)))
        if answer.stays_open(exchange):
            head, _ = response_bytes(status, exchange.status_text, [*headers, ("Connection", "close")], None)
            stream.sendall(head + body)
            self._holds.left_within(stream, _STREAM_SECONDS)
            return False
        sent = body if answer.has_body(request.method, status) else None
        parts = [sent or b""]
        if sent and document is not None and document in self._pauses:
            numbered = parts_of(sent, self._pauses[document])
            parts = [part for _, part in numbered]
            waits = self._keep_back(document, [number for number, _ in numbered[1:]])
        if sent and waits:
            head, _ = response_bytes(status, exchange.status_text, [*headers, _CHUNKED], None)
            return self._send_slowly(stream, [head, *map(chunk, parts), LAST_CHUNK], waits)
        write(stream, *response_bytes(status, exchange.status_text, headers, sent))
        return True

    def _keep_back(self, document: str, scripts: Sequence[int]) -> list[str]:
        """What the parts of a document wait for that come later, and its end."""
        places = [f"script {number}" for number in scripts]
        with self._lock:
            self._kept_back[document] = places
        return [f"{document} {place}" for place in (*places, "end")]

    def _next_part(self, document: str, place: str) -> str | None:
        """The part of a document that ``place`` asks for; None where it is there already."""
        with self._lock:
            kept_back = self._kept_back.get(document, [])
            wanted = kept_back[0] if place == "more" and kept_back else place
            if wanted not in kept_back:
                return None
            self._kept_back[document] = [other for other in kept_back if other != wanted]
            return wanted

    def _send_slowly(self, stream: socket.socket, parts: Sequence[bytes], waits: Sequence[str]) -> bool:
        """Send a document as its timeline comes to it: its beginning, its content, and its end.

        Scripts of the parser run as the content comes, deferred scripts and modules at the end.
        """
        at_once = len(parts) - len(waits)
        write(stream, b"".join(parts[: at_once - 1]), parts[at_once - 1])
        for name, part in zip(waits, parts[at_once:], strict=True):
            if not self._loads.wait(name, stream, makes_room=False):
                return False
            stream.sendall(part)
        return True

    def _unknown(self, stream: socket.socket, request: Request, url: str) -> bool:
        """Answer what the archive does not hold."""
        if request.method == "OPTIONS" and request.header("access-control-request-method"):
            headers = answer.preflight_headers(
                request.header("origin"),
                request.header("access-control-request-method"),
                request.header("access-control-request-headers"),
            )
            write(stream, *response_bytes(204, "", headers, None))
            return True
        if url.partition("?")[0].endswith("/favicon.ico"):
            self._count_background()
            write(stream, *response_bytes(404, "", [], b""))
            return True
        host = url.partition("://")[2].partition("/")[0].partition(":")[0]
        if self._is_background(host):
            self._count_background()
        else:
            self._miss(request.method, url)
        return self._refuse(stream, 504)

    def _refuse(self, stream: socket.socket, status: int) -> bool:
        headers = [("Content-Type", "text/plain"), ("Cache-Control", "no-store"), ("Connection", "close")]
        write(stream, *response_bytes(status, "", headers, REFUSAL))
        return False

    def _miss(self, method: str, url: str) -> None:
        miss = Miss(method, url, self._index.nearest(method, url))
        self._misses.append(miss)
        if self._on_miss is not None:
            self._on_miss(miss)

    def _count_background(self) -> None:
        with self._lock:
            self._background += 1

    def _is_background(self, host: str) -> bool:
        if host in self._hosts:
            return False
        return any(host == known or host.endswith("." + known) for known in _BACKGROUND_HOSTS)
