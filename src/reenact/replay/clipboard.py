"""The clipboard in a replay: what was pasted is put there directly before it is pasted again.

A browser has one clipboard for all its pages, so that replays side by side take turns.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Route

_PLACE = "http://localhost/"
"""No server: a page may write to the clipboard only where it has a secure origin."""
_PUT_PICTURE = """async ([text, html, picture]) => {
  const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
  const contents = { 'image/png': new Blob([bytes], { type: 'image/png' }) };
  if (text) contents['text/plain'] = new Blob([text], { type: 'text/plain' });
  if (html) contents['text/html'] = new Blob([html], { type: 'text/html' });
  await navigator.clipboard.write([new ClipboardItem(contents)]);
}"""
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
    async def holding(self, text: str, html: str, picture: bytes | None) -> AsyncIterator[None]:
        """Keep these contents on the clipboard while the block runs; ``picture`` is a PNG."""
        async with self._turn:
            if self._page is None:
                self._page = await self._open()
            if picture is None:
                await self._page.evaluate(_PUT, [text, html])
            else:
                encoded = base64.b64encode(picture).decode()
                await self._page.evaluate(_PUT_PICTURE, [text, html, encoded])
            yield

    async def _open(self) -> Page:
        context = await self._browser.new_context()
        await context.grant_permissions(["clipboard-read", "clipboard-write"])
        await context.route("**/*", _answer_empty)
        page = await context.new_page()
        await page.goto(_PLACE)
        return page


async def _answer_empty(route: Route) -> None:
    await route.fulfill(body="<!doctype html>", content_type="text/html")
