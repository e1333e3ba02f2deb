"""While a person uses the browser: the small window, notes typed at the terminal, and when it is over."""

from __future__ import annotations

import contextlib
import select
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from reenact.cli.indicator import Indicator, indicator
from reenact.cli.text import plain

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext
    from rich.console import Console

    from reenact.record.recorder import Recorder

_POLL_MS = 200


def until_done(context: BrowserContext, recording: Recorder, say: Console) -> None:
    """Return when the last window of `context` was closed, or the person asked to finish.

    What is typed at the terminal, line by line, and in the small window becomes notes of the recording.
    """
    from playwright.sync_api import Error

    def note(text: str) -> None:
        recording.note(text)
        say.print(f"Noted: {plain(text, limit=100)}")

    if sys.stdin is not None and sys.stdin.isatty():
        say.print("To note what you see, type it here and press Enter.")
    browser = context.browser
    begun = time.monotonic()
    with _window(context, note) as window:
        while context.pages and (browser is None or browser.is_connected()) and not window.is_over:
            for line in _typed():
                note(line)
            window.show(time.monotonic() - begun, recording.steps)
            try:
                context.pages[0].wait_for_timeout(_POLL_MS)
            except Error:
                time.sleep(_POLL_MS / 1000)  # that window has just gone; others may be open


@contextlib.contextmanager
def _window(context: BrowserContext, note: Callable[[str], None]) -> Iterator[Indicator]:
    with indicator(context.browser, note) as window:
        if context.pages:
            context.pages[0].bring_to_front()
        yield window


def _typed() -> Iterator[str]:
    """The lines that wait at the terminal, without waiting for more."""
    if sys.stdin is None or not sys.stdin.isatty():
        return
    try:
        while select.select([sys.stdin], [], [], 0)[0]:
            line = sys.stdin.readline()
            if not line:
                return
            if line.strip():
                yield line.strip()
    except (OSError, ValueError):
        return  # no terminal that can be asked, as on Windows
