"""Responses that wait: for the player to be ready for a document, for a timeline to come to a load."""

from __future__ import annotations

import math
import select
import socket
import ssl
import threading
import time
from dataclasses import dataclass

_POLL_SECONDS = 0.05
CONNECTIONS = 6
"""How many Chromium has to one host."""

_MISSING_SECONDS = 0.5
"""On a busy machine what is due may only be on its way."""


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """One response that waits; two may wait for the same name."""

    document: str
    makes_room: bool


class Holds:
    """Which documents were released, and who waits for one. Thread-safe.

    ``connections``: how many the browser has to one host; as many that wait keep out what is due.
    """

    def __init__(self, *, hold: bool, connections: int = CONNECTIONS) -> None:
        self._connections = connections
        self._condition = threading.Condition()
        self._released: set[str] = set()
        self._queue: list[_Turn] = []
        self._asked: set[str] = set()
        self._latest: str | None = None
        self._latest_at = 0.0
        self._everything = not hold
        self._closed = False

    @property
    def waiting(self) -> frozenset[str]:
        """Documents whose response is being held at this moment."""
        with self._condition:
            return frozenset(turn.document for turn in self._queue)

    def held(self, documents: frozenset[str]) -> frozenset[str]:
        """Those of ``documents`` that may not go yet."""
        with self._condition:
            return frozenset() if self._everything else documents - self._released

    def release(self, document: str) -> None:
        """Let a document's response go, now or when it is asked for."""
        with self._condition:
            self._released.add(document)
            self._latest = document
            self._latest_at = time.monotonic()
            self._condition.notify_all()

    def release_all(self) -> None:
        """Hold nothing any more."""
        with self._condition:
            self._everything = True
            self._condition.notify_all()

    def close(self) -> None:
        """End every wait, without letting the responses go."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def wait(
        self, document: str, peer: socket.socket, *, seconds: float = math.inf, makes_room: bool = True
    ) -> bool:
        """Wait until ``document`` may go, or so long. Returns False when the proxy closes or the peer left.

        ``document`` is any name that is given to `release`. ``makes_room``: it goes out of its turn where too
        many wait for what is due to get a connection.
        """
        end = time.monotonic() + seconds
        turn = _Turn(document, makes_room)
        with self._condition:
            self._asked.add(document)
            self._queue.append(turn)
            self._condition.notify_all()
            try:
                while not self._may_go(turn) and time.monotonic() < end:
                    if not self._condition.wait(_POLL_SECONDS) and left(peer):
                        return False
                return not self._closed
            finally:
                self._queue.remove(turn)

    def _may_go(self, turn: _Turn) -> bool:
        return self._closed or self._everything or turn.document in self._released or self._makes_room(turn)

    def _makes_room(self, turn: _Turn) -> bool:
        """The first in the queue goes, out of its turn, where what is due can get no connection."""
        if self._latest is None or self._latest in self._asked or len(self._queue) < self._connections:
            return False
        if time.monotonic() - self._latest_at < _MISSING_SECONDS:
            return False
        return turn is next((first for first in self._queue if first.makes_room), None)

    def left_within(self, peer: socket.socket, seconds: float) -> bool:
        """Wait for the peer to leave (or the proxy to close). Returns False when it is there after all."""
        with self._condition:
            for _ in range(int(seconds / _POLL_SECONDS)):
                if self._closed or left(peer):
                    return True
                self._condition.wait(_POLL_SECONDS)
        return left(peer)


def left(peer: socket.socket) -> bool:
    """Tell whether a peer that waits for an answer closed its side of the connection."""
    try:
        if not select.select([peer], [], [], 0)[0]:
            return False
        # Who waits for an answer sends nothing over TLS but that it closes.
        if isinstance(peer, ssl.SSLSocket):
            return True
        return peer.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except (OSError, ValueError):
        return True
