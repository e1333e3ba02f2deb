"""Dispatches recorded raw inputs in Firefox: as WebDriver's own, which are trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from reenact.browser.firefox import NOT_REPLAYED
from reenact.replay.firefox import FirefoxStagePage
from reenact.replay.inputs import CannotPerform, Equipment, InputDevice
from reenact.replay.keyboard import PlaywrightKeys
from reenact.replay.stage_page import LiveDocument, StagePage
from reenact.trace import Act

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle

_BUTTONS = ("left", "middle", "right")


class FirefoxInput(InputDevice):
    """Mouse and keyboard of one page."""

    def __init__(self, page: StagePage, equipment: Equipment) -> None:
        super().__init__(page, equipment)
        self._firefox = cast("FirefoxStagePage", page)
        self._held: int | None = None
        self._keys = PlaywrightKeys(page.page.keyboard)

    async def prepare(self) -> None:
        """Keep the dialog for files shut, and have the clipboard's page open before it takes the focus."""
        if self._equipment.has_pastes:
            async with self._equipment.clipboard.holding("", "", None):
                await self._firefox.asked(self._page.page.bring_to_front(), "to come to the front")
        if self._equipment.has_files:
            self._page.page.on("filechooser", lambda _: None)

    async def dispatch(self, act: Act, document: LiveDocument) -> None:
        """Carry out one recorded input. Raises `CannotPerform` with the reason in words."""
        kind = str(act.raw["event"]["type"])
        if kind in NOT_REPLAYED or kind == "commit":
            raise CannotPerform(NOT_REPLAYED.get(kind, NOT_REPLAYED["compose"]))
        if kind == "drag":
            await self._drag(act.raw["event"])
        else:
            await super().dispatch(act, document)

    async def _mouse(self, kind: str, event: Mapping[str, Any]) -> None:
        x, y = float(event["x"]), float(event["y"])
        mouse = self._page.page.mouse
        if self._held is not None and kind != "up" and not event.get("buttons"):
            # It was let go where nobody heard of it, as at the end of a drag that nothing took.
            await self._let_go()
        if kind == "move" or self._position != (x, y):
            await self._move(x, y)
        if kind == "wheel":
            await self._input(mouse.wheel(float(event["dx"]), float(event["dy"])))
        if kind not in ("down", "up"):
            return
        number = int(event.get("button", 0))
        if number >= len(_BUTTONS):
            raise CannotPerform("Playwright has no such button of the mouse in Firefox")
        button = cast("Any", _BUTTONS[number])
        if kind == "down":
            if int(event.get("clicks", 1)) > 1:
                raise CannotPerform(NOT_REPLAYED["double-click"])
            self._held = number
            await self._input(mouse.down(button=button))
        else:
            self._held = number
            await self._let_go()

    async def _move(self, x: float, y: float) -> None:
        await self._input(self._page.page.mouse.move(x, y))
        self._position = (x, y)

    async def _let_go(self) -> None:
        if self._held is None:
            return
        number, self._held = self._held, None
        await self._input(self._page.page.mouse.up(button=cast("Any", _BUTTONS[number])))

    async def _drag(self, event: Mapping[str, Any]) -> None:
        """While something is dragged, the mouse is all that there is: Firefox makes the drag of it."""
        x, y = float(event["x"]), float(event["y"])
        if event.get("outside"):
            raise CannotPerform("WebDriver BiDi cannot drag anything in from outside")
        if self._position != (x, y) or event["phase"] == "over":
            await self._move(x, y)
        if event["phase"] == "drop":
            raise CannotPerform(NOT_REPLAYED["drop"])
        if event["phase"] == "cancel":
            await self._let_go()

    async def _input(self, action: Any) -> None:
        await self._firefox.asked(action, "to an input")

    async def _files(self, act: Act, document: LiveDocument) -> None:
        event = act.raw["event"]
        realm, path = int(event.get("realm", 0)), event.get("path") or []
        element: ElementHandle | None = await self._firefox.element_handle(document, realm, path)
        if element is None:
            raise CannotPerform("the field for files is not in the document")
        paths = self._equipment.uploads.paths(act)
        await self._firefox.asked(element.set_input_files(cast("Any", paths)), "to choose files")
