"""A scripted person: moves, clicks, types and scrolls with the browser's real mouse and keyboard.

Nothing here sets a value or calls a handler; what is off screen is reached with the wheel. Targets inside
an element and the length of each pause vary with the seed, as they do with people.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from playwright.sync_api import Locator, Page

Point = tuple[float, float]

SETTLE = 0.4  # seconds after an action in which a page comes to rest


class Person:
    """Uses `page`; `pace` stretches every pause (1 is brisk)."""

    def __init__(self, page: Page, pace: float = 1.0, seed: int = 1) -> None:
        self.page = page
        self.at: Point = (40.0, 40.0)
        self._pace = pace
        self._random = random.Random(seed)

    def open(self, url: str) -> None:
        """Go to a page and take it in."""
        self.page.goto(url)
        self.pause(0.6)

    def pause(self, seconds: float = SETTLE) -> None:
        """Do nothing for about `seconds` times the pace."""
        self.page.wait_for_timeout(1000 * self._pace * seconds * self._random.uniform(1.0, 1.3))

    def click(self, target: Locator, *, times: int = 1, keys: Sequence[str] = ()) -> None:
        """Move there and click, `times` in a row, with `keys` held down."""
        self.hover(target, settle=0.05)
        for key in keys:
            self.page.keyboard.down(key)
        for count in range(1, times + 1):
            self.page.mouse.down(click_count=count)
            self.page.wait_for_timeout(self._random.uniform(30, 70))
            self.page.mouse.up(click_count=count)
            self.page.wait_for_timeout(self._random.uniform(30, 60))
        for key in keys:
            self.page.keyboard.up(key)
        self.pause()

    def click_at(self, point: Point) -> None:
        """Click a point of the viewport: for canvases, where no element stands."""
        self._glide(point)
        self.page.mouse.down()
        self.page.wait_for_timeout(50)
        self.page.mouse.up()
        self.pause()

    def hover(self, target: Locator, *, settle: float = SETTLE) -> None:
        """Move the pointer onto an element, scrolling to it first where needed."""
        self._glide(self._inside(target))
        self.pause(settle)

    def type(self, text: str) -> None:
        """Type into what has the focus, key by key."""
        for character in text:
            self.page.keyboard.press("Enter" if character == "\n" else character)
            self.page.wait_for_timeout(self._random.uniform(25, 70))
        self.pause()

    def fill(self, field: Locator, text: str) -> None:
        """Click a field, select what it holds, type over it."""
        self.click(field)
        if field.input_value():
            self.press("Control+a")
        self.type(text)

    def press(self, key: str, *, times: int = 1) -> None:
        """Press a key or a chord such as `Control+b`."""
        for _ in range(times):
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(self._random.uniform(40, 80))
        self.pause()

    def drag(self, source: Locator, target: Locator, *, where: Point = (0.5, 0.5)) -> None:
        """Drag one element onto another; `where` is the share of the target's width and height."""
        start = self._inside(source)
        box = _box(target)
        end = box["x"] + where[0] * box["width"], box["y"] + where[1] * box["height"]
        self.draw([start, end])

    def draw(self, points: Sequence[Point], *, steps: int = 12) -> None:
        """Press at the first point, move through the others, let go at the last."""
        self._glide(points[0])
        self.page.mouse.down()
        self.page.wait_for_timeout(120)
        for point in points[1:]:
            self._glide(point, steps=steps)
        self.page.wait_for_timeout(120)
        self.page.mouse.up()
        self.pause()

    def wheel(self, down: float, right: float = 0.0) -> None:
        """Turn the wheel under the pointer, in CSS pixels."""
        self.page.mouse.wheel(right, down)
        self.pause(0.25)

    def reach(self, target: Locator) -> None:
        """Turn the wheel until `target` is on screen, clear of the edges."""
        target.wait_for(state="visible")
        view = self.page.viewport_size
        if view is None:
            return
        for _ in range(12):
            box = _box(target)
            middle = box["y"] + min(box["height"], view["height"]) / 2
            if 40 <= middle <= view["height"] - 40:
                return
            self.wheel(max(-600.0, min(600.0, middle - view["height"] / 2)))

    def _inside(self, target: Locator) -> Point:
        self.reach(target)
        box = _box(target)
        share = [self._random.uniform(0.4, 0.6) for _ in range(2)]
        return box["x"] + share[0] * box["width"], box["y"] + share[1] * box["height"]

    def _glide(self, point: Point, *, steps: int = 0) -> None:
        start, count = self.at, steps or self._random.randint(4, 8)
        for step in range(1, count + 1):
            share = step / count
            self.page.mouse.move(
                round(start[0] + (point[0] - start[0]) * share, 1),
                round(start[1] + (point[1] - start[1]) * share, 1),
            )
            self.page.wait_for_timeout(self._random.uniform(6, 14))
        self.at = point


def _box(target: Locator) -> dict[str, float]:
    box = target.bounding_box()
    if box is None:
        raise AssertionError(f"{target} is not on the page")
    return dict(box)
