"""What shared workers did, as pages heard it: each part is kept once, and one that is missing shows."""

from __future__ import annotations

from typing import Any


class SharedLives:
    """The parts of the logs of shared workers, by the names of their lives (recorder_js/src/shared.ts)."""

    def __init__(self) -> None:
        self._parts: dict[str, set[int]] = {}

    def once(self, argument: list[Any]) -> list[Any]:
        """The argument of an entry "s", without its part where another page has told that."""
        connection, life, number, part = argument
        if not part:
            return argument
        known = self._parts.setdefault(life, set())
        if number in known:
            return [connection, life, number, []]
        known.add(number)
        return argument

    def broken(self) -> int:
        """How many lives lack a part: a replay stands still there."""
        return sum(len(parts) <= max(parts) for parts in self._parts.values())
