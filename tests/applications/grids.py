"""Tables that scroll, sort and are edited (AG Grid, Tabulator, Handsontable), and a dashboard that is rearranged."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.applications.npm_page import around
from tests.applications.person import Person


def use_ag_grid(page: Page, url: str, pace: float) -> None:
    """Sort, scroll, edit a cell, widen a column."""
    person = Person(page, pace, seed=81)
    person.open(url)
    person.click(page.get_by_text("Price"))
    page.mouse.move(300, 250)
    person.wheel(400)
    person.click(page.locator("[col-id=price].ag-cell").nth(3), clicks=2)
    person.type("42")
    person.press("Enter")
    header = page.locator("[col-id=id].ag-header-cell").bounding_box()
    assert header
    person.draw([(header["x"] + header["width"] - 1, 40), (header["x"] + 320, 40)])


def use_tabulator(page: Page, url: str, pace: float) -> None:
    """Sort, edit a cell, scroll, tick a box."""
    person = Person(page, pace, seed=82)
    person.open(url)
    person.click(page.locator(".tabulator-col-title", has_text="Name"))
    person.click(page.locator(".tabulator-cell[tabulator-field=name]").nth(2))
    person.type("xyz")
    person.press("Enter")
    person.wheel(500)
    person.click(page.locator(".tabulator-cell[tabulator-field=done]").nth(8))


def use_handsontable(page: Page, url: str, pace: float) -> None:
    """Edit a cell, scroll, tick a box, insert a row from the context menu."""
    person = Person(page, pace, seed=83)
    person.open(url)
    person.click(page.get_by_text("Name 2").first, clicks=2)
    person.type("xx")
    person.press("Enter")
    person.wheel(500)
    person.click(page.locator("td input[type=checkbox]").nth(3))
    person.hover(page.locator("#sheet td").nth(20))
    page.mouse.click(120, 200, button="right")
    person.pause()
    person.click(page.get_by_text("Insert row above").first)


def use_gridstack(page: Page, url: str, pace: float) -> None:
    """Move a tile below the others."""
    person = Person(page, pace, seed=84)
    person.open(url)
    first, third = page.locator(".grid-stack-item").first, page.locator(".grid-stack-item").nth(2)
    person.drop(first, third, at=(0.5, 1.4))
    person.pause(0.8)


APPLICATIONS = [
    around("ag_grid", title="AG Grid", session=use_ag_grid),
    around("tabulator", title="Tabulator", session=use_tabulator),
    around("handsontable", title="Handsontable", session=use_handsontable),
    around("gridstack", title="Gridstack", session=use_gridstack),
]
