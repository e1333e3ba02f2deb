"""The WebSockets of one page, from its CDP Network events: handshake, every frame in order, the end."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reenact.record.bodies import header_pairs
from reenact.record.privacy import Redactor

EVENTS = (
    "Network.webSocketCreated",
    "Network.webSocketHandshakeResponseReceived",
    "Network.webSocketFrameSent",
    "Network.webSocketFrameReceived",
    "Network.webSocketFrameError",
    "Network.webSocketClosed",
)
"""The CDP events a `WebSocketRecorder` wants to see."""

_SENDERS = {"Network.webSocketFrameSent": "page", "Network.webSocketFrameReceived": "server"}
_TEXT, _BINARY = 1, 2


class WebSocketRecorder:
    """Makes websocket records.

    ``put(id, record)`` stores a record, again when it changed; ``put_frames(id, frames)`` appends to its
    frames; ``put_resource(bytes)`` returns a digest; ``clock()`` gives milliseconds since the recording
    began; ``next_id()`` gives ids that no other recorder of the recording gives.
    """

    def __init__(
        self,
        put: Callable[[str, dict[str, Any]], None],
        put_frames: Callable[[str, Sequence[Mapping[str, Any]]], None],
        put_resource: Callable[[bytes], str],
        *,
        redactor: Redactor,
        clock: Callable[[], float],
        next_id: Callable[[], str],
    ) -> None:
        self._put = put
        self._put_frames = put_frames
        self._put_resource = put_resource
        self._redactor = redactor
        self._clock = clock
        self._next_id = next_id
        self._records: dict[str, dict[str, Any]] = {}

    def on_event(self, method: str, params: Mapping[str, Any]) -> None:
        """Take one CDP event."""
        if method == "Network.webSocketCreated":
            self._records[params["requestId"]] = {
                "id": self._next_id(),
                "url": self._redactor.scrub_url(str(params["url"])),
                "time": round(self._clock(), 1),
            }
        record = self._records.get(params["requestId"])
        if record is None:
            return
        if method in _SENDERS:
            self._frame(record, _SENDERS[method], params["response"])
            return
        match method:
            case "Network.webSocketHandshakeResponseReceived":
                answer = params["response"]
                record["status"] = answer["status"]
                record["headers"] = self._redactor.response_headers(header_pairs(answer.get("headers", {})))
            case "Network.webSocketFrameError":
                record["failed"] = self._redactor.scrub_text(str(params.get("errorMessage", "")))
            case "Network.webSocketClosed":
                record["closed"] = round(self._clock(), 1)
        self._put(record["id"], record)

    def of_worker(self, name: str, what: str, first: str, second: str) -> None:
        """Take what a worker tells of a socket of its own (recorder_js/src/wire.ts)."""
        told: dict[str, Any] = {"requestId": name}
        match what:
            case "created":
                self.on_event("Network.webSocketCreated", told | {"url": first})
            case "open":
                headers = {"Sec-WebSocket-Protocol": first} if first else {}
                answer = {"status": 101, "headers": headers}
                self.on_event("Network.webSocketHandshakeResponseReceived", told | {"response": answer})
            case "sent" | "received":
                frame = {"opcode": _TEXT if first == "text" else _BINARY, "payloadData": second}
                self.on_event(f"Network.webSocketFrame{what.capitalize()}", told | {"response": frame})
            case "failed":
                self.on_event("Network.webSocketFrameError", told)
            case "closed":
                self.on_event("Network.webSocketClosed", told)

    def _frame(self, record: Mapping[str, Any], sender: str, frame: Mapping[str, Any]) -> None:
        data = str(frame.get("payloadData", ""))
        time = round(self._clock(), 1)
        if frame.get("opcode") == _TEXT:
            content: dict[str, Any] = {"text": self._redactor.scrub_text(data)}
        elif frame.get("opcode") == _BINARY:
            content = {"resource": self._put_resource(self._redactor.scrub(base64.b64decode(data)))}
        else:
            return
        self._put_frames(record["id"], [{"from": sender, "time": time, **content}])
