"""A DevTools session whose messages do not pass through Playwright's driver; see `pipe`."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

Handler = Callable[[Mapping[str, Any]], object]


class Session(Protocol):
    """What a replay needs of a DevTools session."""

    def send(self, method: str, params: dict[str, Any] | None = None) -> Awaitable[dict[str, Any]]:
        """Send a command; awaiting it raises Playwright's `Error` when it fails or the target is gone."""

    def on(self, event: Any, f: Any) -> None:
        """Call a handler with the parameters of each event of this name."""


class PipeSession:
    """One session. ``ask`` sends a message and returns its number."""

    def __init__(self, identifier: str, ask: Callable[[PipeSession, dict[str, Any]], int]) -> None:
        self._id = identifier
        self._ask = ask
        self._handlers: dict[str, list[Handler]] = defaultdict(list)
        self._asked: dict[int, tuple[str, asyncio.Future[dict[str, Any]]]] = {}
        self._is_over = False

    def send(self, method: str, params: dict[str, Any] | None = None) -> asyncio.Future[dict[str, Any]]:
        """Send a command at once; the future has its result, or Playwright's `Error`."""
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        if self._is_over:
            answer.set_exception(_error(method, "Target closed"))
        else:
            number = self._ask(self, {"method": method, "params": params or {}, "sessionId": self._id})
            self._asked[number] = (method, answer)
        return answer

    def on(self, event: str, f: Handler) -> None:
        """Call a handler with the parameters of each event of this name."""
        self._handlers[event].append(f)

    def receive(self, message: Mapping[str, Any]) -> None:
        """Take an answer or an event of this session."""
        if "method" in message:
            # Soon, not now: what a handler raises must not stop the pipe.
            for handler in self._handlers[message["method"]]:
                asyncio.get_running_loop().call_soon(handler, message.get("params", {}))
            return
        method, answer = self._asked.pop(message["id"], ("", None))
        # Who asked may have given up, or have been told by the end of the session.
        if answer is not None and not answer.done():
            if "error" in message:
                answer.set_exception(_error(method, str(message["error"].get("message"))))
            else:
                answer.set_result(message.get("result", {}))

    def end(self) -> None:
        """The target or the browser is gone, and answers nothing any more."""
        self._is_over = True
        for method, answer in self._asked.values():
            if not answer.done():
                answer.set_exception(_error(method, "Target closed"))
        self._asked = {}


def _error(method: str, text: str) -> Exception:
    from playwright.async_api import Error

    return Error(f"Protocol error ({method}): {text}")
