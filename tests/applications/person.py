"""A hand with the habits that the sessions here share: opening pages, filling fields, drawing by points."""

from __future__ import annotations

from collections.abc import Sequence

from fixtures.hand import Hand
from playwright.sync_api import Locator, Page

Point = tuple[float, float]


class Person(Hand):
    """Uses `page` with its mouse and keyboard only; `pace` stretches every pause (1 is brisk)."""

    def __init__(self, page: Page, pace: float = 1.0, seed: int = 1) -> None:
        super().__init__(page, seed=seed, pace=pace)

    def open(self, url: str) -> None:
        """Go to a page and take it in."""
        self.page.goto(url)
        self.pause(0.6)

    def pause(self, seconds: float = 0.4) -> None:
        """Do nothing for about `seconds` times the pace."""
        self.rest(1000 * seconds, 1300 * seconds)

    def fill(self, field: Locator, text: str) -> None:
        """Click a field, select what it holds, type over it."""
        self.click(field)
        if field.input_value():
            self.press("Control+a")
        self.type(text)

    def reach(self, target: Locator) -> None:
        """Scroll to `target` where needed, and point at it."""
        self.hover(target)

    def click_at(self, point: Point) -> None:
        """Click a point of the viewport: for canvases, where no element stands."""
        self._move(*point)
        self.rest(60, 160)
        self.page.mouse.down()
        self.rest(50, 90)
        self.page.mouse.up()
        self.pause()

    def point_at(self, point: Point) -> None:
        """Rest the mouse on a point of the viewport."""
        self._move(*point)
        self.pause()

    def draw(self, points: Sequence[Point]) -> None:
        """Press at the first point, move through the others, let go at the last."""
        self._move(*points[0])
        self.rest(60, 140)
        self.page.mouse.down()
        for point in points[1:]:
            self.rest(60, 140)
            self._move(*point)
        self.rest(120, 200)
        self.page.mouse.up()
        self.pause()

    def drop(self, source: Locator, target: Locator, *, at: Point) -> None:
        """Drag `source` onto `target`; `at` is where on it, as shares of its width and height."""
        x, y, width, height = self._box(source)
        left, top, wide, high = self._box(target)
        self.draw([(x + width / 2, y + height / 2), (left + at[0] * wide, top + at[1] * high)])
