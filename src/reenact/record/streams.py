"""What has come of an answer that its page may give up half way: with the request the browser forgets it."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reenact.record.bodies import header_pairs
from reenact.trace.headers import header

_OF_CODE = frozenset({"Fetch", "XHR"})
_LONG = 64 * 1024
"""Bytes from which on an answer may be given up in between, where the server says how long it is."""
_STREAMS = frozenset(
    {
        "text/event-stream",
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/stream+json",
    }
)
"""What servers call an answer that goes on: it may be packed, and be short."""
_MOST = 32 * 1024 * 1024
"""Bytes of an answer that are kept before it is over."""


class Part(NamedTuple):
    """What has come of an answer, how many bytes of it are blanks for others, and whether that is all."""

    body: bytes = b""
    blank: int = 0
    is_whole: bool = False


@dataclass
class _Coming:
    """An answer under way: its announced length, and what has come of it; of what nobody read, how much."""

    length: int | None
    pieces: list[bytes | int] = field(default_factory=list)
    size: int = 0

    def add(self, piece: bytes | int) -> None:
        self.pieces.append(piece)
        self.size += len(piece) if isinstance(piece, bytes) else piece

    def came_before(self, body: bytes) -> None:
        """The browser had kept this, of which only the length was told."""
        read = [piece for piece in self.pieces if isinstance(piece, bytes)]
        self.pieces = [body, *read]
        self.size = sum(map(len, (body, *read)))


class Streams:
    """The answers of one DevTools session that come in pieces. ``send`` runs a command of it."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Mapping[str, Any]]) -> None:
        self._send = send
        self._coming: dict[str, _Coming] = {}

    def follow(self, request_id: str, kind: str, answer: Mapping[str, Any]) -> None:
        """Keep what comes of an answer that may be given up; of what has come only the length is known."""
        headers = header_pairs(answer.get("headers", {}))
        announced = header(headers, "content-length")
        is_packed = bool(header(headers, "content-encoding"))
        # What is packed is told of as its page reads it: its announced length is another.
        length = int(announced) if announced.isdigit() and not is_packed else None
        is_stream = header(headers, "content-type").partition(";")[0].strip().lower() in _STREAMS
        # Most that is packed has an end, which nobody knew when it began.
        is_long = int(announced) > _LONG if announced.isdigit() else not is_packed
        if kind not in _OF_CODE or not (is_stream or is_long):
            return
        # Before the command: other events come while it is under way.
        coming = self._coming[request_id] = _Coming(length)
        # The answer may be over already, and older browsers do not know the command.
        with contextlib.suppress(Exception):
            told = self._send("Network.streamResourceContent", {"requestId": request_id})
            if before := base64.b64decode(told.get("bufferedData", "")):
                coming.came_before(before)

    def received(self, params: Mapping[str, Any]) -> None:
        """Take a ``Network.dataReceived`` event."""
        coming = self._coming.get(params["requestId"])
        if coming is not None and coming.size <= _MOST:
            coming.add(base64.b64decode(params["data"]) if "data" in params else int(params["dataLength"]))

    def take(self, request_id: str) -> Part:
        """What has come of an answer, which is over.

        Whoever does not read what came in one piece gives it up in the end; then that may have been all.
        """
        coming = self._coming.pop(request_id, _Coming(None))
        pieces, length = coming.pieces, coming.length
        body = b"".join(piece if isinstance(piece, bytes) else b" " * piece for piece in pieces)
        is_whole = len(pieces) == 1 if length is None else len(body) >= length
        return Part(body, sum(piece for piece in pieces if isinstance(piece, int)), is_whole)
