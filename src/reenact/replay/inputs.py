"""Dispatches one recorded raw input as trusted input of the browser."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from reenact.browser.commands import PageGone
from reenact.replay.stage import LiveDocument, StagePage
from reenact.replay.standins import Standins
from reenact.trace import Act

_BUTTONS = ("left", "middle", "right", "back", "forward")
_HURRY = {"type": "keyUp", "windowsVirtualKeyCode": 0xD6}
"""Brings a mouse move to the page at once; see pace.ts, which keeps this key from the page."""
_BITS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}


class CannotPerform(PageGone):
    """The page has no place for this input any more."""


class InputDevice:
    """Mouse and keyboard of one page."""

    def __init__(self, page: StagePage, standins: Standins) -> None:
        self._page = page
        self._standins = standins
        self._position: tuple[float, float] | None = None

    async def dispatch(self, act: Act, document: LiveDocument) -> None:
        """Carry out one recorded input. Raises `CannotPerform` with the reason in words."""
        event: Mapping[str, Any] = act.raw["event"]
        kind = event["type"]
        if kind in ("move", "down", "up", "wheel"):
            await self._mouse(kind, event)
        elif kind in ("keydown", "keyup"):
            await self._key(kind, event, act, document)
        elif kind == "insertText":
            where = {key: event.get(key) for key in ("selection", "range")}
            what = {"do": "focus", "path": event.get("path") or [], **where}
            await self._perform(document, event, what)
            text = (
                self._standins.key(event["secret"], act.document, last=True)
                if "secret" in event
                else event["text"]
            )
            await self._page.page.keyboard.insert_text(text)
        elif kind == "select":
            what = {"do": "select", "path": event.get("path") or [], "options": event["options"]}
            await self._perform(document, event, what)
        elif kind == "setValue":
            text = (
                self._standins.key(event["secret"], act.document, last=True)
                if "secret" in event
                else event["text"]
            )
            await self._perform(
                document, event, {"do": "setValue", "path": event.get("path") or [], "value": text}
            )
        elif kind == "traverse":
            await self._page.traverse(int(event["delta"]))

    async def move_to(self, x: float, y: float) -> None:
        """Move the mouse without pressing anything."""
        await self._mouse("move", {"x": x, "y": y})

    async def _perform(
        self, document: LiveDocument, event: Mapping[str, Any], what: Mapping[str, Any]
    ) -> None:
        problem = await self._page.call(document, "perform", int(event.get("realm", 0)), dict(what))
        if problem:
            raise CannotPerform(str(problem))

    async def _mouse(self, kind: str, event: Mapping[str, Any]) -> None:
        x, y = float(event["x"]), float(event["y"])
        if kind in ("down", "wheel") and self._position != (x, y) and self._position is None:
            await self._mouse("move", {**event, "buttons": 0})
        self._position = (x, y)
        parameters: dict[str, Any] = {
            "x": x,
            "y": y,
            "modifiers": _bits(event),
            "buttons": int(event.get("buttons", 0)),
            "pointerType": "mouse",
        }
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

    async def _key(self, kind: str, event: Mapping[str, Any], act: Act, document: LiveDocument) -> None:
        keyboard = self._page.page.keyboard
        pressed = kind == "keydown"
        if pressed and event.get("focus"):
            await self._page.call(
                document, "perform", int(event.get("realm", 0)), {"do": "focus", "path": event["focus"]}
            )
        if "secret" in event:
            name = event["secret"]
            key = (
                self._standins.key(name, act.document, last=False)
                if pressed
                else self._standins.held(name, act.document)
            )
            if not key:
                return
        else:
            key = _playwright_key(event)
        from playwright.async_api import Error

        try:
            await (keyboard.down(key) if pressed else keyboard.up(key))
        except Error:
            # No key of the keyboard that Playwright knows gives this character.
            if pressed and len(key) == 1:
                await keyboard.insert_text(key)


def _playwright_key(event: Mapping[str, Any]) -> str:
    """Playwright's name of the key: the physical key where it matters (number pad, left or right)."""
    key, code = str(event["key"]), str(event.get("code", ""))
    if event.get("location", 0) != 0 and code:
        return code
    return key


def _bits(event: Mapping[str, Any]) -> int:
    return sum(_BITS.get(name, 0) for name in event.get("modifiers", ()))


def _held_button(buttons: int) -> str:
    for bit, name in ((1, "left"), (2, "right"), (4, "middle")):
        if buttons & bit:
            return name
    return "none"
