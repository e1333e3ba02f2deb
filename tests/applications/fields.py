"""Fields of many kinds: code and text editors, a terminal, web components, pickers."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.applications.npm_page import around
from tests.applications.person import Person


def use_codemirror(page: Page, url: str, pace: float) -> None:
    """Write a line, take it back, select a word."""
    person = Person(page, pace, seed=101)
    person.open(url)
    person.click(page.locator(".CodeMirror-line").first)
    person.press("End")
    person.press("Enter")
    person.type("let c = a + b")
    person.press("Control+z")
    person.click(page.locator(".CodeMirror-line").nth(1), clicks=2)


def use_ace(page: Page, url: str, pace: float) -> None:
    """Write with a mistake, which a worker finds, take it back, search."""
    person = Person(page, pace, seed=102)
    person.open(url)
    person.click_at((300, 48))
    person.press("End")
    person.press("Enter")
    person.type("if (a) { b(")
    person.pause(0.8)
    person.press("Control+z")
    person.press("Control+f")
    person.pause(0.6)
    person.type("foo")
    person.press("Escape")


def use_ckeditor(page: Page, url: str, pace: float) -> None:
    """Write, make it bold, make it a heading, insert a table."""
    person = Person(page, pace, seed=103)
    person.open(url)
    person.click(page.locator(".ck-content"))
    person.press("End")
    person.type(" and more")
    person.press("Control+a")
    person.press("Control+b")
    person.click(page.get_by_role("button", name="Heading").first)
    person.click(page.get_by_text("Heading 1").last)
    person.click(page.get_by_role("button", name="Insert table").first)
    person.click(page.locator(".ck-insert-table-dropdown-grid-box").nth(12))


def use_easymde(page: Page, url: str, pace: float) -> None:
    """Write, write in bold, look at the preview."""
    person = Person(page, pace, seed=104)
    person.open(url)
    person.click(page.locator(".CodeMirror-line").first)
    person.press("End")
    person.type(" there ")
    person.press("Control+b")
    person.type("bold")
    person.press("Control+p")


def use_xterm(page: Page, url: str, pace: float) -> None:
    """Type, take a letter back, select, type again."""
    person = Person(page, pace, seed=105)
    person.open(url)
    person.click(page.locator("#terminal"))
    person.type("ls -la")
    person.press("Backspace")
    person.press("Enter")
    person.draw([(40, 40), (200, 40)])
    person.type("echo")
    person.pause(0.6)


def use_shoelace(page: Page, url: str, pace: float) -> None:
    """Write, choose, open a dialog and throw its switch, close it, open the details."""
    person = Person(page, pace, seed=106)
    person.open(url)
    person.click(page.get_by_label("Name").first)
    person.type("Ada")
    person.click(page.locator("sl-select"))
    person.click(page.locator("sl-option").nth(1))
    person.click(page.locator("#open"))
    person.click(page.locator("sl-switch"))
    person.press("Escape")
    person.pause(0.6)
    person.click(page.locator("sl-details"))


def use_pickers(page: Page, url: str, pace: float) -> None:
    """Pick a day, turn to the next month, choose from a list by typing."""
    person = Person(page, pace, seed=107)
    person.open(url)
    person.click(page.locator("#date"))
    person.click(page.locator(".flatpickr-day:not(.prevMonthDay)").nth(10))
    person.click(page.locator(".flatpickr-next-month"))
    person.press("Escape")
    person.click(page.locator(".select2-selection"))
    person.type("Bl")
    person.press("Enter")


APPLICATIONS = [
    around("codemirror", title="CodeMirror 5", session=use_codemirror),
    around("ace", title="Ace", session=use_ace, live="a worker that checks"),
    around("ckeditor", title="CKEditor 5", session=use_ckeditor),
    around("easymde", title="EasyMDE", session=use_easymde),
    around("xterm", title="xterm.js", session=use_xterm, live="a cursor of its own"),
    around("shoelace", title="Shoelace (web components)", session=use_shoelace),
    around("pickers", title="flatpickr and Select2", session=use_pickers),
]
