"""Runs sessions in a plain browser, nothing recorded: `python -m tests.applications.try_sessions NAME...`.

With `--pictures FOLDER` a picture is kept after every action, to see what a session does.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fixtures.hand import Hand
from playwright.sync_api import Browser, Page, sync_playwright
from tests.applications import get, names


@contextmanager
def _pictures_in(folder: Path | None) -> Iterator[None]:
    """Take a picture in every longer pause: that is when a page has come to rest."""
    if folder is None:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    original, number = Hand.rest, itertools.count(1)

    def rest(hand: Hand, low: float = 350, high: float = 480) -> None:
        original(hand, low, high)
        if low >= 250:
            hand.page.screenshot(path=folder / f"{next(number):03}.png")

    Hand.rest = rest  # type: ignore[method-assign]
    try:
        yield
    finally:
        Hand.rest = original  # type: ignore[method-assign]


def _try(browser: Browser, name: str, pace: float) -> bool:
    problems: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page: Page = context.new_page()
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.on("requestfailed", lambda request: problems.append(f"{request.url} {request.failure}"))
    began = time.monotonic()
    try:
        with get(name).start() as server:
            get(name).session(page, server.url, pace)
        print(f"ok      {name:16} {time.monotonic() - began:6.1f} s")
        return True
    except Exception:
        print(f"FAILED  {name}")
        traceback.print_exc(limit=-4)
        return False
    finally:
        for problem in problems:
            print(f"        {problem[:200]}")
        context.close()


def main() -> int:
    """Exit code: how many sessions failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=names())
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    failed = 0
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in options.names:
            with _pictures_in(options.pictures / name if options.pictures else None):
                failed += not _try(browser, name, options.pace)
    return failed


if __name__ == "__main__":
    sys.exit(main())
