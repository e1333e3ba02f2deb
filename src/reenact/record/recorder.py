"""Recording a session in a Playwright browser context, whoever drives it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from reenact.browser.environment import environment
from reenact.browser.script import ScriptConfig, script_sha256, script_source
from reenact.errors import CouldNotRun, UsageError
from reenact.record.firefox import FirefoxRecording
from reenact.record.page import PageRecorder
from reenact.record.session import RecordingState
from reenact.record.shared import BrowserWorkers
from reenact.record.storage import stored_before
from reenact.trace import Trace, TraceWriter

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request

_LAST_CHECKPOINT_MS = 15_000
_STEP_MS = 40


class Recorder:
    """A recording in progress; made by `record` and used with ``with``.

    What was recorded is saved however the block ends. Afterwards `trace` is the finished trace.
    """

    def __init__(
        self,
        context: BrowserContext,
        path: str | os.PathLike[str],
        *,
        name: str | None = None,
        actor: str | None = None,
        overwrite: bool = False,
    ) -> None:
        self._context = context
        self._path = path
        self._name = name
        self._actor = actor
        self._overwrite = overwrite
        self._pages: dict[Page, PageRecorder] = {}
        self._early: dict[Page, list[Request]] = {}
        self._ids = itertools.count(1)
        self._opening = False
        self._workers: BrowserWorkers | None = None
        self._over = False
        self._described = False
        self._trace: Trace | None = None
        self._firefox: FirefoxRecording | None = None

    @property
    def trace(self) -> Trace:
        """The finished trace; raises `CouldNotRun` while the recording goes on."""
        if self._trace is None:
            raise CouldNotRun("the recording is not finished", hint="Leave the `with` block first")
        return self._trace

    @property
    def steps(self) -> int:
        """How many steps were recorded so far."""
        return self._state.steps.count

    def note(self, text: str) -> None:
        """Write something down about this moment: a step of its own, which a replay passes over.

        Raises `UsageError` for an empty note, `CouldNotRun` when the recording is over or has no page yet.
        """
        text = " ".join(text.split())
        if not text:
            raise UsageError("A note needs words", hint='Such as recording.note("here the total is wrong")')
        if self._over or not self._pages:
            raise CouldNotRun("There is nothing to write a note about", hint="Open a page first")
        open_pages = [page for page in self._pages if not page.is_closed()] or list(self._pages)
        page = open_pages[-1]
        identifier = self._pages[page].id
        self._state.guarded(
            lambda: void(
                self._state.steps.note(self._state.act("note", identifier), identifier, page.url, text)
            )
        )

    def __enter__(self) -> Self:
        browser = self._context.browser
        kind = browser.browser_type.name if browser is not None else "chromium"
        if kind not in ("chromium", "firefox"):
            raise CouldNotRun(
                f"recording needs Chromium or Firefox, this is {kind}",
                hint="Launch one with reenact.launch(p, 'chromium')",
            )
        self._writer = TraceWriter.create(self._path, overwrite=self._overwrite)
        self._state = RecordingState(self._writer)
        bases = self._state.redactor.bases
        has_protocol = kind == "chromium"
        config = ScriptConfig(
            "record",
            bases=(bases.first, bases.second),
            workers=has_protocol,
            deep=has_protocol and browser is not None,
            console=not has_protocol,
        )
        self._token = config.token
        if not has_protocol:
            self._firefox = FirefoxRecording(self._context, self._state, self._token)
        session: dict[str, Any] = {"actor": self._actor, "script": {"sha256": script_sha256()}}
        if self._name is not None:
            session["name"] = self._name
        try:
            before = stored_before(self._context, self._state.redactor, self._state.gap)
            if before is not None:
                session["storage"] = before
            self._writer.put("session", "recorder", session)
            self._writer.commit()
            if self._firefox is not None:
                self._firefox.begin()
            self._context.add_init_script(script=script_source(config))
            if browser is not None and has_protocol:
                self._workers = BrowserWorkers(browser, self._token, self._page_of, self._state.guarded)
            self._new_page = self._context.new_page
            self._context.new_page = self._opened_page  # type: ignore[method-assign]
            for page in self._context.pages:
                self._try_to_attach(page)
            self._context.on("page", self._on_page)
            self._context.on("requestfinished", self._on_request)
        except BaseException:
            self._writer.discard()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.new_page = self._new_page  # type: ignore[method-assign]
        self._context.remove_listener("page", self._on_page)
        self._context.remove_listener("requestfinished", self._on_request)
        self._state.ending = True
        try:
            self._wait_for_last_checkpoint()
        finally:
            self._finish(error)
            if self._firefox is not None:
                self._firefox.end()
        if self._state.failure is not None and error is None:
            raise self._state.failure

    # ---- pages

    def _opened_page(self) -> Page:
        """``context.new_page``, which returns only when the page is being recorded."""
        self._opening = True
        try:
            page = self._new_page()
        finally:
            self._opening = False
        self._try_to_attach(page)
        return page

    def _on_page(self, page: Page) -> None:
        if not self._opening:
            self._try_to_attach(page)

    def _try_to_attach(self, page: Page) -> None:
        from playwright.sync_api import Error

        try:
            self._attach(page)
        except Error:
            # What was done in it is nowhere: the trace has to say so.
            self._state.gap("window", f"a window closed before it could be recorded: {page.url}")

    def _on_request(self, request: Request) -> None:
        """A request is over; a popup's first ones are over before its recorder listens."""
        from playwright.sync_api import Error

        try:
            page = request.frame.page
        except Error:
            return  # of no page, such as a service worker's
        recorder = self._pages.get(page)
        if recorder is None:
            self._early.setdefault(page, []).append(request)
        else:
            self._state.guarded(lambda: recorder.told_request(request))

    def _page_of(self, frame: str) -> PageRecorder | None:
        """The page that shows a frame; where it has closed, another one that is open."""
        pages = [page for page in self._pages.values() if page.is_open]
        return next((page for page in pages if page.shows(frame)), pages[0] if pages else None)

    def _attach(self, page: Page) -> None:
        if page in self._pages or self._over:
            return
        identifier = f"p{next(self._ids)}"
        opener = page.opener()
        of_page = self._pages[opener].id if opener in self._pages else None
        # Before anything is asked of it: what it tells meanwhile comes behind that.
        if of_page is None:
            self._state.act("openPage", identifier)
        else:
            self._state.steps.signal({"type": "popup", "page": identifier})
        recorder = (self._firefox.page if self._firefox is not None else self._page_recorder)(
            identifier, page, self._token, of_page
        )
        self._pages[page] = recorder
        page.on("close", lambda _: self._page_closed(page))
        page.on("download", lambda download: self._state.guarded(lambda: recorder.downloaded(download)))
        if not self._described:
            self._describe(page)
        for request in self._early.pop(page, ()):
            self._state.guarded(partial(recorder.told_request, request))
        if self._firefox is not None:
            self._firefox.catch_up(page)

    def _page_recorder(self, identifier: str, page: Page, token: str, opener: str | None) -> PageRecorder:
        return PageRecorder(self._state, identifier, page, token, opener)

    def _describe(self, page: Page) -> None:
        self._described = True
        facts = environment(page, transport="cdp" if self._firefox is None else "main-world")
        self._state.steps.scale = float(facts["device_scale_factor"])
        self._writer.put("session", "environment", {"environment": facts, "started": _now()})
        self._writer.commit()

    def _page_closed(self, page: Page) -> None:
        recorder = self._pages[page]
        recorder.closed()
        if not self._over:
            self._state.guarded(lambda: void(self._state.act("closePage", recorder.id)))

    # ---- the end

    def _wait_for_last_checkpoint(self) -> None:
        """The last action deserves its picture as well."""
        for _ in range(_LAST_CHECKPOINT_MS // _STEP_MS):
            open_pages = [page for page in self._pages if not page.is_closed()]
            if not open_pages or all(self._pages[page].is_settled() for page in open_pages):
                return
            self._tolerate_closed(partial(open_pages[0].wait_for_timeout, _STEP_MS))

    def _finish(self, error: BaseException | None) -> None:
        if self._workers is not None:
            self._workers.finish()
        self._over = True
        for recorder in self._pages.values():
            recorder.finish()
        state = self._state
        state.stores.tell()
        if broken := state.lives.broken():
            state.gap("worker", f"part of what {broken} shared workers did was heard by no page")
        try:
            if error is not None and not isinstance(error, KeyboardInterrupt):
                state.gap("interrupted", f"the recording ended with {type(error).__name__}")
            if state.redactor.weak:
                names = ", ".join(sorted(state.redactor.weak))
                state.gap("weak-secret", f"too ordinary to be searched for inside texts: {names}")
            state.steps.flush()
            start = state.steps.first_url
            self._writer.put(
                "session", "end", {"start_url": start, "seconds": round(state.clock() / 1000, 3)}
            )
            self._trace = self._writer.finish()
        finally:
            self._writer.close()

    @staticmethod
    def _tolerate_closed(work: Callable[[], None]) -> None:
        from playwright.sync_api import Error

        try:
            work()
        except Error:
            # The page closed while it was being looked at.
            return


def record(
    context: BrowserContext,
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    actor: str | None = None,
    overwrite: bool = False,
) -> Recorder:
    """A recording of ``context``, to be used with ``with``; all of it is said at `reenact.record`."""
    if not str(path):
        raise UsageError("the path of the trace is empty", hint="Name a folder such as checkout.reenact")
    return Recorder(context, path, name=name, actor=actor, overwrite=overwrite)


def void(_: object) -> None:
    """Take a value that nobody needs."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
