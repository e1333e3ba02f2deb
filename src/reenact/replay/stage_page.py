"""One page of a replay, its documents, and the way to the script in them."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from reenact.browser.aria import aria_lines
from reenact.browser.commands import (
    PageGone,
    call_command,
    command_answer,
    find_listeners,
    find_window,
    found_commands,
)
from reenact.browser.devtools import Session
from reenact.browser.insides import look_inside_async
from reenact.errors import CouldNotRun
from reenact.replay.loads import place_of
from reenact.replay.pauses import Expected, Pauses
from reenact.trace import Unstable

if TYPE_CHECKING:
    from playwright.async_api import Page


T = TypeVar("T")

_ARIA_BUDGET_SECONDS = 0.5
_CALL_SECONDS = 40.0
_GO_SECONDS = 1.5
_LEFT_SECONDS = 2.0
_FIRST_SIGNAL = 0xC1
"""See pace.ts: key codes that no keyboard sends."""


class LiveDocument:
    """A document that now runs in the replay, with its script answering."""

    def __init__(self, identifier: str | None, url: str, context: int, *, known: bool, top: bool) -> None:
        self.id = identifier
        self.url = url
        self.context = context
        self.known = known
        self.top = top
        self.commands: str | None = None
        self.stop: Mapping[str, Any] | None = None
        self.sequence = 0
        self.left = 0
        """The stop that was left last. By the time that we say so the document may stand at the next."""
        self.woken = True
        self.stood = asyncio.Event()
        self.skips = 0

    async def standing(self, seconds: float) -> Mapping[str, Any] | None:
        """Where its timeline stands; None when it did not come to stand in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.stood.wait()
        # The word may have come while the limit passed.
        return self.stop

    def leave_stop(self, *, woken: bool) -> None:
        """Forget the present stop. ``woken``: an input on its way lets the timeline go on by itself."""
        self.stop = None
        self.left = self.sequence
        self.woken = woken
        self.stood.clear()


class StagePage:
    """One page of the replay: its DevTools session and the documents it shows."""

    def __init__(self, identifier: str, page: Page, session: Session, token: str, expected: Expected) -> None:
        self.id = identifier
        self.page = page
        self.session = session
        self.documents: dict[int, LiveDocument] = {}
        self.current: LiveDocument | None = None
        self.coming: str | None = None
        """The document let through last: it asks for its scripts before its own tells of it."""
        self.on_document: Callable[[LiveDocument], Awaitable[None]] | None = None
        self.on_load: Callable[[str, str], None] = nobody
        self.is_left: Callable[[], bool] = stays
        """Whether the next document waits for its turn: until it comes, only input reaches this one."""
        self._pauses = Pauses(session, expected, self._shown)
        self._token = token
        self._arrived = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self._aria_is_cheap = True
        self.crashed = False
        self._asked: set[asyncio.Future[Any]] = set()

    async def listen(self) -> None:
        """Begin to hear what the page says, before it shows anything of the application."""
        session = self.session
        session.on("Runtime.bindingCalled", self._called)
        session.on("Inspector.targetCrashed", self._crash)
        # The browser takes them in turn, and nobody needs to wait for one answer to ask the next.
        await asyncio.gather(
            session.send("Runtime.enable"),
            session.send("Page.enable"),
            session.send("Runtime.addBinding", {"name": self._token}),
            # Every request must reach the archive: what was cached is recorded as if it had come from the
            # network.
            session.send("Network.enable"),
            session.send("Network.setCacheDisabled", {"cacheDisabled": True}),
            self._pauses.begin(),
        )

    def _shown(self) -> list[str]:
        """The documents that may ask for something: not those that the current one has replaced."""
        shown = [d.id or "" for d in self.documents.values() if d is self.current or not d.top]
        return [*shown, self.coming] if self.coming else shown

    # ---- what the script tells

    def _called(self, event: Mapping[str, Any]) -> None:
        if event["name"] != self._token:
            return
        try:
            _, messages = json.loads(event["payload"])
        except ValueError:
            return
        for message in messages:
            context = int(event["executionContextId"])
            if message[0] == "document":
                self._begin(context, message[1])
            elif message[0] == "load" and context in self.documents:
                document = self.documents[context]
                place = place_of(document.url, str(message[1]))
                # What the proxy holds as well goes there before it is asked for.
                self.on_load(document.id or "", place)
                self._pauses.release(document.id or "", place)
            elif message[0] == "controls" and context in self.documents:
                self._keep(self._look_inside(self.documents[context]))
            elif message[0] == "stop" and context in self.documents:
                document = self.documents[context]
                document.stop, document.sequence = message[1], int(message[1]["sequence"])
                document.stood.set()

    def _crash(self, _: Mapping[str, Any]) -> None:
        """The renderer is gone, and with it the answers to whatever was asked of it."""
        self.crashed = True
        for question in self._asked:
            question.cancel()

    def _begin(self, context: int, told: Mapping[str, Any]) -> None:
        document = LiveDocument(
            told["id"], str(told["url"]), context, known=bool(told["known"]), top=bool(told["top"])
        )
        self.documents[context] = document
        if document.top:
            self.current = document
        self._keep(self._announce(document))

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done, and not forgotten meanwhile."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _look_inside(self, document: LiveDocument) -> None:
        """Give the script the trees of controls that its next picture needs; it waits a second at most."""
        with contextlib.suppress(CouldNotRun):
            await self._find_commands(document, _CALL_SECONDS)
            await look_inside_async(str(document.commands), self.send)

    async def _announce(self, document: LiveDocument) -> None:
        if self.on_document is not None and document.top:
            await self.on_document(document)
        async with self._arrived:
            self._arrived.notify_all()

    async def wait_for(self, is_there: Callable[[], bool], seconds: float) -> bool:
        """Wait until a document came for which the condition holds."""
        try:
            async with asyncio.timeout(seconds):
                async with self._arrived:
                    await self._arrived.wait_for(is_there)
        except TimeoutError:
            return False
        return True

    def document(self, identifier: str) -> LiveDocument | None:
        """The running document that plays a recorded one."""
        for document in self.documents.values():
            if document.id == identifier:
                return document
        return None

    # ---- what we ask

    async def send(
        self, method: str, parameters: Mapping[str, Any] | None = None, *, seconds: float = _CALL_SECONDS
    ) -> Mapping[str, Any]:
        """Send a DevTools command. Raises `PageGone` when the page left, crashed or does not answer."""
        from playwright.async_api import Error

        if self.crashed:
            raise PageGone(f"the page {self.url} crashed")
        begun = time.monotonic()
        question = asyncio.ensure_future(self.session.send(method, dict(parameters or {})))
        self._asked.add(question)
        try:
            return await self._answered(question, seconds) or {}
        except TimeoutError:
            waited = time.monotonic() - begun
            raise PageGone(f"{self.url} did not answer {method} for {waited:.0f} s") from None
        except Error as error:
            raise PageGone(f"{self.url} went away: {error.message.splitlines()[0]}") from None
        except asyncio.CancelledError:
            if self.crashed:
                raise PageGone(f"the page {self.url} crashed") from None
            raise
        finally:
            self._asked.discard(question)
            question.cancel()

    async def _answered(self, question: asyncio.Future[Any], seconds: float) -> Any:
        """Raises `TimeoutError` when there is no answer in time, or can be none."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            done, _ = await asyncio.wait({question}, timeout=min(left, _LEFT_SECONDS))
            if done:
                return question.result()
            if self.is_left():
                break
        raise TimeoutError

    @property
    def url(self) -> str:
        """What the page shows, as far as its script told."""
        return self.current.url if self.current else self.page.url

    async def call(
        self, document: LiveDocument, name: str, *arguments: Any, seconds: float = _CALL_SECONDS
    ) -> Any:
        """Call a command of the script and return its answer. Raises `PageGone` when the document left."""
        await self._find_commands(document, seconds)
        command = call_command(str(document.commands), name, *arguments)
        answer = await self.send("Runtime.callFunctionOn", command, seconds=seconds)
        return command_answer(answer)

    async def _find_commands(self, document: LiveDocument, seconds: float) -> None:
        if document.commands is not None:
            return
        window = await self.send("Runtime.evaluate", find_window(document.context), seconds=seconds)
        listeners = await self.send("DOMDebugger.getEventListeners", find_listeners(window), seconds=seconds)
        document.commands = found_commands(listeners, self._token)

    async def unless_left(self, ask: Callable[[], Awaitable[T]]) -> T | None:
        """What is asked of the page; None where it is being left, and answers nothing."""
        if self.is_left():
            return None
        try:
            return await ask()
        except PageGone:
            if self.is_left():
                return None
            raise

    async def element(self, document: LiveDocument, realm: int, path: list[int]) -> str | None:
        """The remote object id of an element, by the frame and the path in it; None when it is not there."""
        await self._find_commands(document, _CALL_SECONDS)
        command = call_command(str(document.commands), "element", realm, path) | {"returnByValue": False}
        answer = await self.send("Runtime.callFunctionOn", command)
        found = answer.get("result", {}).get("objectId")
        return str(found) if found else None

    async def go(self, document: LiveDocument) -> None:
        """Let a document go on from the stop that we left, if it still stands there."""
        sequence = document.left
        if not self.is_left():
            with contextlib.suppress(PageGone):
                await self.call(document, "go", sequence, seconds=_GO_SECONDS)
                return
        await self.send(
            "Input.dispatchKeyEvent", {"type": "keyUp", "windowsVirtualKeyCode": _FIRST_SIGNAL + sequence}
        )

    async def screenshot(self) -> bytes:
        """The browser's own PNG of the viewport."""
        shot = await self.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
        return base64.b64decode(shot["data"])

    async def unstable(self, pictures: Sequence[str]) -> tuple[Unstable, ...]:
        """Where something plays by the real clock, or one of these pictures moves, in its own document."""
        document = self.current
        if document is None:
            return ()
        told = await self.unless_left(lambda: self.call(document, "unstable", list(pictures)))
        return tuple(Unstable(*place) for place in told or ())

    async def aria(self) -> list[str] | None:
        """The accessibility tree as lines; None for a page that is too large for it, or that is left."""
        if not self._aria_is_cheap:
            return None
        begun = time.monotonic()
        if await self.unless_left(lambda: self.send("Accessibility.enable")) is None:
            return None
        answer = await self.send("Accessibility.getFullAXTree")
        # Or the browser keeps the tree up to date from now on.
        await self.send("Accessibility.disable")
        self._aria_is_cheap = time.monotonic() - begun < _ARIA_BUDGET_SECONDS
        return aria_lines(answer.get("nodes", ()))

    async def navigate(self, url: str) -> None:
        """Go to an address, as by the address bar."""
        await self.send("Page.navigate", {"url": url})

    async def reload(self) -> None:
        """Load the document again, as the browser's button does."""
        await self.send("Page.reload")

    async def traverse(self, delta: int) -> None:
        """Go back or forward through the history, as the browser's buttons do."""
        history = await self.send("Page.getNavigationHistory")
        entries = history["entries"]
        at = history["currentIndex"] + delta
        if 0 <= at < len(entries):
            await self.send("Page.navigateToHistoryEntry", {"entryId": entries[at]["id"]})


def stays(*_: str) -> bool:
    """Where nothing is held, a page that is left is gone."""
    return False


def nobody(_document: str, _name: str) -> None:
    """Where nothing is held, nobody wants to know what is due."""
