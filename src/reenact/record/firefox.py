"""A recording in Firefox: its pages speak through the console, its requests come as Playwright's events."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from reenact.browser.firefox import NOT_RECORDED, NOT_REPLAYED
from reenact.browser.mainworld import COMMAND, Messages, command, command_answer
from reenact.errors import CouldNotRun
from reenact.record.page import PageRecorder
from reenact.record.playwright_requests import PlaywrightRequests
from reenact.record.session import RecordingState
from reenact.record.stores import PageStores

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Page, Request, Response

_MARKS = {
    "touch": re.compile('"type":"touch"'),
    "compose": re.compile('"type":"compose"'),
    "drop": re.compile('"phase":"drop"'),
    "double-click": re.compile(r'"clicks":(?:[2-9]|\d\d)'),
}
"""What messages say of inputs that no replay can carry out; in text, the quotes would be escaped."""
_PRESSED = re.compile('"type":"(?:down|keydown)"')
_MIDDLE_OF_HISTORY = 1_000_000
_CONTENT_ORIGIN = """(frame) => {
  const box = frame.getBoundingClientRect();
  const style = getComputedStyle(frame);
  return [
    box.left + frame.clientLeft + parseFloat(style.paddingLeft),
    box.top + frame.clientTop + parseFloat(style.paddingTop),
  ];
}"""
"""Where the viewport of a frame begins in that of the document around it."""


class FirefoxRecording:
    """Hears what the pages of one context do, and tells it to their recorders.

    What comes of a page before anybody records it, as of a popup, waits for that.
    """

    def __init__(self, context: BrowserContext, state: RecordingState, token: str) -> None:
        self._context = context
        self._state = state
        self._messages = Messages(token)
        self._pages: dict[Page, FirefoxPage] = {}
        self._ready: set[Page] = set()
        self._early: dict[Page, list[Callable[[FirefoxPage], None]]] = {}
        self._listeners: dict[str, Callable[[Any], None]] = {
            "console": self._said,
            "weberror": self._threw,
            "request": self._began,
            "response": self._answered,
            "requestfinished": partial(self._request, lambda page, request: page.requests.finished(request)),
            "requestfailed": partial(self._request, lambda page, request: page.requests.failed(request)),
        }

    def begin(self) -> None:
        """Listen, and say what no recording in Firefox can have."""
        for kind, detail in NOT_RECORDED.items():
            self._state.gap(kind, detail)
        for name, listener in self._listeners.items():
            self._context.on(name, listener)  # type: ignore[call-overload]

    def end(self) -> None:
        """Listen no more."""
        for name, listener in self._listeners.items():
            self._context.remove_listener(name, listener)

    def page(self, identifier: str, page: Page, token: str, opener: str | None) -> FirefoxPage:
        """A recorder for a page of the context."""
        recorder = FirefoxPage(self._state, identifier, page, token, opener)
        recorder.messages = self._messages
        self._pages[page] = recorder
        return recorder

    def catch_up(self, page: Page) -> None:
        """Tell the recorder of a page what had come before it."""
        self._ready.add(page)
        for work in self._early.pop(page, ()):
            self._state.guarded(partial(work, self._pages[page]))

    def _give(self, page: Page, work: Callable[[FirefoxPage], None]) -> None:
        if page in self._ready:
            self._state.guarded(lambda: work(self._pages[page]))
        else:
            self._early.setdefault(page, []).append(work)

    # ---- what the browser tells

    def _said(self, message: ConsoleMessage) -> None:
        page = message.page
        if page is None:
            return
        ours = self._messages.read(message.text)
        if ours is not None:
            self._give(page, lambda recorder: recorder.heard(ours))
            return
        level, text = message.type, message.text
        self._give(page, lambda recorder: recorder.told_console(level, text))

    def _threw(self, error: Any) -> None:
        if error.page is not None:
            text = str(error.error.stack or error.error)
            self._give(error.page, lambda recorder: recorder.told_exception(text))

    def _began(self, request: Request) -> None:
        self._request(lambda page, begun: page.requests.began(begun), request)

    def _answered(self, response: Response) -> None:
        self._request(lambda page, _: page.requests.answered(response), response.request)

    def _request(self, work: Callable[[FirefoxPage, Request], None], request: Request) -> None:
        from playwright.sync_api import Error

        try:
            page = request.frame.page
        except Error:
            return  # of no page that there is yet; what it comes to is told again
        self._give(page, lambda recorder: work(recorder, request))


class FirefoxPage(PageRecorder):
    """Records one page of Firefox, without a DevTools session."""

    messages: Messages
    """Of the whole recording."""

    def _connect(self) -> None:
        self._shown: dict[int, Frame] = {}
        self._names: dict[Frame, str] = {}
        self._frames[0] = self._name_of(self.page.main_frame)
        # Firefox does not tell a document where in the history it stands. Only differences count.
        self._history_index = _MIDDLE_OF_HISTORY
        self.requests = PlaywrightRequests(
            self._network, lambda request: self._name_of(request.frame), self._state.gap
        )
        self._stores = PageStores(self._send, self._state.stores)
        self._stores.enable()

    def _send(self, method: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer what the recorders of requests and stores ask: a command would have no protocol to go by."""
        if method in ("Network.getResponseBody", "Network.getRequestPostData"):
            return self.requests.asked(method, parameters)
        if method == "Network.getAllCookies":
            return {"cookies": self.page.context.cookies()}
        return {}

    def told_request(self, request: Request) -> None:
        """Every request is told by `requests`."""

    def _keep_downloaded(self, url: str, name: str, body: bytes) -> None:
        """The request of a download is told as any other."""

    # ---- what the page tells

    def heard(self, event: Mapping[str, Any]) -> None:
        """A message of our script."""
        for kind, mark in _MARKS.items():
            if mark.search(event["payload"]):
                self._state.gap(kind, NOT_REPLAYED[kind])
        self._called(event)
        document = self._documents.get(event["executionContextId"])
        if document is not None and not document.is_top and _PRESSED.search(event["payload"]):
            self._state.gap("frame", NOT_REPLAYED["frame"])

    def told_console(self, level: str, text: str) -> None:
        """A message of the page's own to the console."""
        self._console({"type": level, "args": [{"value": text}]})

    def told_exception(self, text: str) -> None:
        """An exception that nobody caught."""
        self._exception({"exceptionDetails": {"text": text}})

    def _begin_document(self, context: int, told: Mapping[str, Any]) -> Any:
        self._locating = True  # What its document says meanwhile waits.
        try:
            frame = self.page.main_frame if told["top"] else self._frame_of(context, str(told["url"]))
        finally:
            self._locating = False
        if frame is not None:
            self._shown[context] = frame
            self._frames[context] = self._name_of(frame)
        return super()._begin_document(context, told)

    def _note_navigation(self, identifier: str, told: Mapping[str, Any]) -> None:
        # Only the page that was left can tell that it was not the person, and how far they went.
        before = self._current
        self._requested = before is not None and before.page_leads
        steps = before.traversal if before is not None else None
        if told["navigation"] == "back_forward" and not steps:
            self._state.gap("history", f"how far the history was gone through to {told['url']} is not known")
        super()._note_navigation(identifier, {**told, "index": self._history_index + (steps or -1)})

    def _frame_of(self, context: int, url: str) -> Frame | None:
        """The frame that shows a document: by its address, and where several do, by asking them."""
        frames = [frame for frame in self.page.frames if frame is not self.page.main_frame]
        shown = [frame for frame in frames if frame.url.partition("#")[0] == url.partition("#")[0]]
        if len(shown) == 1:
            return shown[0]
        for frame in shown or frames:
            if self._ask(frame, context, "owed") is not None:
                return frame
        return None

    def _place(self, context: int) -> str:
        frame = self._shown.get(context)
        places: list[str] = []
        while frame is not None and frame.parent_frame is not None:
            places.append(str(frame.parent_frame.child_frames.index(frame)))
            frame = frame.parent_frame
        return "/".join(reversed(places))

    def _name_of(self, frame: Frame) -> str:
        return self._names.setdefault(frame, f"{self.id}-f{len(self._names)}")

    # ---- what we ask of it

    def _ask(self, frame: Frame, context: int, name: str, *arguments: Any) -> Mapping[str, Any] | None:
        given = command(self._token, self.messages.key(context), name, *arguments)
        answer: Mapping[str, Any] | None = frame.evaluate(COMMAND, given)
        return answer

    def call(self, context: int, name: str, *arguments: Any) -> Any:
        """Ask the script in a document."""
        frame = self._shown.get(context)
        if frame is None:
            raise CouldNotRun("the frame is not there any more")
        return command_answer(self._ask(frame, context, name, *arguments))

    def screenshot(self) -> bytes:
        """Playwright's PNG of the viewport."""
        return self.page.screenshot(type="png", animations="allow", caret="initial")

    def accessibility(self, weight: float) -> str | None:
        """Firefox gives no accessibility tree: see `NOT_RECORDED`."""
        del weight
        return None

    def origin(self, context: int) -> tuple[float, float]:
        """Where the viewport of a frame begins, by asking the elements around it."""
        from playwright.sync_api import Error

        x = y = 0.0
        frame = self._shown.get(context)
        try:
            while frame is not None and frame.parent_frame is not None:
                left, top = frame.frame_element().evaluate(_CONTENT_ORIGIN)
                x, y = x + float(left), y + float(top)
                frame = frame.parent_frame
        except Error:
            return 0.0, 0.0
        return x, y

    def finish(self) -> None:
        """Bring in what the script still holds back; say what was still coming."""
        if not self._closed:
            self.requests.over()
        super().finish()

    def closed(self) -> None:
        """The page is gone."""
        if not self._closed:
            self.requests.over()
        super().closed()
