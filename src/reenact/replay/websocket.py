"""The server's side of a recorded WebSocket: its messages, each after what the page had sent before it.

Framing and handshake are those of RFC 6455. When a message reaches the page's listeners is not decided here:
the script in the page holds each until the timeline stands on it.
"""

from __future__ import annotations

import base64
import hashlib
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from reenact.replay.wire import ProtocolError, Request, exactly, response_bytes
from reenact.trace.records import WebSocket

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING, _PONG = 0, 1, 2, 8, 9, 10
_NORMAL = struct.pack("!H", 1000)
_LONGEST = 256 * 1024 * 1024


class WebSocketIndex:
    """The recorded WebSockets by address, given out in recorded order. Thread-safe."""

    def __init__(self, websockets: Iterable[WebSocket], normal_url: Callable[[str], str]) -> None:
        self._normal_url = normal_url
        self._lock = threading.Lock()
        self._waiting: dict[str, list[WebSocket]] = {}
        for recorded in websockets:
            self._waiting.setdefault(normal_url(recorded.url), []).append(recorded)

    def take(self, url: str) -> WebSocket | None:
        """Return the next one that was opened at ``url``; None when there is none left."""
        with self._lock:
            waiting = self._waiting.get(self._normal_url(url))
            return waiting.pop(0) if waiting else None


def handshake(request: Request, recorded: WebSocket) -> tuple[bytes, bool]:
    """Return the bytes that answer the opening handshake, and whether the connection is then open."""
    if recorded.status != 101:
        head, body = response_bytes(recorded.status or 502, "", [("Connection", "close")], b"")
        return head + body, False
    accepted = (request.header("sec-websocket-key") + _GUID).encode()
    key = hashlib.sha1(accepted, usedforsecurity=False).digest()
    headers = [
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Accept", base64.b64encode(key).decode()),
    ]
    headers += [(name, value) for name, value in recorded.headers if name.lower() == "sec-websocket-protocol"]
    head, _ = response_bytes(101, "Switching Protocols", headers, None)
    return head, True


def converse(
    stream: socket.socket, reader: BinaryIO, recorded: WebSocket, read: Callable[[str], bytes]
) -> None:
    """Say what the server said, until the page or the proxy closes the connection. Raises OSError then."""
    for frame in recorded.frames:
        if frame["from"] == "server":
            stream.sendall(_message(frame, read))
        elif (ending := _await_message(stream, reader)) is not None:
            stream.sendall(_frame(_CLOSE, ending))
            return
    if recorded.closed is not None:
        stream.sendall(_frame(_CLOSE, _NORMAL))
    # Whatever the page has to say now, nobody answered it in the recording.
    while (ending := _await_message(stream, reader)) is None:
        pass
    if recorded.closed is None:
        stream.sendall(_frame(_CLOSE, ending))


def _message(frame: Mapping[str, Any], read: Callable[[str], bytes]) -> bytes:
    if "text" in frame:
        return _frame(_TEXT, str(frame["text"]).encode())
    return _frame(_BINARY, read(frame["resource"]) if frame.get("resource") else b"")


def _frame(opcode: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x80 | opcode, size)
    elif size < 0x10000:
        head = struct.pack("!BBH", 0x80 | opcode, 126, size)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 127, size)
    return head + payload


def _await_message(stream: socket.socket, reader: BinaryIO) -> bytes | None:
    """Read one whole message of the page; when it closes instead, return its code and reason."""
    while True:
        first, second = exactly(reader, 2)
        opcode, size = first & 0x0F, second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", exactly(reader, 2))
        elif size == 127:
            (size,) = struct.unpack("!Q", exactly(reader, 8))
        if size > _LONGEST or not second & 0x80:
            raise ProtocolError("not a frame of a browser")
        mask = exactly(reader, 4)
        payload = exactly(reader, size)
        if opcode == _CLOSE:
            return _unmasked(payload[:125], mask)
        if opcode == _PING:
            stream.sendall(_frame(_PONG, _unmasked(payload[:125], mask)))
        elif opcode in (_CONTINUATION, _TEXT, _BINARY) and first & 0x80:
            return None


def _unmasked(payload: bytes, mask: Sequence[int]) -> bytes:
    return bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
