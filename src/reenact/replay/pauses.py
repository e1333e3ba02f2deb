"""Requests that wait in the browser for their turn, where they take no connection, or that fail there.

Chromium has six connections to a host. A page that asks for a hundred modules at once would leave none for
the one that is due, if they waited for their answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reenact.browser.devtools import Session
from reenact.replay.loads import Due

_LATE_SECONDS = 5.0
_WILDCARDS = re.compile(r"[\\*?]")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the log tells of requests: those that have their turn, and why documents failed, by address."""

    due: Due = frozenset()
    failures: Mapping[str, str] = field(default_factory=dict)


class Pauses:
    """The requests of one page that wait. ``documents`` tells which documents the page shows."""

    def __init__(self, session: Session, expected: Expected, documents: Callable[[], Iterable[str]]) -> None:
        self._session = session
        self._due = expected.due
        self._failures = expected.failures
        self._documents = documents
        self._released: set[tuple[str, str]] = set()
        self._waiting: dict[tuple[str, str], list[asyncio.Event]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Ask the browser to pause the requests that may have to wait."""
        patterns = [_exactly(url, "Request") for url in sorted({url for _, url in self._due})]
        patterns += [_exactly(url, "Response") for url in sorted(self._failures)]
        if not patterns:
            return
        self._session.on("Fetch.requestPaused", self._paused)
        await self._session.send("Fetch.enable", {"patterns": patterns})

    def release(self, document: str, address: str) -> None:
        """Let a request of a document go whose turn has come."""
        key = (document, address)
        self._released.add(key)
        for event in self._waiting.pop(key, []):
            event.set()

    def _paused(self, event: Mapping[str, Any]) -> None:
        request, url = str(event["requestId"]), str(event["request"]["url"])
        if "responseErrorReason" in event:
            next_step = self._send(
                "failRequest", requestId=request, errorReason=self._failures.get(url, "Failed")
            )
        elif "responseStatusCode" in event:
            next_step = self._send("continueRequest", requestId=request)
        else:
            next_step = self._let_go(request, url)
        task = asyncio.ensure_future(next_step)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _let_go(self, request: str, url: str) -> None:
        keys = [(document, url) for document in self._documents() if (document, url) in self._due]
        if keys and not self._released.intersection(keys):
            turn = asyncio.Event()
            for key in keys:
                self._waiting.setdefault(key, []).append(turn)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LATE_SECONDS):
                    await turn.wait()
        await self._send("continueRequest", requestId=request)

    async def _send(self, command: str, **told: str) -> None:
        from playwright.async_api import Error

        # Who asked for it may have left.
        with contextlib.suppress(Error):
            await self._session.send(f"Fetch.{command}", told)


def _exactly(url: str, stage: str) -> dict[str, str]:
    return {"urlPattern": _WILDCARDS.sub(r"\\\g<0>", url), "requestStage": stage}
