"""HTTP/1.1 as the replay proxy reads and writes it: one request in, one response out, over a socket."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import BinaryIO

Headers = tuple[tuple[str, str], ...]

_LONGEST_LINE = 1024 * 1024
_MOST_HEADERS = 1000
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z\-]+\Z")
_UNSAFE = re.compile(r"[\0\r\n]")
_ONE_WRITE = 256 * 1024


class ProtocolError(Exception):
    """The peer does not speak HTTP/1.1; the connection is of no more use. Never leaves the proxy."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came: ``target`` is the origin form, the absolute form or host:port (CONNECT)."""

    method: str
    target: str
    headers: Headers
    body: bytes
    keep_alive: bool

    def header(self, name: str) -> str:
        """Return the first value of a header, "" when it is not there."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def read_request(reader: BinaryIO, sock: socket.socket) -> Request | None:
    """Read the next request; None when the peer closed instead. Raises `ProtocolError` and OSError."""
    line = _line(reader)
    while line == "":
        line = _line(reader)
    if line is None:
        return None
    parts = line.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise ProtocolError(f"not a request line: {line[:80]!r}")
    headers: list[tuple[str, str]] = []
    while line := _line(reader):
        name, colon, value = line.partition(":")
        if not colon or len(headers) == _MOST_HEADERS:
            raise ProtocolError("malformed header")
        headers.append((name, value.strip()))
    if line is None:
        return None
    request = Request(parts[0], parts[1], tuple(headers), b"", keep_alive=False)
    connection = (request.header("proxy-connection") + request.header("connection")).lower()
    keep_alive = parts[2] == "HTTP/1.1" and "close" not in connection
    if request.header("expect").lower() == "100-continue":
        sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    return Request(parts[0], parts[1], request.headers, _body(reader, request), keep_alive)


def response_bytes(
    status: int, reason: str, headers: Iterable[tuple[str, str]], body: bytes | None
) -> tuple[bytes, bytes]:
    """Return the head and the body of a response; ``body`` None when this status or method has none.

    Whatever stands in ``headers`` cannot end the head early or smuggle in another header.
    """
    if not reason:
        reason = HTTPStatus(status).phrase if status in _STATUSES else "Unknown"
    lines = [f"HTTP/1.1 {status} {_UNSAFE.sub(' ', reason)}"]
    lines += [f"{name}: {_UNSAFE.sub(' ', value)}" for name, value in headers if _TOKEN.match(name)]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return b"\r\n".join([*map(_encoded, lines), b"", b""]), body or b""


LAST_CHUNK = b"0\r\n\r\n"


def chunk(body: bytes) -> bytes:
    """Return a piece of a chunked body (RFC 9112, 7.1); an empty one would be the last."""
    return b"%x\r\n%s\r\n" % (len(body), body)


def write(sock: socket.socket, head: bytes, body: bytes) -> None:
    """Send a response: in one write when it is small, so that no packet waits for another."""
    if len(body) <= _ONE_WRITE:
        sock.sendall(head + body)
    else:
        sock.sendall(head)
        sock.sendall(body)


def _line(reader: BinaryIO) -> str | None:
    data = reader.readline(_LONGEST_LINE)
    if not data.endswith(b"\n"):
        if len(data) == _LONGEST_LINE:
            raise ProtocolError("line too long")
        return None
    return data.rstrip(b"\r\n").decode("latin-1")


def _body(reader: BinaryIO, request: Request) -> bytes:
    if "chunked" in request.header("transfer-encoding").lower():
        chunks = []
        while size := _number(_line(reader) or "", 16):
            chunks.append(exactly(reader, size))
            _line(reader)
        while _line(reader):
            pass
        return b"".join(chunks)
    length = request.header("content-length")
    return exactly(reader, _number(length, 10)) if length else b""


def _number(text: str, base: int) -> int:
    try:
        number = int(text.partition(";")[0].strip(), base)
    except ValueError:
        number = -1
    if number < 0:
        raise ProtocolError(f"not a length: {text[:40]!r}")
    return number


def exactly(reader: BinaryIO, size: int) -> bytes:
    """Read ``size`` bytes. Raises `ProtocolError` when the peer ends before."""
    data = reader.read(size)
    if len(data) != size:
        raise ProtocolError("body ended early")
    return data


def _encoded(line: str) -> bytes:
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "replace")


_STATUSES = frozenset(int(status) for status in HTTPStatus)
