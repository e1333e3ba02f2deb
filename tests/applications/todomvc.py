"""TodoMVC as its authors published it: the same application in several frameworks."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page
from tests.applications.application import Application
from tests.applications.packages import node_modules
from tests.applications.person import Person
from tests.applications.static_server import StaticServer


def session(page: Page, url: str, pace: float) -> None:
    """Add four items, tick two, edit one, filter, clear the ticked ones, delete one."""
    person = Person(page, pace, seed=21)
    person.open(url)
    items = page.locator("#todo-list li")
    person.click(page.locator("#new-todo"))
    for text in ("Buy milk", "Call the bank", "Water the plants", "Read a book"):
        person.type(text)
        person.press("Enter")
    items.nth(3).wait_for()
    person.click(items.nth(0).locator(".toggle"))
    person.click(items.nth(2).locator(".toggle"))
    person.click(items.nth(1).locator("label"), clicks=2)
    person.press("End")
    person.type(" about the card")
    person.press("Enter")
    page.get_by_text("Call the bank about the card").wait_for()
    person.click(page.get_by_role("link", name="Active"))
    person.click(page.get_by_role("link", name="Completed"))
    person.click(page.get_by_role("link", name="All"))
    person.click(page.locator("#clear-completed"))
    person.hover(items.nth(0))
    person.click(items.nth(0).locator(".destroy"))
    page.get_by_text("1 item left").wait_for()
    person.pause()


def _start(framework: str) -> Callable[[], StaticServer]:
    def start() -> StaticServer:
        return StaticServer({"/": node_modules() / "todomvc"}, start=f"/examples/{framework}/")

    return start


APPLICATIONS = [
    Application(name=f"todomvc_{framework}", title=title, start=_start(framework), session=session)
    for framework, title in [
        ("react", "TodoMVC, React"),
        ("vue", "TodoMVC, Vue"),
        ("backbone", "TodoMVC, Backbone"),
        ("angularjs", "TodoMVC, AngularJS"),
    ]
]
