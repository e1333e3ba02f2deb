"""Free replay: a new build or a running server, whose code the recorded log cannot fit.

Virtual time goes on as recorded from step to step. Inputs find their element through its locators, in
Playwright's terms and order; pages come when the server sends them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from reenact.browser.commands import PageGone
from reenact.browser.script import ScriptConfig, script_source
from reenact.errors import CouldNotRun, UnreachableUrl
from reenact.replay.inputs import CannotPerform, Equipment, InputDevice
from reenact.replay.progress import Progress
from reenact.replay.stage import Stage
from reenact.replay.stage_page import LiveDocument, StagePage
from reenact.replay.targets import Found, find_target
from reenact.replay.told import recorded_documents
from reenact.trace import Act, Document, Step, Trace

if TYPE_CHECKING:
    pass

_PAGE_SECONDS = 15.0
_TARGET_SECONDS = 4.0
_ADVANCE_MS = 8000
_FOLLOW_SECONDS = 1.5


class LiveReplay:
    """Plays one trace against whatever answers now."""

    def __init__(
        self,
        trace: Trace,
        stage: Stage,
        progress: Progress,
        equipment: Equipment,
        base_url: str | None,
    ) -> None:
        self._trace = trace
        self._progress = progress
        self._equipment = equipment
        self._standins = equipment.standins
        self._stage = stage
        self._recorded = recorded_documents(trace)
        self._old, self._new = _origins(trace, base_url)
        self._marks = {document.id: _marks(document) for document in trace.documents}
        self._timed = _moves_before_pictures(trace)
        self._order: dict[str, list[str]] = {}
        self._devices: dict[str, InputDevice] = {}
        self._scripts: dict[str, str] = {}
        self._shift: dict[str, tuple[float, float]] = {}
        self._background: set[asyncio.Task[Any]] = set()
        for document in trace.documents:
            if document.frame is None:
                self._order.setdefault(document.page, []).append(document.id)

    async def play(self) -> None:
        """Carry out all acts, or as many as the page allows."""
        for act in self._trace.acts:
            try:
                await self._carry_out(act)
            except PageGone as reason:
                self._progress.diverge(act, reason.message)
                return
            if not self._progress.acted(act):
                return

    async def _carry_out(self, act: Act) -> None:
        page_id = act.page or "p1"
        if act.type == "openPage":
            page = await self._stage.open(page_id)
            page.on_document = lambda document: self._entered(page, document)
            self._devices[page_id] = InputDevice(page, self._equipment)
            await self._devices[page_id].prepare()
            await self._expect(page, next(iter(self._order.get(page_id, ())), None))
            return
        page = await self._stage.page(page_id)
        match act.type:
            case "navigate":
                url = self._address(str(act.raw["url"]))
                await self._expect(page, act.document)
                answer = await page.send("Page.navigate", {"url": url})
                if answer.get("errorText"):
                    raise UnreachableUrl(
                        f"nothing answers: {url}, {answer['errorText']}", hint="Start the server"
                    )
                await self._document(page, act)
            case "reload":
                await self._expect(page, act.document)
                await page.send("Page.reload")
                await self._document(page, act)
            case "traverse":
                await self._expect(page, act.document)
                await page.traverse(int(act.raw["delta"]))
                await self._document(page, act)
            case "input":
                await self._input(page, act)
            case "checkpoint":
                await self._picture(page, act)
            case "closePage":
                if not page.page.is_closed():
                    await page.page.close()

    # ---- documents

    async def _expect(self, page: StagePage, identifier: str | None) -> None:
        """Tell the script which recorded document the next one is, before it comes."""
        if identifier is None:
            return
        known = self._scripts.pop(page.id, None)
        if known is not None:
            await page.send("Page.removeScriptToEvaluateOnNewDocument", {"identifier": known})
        config = ScriptConfig(
            "free",
            token=self._stage.token,
            documents={identifier: self._recorded[identifier]},
            next=identifier,
        )
        answer = await page.send("Page.addScriptToEvaluateOnNewDocument", {"source": script_source(config)})
        self._scripts[page.id] = answer["identifier"]

    async def _entered(self, page: StagePage, document: LiveDocument) -> None:
        order = self._order.get(page.id, [])
        if document.id in order and order.index(document.id) + 1 < len(order):
            await self._expect(page, order[order.index(document.id) + 1])

    async def _document(self, page: StagePage, act: Act) -> LiveDocument:
        """The document that plays the one the act was recorded in."""
        wanted = act.document

        order = self._order.get(page.id, [])

        def is_there() -> bool:
            if page.current is None or wanted not in order or page.current.id not in order:
                return page.current is not None and page.current.id == wanted
            return order.index(page.current.id) >= order.index(wanted)

        if not await page.wait_for(is_there, _PAGE_SECONDS) or page.current is None:
            recorded = next((d.url for d in self._trace.documents if d.id == wanted), None)
            shown = page.current.url if page.current else "nothing"
            raise PageGone(f"the page did not go to {recorded}; it still shows {shown}")
        return page.current

    async def _advance(self, page: StagePage, act: Act, mark: str) -> Mapping[str, Any]:
        document = await self._document(page, act)
        ticks, moments = self._mark(act, mark)
        answer = await page.call(document, "advance", ticks, _ADVANCE_MS, moments)
        return answer if isinstance(answer, Mapping) else {}

    def _mark(self, act: Act, mark: str) -> Mark:
        return self._marks.get(act.document or "", {}).get((mark, act.ordinal or 0), (0, None))

    # ---- acts

    async def _input(self, page: StagePage, act: Act) -> None:
        event = dict(act.raw["event"])
        document = await self._document(page, act)
        if event["type"] in ("up", "keyup"):
            # What was pressed may have let the page leave: the release comes all the same.
            with contextlib.suppress(PageGone):
                await self._advance(page, act, "A")
        elif event["type"] == "move" and act.n in self._timed:
            with contextlib.suppress(PageGone):
                await page.call(document, "follow", self._mark(act, "A")[0], seconds=_FOLLOW_SECONDS)
        elif event["type"] != "move":
            await self._advance(page, act, "A")
        if event["type"] in ("down", "select", "setValue", "insertText"):
            found = await self._find(page, act)
            if found is not None:
                if await self._by_locator(found, event, act):
                    return
                await self._aim(page, event, found, act)
        shift = self._shift.get(page.id, (0.0, 0.0))
        if event["type"] in ("up", "down", "move") and "x" in event:
            moved = event["type"] != "move" or event.get("buttons")
            if moved:
                event["x"], event["y"] = event["x"] + shift[0], event["y"] + shift[1]
        device = self._devices[page.id]
        changed = dict(act.raw) | {"event": event}
        await device.dispatch(Act.of(changed), document)
        if event["type"] == "up":
            self._shift.pop(page.id, None)

    async def _find(self, page: StagePage, act: Act) -> Found | None:
        step = self._progress.step_of(act)
        if step is None or step.target is None or not step.target.locators or step.target.frame:
            return None
        if step.type == "drag" or not _starts(step, act):
            return None
        found = await find_target(page.page, step.target, _TARGET_SECONDS)
        if found is None:
            name = step.target.name or step.target.tag or "its target"
            role = step.target.role or "element"
            raise CannotPerform(f'nothing on the page is the {role} "{name}" that was recorded')
        return found

    async def _by_locator(self, found: Found, event: Mapping[str, Any], act: Act) -> bool:
        """Set fields and lists by their locator: a path of child indexes does not survive a new build."""
        if event["type"] == "select":
            await found.locator.select_option(index=[option["index"] for option in event["options"]])
            return True
        if event["type"] in ("setValue", "insertText"):
            secret = event.get("secret")
            text = self._standins.rest(secret, act.document) if secret else str(event["text"])
            await found.locator.focus()
            await found.locator.fill(text)
            return True
        return False

    async def _aim(self, page: StagePage, event: dict[str, Any], found: Found, act: Act) -> None:
        """Where the element is now, at the place of it that was hit."""
        step = self._progress.step_of(act)
        box = step.target.box if step and step.target else None
        if not box or "x" not in event:
            return
        dx, dy = found.box["x"] - box["x"], found.box["y"] - box["y"]
        self._shift.pop(page.id, None)
        if abs(dx) < 0.5 and abs(dy) < 0.5:
            return
        self._shift[page.id] = (dx, dy)
        await self._devices[page.id].move_to(event["x"] + dx, event["y"] + dy)

    async def _picture(self, page: StagePage, act: Act) -> None:
        checkpoint = self._progress.checkpoint_of(act)
        if checkpoint is None:
            return
        state = await self._advance(page, act, "C")
        await self._progress.look(page, checkpoint, state)

    def _address(self, url: str) -> str:
        return self._new + url.removeprefix(self._old) if self._old and url.startswith(self._old) else url


def _starts(step: Step, act: Act) -> bool:
    """Only the inputs of the step itself are aimed at its target."""
    return step.acts is not None and step.acts[0] <= act.n <= step.acts[1]


def _moves_before_pictures(trace: Trace) -> set[int]:
    """The moves whose effect a picture shows before another input brings the clock along.

    What they set in motion has to begin at their own moment.
    """
    timed: set[int] = set()
    pictured = False
    for act in reversed(trace.acts):
        moves = act.type == "input" and act.raw["event"]["type"] == "move"
        if moves and pictured:
            timed.add(act.n)
        elif not moves:
            pictured = act.type == "checkpoint"
    return timed


Mark = tuple[int, list[Any] | None]


def _marks(document: Document) -> dict[tuple[str, int], Mark]:
    """By input or checkpoint: its ticks since the document began, and its animations' moments."""
    marks: dict[tuple[str, int], Mark] = {}
    ticks = 0
    entries = document.entries
    for at in range(0, len(entries) - 2, 3):
        kind, argument, delta = entries[at], entries[at + 1], entries[at + 2]
        ticks += int(delta)
        if kind == "A":
            marks["A", int(argument)] = (ticks, None)
        elif kind == "C":
            marks["C", int(argument[0])] = (ticks, list(argument[1:]))
    return marks


def _origins(trace: Trace, base_url: str | None) -> tuple[str, str]:
    """The recorded address up to its path, and the one to use instead."""
    start = trace.start_url or next((d.url for d in trace.documents if d.url), None)
    if not start:
        raise CouldNotRun("the trace names no address to start from")
    parts = urlsplit(start)
    old = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    return old, (base_url or old).rstrip("/")
