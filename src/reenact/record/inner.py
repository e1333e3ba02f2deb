"""The DevTools sessions of the workers of one page, each inside of that of its maker.

Playwright tells the requests of workers; of their WebSockets it tells no frame. A worker waits at its start
until we listen to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

Send = Callable[[str, Mapping[str, Any]], object]
Heard = Callable[[str, Mapping[str, Any]], None]

EVENTS = ("Target.attachedToTarget", "Target.receivedMessageFromTarget")
"""The events that `InnerSessions.on_event` wants to see."""

_FOLLOW = {
    "autoAttach": True,
    "waitForDebuggerOnStart": True,
    "flatten": False,
    "filter": [{"type": "worker"}],
}


class InnerSessions:
    """The workers of whoever ``send`` sends commands to; ``heard`` is called with every event of theirs."""

    def __init__(self, send: Send, heard: Heard) -> None:
        self._send = send
        self._heard = heard
        self._inner: dict[str, InnerSessions] = {}
        self._commands = 0

    def enable(self) -> None:
        """Have the browser attach us to each worker that is made from now on."""
        self._send("Target.setAutoAttach", _FOLLOW)

    def on_event(self, method: str, params: Mapping[str, Any]) -> None:
        """Take one event of the session that the commands go to."""
        if method == "Target.attachedToTarget":
            session = str(params["sessionId"])
            inner = self._inner[session] = InnerSessions(partial(self._send_to, session), self._heard)
            inner._begin()
        elif method == "Target.receivedMessageFromTarget":
            message = json.loads(params["message"])
            worker = self._inner.get(str(params["sessionId"]))
            if worker is not None and "method" in message:
                worker.on_event(message["method"], message.get("params", {}))
        else:
            self._heard(method, params)

    def _begin(self) -> None:
        self._send("Network.enable", {})
        self.enable()
        self._send("Runtime.runIfWaitingForDebugger", {})

    def _send_to(self, session: str, method: str, params: Mapping[str, Any]) -> None:
        """Send a command to a worker. Nobody waits for its answer."""
        self._commands += 1
        message = json.dumps({"id": self._commands, "method": method, "params": params})
        self._send("Target.sendMessageToTarget", {"sessionId": session, "message": message})
