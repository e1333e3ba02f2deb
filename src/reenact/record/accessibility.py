"""The accessibility tree beside a picture, which lets a change be told in words."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from reenact.browser.aria import aria_lines
from reenact.record.session import RecordingState

_BUDGET_SECONDS = 0.25
# The first tree of a page is slow anywhere, as the browser has to build it.
_MOST_SLOW = 3
_LARGEST = 8000
"""Elements, and twentieths of characters: above it the page would stand still for longer than a moment."""
_SMALL = 500
"""What is slow of a page below it is the machine."""


class AccessibilityTrees:
    """Those of one page. ``send`` asks its DevTools session; ``url`` is what a gap calls the page."""

    def __init__(
        self,
        state: RecordingState,
        send: Callable[[str, Mapping[str, Any]], Mapping[str, Any]],
        url: Callable[[], str],
    ) -> None:
        self._state = state
        self._send = send
        self._url = url
        self._slow = 0

    def take(self, weight: float) -> str | None:
        """The tree, unless a page of this weight is so large that asking would hold up the person."""
        if self._slow >= _MOST_SLOW:
            return None
        if weight > _LARGEST:
            self._too_large()
            return None
        begun = time.monotonic()
        self._send("Accessibility.enable", {})
        lines = aria_lines(self._send("Accessibility.getFullAXTree", {}).get("nodes", ()))
        # Or the browser keeps the tree up to date from now on, and removing nodes takes twice as long.
        self._send("Accessibility.disable", {})
        slow = weight > _SMALL and time.monotonic() - begun > _BUDGET_SECONDS
        self._slow = self._slow + 1 if slow else 0
        if self._slow == _MOST_SLOW:
            self._too_large()
        return "\n".join(map(self._without_secrets, lines))

    def _without_secrets(self, line: str) -> str:
        """A line of the tree; what a field holds stands behind a colon."""
        for mark in (" : ", "- text: "):
            before, found, value = line.partition(mark)
            if found:
                return before + mark + self._state.redactor.scrub_value(value)
        return line

    def _too_large(self) -> None:
        self._state.gap("accessibility", f"{self._url()} is too large for accessibility snapshots")
