"""Pages that move by themselves: a calendar with its now-line and clock, and two animated chart libraries."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.applications.npm_page import around
from tests.applications.person import Person


def use_calendar(page: Page, url: str, pace: float) -> None:
    """Move an event, block an hour, open an event, and page through weeks, a month, a day and the list."""
    person = Person(page, pace, seed=51)
    person.open(url)
    planning = page.locator(".fc-timegrid-event", has_text="Planning")
    today = page.locator(".fc-timegrid-col.fc-day-today")
    planning.wait_for()
    box, column = planning.bounding_box(), today.bounding_box()
    assert box
    assert column
    start = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
    person.draw([start, (start[0], start[1] + 90)])
    middle = column["x"] + column["width"] / 2
    person.draw([(middle, start[1] + 170), (middle, start[1] + 210)])
    page.locator(".fc-timegrid-event", has_text="Blocked").wait_for()
    person.click(page.locator(".fc-timegrid-event", has_text="Planning"))
    person.click(page.locator(".fc-next-button"))
    person.click(page.locator(".fc-today-button"))
    person.click(page.locator(".fc-dayGridMonth-button"))
    person.click(page.locator(".fc-timeGridDay-button"))
    person.click(page.locator(".fc-listWeek-button"))
    page.get_by_text("Planning (seen)").wait_for()
    person.pause(1.0)


def use_charts(page: Page, url: str, pace: float) -> None:
    """Watch, point at bars, hide a series in each chart, shuffle, stop and go on."""
    person = Person(page, pace, seed=52)
    person.open(url)
    person.pause(1.0)
    person.hover(page.locator("#bars canvas"))
    person.hover(page.locator("#line"))
    line, bars = page.locator("#line").bounding_box(), page.locator("#bars").bounding_box()
    assert line
    assert bars
    person.click_at((line["x"] + line["width"] * 0.6, line["y"] + 16))
    person.click_at((bars["x"] + bars["width"] * 0.45, bars["y"] + 14))
    person.click(page.locator("#shuffle"))
    person.click(page.locator("#pause"))
    person.click(page.locator("#shuffle"))
    person.click(page.locator("#pause"))
    person.pause(1.0)


APPLICATIONS = [
    around("calendar", title="FullCalendar 6", session=use_calendar, live="a clock, the now-line"),
    around(
        "charts",
        title="Chart.js and ECharts",
        session=use_charts,
        live="canvas animations, a chart that gets a random point every 300 ms",
    ),
]
