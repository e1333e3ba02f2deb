"""Finds the element of a step in a page that may have changed, by its recorded locators in their order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reenact.trace import Locator, Target

if TYPE_CHECKING:
    from playwright.async_api import FloatRect, Page
    from playwright.async_api import Locator as PlaywrightLocator

_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """An element, where it is now, and which of its locators found it (0 is the best)."""

    locator: PlaywrightLocator
    box: FloatRect
    rank: int


async def find_target(page: Page, target: Target, seconds: float) -> Found | None:
    """The first locator that finds exactly one element; None when none does in time."""
    deadline = time.monotonic() + seconds
    while True:
        for rank, recorded in enumerate(target.locators):
            found = await _try(page, recorded, rank)
            if found is not None:
                return found
        if time.monotonic() > deadline:
            return None
        await asyncio.sleep(_POLL_SECONDS)


async def _try(page: Page, recorded: Locator, rank: int) -> Found | None:
    from playwright.async_api import Error

    locator = playwright_locator(page, recorded)
    if locator is None:
        return None
    try:
        if await locator.count() != 1:
            return None
        box = await locator.bounding_box(timeout=500)
    except Error:
        # A locator that the page of today cannot even parse finds nothing.
        return None
    return Found(locator, box, rank) if box else None


def playwright_locator(page: Page, recorded: Locator) -> PlaywrightLocator | None:
    """The recorded locator as Playwright's own; None for a kind that is not known."""
    value = recorded.value
    raw: Mapping[str, Any] = recorded.raw
    match recorded.kind:
        case "testid":
            attribute = str(raw.get("attribute") or "data-testid")
            return page.locator(f"[{attribute}={_quoted(value)}]")
        case "role":
            role: Any = recorded.role
            return page.get_by_role(role, name=value, exact=True) if value else page.get_by_role(role)
        case "label":
            return page.get_by_label(value, exact=True)
        case "placeholder":
            return page.get_by_placeholder(value, exact=True)
        case "text":
            return page.get_by_text(value, exact=True)
        case "css":
            return page.locator(f"css={value}")
    return None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
