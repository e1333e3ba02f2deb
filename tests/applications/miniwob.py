"""MiniWoB++: a hundred small tasks, used by a scripted person who pokes at whatever is there.

The person does not solve the tasks: it clicks, types, drags and scrolls where its seed leads it, which
reaches more odd corners than solving does. The tasks are made up by the page, at random.
"""

from __future__ import annotations

import random

from playwright.sync_api import Error, Locator, Page
from tests.applications.application import Application
from tests.applications.packages import miniwob_html
from tests.applications.person import Person
from tests.applications.static_server import StaticServer

TARGETS = (
    "button, input, textarea, select, a, label, li, td, th, h3, canvas, svg *, span[class], p, "
    "[draggable], [contenteditable], [class*=ui-], [id*=btn]"
)
WORDS = ("alpha", "42", "Mia", "14:30", "blue sky")
ACTIONS = 6


def tasks() -> list[str]:
    """The names of all tasks."""
    return sorted(page.stem for page in (miniwob_html() / "miniwob").glob("*.html"))


def application(task: str, seed: int = 1) -> Application:
    """One task as an application; `seed` leads the person, the task's own dice are the page's."""

    def start() -> StaticServer:
        return StaticServer({"/": miniwob_html()}, start=f"/miniwob/{task}.html")

    def session(page: Page, url: str, pace: float) -> None:
        _play(page, url, pace, seed)

    return Application(
        name=f"miniwob_{task}", title=f"MiniWoB++ {task}", start=start, session=session, live="a countdown"
    )


def _play(page: Page, url: str, pace: float, seed: int) -> None:
    dice = random.Random(seed)
    person = Person(page, pace, seed=seed)
    person.open(url)
    cover = page.locator("#sync-task-cover")
    person.click(cover)
    for _ in range(ACTIONS):
        if cover.is_visible():  # the episode ended: begin the next one
            person.click(cover)
        try:
            _act(person, dice)
        except (Error, TimeoutError):
            # What moved away or was covered in the meantime is not worth waiting for.
            person.pause()


def _act(person: Person, dice: random.Random) -> None:
    page = person.page
    targets = [target for target in page.locator("#area").locator(TARGETS).all() if _is_within_reach(target)]
    if not targets:
        person.click_at((dice.uniform(20, 140), dice.uniform(70, 190)))
        return
    target = dice.choice(targets)
    kind = target.get_attribute("type") or ""
    tag = target.evaluate("element => element.localName")
    if tag == "select":
        target.focus()
        person.press("ArrowDown", times=dice.randint(1, 2))
    elif tag == "textarea" or (tag == "input" and kind in ("", "text", "password", "tel")):
        person.click(target)
        person.type(dice.choice(WORDS))
    elif dice.random() < 0.2:
        x, y, width, height = person._box(target)
        middle = (x + width / 2, y + height / 2)
        away = (min(150.0, max(10.0, middle[0] + dice.uniform(-60, 60))), middle[1] + dice.uniform(-40, 40))
        person.draw([middle, away])
    elif dice.random() < 0.1:
        person.hover(target)
        person.wheel(100)
    else:
        person.click(target)


def _is_within_reach(target: Locator) -> bool:
    if not target.is_visible():
        return False
    box = target.bounding_box()
    return box is not None and box["width"] >= 4 and box["height"] >= 4 and 50 <= box["y"] <= 230
