"""DevTools sessions that go straight down the browser's pipe, beside what Playwright's driver sends.

The driver is a process of its own, which reads, checks and writes again all that passes. A replay that sends
its own part past it takes a sixth less of the processors' time. The driver's messages pass here unread, ours
go between them, and what belongs to a session of ours never reaches it. Playwright makes the sessions and so
knows of them; the first message in one says which it is, and goes no further than this.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import secrets
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from reenact.browser.devtools import PipeSession, Session
from reenact.browser.handover import Ends

if TYPE_CHECKING:
    from playwright.async_api import Page

_FIRST_ID = 1 << 30
"""The driver numbers its messages from 1, and DevTools takes numbers of 31 bits."""
_HELLO = "reenact."
_ROOM = 1 << 20


async def open_session(page: Page, pipe: BrowserPipe | None) -> Session:
    """A DevTools session of a page, down the pipe where there is one. Raises Playwright's `Error`."""
    session = await page.context.new_cdp_session(page)
    return await pipe.session(session.send) if pipe else cast("Session", session)


class BrowserPipe:
    """The relay between one driver and one browser."""

    def __init__(self) -> None:
        self.is_taken = False
        self._numbers = itertools.count(_FIRST_ID)
        self._sessions: dict[str, PipeSession] = {}
        self._asking: dict[int, PipeSession] = {}
        self._greeted: dict[str, asyncio.Future[PipeSession]] = {}
        self._to_driver: asyncio.WriteTransport
        self._to_browser: asyncio.WriteTransport
        self._open: list[asyncio.BaseTransport] = []

    async def take(self, handed: Awaitable[Ends]) -> None:
        """Take over the ends of the pipe, and pass on what comes. Raises `OSError`."""
        ends = await handed
        self.is_taken = True
        _widen(ends.to_browser)
        _widen(ends.from_browser)
        self._to_driver = await self._writing(ends.to_driver)
        self._to_browser = await self._writing(ends.to_browser)
        await self._reading(ends.from_driver, self._of_driver)
        await self._reading(ends.from_browser, self._of_browser)

    async def _writing(self, end: int) -> asyncio.WriteTransport:
        file = os.fdopen(end, "wb", buffering=0)
        transport, _ = await asyncio.get_running_loop().connect_write_pipe(asyncio.BaseProtocol, file)
        self._open.append(transport)
        return transport

    async def _reading(self, end: int, hear: Callable[[bytes], None]) -> None:
        file = os.fdopen(end, "rb", buffering=0)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: _Messages(hear, self._end), file
        )
        self._open.append(transport)

    async def session(self, say: Callable[[str], Awaitable[Any]]) -> PipeSession:
        """Take over a session of Playwright's. ``say`` sends a command in it."""
        greeting = _HELLO + secrets.token_hex(8)
        taken = self._greeted[greeting] = asyncio.get_running_loop().create_future()
        await say(greeting)
        session: PipeSession = await taken
        return session

    # ---- what passes

    def _of_driver(self, message: bytes) -> None:
        if self._greeted and _HELLO.encode() in message:
            told = json.loads(message)
            if greeted := self._greeted.pop(told["method"], None):
                identifier = told["sessionId"]
                session = self._sessions[identifier] = PipeSession(identifier, self._ask)
                greeted.set_result(session)
                answer = {"id": told["id"], "result": {}, "sessionId": identifier}
                self._to_driver.write(_bytes(answer))
                return
        self._to_browser.write(message + b"\0")

    def _ask(self, session: PipeSession, message: Mapping[str, Any]) -> int:
        number = next(self._numbers)
        self._asking[number] = session
        self._to_browser.write(_bytes({"id": number, **message}))
        return number

    def _of_browser(self, message: bytes) -> None:
        number = _number_of(message)
        if number is None:
            session = self._sessions.get(_session_of(message))
        else:
            # That a session is gone is answered without naming it.
            session = self._asking.pop(number, None)
        if session is not None:
            session.receive(json.loads(message))
            return
        if message.startswith(b'{"method":"Target.detachedFromTarget"'):
            identifier = str(json.loads(message)["params"]["sessionId"])
            if gone := self._sessions.pop(identifier, None):
                gone.end()
        self._to_driver.write(message + b"\0")

    def _end(self) -> None:
        """One of them has left: so it has for the other, which waits for all ends to be closed."""
        for session in self._sessions.values():
            session.end()
        self._sessions = {}
        for transport in self._open:
            transport.close()


class _Messages(asyncio.Protocol):
    """Cuts what comes into messages, each of which ends with a zero byte."""

    def __init__(self, hear: Callable[[bytes], None], over: Callable[[], None]) -> None:
        self._hear = hear
        self._over = over
        self._begun: list[bytes] = []

    def data_received(self, data: bytes) -> None:
        *ends, rest = data.split(b"\0")
        for end in ends:
            self._hear(b"".join((*self._begun, end)))
            self._begun = []
        self._begun.append(rest)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._over()


def _session_of(message: bytes) -> str:
    """The session that a message of the browser belongs to, said last; empty for the browser's own."""
    if not message.endswith(b'"}'):
        return ""
    _, found, identifier = message[-80:-2].rpartition(b',"sessionId":"')
    return identifier.decode() if found else ""


def _number_of(message: bytes) -> int | None:
    """The number of the message that this answers, said first; None for an event."""
    if not message.startswith(b'{"id":'):
        return None
    return int(message[6 : message.index(b",")])


def _bytes(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message).encode() + b"\0"


def _widen(end: int) -> None:
    """Let a picture through in few pieces, where the system lets a pipe hold that much."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, _ROOM)
