"""What every kind of step has in common: how it begins, how it grows, where it is put."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reenact.record.sentences import title
from reenact.record.targets import same_place, same_target

Json = dict[str, Any]
Put = Callable[[Json], object]


@dataclass(slots=True)
class Open:
    """A step that may still grow, and what is needed to see whether an input continues it."""

    step: Json
    down: tuple[float, float] | None = None
    at: tuple[float, float] | None = None
    """Where a wheel was when it began to turn: elsewhere, it turns something else."""
    is_typed: bool = False
    """The value is what the keys said; the field itself has not been heard yet."""

    def grow(self, act: int) -> None:
        """Take one more act into the step."""
        first, last = self.step["acts"]
        self.step["acts"] = [min(first, act), max(last, act)]


class StepCore:
    """The steps of one recording, the latest of which may still grow."""

    def __init__(self, put_step: Put, now: Callable[[], float]) -> None:
        self._put_step = put_step
        self._now = now
        self._count = 0
        self._first_url: str | None = None
        self._current: Open | None = None
        self._recent: deque[Open] = deque(maxlen=8)
        self._leading: int | None = None
        self.scale = 1.0
        """Device pixels per CSS pixel of a page that is not zoomed."""
        self._scales: dict[str, float] = {}

    def flush(self) -> None:
        """End the step that is open: the next input begins a new one."""
        self._current = None

    # ---- beginning and growing

    def _begin(self, act: int, kind: str, place: Mapping[str, Any], **fields: Any) -> Open:
        self._count += 1
        first = act if self._leading is None else min(self._leading, act)
        self._leading = None
        step: Json = {
            "id": f"s{self._count}",
            "type": kind,
            "title": "",
            **place,
            "target": None,
            "value": None,
            "acts": [first, act],
            "signals": [],
            "checkpoint": None,
            **fields,
        }
        self._first_url = self._first_url or step["url"]
        opened = Open(step)
        self._current = opened
        self._recent.append(opened)
        self._put(opened)
        return opened

    def _put(self, opened: Open) -> str:
        opened.step["title"] = title(opened.step)
        self._put_step(copy.deepcopy(opened.step))
        return str(opened.step["id"])

    def _extend(self, opened: Open, act: int) -> None:
        opened.grow(act)
        self._leading = None
        self._put(opened)

    def _whole(
        self,
        act: int,
        page: str,
        kind: str,
        *,
        url: str | None = None,
        document: str | None = None,
        **fields: Any,
    ) -> str:
        place = {"page": page, "document": document, "url": url, "time": self._now()}
        step_id = str(self._begin(act, kind, place, **fields).step["id"])
        self.flush()
        return step_id

    def _lead(self, act: int, place: Json, _event: Mapping[str, Any], _target: Json | None) -> None:
        """Moves and lone modifiers lead up to the next action; with a button held they are of a drag."""
        current = self._current
        if current and current.down and current.step["page"] == place["page"]:
            current.grow(act)
        elif self._leading is None:
            self._leading = act

    def _grow(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        if self._current:
            self._extend(self._current, act)
        else:
            self._lead(act, place, event, target)

    def _continues(self, place: Mapping[str, Any], target: Json | None, *kinds: str) -> Open | None:
        """Return the open step if it is one of ``kinds`` on the same element of the same document."""
        current = self._current
        if current is None or current.step["type"] not in kinds or not same_place(current.step, place):
            return None
        return current if same_target(current.step["target"], target) else None
