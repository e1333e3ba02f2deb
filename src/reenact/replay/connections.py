"""The connections of a browser that takes us for its proxy, plain or encrypted with a certificate of ours."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from typing import BinaryIO, Protocol, cast

from reenact.errors import CouldNotRun
from reenact.replay.certificates import Certificates
from reenact.replay.wire import ProtocolError, Request, read_request, response_bytes, write

_TLS_HANDSHAKE = b"\x16"
_JOIN_SECONDS = 2.0


class Answers(Protocol):
    """What answers the requests of all connections, each on the thread of its own."""

    def refuses(self, host: str) -> bool:
        """Whether nobody wants to hear of this host."""

    def answer(self, stream: socket.socket, reader: BinaryIO, request: Request, url: str) -> bool:
        """Answer a request for ``url``, the address in full. Returns whether the connection can go on."""


class Connections:
    """An HTTP proxy on 127.0.0.1, as far as its connections go."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._listener: socket.socket | None = None
        self._certificates = Certificates()

    @property
    def server(self) -> str:
        """The address for Playwright's ``proxy={"server": ...}``; raises `CouldNotRun` before `start`."""
        if self._listener is None:
            raise CouldNotRun("the replay proxy is not running")
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def start(self) -> None:
        """Begin to listen. Raises `CouldNotRun` when no port can be had."""
        try:
            self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        except OSError as error:
            raise CouldNotRun(f"no local port for the replay proxy: {error}") from None
        threading.Thread(
            target=self._accept, args=(self._listener,), name="replay-proxy", daemon=True
        ).start()

    def close(self) -> None:
        """Stop: connections close, threads are gone."""
        self._closing.set()
        if self._listener is not None:
            # Closing alone does not wake a thread that waits in accept().
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
        with self._lock:
            still_open = dict(self._open)
        for sock in still_open:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in still_open.values():
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
                self._open[sock] = thread
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
            if self._answers.refuses(host):
                write(sock, *response_bytes(502, "", [("Connection", "close")], b""))
                return
            sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            tls = sock.recv(1, socket.MSG_PEEK) == _TLS_HANDSHAKE
            stream: socket.socket = sock
            if tls:
                stream = self._certificates.context(host).wrap_socket(sock, server_side=True)
                opened.append(stream)
                with self._lock:  # From here on, the first socket is an empty shell.
                    self._open[stream] = self._open.pop(sock)
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
                    self._open.pop(cast(socket.socket, each), None)
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
            if not self._answers.answer(stream, reader, request, url) or not request.keep_alive:
                return
            request = read_request(reader, stream)
