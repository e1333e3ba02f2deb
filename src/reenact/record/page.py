"""One page of a recording: its DevTools session, its documents, its network and its pictures."""

from __future__ import annotations

import base64
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reenact.browser.commands import (
    call_command,
    command_answer,
    find_listeners,
    find_window,
    found_commands,
)
from reenact.browser.insides import look_inside
from reenact.browser.workers import unmarked
from reenact.errors import CouldNotRun
from reenact.record.accessibility import AccessibilityTrees
from reenact.record.checkpoints import Checkpoints
from reenact.record.document import DocumentRecorder, parse_batch
from reenact.record.frames import FrameTree, foreign_frames
from reenact.record.network import EVENTS, NetworkRecorder, keep_bodies
from reenact.record.session import RecordingState, tolerated
from reenact.record.stores import EVENTS as STORE_EVENTS
from reenact.record.stores import PageStores
from reenact.record.troubles import trouble
from reenact.record.unseen import UnseenRequests
from reenact.record.websockets import EVENTS as SOCKET_EVENTS
from reenact.record.websockets import WebSocketRecorder
from reenact.record.workers import WorkerScripts

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Download, Page, Request

_LARGEST_DOWNLOAD = 50_000_000


class PageRecorder:
    """Records one page from the moment it is attached to until it closes."""

    def __init__(
        self, state: RecordingState, identifier: str, page: Page, token: str, opener: str | None
    ) -> None:
        self.id = identifier
        self.page = page
        self._state = state
        self._token = token
        self._documents: dict[int, DocumentRecorder] = {}
        self._frames: dict[int, str] = {}
        self._current: DocumentRecorder | None = None
        self._requested = False
        self._history_index = -1
        self._asked_url: str | None = None
        self._tree = FrameTree()
        self._checkpoints = Checkpoints(state, self)
        self._trees = AccessibilityTrees(state, self._send, lambda: self.page.url)
        self._troubles: set[str] = set()
        self._closed = False
        self._has_crashed = False
        state.writer.put("page", identifier, {"opener": opener})
        self.network = NetworkRecorder(
            self._send,
            self._exchanged,
            self._kept,
            state.gap,
            redactor=state.redactor,
            clock=state.clock,
            next_id=state.next_exchange,
        )
        self._sockets = WebSocketRecorder(
            lambda key, record: state.writer.put("websocket", key, record),
            state.writer.frames,
            state.writer.resource,
            redactor=state.redactor,
            clock=state.clock,
            next_id=state.next_websocket,
        )
        self._stores = PageStores(self._send, state.stores)
        self.is_popup = opener is not None
        self._unanswered: tuple[str, str, str] | None = None
        self._waiting: deque[Mapping[str, Any]] = deque()
        self._locating = False
        self._asks_to_leave = False
        self._connect()

    def _kept(self, body: bytes) -> str:
        digest = self._state.writer.resource(body)
        self._state.pictures.look(digest, body)
        return digest

    def _exchanged(self, key: str, record: Mapping[str, Any]) -> None:
        if answer := record["response"]:
            self._state.pictures.came(record["url"], answer["body"])
        self._state.writer.put("exchange", key, record)
        signal = trouble(record)
        # A record is put again when it becomes known which document it belongs to.
        if signal is not None and key not in self._troubles:
            self._troubles.add(key)
            self._state.steps.signal(signal)

    def told_request(self, request: Request) -> None:
        """Take a request of which our own session may not know: a popup's first ones, a worker's."""
        with tolerated():
            if self._unseen.take(request, self._main_frame() or "") and self._unanswered is not None:
                frame, url, identifier = self._unanswered
                self.network.assign_document(frame, url, identifier)

    @property
    def is_open(self) -> bool:
        """Whether it is still being recorded."""
        return not self._closed

    def shows(self, frame: str) -> bool:
        """Whether a frame is one of this page's, as far as scripts have run in it."""
        return frame in self._frames.values()

    def take_worker(
        self, request_id: str, url: str, status: int, headers: Iterable[Mapping[str, str]], script: bytes
    ) -> None:
        """Take the script of a shared worker that this page began."""
        self._unseen.take_worker(request_id, url, status, headers, script)

    def take_body(self, request_id: str, body: bytes) -> None:
        """Take the body of an answer to a shared worker, before the end of that answer is told."""
        self._unseen.keep(request_id, body)

    def take_network(self, name: str, event: Mapping[str, Any]) -> None:
        """Take what a shared worker asks the network for."""
        if name in SOCKET_EVENTS:
            self._sockets.on_event(name, event)
        else:
            self._network(name, event)

    def downloaded(self, download: Download) -> None:
        """Keep what the browser saved: its name, its bytes, its hash."""
        state, name = self._state, download.suggested_filename
        signal: dict[str, Any] = {
            "type": "download",
            "name": state.scrubbed(name),
            "url": state.redactor.scrub_url(download.url),
        }
        with tolerated():
            body = Path(download.path()).read_bytes()
            if len(body) > _LARGEST_DOWNLOAD:
                state.gap("download", f"{name} is too large to be kept ({len(body)} bytes)")
            else:
                signal |= {"size": len(body), "resource": state.writer.resource(state.redactor.scrub(body))}
                self._keep_downloaded(download.url, name, body)
        state.steps.signal(signal)

    def _keep_downloaded(self, url: str, name: str, body: bytes) -> None:
        """Have a replay give the browser the same file."""
        self._unseen.take_download(url, name, body)

    def _connect(self) -> None:
        """Begin to hear of what happens in the page: here, by a DevTools session of our own."""
        self._session: CDPSession = self.page.context.new_cdp_session(self.page)
        self._unseen = UnseenRequests(self.network, lambda: self._send("Runtime.getIsolateId", {}))
        self._workers = WorkerScripts(self._send, self._unseen, self._token)
        handlers: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "Runtime.bindingCalled": self._called,
            "Runtime.executionContextCreated": self._context_created,
            "Runtime.consoleAPICalled": self._console,
            "Runtime.exceptionThrown": self._exception,
            "Page.frameRequestedNavigation": self._navigation_requested,
            "Page.frameAttached": self._tree.attached,
            "Page.frameDetached": self._tree.detached,
            "Page.javascriptDialogOpening": self._dialog_opened,
            "Page.javascriptDialogClosed": self._dialog_closed,
            "Inspector.targetCrashed": self._crashed,
            "Fetch.requestPaused": self._worker_asked_for,
        }
        for name, handler in handlers.items():
            self._session.on(name, self._guarded(handler))
        for name in EVENTS:
            self._session.on(name, self._guarded(partial(self._network, name)))
        for name in SOCKET_EVENTS:
            self._session.on(name, self._guarded(partial(self._sockets.on_event, name)))
        for name in STORE_EVENTS:
            self._session.on(name, self._guarded(partial(self._state.stores.on_event, name)))
        self._send("Runtime.enable", {})
        self._send("Page.enable", {})
        self._tree.begin(self._send("Page.getFrameTree", {})["frameTree"])
        self.network.enable()
        keep_bodies(self.page.context.new_cdp_session(self.page).send)
        self._stores.enable()
        self._send("Runtime.addBinding", {"name": self._token})
        self._workers.enable()

    def _guarded(self, handler: Callable[[Mapping[str, Any]], None]) -> Callable[[Mapping[str, Any]], None]:
        return lambda event: self._state.guarded(lambda: handler(event))

    def _send(self, method: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        if self._has_crashed:
            raise CouldNotRun(f"the page {self.id} has crashed")
        return self._unseen.body(method, parameters) or self._session.send(method, dict(parameters)) or {}

    # ---- what the browser tells

    def _network(self, name: str, event: Mapping[str, Any]) -> None:
        if name == "Network.requestWillBeSent" and self._token in event["request"]["url"]:
            event = {**event, "request": {**event["request"], "url": unmarked(event["request"]["url"])}}
        if name == "Network.requestWillBeSent":
            is_document = event.get("type") == "Document" and event.get("requestId") == event.get("loaderId")
            if is_document and "redirectResponse" not in event and event.get("frameId") == self._main_frame():
                self._asked_url = event["request"]["url"] + event["request"].get("urlFragment", "")
        self.network.on_event(name, event)

    def _main_frame(self) -> str | None:
        return self._frames.get(0)

    def _context_created(self, event: Mapping[str, Any]) -> None:
        context = event["context"]
        auxiliary = context.get("auxData", {})
        if auxiliary.get("isDefault"):
            self._frames[context["id"]] = auxiliary.get("frameId", "")
            # The first frame of a page is its main frame, and keeps its id for the page's life.
            self._frames.setdefault(0, auxiliary.get("frameId", ""))
            with tolerated():
                self._stores.watch(auxiliary.get("frameId", ""), str(context.get("origin", "")))

    def _navigation_requested(self, event: Mapping[str, Any]) -> None:
        if (
            event.get("frameId") == self._main_frame()
            and event.get("disposition", "currentTab") == "currentTab"
        ):
            self._requested = True

    def _console(self, event: Mapping[str, Any]) -> None:
        if event.get("type") not in ("error", "warning", "assert"):
            return
        words = [str(arg.get("value", arg.get("description", ""))) for arg in event.get("args", ())]
        text = self._state.redactor.scrub_text(" ".join(words)[:2000])
        self._state.steps.signal({"type": "console", "level": event["type"], "text": text})

    def _exception(self, event: Mapping[str, Any]) -> None:
        details = event.get("exceptionDetails", {})
        text = details.get("exception", {}).get("description") or details.get("text", "")
        self._state.steps.signal({"type": "pageerror", "text": self._state.redactor.scrub_text(text[:2000])})

    def _called(self, event: Mapping[str, Any]) -> None:
        if event["name"] != self._token:
            return
        # What comes while a frame is being located waits for its turn: the order stays what it was.
        self._waiting.append(event)
        while self._waiting and not self._locating:
            self._take_batch(self._waiting.popleft())

    def _take_batch(self, event: Mapping[str, Any]) -> None:
        batch = parse_batch(event["payload"])
        if batch is None:
            self._state.gap("channel", "something that the recorder did not write came through its channel")
            return
        context = int(event["executionContextId"])
        sequence, messages = batch
        if messages and messages[0][0] == "document":
            self._documents[context] = self._begin_document(context, messages[0][1])
        document = self._documents.get(context)
        if document is None:
            self._state.gap(
                "channel", f"{len(messages)} messages of a document that never began to be recorded"
            )
            return
        if not document.is_top and any(message[0] == "in" for message in messages):
            self._locating = True
            try:
                document.origin = self.origin(context)
            finally:
                self._locating = False
        document.take(sequence, messages)

    def _dialog_opened(self, event: Mapping[str, Any]) -> None:
        self._asks_to_leave = event.get("type") == "beforeunload"

    def _dialog_closed(self, event: Mapping[str, Any]) -> None:
        """The other dialogs are told by the script, which is the one that asks."""
        if self._asks_to_leave:
            accepted = bool(event.get("result"))
            self._state.steps.dialog(self.id, "beforeunload", message="", accepted=accepted)
            self._requested = self._requested and accepted
        self._asks_to_leave = False

    def _crashed(self, _: Mapping[str, Any]) -> None:
        """The renderer is gone: nothing that it is asked from here on has an answer."""
        self._closed = self._has_crashed = True
        self._state.gap(
            "crash", f"the page {self.page.url} crashed and was closed; what it did until then is here"
        )
        with tolerated():
            self.network.finish()
        # Playwright keeps for ever what a crashed page was asked; closing the page takes it back. And loaded
        # once more, it would not be recorded.
        with tolerated():
            self.page.close()

    def _worker_asked_for(self, event: Mapping[str, Any]) -> None:
        with tolerated():
            self._workers.asked(event)

    # ---- documents

    def _begin_document(self, context: int, told: Mapping[str, Any]) -> DocumentRecorder:
        state = self._state
        identifier = state.next_document()
        frame = self._frames.get(context, "")
        if told["top"]:
            self._note_navigation(identifier, told)
        document = DocumentRecorder(
            state,
            self.id,
            identifier,
            {**told, "place": self._place(context)},
            wants_checkpoint=lambda n, reason: self._wants_checkpoint(context, n, reason),
            told_socket=self._sockets.of_worker,
        )
        if self.network.assign_document(frame, str(told["url"]), identifier) is None and self.is_popup:
            self._unanswered = (frame, str(told["url"]), identifier)
        self._checkpoints.begin(context, document)
        if told["top"]:
            self._current = document
            self._asked_url = None
        return document

    def _place(self, context: int) -> str:
        """Which of the page's frames shows a document."""
        return self._tree.place(self._frames.get(context, ""))

    def _wants_checkpoint(self, context: int, ordinal: int, reason: str) -> None:
        if not self._closed:
            self._checkpoints.want(context, ordinal, reason)

    def _note_navigation(self, identifier: str, told: Mapping[str, Any]) -> None:
        """A navigation that no page asked for came from the person or the driver: a replay must do it."""
        state = self._state
        by_page = self._requested or (
            self._current.page_traverses if self._current is not None else self.is_popup
        )
        self._requested = False
        url = state.redactor.scrub_url(self._asked_url or str(told["url"]))
        index, before = int(told["index"]), self._history_index
        self._history_index = index
        if by_page:
            state.steps.signal({"type": "navigation", "url": state.redactor.scrub_url(str(told["url"]))})
        elif told["navigation"] == "reload":
            act = state.act("reload", self.id, document=identifier)
            state.steps.reload(act, self.id, url, identifier)
        elif told["navigation"] == "back_forward" and before >= 0 and index != before:
            act = state.act("traverse", self.id, document=identifier, delta=index - before)
            state.steps.traverse(act, self.id, url, index - before, identifier)
        else:
            act = state.act("navigate", self.id, document=identifier, url=url)
            state.steps.navigate(act, self.id, url, identifier)

    # ---- what a picture takes; see `Pictured`

    def screenshot(self) -> bytes:
        """The browser's own PNG of the viewport."""
        shot = self._send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
        return base64.b64decode(shot["data"])

    def accessibility(self, weight: float) -> str | None:
        """The accessibility tree, unless it would take too long."""
        return self._trees.take(weight)

    def origin(self, context: int) -> tuple[float, float]:
        """Where a frame's own viewport begins in that of the page; a frame of another origin cannot know."""
        from playwright.sync_api import Error

        try:
            owner = self._send("DOM.getFrameOwner", {"frameId": self._frames.get(context, "")})
            model = self._send("DOM.getBoxModel", {"backendNodeId": owner["backendNodeId"]})["model"]
        except (Error, CouldNotRun):
            return 0.0, 0.0
        return float(model["content"][0]), float(model["content"][1])

    def foreign_frames(self) -> list[str]:
        """The origins of the frames that have a timeline of their own."""
        return foreign_frames(self.page)

    def look_at_stores(self) -> None:
        """Tell the step that is going on what it has changed."""
        self._stores.look()

    def rest(self, milliseconds: float) -> None:
        """Let what the page says come in."""
        self.page.wait_for_timeout(milliseconds)

    def call(self, context: int, name: str, *arguments: Any) -> Any:
        """Ask the script in a document."""
        command = call_command(self._commands(context), name, *arguments)
        return command_answer(self._send("Runtime.callFunctionOn", command))

    def look_inside(self, context: int) -> None:
        """Give the script in a document the trees of the controls that it asks for."""
        with tolerated():
            look_inside(self._commands(context), self._send)

    def _commands(self, context: int) -> str:
        document = self._documents[context]
        if document.commands is None:
            listeners = find_listeners(self._send("Runtime.evaluate", find_window(context)))
            document.commands = found_commands(
                self._send("DOMDebugger.getEventListeners", listeners), self._token
            )
        return document.commands

    # ---- the end

    def is_settled(self) -> bool:
        """False while the page owes a checkpoint or an answer of the network is being read."""
        if self._closed or self._current is None:
            return True
        return not self._checkpoints.is_taking and not any(map(self._owes, self._checkpoints.shown))

    def _owes(self, context: int) -> bool:
        """Whether a document has a picture to come. A frame that was taken away has none."""
        owed: Any = False
        with tolerated():
            owed = self.call(context, "owed")
        return bool(owed)

    def finish(self) -> None:
        """Bring in what the script still holds back, and read the last bodies."""
        if self._closed:
            return
        self._closed = True
        self._checkpoints.finish()
        self._note_silence()
        with tolerated():
            for context in list(self._documents):
                with tolerated():
                    self.call(context, "flush")
            self.page.wait_for_timeout(1)
        with tolerated():
            self._stores.look()
        with tolerated():
            self.network.finish()

    def _note_silence(self) -> None:
        if self.is_popup and self._current is None:
            self._state.gap("popup", f"nothing that happened in the popup {self.id} could be recorded")

    def closed(self) -> None:
        """The page is gone."""
        if not self._closed:
            self._closed = True
            self._note_silence()
            if self.is_popup and not self._documents and not self._state.ending:
                self._state.gap("window", f"a window closed before it could be recorded: {self.id}")
            with tolerated():
                self.network.finish()
