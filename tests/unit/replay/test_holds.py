"""Responses that wait for their turn, and what they do when they stand in the way of each other."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from reenact.replay.holds import Holds


class Browser:
    """Asks for several things at once, and notes in which order they come."""

    def __init__(self, holds: Holds) -> None:
        self.holds = holds
        self.came: list[str] = []
        self._here, self._there = socket.socketpair()

    def ask(self, name: str, *, makes_room: bool = True) -> None:
        def wait() -> None:
            if self.holds.wait(name, self._here, seconds=20, makes_room=makes_room):
                self.came.append(name)

        threading.Thread(target=wait, daemon=True).start()
        while name not in self.holds.waiting and name not in self.came:
            time.sleep(0.002)

    def has(self, *names: str) -> bool:
        end = time.monotonic() + 5
        while self.came != list(names) and time.monotonic() < end:
            time.sleep(0.005)
        return self.came == list(names)


@pytest.fixture
def browser() -> Iterator[Browser]:
    holds = Holds(hold=True)
    yield Browser(holds)
    holds.close()


def test_what_is_released_goes_now_or_when_it_is_asked_for(browser):
    browser.ask("a")
    browser.ask("b")
    browser.holds.release("b")
    assert browser.has("b")
    browser.holds.release("c")
    browser.ask("c")
    assert browser.has("b", "c")
    browser.holds.release("a")
    assert browser.has("b", "c", "a")


def test_what_is_due_gets_a_connection_when_others_hold_all_of_them(browser):
    """Chromium has six to a host: the seventh request would wait for an answer that waits for it."""
    for name in "abcdef":
        browser.ask(name)
    browser.holds.release("g")
    assert browser.has("a")
    browser.ask("g")
    assert browser.has("a", "g")
    time.sleep(0.2)
    assert browser.came == ["a", "g"], "the others go on waiting for their turn"


def test_the_end_of_a_document_makes_no_room(browser):
    browser.ask("end", makes_room=False)
    for name in "abcde":
        browser.ask(name)
    browser.holds.release("g")
    assert browser.has("a")


def test_nobody_makes_room_for_what_is_there_or_for_a_few(browser):
    for name in "abcdef":
        browser.ask(name)
    browser.holds.release("d")
    assert browser.has("d")
    browser.holds.release("g")
    time.sleep(0.7)
    assert browser.came == ["d"]


def test_nobody_makes_room_for_what_may_be_on_its_way(browser):
    for name in "abcdef":
        browser.ask(name)
    browser.holds.release("g")
    time.sleep(0.2)
    browser.ask("g")
    assert browser.has("g")
    time.sleep(0.5)
    assert browser.came == ["g"]
