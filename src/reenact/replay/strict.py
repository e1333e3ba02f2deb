"""Strict replay: the same code, the recorded network, and the log decides the order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Any

from reenact.browser.commands import PageGone
from reenact.replay.causes import skipped_in_words
from reenact.replay.inputs import WAKES, CannotPerform, InputDevice
from reenact.replay.progress import Progress
from reenact.replay.proxy import ReplayProxy
from reenact.replay.result import Skip
from reenact.replay.stage import Stage
from reenact.replay.stage_page import LiveDocument, StagePage
from reenact.trace import Act, Document, Trace

_DOCUMENT_SECONDS = 20.0
_WAKE_SECONDS = 0.4
_STAND_SECONDS = 40.0
_log = logging.getLogger(__name__)


class Diverged(Exception):
    """The page cannot be brought to where the recording was; the text says why."""


class StrictReplay:
    """Plays one trace on a stage whose script reads the trace's own timelines."""

    def __init__(
        self,
        trace: Trace,
        stage: Stage,
        proxy: ReplayProxy,
        progress: Progress,
        devices: Callable[[StagePage], InputDevice],
    ) -> None:
        self._trace = trace
        self._stage = stage
        self._proxy = proxy
        self._progress = progress
        self._new_device = devices
        self._devices: dict[str, InputDevice] = {}
        self._of_page: dict[str, list[Document]] = {}
        self._reached: dict[str, int] = {}
        self._background: set[asyncio.Task[Any]] = set()
        self._markers = set(_markers(trace))
        self._act: Act | None = None
        self.skips: list[Skip] = []
        stage.on_load = proxy.release_load
        stage.is_left = self._is_left
        held = self._frames_behind = _frames_behind(trace)
        popups = {page.id for page in trace.pages if page.opener}
        for document in trace.documents:
            if document.page in popups and document.page not in self._of_page:
                # A popup is announced only when its first document is there.
                proxy.release(document.id)
            if document.frame is None:
                self._of_page.setdefault(document.page, []).append(document)
            elif document.id not in held:
                proxy.release(document.id)

    async def play(self) -> None:
        """Carry out all acts, or as many as possible; the progress says how far it came."""
        for act in self._trace.acts:
            try:
                await self._carry_out(act)
            except Diverged as reason:
                self._progress.diverge(act, str(reason))
                return
            except PageGone as reason:
                self._progress.diverge(act, reason.message)
                return
            if not self._progress.acted(act):
                return
        for page in list(self._stage.pages.values()):
            await self._run_out(page)

    async def _carry_out(self, act: Act) -> None:
        page_id = act.page or "p1"
        self._act = act
        if act.type == "openPage":
            await self._stage.open(page_id)
            return
        page = await self._stage.page(page_id)
        if act.type in ("input", "checkpoint"):
            await self._stage.show(page)
        match act.type:
            case "navigate":
                await self._enter(page, act, page.navigate(str(act.raw["url"])))
            case "reload":
                await self._enter(page, act, page.reload())
            case "traverse":
                await self._enter(page, act, page.traverse(int(act.raw["delta"])))
            case "input":
                document = await self._standing_at(page, act, "input")
                device = await self._device(page)
                wakes = act.raw["event"]["type"] in WAKES
                document.leave_stop(woken=wakes)
                await device.dispatch(act, document)
                if not wakes:
                    # Where the page's reaction has let it go on already, this says nothing.
                    await page.go(document)
            case "checkpoint":
                documents = [await self._standing_at(page, act, "checkpoint")]
                documents += await self._neighbours(page, act)
                await self._picture(page, act)
                for identifier in [frame for frame, n in self._frames_behind.items() if n == act.n]:
                    self._proxy.release(identifier)
                for document in documents:
                    await self._go(page, document)
            case "closePage":
                if not page.page.is_closed():
                    await page.page.close()

    async def _device(self, page: StagePage) -> InputDevice:
        if page.id not in self._devices:
            device = self._devices[page.id] = self._new_device(page)
            await device.prepare()
        return self._devices[page.id]

    def _begin(self, navigation: Coroutine[Any, Any, Any]) -> None:
        """Start a navigation: its answer may only come when we have let the document through."""
        task = asyncio.ensure_future(navigation)
        self._background.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._background.discard(task)
        if not task.cancelled():
            # What became of the navigation shows in the document that comes, or does not.
            task.exception()

    # ---- documents

    def _is_left(self, page: str) -> bool:
        return any(document.id in self._proxy.held for document in self._of_page.get(page, ()))

    async def _enter(self, page: StagePage, act: Act, navigation: Coroutine[Any, Any, Any]) -> None:
        """Begin a navigation, let its document come, and wait for the script of that."""
        # Where the page went by itself before, it has to be: "back" counts from the document it shows.
        for before in self._ahead(page, _document_of(act))[:-1]:
            await self._run_out(page)
            await self._await_document(page, before)
        await self._run_out(page)
        self._begin(navigation)
        await self._await_document(page, _document_of(act))

    async def _await_document(self, page: StagePage, identifier: str) -> LiveDocument:
        order = [document.id for document in self._of_page.get(page.id, ())]
        if identifier in order:
            self._reached[page.id] = order.index(identifier)
        page.coming = identifier
        self._proxy.release(identifier)
        document = await self._awaited(page, identifier)
        if document is None:
            wanted = self._url_of(identifier)
            shown = page.current.url if page.current else "nothing"
            raise Diverged(f"the page {wanted} did not come; the browser shows {shown}")
        return document

    async def _follow(self, page: StagePage, identifier: str) -> LiveDocument:
        """The document that an act belongs to: the page may have to go there by itself first."""
        document = page.document(identifier)
        if all(d.id != identifier for d in self._of_page.get(page.id, ())):
            return document or await self._await_frame(page, identifier)
        if document is not None and page.current is document:
            return document
        ahead = self._ahead(page, identifier)
        if not ahead:
            raise Diverged(
                f"the page left {document.url if document else 'its document'} before the recording did"
            )
        for following in ahead:
            await self._run_out(page)
            document = await self._await_document(page, following)
        return document or await self._await_document(page, identifier)

    async def _await_frame(self, page: StagePage, identifier: str) -> LiveDocument:
        document = await self._awaited(page, identifier)
        if document is None:
            raise Diverged(f"the frame {self._url_of(identifier)} did not come")
        return document

    async def _awaited(self, page: StagePage, identifier: str) -> LiveDocument | None:
        await page.wait_for(lambda: page.document(identifier) is not None, _DOCUMENT_SECONDS)
        return page.document(identifier)

    def _url_of(self, identifier: str) -> str | None:
        return next((d.url for d in self._trace.documents if d.id == identifier), None)

    def _ahead(self, page: StagePage, identifier: str) -> list[str]:
        """The documents to come in a page up to one of them; none when that has been."""
        order = [d.id for d in self._of_page.get(page.id, ())]
        at = self._reached.get(page.id, -1)
        return order[at + 1 : order.index(identifier) + 1] if identifier in order else []

    async def _run_out(self, page: StagePage) -> None:
        """Let the current document play its log to the end before the next one takes its place."""
        document = page.current
        while document is not None and document.known and not page.page.is_closed():
            stop = await self._stop(page, document)
            if stop is None or stop["why"] == "end" or not self._is_orphan(document, stop):
                return
            await self._go(page, document)

    # ---- timelines

    async def _standing_at(self, page: StagePage, act: Act, why: str) -> LiveDocument:
        """Wait until the timeline of an act's document stands on it."""
        document = await self._follow(page, _document_of(act))
        while True:
            stop = await self._stop(page, document)
            if stop is None:
                where = await page.call(document, "where", seconds=2.0)
                raise Diverged(f"the timeline of {document.url} does not go on from {where}")
            if not self._is_orphan(document, stop):
                break
            await self._go(page, document)
        if stop["why"] != why or stop["n"] != act.ordinal:
            found = "its end" if stop["why"] == "end" else f"{stop['why']} {stop['n']}"
            raise Diverged(f"the timeline of {document.url} stands at {found}, not at {why} {act.ordinal}")
        self._state: Mapping[str, Any] = stop
        return document

    async def _neighbours(self, page: StagePage, act: Act) -> list[LiveDocument]:
        """The other documents of a picture, brought to where they stood for it."""
        standing = []
        for identifier, n in act.raw.get("neighbours", {}).items():
            try:
                document = await self._follow(page, identifier)
            except Diverged as reason:
                self._skip(str(reason))
                continue
            stop = await self._stop(page, document)
            while stop is not None and stop["n"] != n and self._is_orphan(document, stop):
                await self._go(page, document)
                stop = await self._stop(page, document)
            if stop is None or (stop["why"], stop["n"]) != ("checkpoint", n):
                self._skip(f"the frame {document.url} did not come to where it was")
            if stop is not None and stop["why"] == "checkpoint":
                standing.append(document)
        return standing

    async def _stop(self, page: StagePage, document: LiveDocument) -> Mapping[str, Any] | None:
        """Where a document stands. One that slept through its input is told to go on."""
        stop = await document.standing(_WAKE_SECONDS if document.woken else _STAND_SECONDS)
        if stop is None and document.woken:
            await page.go(document)
            stop = await document.standing(_STAND_SECONDS)
        if stop is not None:
            self._note_skips(document, stop)
        return stop

    async def _go(self, page: StagePage, document: LiveDocument) -> None:
        document.leave_stop(woken=False)
        await page.go(document)

    def _is_orphan(self, document: LiveDocument, stop: Mapping[str, Any]) -> bool:
        """A marker whose input turned out to be none (layout moving under the mouse) has no act."""
        return stop["why"] != "end" and (stop["why"], document.id, stop["n"]) not in self._markers

    def _note_skips(self, document: LiveDocument, stop: Mapping[str, Any]) -> None:
        for skip in stop["skips"][document.skips :]:
            self._skip(skipped_in_words(skip, document.url))
        document.skips = len(stop["skips"])

    def _skip(self, text: str) -> None:
        step = self._progress.step_of(self._act) if self._act else None
        _log.info("%s: %s", step and step.id, text)
        self.skips.append(Skip(text, step.id if step else None))

    async def _picture(self, page: StagePage, act: Act) -> None:
        checkpoint = self._progress.checkpoint_of(act)
        if checkpoint is None:
            return
        await self._progress.look(page, checkpoint, self._state)


def _markers(trace: Trace) -> Iterator[tuple[str, str | None, int | None]]:
    """What the timelines of a trace stand still for: inputs, and pictures with all that they show."""
    for act in trace.acts:
        if act.type in ("input", "checkpoint"):
            yield act.type, act.document, act.ordinal
            for document, n in act.raw.get("neighbours", {}).items():
                yield "checkpoint", document, n


def _frames_behind(trace: Trace) -> dict[str, int]:
    """By frame that came late, the act of the last picture of its page that does not show it yet."""
    frames = {document.id: document.page for document in trace.documents if document.frame is not None}
    pictured = {checkpoint.id for checkpoint in trace.checkpoints if checkpoint.screenshot}
    pictures: dict[str | None, int] = {}
    behind: dict[str, int] = {}
    for act in trace.acts:
        shown = {act.document, *act.raw.get("neighbours", {})}
        for frame in shown & frames.keys():
            page = frames.pop(frame)
            if page in pictures:
                behind[frame] = pictures[page]
        if act.type == "checkpoint" and act.raw.get("checkpoint") in pictured:
            pictures[act.page] = act.n
    return behind


def _document_of(act: Act) -> str:
    if act.document is None:
        raise Diverged(f"the recording does not say in which document act {act.n} ({act.type}) was")
    return act.document


__all__ = ["CannotPerform", "Diverged", "StrictReplay"]
