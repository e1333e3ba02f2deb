"""The clipboard in a replay: what was pasted is put there directly before it is pasted again.

A browser has one clipboard for all its pages, so that replays side by side take turns.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

_PUT = """([text, html]) => {
  addEventListener('copy', (event) => {
    event.clipboardData.setData('text/plain', text);
    if (html) event.clipboardData.setData('text/html', html);
    event.preventDefault();
  }, { once: true });
  return document.execCommand('copy');
}"""


class Clipboard:
    """The clipboard of one browser."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._page: Page | None = None
        self._turn = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def holding(self, text: str, html: str) -> AsyncIterator[None]:
        """Keep these contents on the clipboard while the block runs."""
        async with self._turn:
            if self._page is None:
                self._page = await (await self._browser.new_context()).new_page()
            await self._page.evaluate(_PUT, [text, html])
            yield
