"""Real input into pages that leave at once: every event that a page heard is in the trace, once, in order."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright
from tests.lossless.leaving import KINDS, site

import reenact
from reenact.trace import Trace

KEYS = "abcdefgh"
_NEW_WINDOW_MS = 2500


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the pages heard against what the trace holds."""

    heard: list[str]
    recorded: list[str]
    documents: int
    unseen_windows: int
    """Windows of which the trace declares that they closed before they could be recorded."""

    @property
    def lost(self) -> Counter[str]:
        """Events that a page heard more often than the trace holds them."""
        return Counter(self.heard) - Counter(self.recorded)

    @property
    def too_many(self) -> Counter[str]:
        """Events that the trace holds more often than a page heard them."""
        return Counter(self.recorded) - Counter(self.heard)

    @property
    def is_in_order(self) -> bool:
        """Whether both say the same in the same order."""
        return self.heard == self.recorded

    def first_difference(self) -> str:
        """Where the two part."""
        for at, (heard, recorded) in enumerate(zip(self.heard, self.recorded, strict=False)):
            if heard != recorded:
                return f"event {at}: heard {self.heard[at - 3 : at + 5]}, recorded {self.recorded[at - 3 : at + 5]}"
        return "one goes on behind the other"


def compare(playwright: Playwright, path: Path, *, events: int, seed: int) -> Comparison:
    """Record about so many events, and hold the trace against what the pages heard."""
    pages = site()
    browser = reenact.launch(playwright)
    context = browser.new_context(viewport={"width": 900, "height": 600})
    try:
        with reenact.record(context, path) as recording:
            page = context.new_page()
            page.goto(pages.url)
            _drive(context, random.Random(seed), events)
            page.wait_for_timeout(300)
            keeper = context.pages[0]
            keeper.goto(pages.url)
            heard = str(keeper.evaluate("localStorage.getItem('heard')")).splitlines()
        trace = recording.trace
        unseen = sum(gap.kind == "window" for gap in trace.gaps)
        return Comparison([_heard(line) for line in heard], _recorded(trace), len(trace.documents), unseen)
    finally:
        browser.close()
        pages.close()


def _drive(context: BrowserContext, chance: random.Random, events: int) -> None:
    """Press, release, type, and never wait for a page; every place and key is a new one, to be told apart."""
    done = windows = 0
    while done < events:
        page = context.pages[-1]
        try:
            if len(context.pages) > windows:
                # Nobody acts in a window in the moment it opens; see the gap "window" for who does.
                page.wait_for_timeout(_NEW_WINDOW_MS)
            windows = len(context.pages)
            if chance.random() < 0.55:
                page.mouse.move(1 + done % 890, 1 + (done // 890 * 7 + chance.randrange(5)) % 590)
                page.mouse.down()
                page.mouse.up()
            else:
                page.keyboard.press(chance.choice(KEYS))
            done += 2
            if chance.random() < 0.05:
                page.wait_for_timeout(chance.randrange(40))
        except Error:
            _settle(context)  # the window closed under the input


def _settle(context: BrowserContext) -> None:
    pages: list[Page] = context.pages
    pages[0].wait_for_timeout(20)


def _heard(line: str) -> str:
    kind, _, what = line.partition(" ")
    return f"{KINDS[kind]} {what}"


def _recorded(trace: Trace) -> list[str]:
    found = []
    for act in trace.acts:
        event = act.raw.get("event") or {}
        kind = event.get("type")
        if act.type != "input" or kind not in KINDS.values():
            continue
        what = event["key"] if "key" in event else f"{round(event['x'])},{round(event['y'])}"
        found.append(f"{kind} {what}")
    return found
