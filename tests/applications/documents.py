"""Documents and data in the browser: a PDF, diagrams, slides, a database of WebAssembly."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.applications.npm_page import around
from tests.applications.person import Person


def use_pdf_viewer(page: Page, url: str, pace: float) -> None:
    """Turn a page, enlarge it, turn another."""
    person = Person(page, pace, seed=131)
    person.open(url)
    person.pause(1.5)
    for button in ("Next", "Zoom", "Next"):
        person.click(page.get_by_role("button", name=button))
        person.pause(0.8)


def use_mermaid(page: Page, url: str, pace: float) -> None:
    """Look at a graph, then at a sequence, and write a line of it."""
    person = Person(page, pace, seed=132)
    person.open(url)
    page.locator("#d svg").wait_for()
    person.click(page.get_by_role("button", name="Sequence"))
    person.pause(1.0)
    person.click(page.get_by_role("textbox"))
    person.press("Control+End")
    person.press("Enter")
    person.type("A->>B: bye")
    person.click(page.get_by_role("button", name="Draw"))
    person.pause(1.0)


def use_reveal(page: Page, url: str, pace: float) -> None:
    """Go through all slides, down, and to the overview."""
    person = Person(page, pace, seed=133)
    person.open(url)
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "Escape"):
        person.press(key)
        person.pause(1.0)


def use_sql(page: Page, url: str, pace: float) -> None:
    """Run one query, write another, with a random number in it."""
    person = Person(page, pace, seed=134)
    person.open(url)
    page.get_by_text("ready").wait_for()
    person.click(page.get_by_role("button", name="Run"))
    person.click(page.get_by_role("textbox"))
    person.press("Control+a")
    person.type("select count(*), random() from t")
    person.click(page.get_by_role("button", name="Run"))
    person.pause(0.6)


APPLICATIONS = [
    around("pdf_viewer", title="PDF.js 6, with its module worker", session=use_pdf_viewer),
    around("mermaid", title="Mermaid 11, of many modules", session=use_mermaid),
    around("reveal", title="reveal.js", session=use_reveal),
    around("sql", title="sql.js, SQLite as WebAssembly", session=use_sql),
]
