"""Drawing and dragging: a WebGL scene, Excalidraw, a process modeller in SVG, sortable lists."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page
from tests.applications.application import Application
from tests.applications.npm_page import PAGES, around
from tests.applications.packages import bundle, node_modules
from tests.applications.person import Person
from tests.applications.static_server import StaticServer


def use_three(page: Page, url: str, pace: float) -> None:
    """Turn the scene, zoom with the wheel, point at a box, turn it again."""
    person = Person(page, pace, seed=71)
    person.open(url)
    page.locator("canvas").wait_for()
    person.draw([(320, 200), (420, 240), (460, 180)])
    person.wheel(240)
    person.pause()
    person.click(page.locator("canvas"), clicks=2)
    person.draw([(200, 260), (140, 160)])
    person.pause(0.8)


def use_sortable(page: Page, url: str, pace: float) -> None:
    """Reorder a list, move a card to another list and back, reorder by native drag and drop."""
    person = Person(page, pace, seed=72)
    person.open(url)
    todo, doing, native = (page.locator(f"#{name} li") for name in ("todo", "doing", "native"))
    person.drop(todo.filter(has_text="Write"), todo.filter(has_text="Test"), at=(0.5, 0.8))
    person.drop(todo.filter(has_text="Ship"), doing.first, at=(0.5, 0.8))
    doing.filter(has_text="Ship").wait_for()
    person.drop(doing.filter(has_text="Measure"), todo.first, at=(0.5, 0.2))
    todo.filter(has_text="Measure").wait_for()
    person.drop(native.nth(0), native.nth(2), at=(0.5, 0.8))
    page.get_by_text("One: 0 to 2").wait_for()
    person.pause()


def use_bpmn(page: Page, url: str, pace: float) -> None:
    """Append a task, name it, append a gateway and an end, move a shape, undo."""
    person = Person(page, pace, seed=73)
    person.open(url)
    start = page.locator(".djs-element[data-element-id^=StartEvent]")
    person.click(start)
    person.click(page.locator(".djs-context-pad .entry[data-action='append.append-task']"))
    task = page.locator(".djs-shape[data-element-id^=Activity]").first
    person.click(task, clicks=2)
    person.type("Check the order")
    person.click_at((900, 560))
    person.click(task)
    person.click(page.locator(".djs-context-pad .entry[data-action='append.gateway']"))
    person.click(page.locator(".djs-context-pad .entry[data-action='append.end-event']"))
    box = task.bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    person.draw([middle, (middle[0], middle[1] + 100)])
    person.press("Control+z")
    person.pause()


def use_excalidraw(page: Page, url: str, pace: float) -> None:
    """Draw a box, an ellipse, an arrow and a free line, write a word, move a shape, undo, zoom."""
    person = Person(page, pace, seed=74)
    person.open(url)
    page.get_by_test_id("toolbar-rectangle").wait_for(state="attached", timeout=30_000)
    person.pause(1.0)

    def tool(name: str) -> None:
        person.click(page.locator(f"label:has([data-testid=toolbar-{name}])"))

    tool("rectangle")
    person.draw([(380, 240), (560, 340)])
    tool("ellipse")
    person.draw([(700, 240), (860, 340)])
    tool("arrow")
    person.draw([(566, 290), (690, 290)])
    tool("freedraw")
    person.draw([(420, 480), (480, 440), (540, 500), (620, 450), (700, 510)])
    tool("text")
    person.click_at((760, 460))
    person.type("orders")
    person.press("Escape")
    tool("selection")
    person.draw([(381, 290), (341, 330)])
    person.press("Control+z")
    person.click(page.get_by_role("button", name="Zoom in"))
    person.pause()


def _start_excalidraw() -> StaticServer:
    folders: dict[str, Path] = {
        "/app/": bundle(PAGES / "excalidraw.jsx"),
        "/packages/": node_modules(everything=True),
        "/": PAGES,
    }
    return StaticServer(folders, start="/excalidraw.html")


APPLICATIONS = [
    around("three", title="three.js", session=use_three, live="WebGL on every frame, random colours"),
    around("sortable", title="SortableJS", session=use_sortable),
    around("bpmn", title="bpmn-js modeller", session=use_bpmn),
    Application(name="excalidraw", title="Excalidraw", start=_start_excalidraw, session=use_excalidraw),
]
