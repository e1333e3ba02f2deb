"""Dispatches one recorded raw input as trusted input of the browser."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from reenact.browser.commands import PageGone
from reenact.replay.clipboard import Clipboard
from reenact.replay.drags import Drags, crossings, implied_moves
from reenact.replay.keyboard import (
    MODIFIERS,
    DevToolsKeys,
    Keys,
    PlaywrightKeys,
    Stroke,
    has_editing_commands,
    stroke_of,
)
from reenact.replay.stage_page import LiveDocument, StagePage
from reenact.replay.standins import Standins
from reenact.replay.uploads import Uploads
from reenact.replay.viewport import Viewport
from reenact.trace import Act, Trace

_BUTTONS = ("left", "middle", "right", "back", "forward")
_NO_KEY = 0xD6
"""A key code that no keyboard has: see pace.ts, which keeps it from the page."""
_HURRY = {"type": "keyUp", "windowsVirtualKeyCode": _NO_KEY}
"""Brings a mouse move to the page at once."""
_PASTE = {"type": "rawKeyDown", "windowsVirtualKeyCode": _NO_KEY, "commands": ["paste"]}
_TOUCHES = {"start": "touchStart", "move": "touchMove", "end": "touchEnd", "cancel": "touchCancel"}
_REST_SECONDS = 0.06
_MOST_RESTS = 8
_PEN = ("force", "tiltX", "tiltY", "twist")
WAKES = frozenset({"move", "down", "up", "wheel", "keydown", "keyup"})
"""Inputs that reach the page as events by which its script sees that it may go on."""


class CannotPerform(PageGone):
    """The page has no place for this input any more."""


class Equipment:
    """What the devices of all pages of one replay share."""

    def __init__(self, trace: Trace, standins: Standins, uploads: Uploads, clipboard: Clipboard) -> None:
        self.standins = standins
        self.uploads = uploads
        self.clipboard = clipboard
        kinds = {act.raw["event"]["type"] for act in trace.acts if act.type == "input"}
        self.has_pastes = any(
            "clipboard" in act.raw["event"] or act.raw["event"]["type"] == "paste"
            for act in trace.acts
            if act.type == "input"
        )
        self.has_drags, self.has_files = "drag" in kinds, "files" in kinds
        self.implied_moves, self.crossings = implied_moves(trace), crossings(trace)
        self.opening, self.closing = _opening_lists(trace), _closing(trace)
        self.last_scrolls, self.held_scrolls = _last_scrolls(trace), _held_scrolls(trace)
        self.environment = trace.environment


class InputDevice:
    """Mouse, keyboard and fingers of one page."""

    def __init__(self, page: StagePage, equipment: Equipment) -> None:
        self._page = page
        self._equipment = equipment
        self._standins = equipment.standins
        self._position: tuple[float, float] | None = None
        self._scrolled: dict[str, tuple[LiveDocument, Mapping[str, Any]]] = {}
        # Whether a finger was the last to touch anything: what it has thrown may be on its way.
        self._thrown = False
        self._drags = Drags(page)
        self._viewport = Viewport(page, equipment.environment)
        self._keys: Keys = (
            PlaywrightKeys(page.page.keyboard) if has_editing_commands() else DevToolsKeys(page.send)
        )

    async def prepare(self) -> None:
        """Keep the operating system out of what the person does in this session."""
        if self._equipment.has_drags:
            await self._drags.enable()
        if self._equipment.has_files:
            # Whoever listens keeps the dialog shut: otherwise the page hears that nothing was chosen.
            self._page.page.on("filechooser", lambda _: None)

    async def dispatch(self, act: Act, document: LiveDocument) -> None:
        """Carry out one recorded input. Raises `CannotPerform` with the reason in words."""
        try:
            await self._dispatch(act, document)
        except CannotPerform:
            raise
        except PageGone:
            # The input closes its page, as it did when it was recorded, and may not be answered any more.
            if act.n not in self._equipment.closing:
                raise

    async def _dispatch(self, act: Act, document: LiveDocument) -> None:
        event: Mapping[str, Any] = act.raw["event"]
        self._thrown = self._thrown and event["type"] == "scroll"
        match event["type"]:
            case "move" | "down" | "up" | "wheel" as kind:
                if act.n in self._equipment.opening:
                    await self._page.call(document, "letOpen", int(event.get("realm", 0)))
                if kind == "down":
                    self._scrolled = {}
                if act.n in self._equipment.held_scrolls:
                    await self._place_scrolled(document)
                if kind in ("down", "wheel") and self._position is None:
                    await self._come(document, event)
                await self._mouse(kind, event)
                if act.n in self._equipment.held_scrolls:
                    await self._settle_scrolling(document)
                    await self._mark(document, event)
            case "keydown" | "keyup" as kind:
                await self._key(kind, event, act, document)
            case "touch":
                await self._touch(event)
                self._thrown = event["phase"] in ("end", "cancel")
                if self._thrown:
                    await self._settle_scrolling(document)
            case "drag":
                files = self._equipment.uploads.paths(act) if event.get("files") else []
                implied = act.n in self._equipment.implied_moves
                if act.n in self._equipment.crossings:
                    event = {**event, "phase": "over"}
                await self._drags.input(event, files, _bits(event), implied=implied)
            case "insertText":
                where = {key: event.get(key) for key in ("selection", "range")}
                await self._perform(document, event, {"do": "focus", **where})
                await self._page.page.keyboard.insert_text(self._text(act))
            case "compose":
                if event.get("path"):
                    await self._perform(document, event, {"do": "focus"})
                text = self._text(act)
                end = {"selectionStart": len(text), "selectionEnd": len(text)}
                await self._page.send("Input.imeSetComposition", {"text": text, **end})
            case "commit":
                await self._page.send("Input.insertText", {"text": self._text(act)})
            case "paste":
                await self._paste(act, self._page.send("Input.dispatchKeyEvent", _PASTE))
            case "select":
                await self._select(document, event)
            case "setValue":
                await self._perform(document, event, {"do": "setValue", "value": self._text(act)})
            case "files":
                await self._files(act, document)
            case "scroll":
                self._note_scrolled(document, event, int(event.get("realm", 0)))
                await self._scroll(document, event)
                if self._thrown and act.n in self._equipment.last_scrolls:
                    await self._settle_scrolling(document)
            case "resize":
                await self._viewport.become(event["width"], event["height"], event["scale"])
            case "traverse":
                await self._page.traverse(int(event["delta"]))

    async def move_to(self, x: float, y: float) -> None:
        """Move the mouse without pressing anything."""
        await self._mouse("move", {"x": x, "y": y})

    def _text(self, act: Act) -> str:
        event = act.raw["event"]
        if "secret" in event:
            return self._standins.rest(event["secret"], act.document)
        return str(event.get("text") or "")

    async def _perform(
        self, document: LiveDocument, event: Mapping[str, Any], what: Mapping[str, Any]
    ) -> None:
        call = {"path": event.get("path") or [], **what}
        problem = await self._page.call(document, "perform", int(event.get("realm", 0)), call)
        if problem:
            raise CannotPerform(str(problem))

    async def _select(self, document: LiveDocument, event: Mapping[str, Any]) -> None:
        options = event["options"]
        if event.get("trusted") and len(options) == 1:
            where = (int(event.get("realm", 0)), event.get("path") or [], int(options[0]["index"]))
            way = await self._page.call(document, "choose", *where) or {"keys": ()}
            for stroke in map(Stroke, way["keys"]):
                await self._keys.down(stroke)
                if not way["isOpen"]:
                    await self._keys.up(stroke)
            if way["keys"]:
                return
        await self._perform(document, event, {"do": "select", "options": options})

    async def _files(self, act: Act, document: LiveDocument) -> None:
        event = act.raw["event"]
        element = await self._page.element(document, int(event.get("realm", 0)), event.get("path") or [])
        if element is None:
            raise CannotPerform("the field for files is not in the document")
        parameters = {"objectId": element, "files": self._equipment.uploads.paths(act)}
        await self._page.send("DOM.setFileInputFiles", parameters)

    # ---- mouse and fingers

    async def _come(self, document: LiveDocument, event: Mapping[str, Any]) -> None:
        """Bring the mouse to where its first input finds it: the page waits for that, not for this."""
        await self._page.unless_left(lambda: self._page.call(document, "heed", False))
        await self._mouse("move", {**event, "buttons": 0})
        await self._page.unless_left(lambda: self._page.call(document, "heed", True))

    async def _mouse(self, kind: str, event: Mapping[str, Any]) -> None:
        x, y = float(event["x"]), float(event["y"])
        self._position = (x, y)
        parameters: dict[str, Any] = {
            "x": x,
            "y": y,
            "modifiers": _bits(event),
            "buttons": int(event.get("buttons", 0)),
            "pointerType": "mouse",
            # Pointer Events, 10.1: half the pressure while a button of a mouse is held.
            "force": 0.5 if event.get("buttons") else 0,
        }
        if pen := event.get("pen"):
            parameters |= {"pointerType": "pen", **{name: pen.get(name, 0) for name in _PEN}}
        if kind == "move":
            parameters |= {"type": "mouseMoved", "button": _held_button(parameters["buttons"])}
        elif kind == "wheel":
            parameters |= {"type": "mouseWheel", "deltaX": event["dx"], "deltaY": event["dy"]}
        else:
            pressed = kind == "down"
            parameters |= {
                "type": "mousePressed" if pressed else "mouseReleased",
                "button": _BUTTONS[int(event.get("button", 0))],
                "clickCount": int(event.get("clicks", 1)),
            }
        dispatched = self._page.send("Input.dispatchMouseEvent", parameters)
        if kind == "move":
            await asyncio.gather(dispatched, self._page.send("Input.dispatchKeyEvent", _HURRY))
        else:
            await dispatched

    async def _touch(self, event: Mapping[str, Any]) -> None:
        phase, points = str(event["phase"]), list(event.get("points") or ())
        if phase == "start":
            self._scrolled = {}
        if phase == "end" and points:
            # Fingers are still down: the one that is missing here is the one that was lifted.
            phase = "move"
        if phase == "end":
            # A finger that rests before it is lifted throws nothing: the recording has where the fling went.
            await asyncio.sleep(_REST_SECONDS)
        touches = [] if phase in ("end", "cancel") else points
        parameters = {"type": _TOUCHES[phase], "touchPoints": touches, "modifiers": _bits(event)}
        await self._page.send("Input.dispatchTouchEvent", parameters)

    def _note_scrolled(self, document: LiveDocument, place: Mapping[str, Any], realm: int) -> None:
        self._scrolled[f"{realm} {place.get('path')}"] = (document, {**place, "realm": realm})

    async def _settle_scrolling(self, document: LiveDocument) -> None:
        """What a finger scrolls comes when the browser likes: in the end, it is where it was.

        Whether the input that threw or marked has left the document, the next act finds out.
        """
        with contextlib.suppress(PageGone):
            for _ in range(_MOST_RESTS):
                if not await self._place_scrolled(document):
                    return
                await asyncio.sleep(_REST_SECONDS)

    async def _place_scrolled(self, document: LiveDocument) -> bool:
        places = [place for of, place in self._scrolled.values() if of is document]
        return any([await self._scroll(document, place) for place in places])

    async def _mark(self, document: LiveDocument, event: Mapping[str, Any]) -> None:
        """Text that was marked while it scrolled is, in the end, as much as it was."""
        if "range" in event:
            what = {"do": "mark", "path": [], "range": event["range"]}
            with contextlib.suppress(PageGone):
                await self._page.call(document, "perform", int(event.get("realm", 0)), what)

    async def _scroll(self, document: LiveDocument, place: Mapping[str, Any]) -> bool:
        """Scroll an element to a recorded place; tells whether it was there to be moved."""
        what = {"do": "scroll", "path": place.get("path") or [], "x": place["x"], "y": place["y"]}
        answer = await self._page.call(document, "perform", int(place.get("realm", 0)), what)
        return bool(answer == "moved")

    # ---- keyboard and clipboard

    async def _key(self, kind: str, event: Mapping[str, Any], act: Act, document: LiveDocument) -> None:
        pressed = kind == "keydown"
        if pressed and event.get("focus"):
            await self._focus(document, event)
        stroke = stroke_of(event)
        if "secret" in event:
            letter = self._standins.key if pressed else self._standins.held
            stroke = stroke._replace(key=letter(event["secret"], act.document))
            if not stroke.key:
                return
        press = self._keys.down(stroke) if pressed else self._keys.up(stroke)
        if pressed and event.get("clipboard"):
            await self._paste(act, press)
        else:
            await press

    async def _focus(self, document: LiveDocument, event: Mapping[str, Any]) -> None:
        """Where the page is being left, the focus has to be where the last input took it."""
        focus = {"do": "focus", "path": event["focus"]}
        realm = int(event.get("realm", 0))
        await self._page.unless_left(lambda: self._page.call(document, "perform", realm, focus))

    async def _paste(self, act: Act, press: Any) -> None:
        contents = act.raw["event"]["clipboard"]
        if "secret" in contents:
            text = self._standins.rest(contents["secret"], act.document)
        else:
            text = str(contents.get("text") or "")
        html, picture = str(contents.get("html") or ""), self._equipment.uploads.picture(act)
        async with self._equipment.clipboard.holding(text, html, picture):
            await press


def _in_turn(trace: Trace) -> Iterator[tuple[Act, str, str]]:
    """Inputs and checkpoints, each with what it is and what follows it."""
    acts = [act for act in trace.acts if act.type in ("input", "checkpoint")]
    kinds = [act.raw["event"]["type"] if act.type == "input" else act.type for act in acts]
    yield from zip(acts, kinds, [*kinds[1:], ""], strict=True)


def _last_scrolls(trace: Trace) -> set[int]:
    """The acts with which a row of scrolling is over."""
    return {act.n for act, kind, following in _in_turn(trace) if kind == "scroll" != following}


def _held_scrolls(trace: Trace) -> set[int]:
    """The releases after which nothing scrolls that had scrolled while the button was held.

    Text that is marked near an edge scrolls by the browser's clock, and more or less of it in a replay. A
    release that leaves its document has nothing to put in its place there.
    """
    leaving = {act.document: act.n for act in trace.acts}
    found: set[int] = set()
    has_scrolled = False
    for act, kind, following in _in_turn(trace):
        if kind in ("down", "scroll"):
            has_scrolled = kind == "scroll"
        elif kind == "up" and has_scrolled and following != "scroll" and leaving[act.document] != act.n:
            found.add(act.n)
    return found


def _opening_lists(trace: Trace) -> set[int]:
    """The presses that open a native list from which the person then chose, by act number."""
    opening: set[int] = set()
    last: Act | None = None
    for act in trace.acts:
        if act.type != "input" or act.raw["event"]["type"] in ("move", "up"):
            continue
        event = act.raw["event"]
        if last is not None and event["type"] == "select" and event.get("trusted"):
            opening.add(last.n)
        last = act if event["type"] == "down" else None
    return opening


def _closing(trace: Trace) -> set[int]:
    """The acts after which their page closes."""
    last: dict[str | None, Act] = {}
    found: set[int] = set()
    for act in trace.acts:
        if act.type == "closePage" and act.page in last:
            found.add(last[act.page].n)
        last[act.page] = act
    return found


def _bits(event: Mapping[str, Any]) -> int:
    return sum(MODIFIERS.get(name, 0) for name in event.get("modifiers", ()))


def _held_button(buttons: int) -> str:
    for bit, name in ((1, "left"), (2, "right"), (4, "middle")):
        if buttons & bit:
            return name
    return "none"
