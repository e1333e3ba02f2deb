"""The stage of a replay in Firefox: the same pages and documents, without a DevTools session."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from reenact.browser.commands import PageGone
from reenact.browser.mainworld import COMMAND, ELEMENT, Messages, command, command_answer
from reenact.replay.pauses import Expected
from reenact.replay.stage import Stage
from reenact.replay.stage_page import LiveDocument, StagePage

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, ConsoleMessage, ElementHandle, Frame, Page

    from reenact.trace import Trace

_CALL_SECONDS = 40.0
_GO_SECONDS = 1.5
_TRAVERSE_MS = 20_000
T = TypeVar("T")


class FirefoxStagePage(StagePage):
    """One page of the replay, heard by its console and asked through Playwright."""

    messages: Messages
    """Of the whole replay."""

    async def listen(self) -> None:
        """Begin to hear what the page says."""
        self._places: dict[int, Frame] = {}
        self.page.on("console", self._said)
        self.page.on("crash", lambda _: self._crash({}))

    def _said(self, message: ConsoleMessage) -> None:
        ours = self.messages.read(message.text)
        if ours is not None:
            self._called(ours)

    async def send(
        self, method: str, parameters: Mapping[str, Any] | None = None, *, seconds: float = _CALL_SECONDS
    ) -> Mapping[str, Any]:
        """There is no protocol to send it by. Raises `PageGone`."""
        del parameters, seconds
        raise PageGone(f"Firefox has no {method}")

    async def call(
        self, document: LiveDocument, name: str, *arguments: Any, seconds: float = _CALL_SECONDS
    ) -> Any:
        """Call a command of the script and return its answer. Raises `PageGone` when the document left."""
        given = command(self._token, self.messages.key(document.context), name, *arguments)
        frame = self._frame_of(document)
        if frame is not None:
            return command_answer(await self.asked(frame.evaluate(COMMAND, given), name, seconds))
        for frame in self.page.frames:
            answer = await self.asked(frame.evaluate(COMMAND, given), name, seconds)
            if answer is not None:
                self._places[document.context] = frame
                return command_answer(answer)
        raise PageGone(f"the frame {document.url} is not there any more")

    def _frame_of(self, document: LiveDocument) -> Frame | None:
        return self.page.main_frame if document.top else self._places.get(document.context)

    async def element_handle(
        self, document: LiveDocument, realm: int, path: list[int]
    ) -> ElementHandle | None:
        """An element, by the frame and the path in it; None when it is not there."""
        await self.call(document, "where")
        frame = self._frame_of(document) or self.page.main_frame
        given = command(self._token, self.messages.key(document.context), "element", realm, path)
        handle = await self.asked(frame.evaluate_handle(ELEMENT, given), "element", _CALL_SECONDS)
        return handle.as_element()

    async def asked(self, question: Awaitable[T], what: str, seconds: float = _CALL_SECONDS) -> T:
        """Await an answer of Playwright. Raises `PageGone` when the page left, crashed or does not answer."""
        from playwright.async_api import Error

        try:
            async with asyncio.timeout(seconds):
                return await question
        except TimeoutError:
            raise PageGone(f"{self.url} did not answer {what} for {seconds:.0f} s") from None
        except Error as error:
            raise PageGone(f"{self.url} went away: {error.message.splitlines()[0]}") from None

    async def go(self, document: LiveDocument) -> None:
        """Let a document go on from the stop that we left, if it still stands there."""
        try:
            await self.call(document, "go", document.left, seconds=_GO_SECONDS)
        except PageGone:
            if not self.is_left():
                raise

    async def screenshot(self) -> bytes:
        """The browser's own PNG of the viewport."""
        shot = self.page.screenshot(type="png", animations="allow", caret="initial")
        return await self.asked(shot, "for its picture")

    async def aria(self) -> list[str] | None:
        """Firefox gives no accessibility tree."""
        return None

    async def navigate(self, url: str) -> None:
        """Go to an address, as by the address bar."""
        await self.asked(self.page.goto(url, wait_until="commit"), "to go to an address")

    async def reload(self) -> None:
        """Load the document again, as the browser's button does."""
        await self.asked(self.page.reload(wait_until="commit"), "to load again")

    async def traverse(self, delta: int) -> None:
        """Go back or forward through the history, a step at a time."""
        for _ in range(abs(delta)):
            one = self.page.go_back if delta < 0 else self.page.go_forward
            await self.asked(one(wait_until="commit", timeout=_TRAVERSE_MS), "to go through its history")


class FirefoxStage(Stage):
    """The pages of one replay in Firefox."""

    def __init__(self, context: BrowserContext, token: str, trace: Trace, expected: Expected) -> None:
        super().__init__(context, token, trace, expected)
        self._messages = Messages(token)

    async def _stage_page(self, identifier: str, page: Page) -> StagePage:
        stage = FirefoxStagePage(identifier, page, cast("Any", None), self.token, Expected())
        stage.messages = self._messages
        return stage
