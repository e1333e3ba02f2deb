"""The stage of one replay: a fresh context and its pages."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reenact.browser.commands import PageGone
from reenact.browser.pipe import BrowserPipe, open_session
from reenact.replay.pauses import Expected
from reenact.replay.stage_page import StagePage, nobody, stays

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Dialog, Page

    from reenact.trace import Trace


class Stage:
    """The pages of one replay."""

    def __init__(
        self,
        context: BrowserContext,
        token: str,
        trace: Trace,
        expected: Expected | None = None,
        pipe: BrowserPipe | None = None,
    ) -> None:
        self._context = context
        self._pipe = pipe
        self.token = token
        self._expected = expected or Expected()
        self._popups = [page.id for page in trace.pages if page.opener]
        self._leaves = _answers_to_leaving(trace)
        self._opening = False
        self.pages: dict[str, StagePage] = {}
        self._front: StagePage | None = None
        self.on_load: Callable[[str, str], None] = nobody
        """Called with a document and the place of what its timeline says has loaded; see `loads.place_of`."""
        self.is_left: Callable[[str], bool] = stays
        """Whether a page is on its way to another document, which waits for its turn."""
        self._attached = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        context.on("page", self._on_page)

    async def open(self, identifier: str) -> StagePage:
        """Open a page as the person or the driver did."""
        self._opening = True
        try:
            page = await self._context.new_page()
        finally:
            self._opening = False
        return await self._attach(identifier, page)

    async def show(self, page: StagePage) -> None:
        """Bring a page before the others: what is behind them is drawn once in a second."""
        from playwright.async_api import Error

        if page is self._front:
            return
        self._front = page
        # One that has closed by now is missed by what comes next.
        with contextlib.suppress(Error):
            await page.page.bring_to_front()

    def _on_page(self, page: Page) -> None:
        if self._opening or not self._popups:
            return
        task = asyncio.ensure_future(self._attach_popup(self._popups.pop(0), page))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _attach_popup(self, identifier: str, page: Page) -> None:
        from playwright.async_api import Error

        # One that has closed by now is missed where something was to be done in it.
        with contextlib.suppress(Error):
            await self._attach(identifier, page)

    async def _attach(self, identifier: str, page: Page) -> StagePage:
        attached = await self._stage_page(identifier, page)
        # Before it is heard: a popup speaks as soon as it can.
        attached.on_load = self.on_load
        attached.is_left = partial(self.is_left, identifier)
        await attached.listen()
        page.on("dialog", partial(self._answer, identifier))
        self.pages[identifier] = self._front = attached
        async with self._attached:
            self._attached.notify_all()
        return attached

    async def _stage_page(self, identifier: str, page: Page) -> StagePage:
        session = await open_session(page, self._pipe)
        return StagePage(identifier, page, session, self.token, self._expected)

    async def _answer(self, page: str, dialog: Dialog) -> None:
        """Leave or stay, as the person did. Other dialogs are answered by the script, and do not open."""
        from playwright.async_api import Error

        answers = self._leaves.get(page)
        leaves = (
            answers.pop(0) if dialog.type == "beforeunload" and answers else dialog.type == "beforeunload"
        )
        with contextlib.suppress(Error):
            await (dialog.accept() if leaves else dialog.dismiss())

    async def page(self, identifier: str, seconds: float = 10.0) -> StagePage:
        """The page that plays a recorded one; a popup may still be on its way. Raises `PageGone`."""
        try:
            async with asyncio.timeout(seconds):
                async with self._attached:
                    await self._attached.wait_for(lambda: identifier in self.pages)
        except TimeoutError:
            raise PageGone(f"the page {identifier} never opened") from None
        return self.pages[identifier]


def _answers_to_leaving(trace: Trace) -> dict[str, list[bool]]:
    """By page, whether the person left it each time that it asked."""
    answers: dict[str, list[bool]] = {}
    for step in trace.steps:
        if step.type == "dialog" and step.raw.get("dialog") == "beforeunload" and step.page is not None:
            answers.setdefault(step.page, []).append(bool(step.raw.get("accepted", True)))
    return answers
