"""A small window beside the recorded one: how long, how many steps, and a line for notes.

It is a window of its own in a context of its own: no recorded page sees it, no picture shows it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from importlib import resources
from typing import TYPE_CHECKING

from reenact.errors import CouldNotRun
from reenact.evidence.words import count

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_WIDTH, _HEIGHT, _MARGIN = 340, 230, 24
_OPEN = """([width, height, margin]) => {
  const left = screen.availLeft + screen.availWidth - width - margin, top = screen.availTop + margin;
  open('about:blank', '', `popup,width=${width},height=${height},left=${left},top=${top}`);
}"""
_SHOW = """([time, steps]) => {
  document.querySelector('time').textContent = time;
  document.querySelector('.steps').textContent = steps;
}"""


class Indicator:
    """The window. ``is_over`` once the person asked in it to finish."""

    def __init__(self, page: Page, note: Callable[[str], None]) -> None:
        self.is_over = False
        self._page = page
        self._shown: tuple[str, str] | None = None
        page.expose_function("reenactNote", lambda text: note(str(text)))
        page.expose_function("reenactFinish", self._finish)
        page.set_content(
            resources.files("reenact.cli").joinpath("indicator.html").read_text(encoding="utf-8")
        )

    def _finish(self) -> None:
        self.is_over = True

    def show(self, seconds: float, steps: int) -> None:
        """Tell how far the recording is. Nothing happens when the window was closed."""
        minutes, rest = divmod(int(seconds), 60)
        shown = (
            f"{minutes}:{rest:02}",
            count(steps, "step") if steps else "no steps yet",
        )
        if shown == self._shown or self._page.is_closed():
            return
        self._shown = shown
        with _closed_is_fine():
            self._page.evaluate(_SHOW, list(shown))


@contextlib.contextmanager
def indicator(browser: Browser | None, note: Callable[[str], None]) -> Iterator[Indicator]:
    """Open the window at the right edge of the screen, and close it in the end."""
    if browser is None:
        raise CouldNotRun("a persistent context has no place for a window of another")
    context = browser.new_context(no_viewport=True)
    try:
        yield Indicator(_small_window(context.new_page()), note)
    finally:
        with _closed_is_fine():
            context.close()


def _small_window(first: Page) -> Page:
    """Only what a page opens may be smaller than 500 pixels, and has no tabs."""
    with first.expect_popup() as opened:
        first.evaluate(_OPEN, [_WIDTH, _HEIGHT, _MARGIN])
    first.close()
    return opened.value


@contextlib.contextmanager
def _closed_is_fine() -> Iterator[None]:
    from playwright.sync_api import Error

    with contextlib.suppress(Error):
        yield
