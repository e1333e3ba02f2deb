"""The proxy that answers all traffic of a replaying browser from the archive of a trace.

It has no client: what the archive does not hold is refused and reported, and nothing leaves the machine.
"""

from __future__ import annotations

import socket
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import BinaryIO, Protocol, Self
from urllib.parse import urldefrag

from reenact.browser.workers import marked_with, unmarked, with_script
from reenact.errors import ReenactError
from reenact.replay import answer
from reenact.replay.background import is_of_browser
from reenact.replay.connections import Connections
from reenact.replay.holds import CONNECTIONS, Holds
from reenact.replay.loads import Due, FrameLoad, Pauses
from reenact.replay.matching import ExchangeIndex, Match
from reenact.replay.parts import KeptBack, parts_of
from reenact.replay.result import Miss
from reenact.replay.websocket import WebSocketIndex, converse, handshake
from reenact.replay.wire import LAST_CHUNK, Request, chunk, response_bytes, write
from reenact.trace.records import Exchange, WebSocket

REFUSAL = b"reenact: not in the archive"

_CHUNKED = ("Transfer-Encoding", "chunked")
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
        self._kept_back = KeptBack()
        self._frames = {address: deque(loads) for address, loads in frames.items()}
        self._documents = frozenset(e.document for e in trace.exchanges if e.document is not None)
        self._sockets = WebSocketIndex(trace.websockets, self._index.normal_url)
        self._hosts = self._index.hosts()
        self._on_miss = on_miss
        self._recorded_at = recorded_at or datetime.now(UTC)
        self._holds = Holds(hold=hold_documents)
        self._loads = Holds(hold=hold_documents, connections=connections)
        self._lock = threading.Lock()
        self._connections = Connections(self)
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
        return self._connections.server

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
        self._connections.start()

    def release(self, document: str) -> None:
        """Let the response go that creates ``document``, now or when it is asked for."""
        self._holds.release(document)

    def release_load(self, document: str, place: str) -> None:
        """Let a response go whose turn has come; ``place``: see `loads.place_of`."""
        if place == "more" or place.startswith("script "):
            part = self._kept_back.take(document, place)
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
        self._holds.close()
        self._loads.close()
        self._connections.close()

    def refuses(self, host: str) -> bool:
        """Whether a host is one of the browser's own, that the session has nothing to do with."""
        is_background = is_of_browser(host, self._hosts)
        if is_background:
            self._count_background()
        return is_background

    def answer(self, stream: socket.socket, reader: BinaryIO, request: Request, url: str) -> bool:
        """Answer one request. Returns whether the connection can go on."""
        if request.header("upgrade").lower() == "websocket":
            self._websocket(stream, reader, request, "ws" + url.removeprefix("http"))
            return False
        return self._answer(stream, request, url)

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
        if exchange.is_part:
            return self._send_part(stream, exchange, headers, body)
        sent = body if answer.has_body(request.method, status) else None
        parts = [sent or b""]
        if sent and document is not None and document in self._pauses:
            numbered = parts_of(sent, self._pauses[document])
            parts = [part for _, part in numbered]
            waits = self._kept_back.keep(document, [number for number, _ in numbered[1:]])
        if sent and waits:
            head, _ = response_bytes(status, exchange.status_text, [*headers, _CHUNKED], None)
            return self._send_slowly(stream, [head, *map(chunk, parts), LAST_CHUNK], waits)
        write(stream, *response_bytes(status, exchange.status_text, headers, sent))
        return True

    def _send_part(
        self, stream: socket.socket, exchange: Exchange, headers: Sequence[tuple[str, str]], body: bytes
    ) -> bool:
        """Send as much of an answer as came; the page gives it up again, or the connection breaks."""
        length = answer.announced_length(exchange)
        told = ("Content-Length", length) if length else _CHUNKED
        head, _ = response_bytes(exchange.status or 0, exchange.status_text, [*headers, told], None)
        write(stream, head, body if length else chunk(body))
        if answer.was_given_up(exchange):
            # Nothing lets it go: it breaks off where what is due can get no connection.
            self._loads.wait(f"rest of {exchange.id}", stream)
        return False

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
        if not self.refuses(host):
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
