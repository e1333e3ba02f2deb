"""Drag and drop of the browser in a replay.

A drag that begins is kept from the operating system; what it carries comes back with each of its moves, as
recorded. A drag from outside carries the files that the recording kept.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from reenact.replay.stage_page import StagePage
from reenact.trace import Trace

_BEGIN_SECONDS = 2.0
_ANY_OPERATION = 1 | 2 | 16
"""Copy, link and move, as `Input.DragData` counts them."""


class Drags:
    """The drag of one page, if there is one."""

    def __init__(self, page: StagePage) -> None:
        self._page = page
        self._data: Mapping[str, Any] | None = None
        self._began = asyncio.Event()
        self._inside = False
        self._enabled = False

    async def enable(self) -> None:
        """From now on a drag that begins is ours."""
        if self._enabled:
            return
        self._enabled = True
        self._page.session.on("Input.dragIntercepted", self._intercepted)
        await self._page.send("Input.setInterceptDrags", {"enabled": True})

    def _intercepted(self, event: Mapping[str, Any]) -> None:
        self._data = event["data"]
        self._began.set()

    async def input(
        self, event: Mapping[str, Any], files: Sequence[str], modifiers: int, *, implied: bool
    ) -> None:
        """Carry out one recorded input of a drag; ``files`` are those that it brought from outside.

        ``implied``: a drop at the same place follows, which brings this move along.
        """
        if event.get("outside") and not self._began.is_set():
            self._data = {"items": [], "files": list(files), "dragOperationsMask": _ANY_OPERATION}
        elif self._data is None:
            try:
                async with asyncio.timeout(_BEGIN_SECONDS):
                    await self._began.wait()
            except TimeoutError:
                return
        phase = str(event["phase"])
        if phase == "over" and implied:
            return
        if phase in ("over", "enter", "drop") and not self._inside:
            await self._dispatch("dragEnter", event, modifiers)
            self._inside = True
            if phase == "enter":
                return
        # What is let go where nothing takes it ends as a drop that nobody hears of.
        kind = {"leave": "dragCancel", "cancel": "drop", "drop": "drop"}.get(phase, "dragOver")
        await self._dispatch(kind, event, modifiers)
        if phase in ("drop", "cancel"):
            self._data, self._inside = None, False
            self._began.clear()
        elif phase == "leave":
            self._inside = False

    async def _dispatch(self, kind: str, event: Mapping[str, Any], modifiers: int) -> None:
        parameters = {
            "type": kind,
            "x": event["x"],
            "y": event["y"],
            "data": self._data,
            "modifiers": modifiers,
        }
        await self._page.send("Input.dispatchDragEvent", parameters)


def implied_moves(trace: Trace) -> set[int]:
    """The moves of drags that a drop at the same place follows at once, by act number."""
    drags = [act for act in trace.acts if act.type == "input" and act.raw["event"]["type"] == "drag"]
    return {
        one.n
        for one, after in itertools.pairwise(drags)
        if after.raw["event"]["phase"] in ("drop", "cancel")
        and all(one.raw["event"].get(axis) == after.raw["event"].get(axis) for axis in "xy")
    }


def crossings(trace: Trace) -> set[int]:
    """The moves of drags that leave a document for a frame in it, or for the one around it, by act number.

    The document that is left hears the same as at the edge of the window, but the drag goes on.
    """
    inputs = [
        act for act in trace.acts if act.type == "input" and act.raw["event"]["type"] in ("drag", "down")
    ]
    return {
        one.n
        for one, after in itertools.pairwise(inputs)
        if one.raw["event"].get("phase") == "leave" and after.raw["event"]["type"] == "drag"
    }
