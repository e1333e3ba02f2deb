"""What has come of an answer that its page may give up half way: with the request the browser forgets it."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable, Mapping
from typing import Any

_OF_CODE = frozenset({"Fetch", "XHR"})
_LONG = 64 * 1024
"""Bytes from which on an answer may be given up in between, where the server says how long it is."""
_MOST = 32 * 1024 * 1024
"""Bytes of an answer that are kept before it is over."""


class Streams:
    """The answers of one DevTools session that come in pieces. ``send`` runs a command of it."""

    def __init__(self, send: Callable[[str, dict[str, Any]], Mapping[str, Any]]) -> None:
        self._send = send
        self._pieces: dict[str, list[bytes | int]] = {}

    def follow(self, request_id: str, kind: str, answer: Mapping[str, Any]) -> None:
        """Keep what comes of an answer that may be given up; of what has come only the length is known."""
        if kind not in _OF_CODE or not _may_be_given_up(answer):
            return
        # Before the command: other events come while it is under way.
        pieces = self._pieces[request_id] = []
        # The answer may be over already, and older browsers do not know the command.
        with contextlib.suppress(Exception):
            told = self._send("Network.streamResourceContent", {"requestId": request_id})
            if before := base64.b64decode(told.get("bufferedData", "")):
                pieces[:] = [before, *(piece for piece in pieces if isinstance(piece, bytes))]

    def received(self, params: Mapping[str, Any]) -> None:
        """Take a ``Network.dataReceived`` event."""
        pieces = self._pieces.get(params["requestId"])
        if pieces is None or sum(map(_length, pieces)) > _MOST:
            return
        pieces.append(base64.b64decode(params["data"]) if "data" in params else int(params["dataLength"]))

    def take(self, request_id: str) -> tuple[bytes, int]:
        """What has come of an answer, and how much of that is blanks for what could not be read."""
        pieces = self._pieces.pop(request_id, [])
        body = b"".join(piece if isinstance(piece, bytes) else b" " * piece for piece in pieces)
        return body, sum(piece for piece in pieces if isinstance(piece, int))


def _length(piece: bytes | int) -> int:
    return len(piece) if isinstance(piece, bytes) else piece


def _may_be_given_up(answer: Mapping[str, Any]) -> bool:
    headers = {name.lower(): value for name, value in answer.get("headers", {}).items()}
    length = str(headers.get("content-length", ""))
    if length.isdigit():
        return int(length) > _LONG
    # What is compressed has an end, which nobody knew when it began.
    return "content-encoding" not in headers
