"""Editors: rich text in an iframe (TinyMCE) and in the page (Quill), and code with workers (Monaco)."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.applications.npm_page import around
from tests.applications.person import Person


def use_tinymce(page: Page, url: str, pace: float) -> None:
    """Write, make words bold, make a list, pick a heading from the menu, undo, insert a table."""
    person = Person(page, pace, seed=61)
    person.open(url)
    body = page.frame_locator("iframe.tox-edit-area__iframe").locator("body")
    body.wait_for()
    person.click(body.locator("p").first)
    person.press("End")
    person.press("Enter")
    person.type("we are glad to tell you the news")
    person.press("Shift+Control+ArrowLeft", times=2)
    person.click(page.get_by_role("button", name="Bold"))
    person.press("End")
    person.press("Enter")
    person.click(page.get_by_role("button", name="Bullet list").first)
    person.type("first\nsecond")
    person.click(page.locator("button[data-mce-name=blocks]"))
    person.click(page.locator(".tox-collection__item[aria-label='Heading 2']"))
    person.click(page.get_by_role("button", name="Undo"))
    person.press("Control+End")
    person.press("Enter", times=2)
    person.click(page.locator("button[data-mce-name=table]"))
    person.hover(page.locator(".tox-collection__item[aria-label='Table']"))
    person.click(page.locator(".tox-insert-table-picker > div").nth(22))
    page.frame_locator("iframe.tox-edit-area__iframe").locator("table").wait_for()
    person.pause()


def use_quill(page: Page, url: str, pace: float) -> None:
    """Write, format with the toolbar and with shortcuts, pick a heading and a colour, undo."""
    person = Person(page, pace, seed=62)
    person.open(url)
    editor = page.locator(".ql-editor")
    person.click(editor.locator("p").first)
    person.press("End")
    person.press("Enter")
    person.type("We decided to ")
    person.press("Control+b")
    person.type("ship on Friday")
    person.press("Control+b")
    person.press("Enter")
    person.click(page.locator("button.ql-list[value=bullet]"))
    person.type("docs\ntests")
    person.click(editor.get_by_text("Meeting notes"), clicks=3)
    person.click(page.locator(".ql-header .ql-picker-label"))
    person.click(page.locator(".ql-header .ql-picker-item[data-value='1']"))
    person.click(page.locator(".ql-color .ql-picker-label"))
    person.click(page.locator(".ql-color .ql-picker-item[data-value='#e60000']"))
    person.press("Control+z")
    person.pause()


def use_monaco(page: Page, url: str, pace: float) -> None:
    """Write a call with completion, comment a line, find, run a command from the palette."""
    person = Person(page, pace, seed=63)
    person.open(url)
    page.locator(".view-line", has_text="function").wait_for(timeout=60_000)
    person.pause(2.0)
    person.click(page.locator(".view-line").nth(4))
    person.press("Control+End")
    person.type("console.log(tot")
    page.locator(".suggest-widget .monaco-list-row").first.wait_for(timeout=30_000)
    person.press("Enter")
    person.type("(prices));")
    person.press("Control+Home")
    person.press("ArrowDown")
    person.press("Control+/")
    person.press("Control+f")
    person.type("sum")
    person.press("Enter", times=2)
    person.press("Escape")
    person.press("F1")
    person.type("Transform to Upp")
    person.press("Escape")
    person.wheel(120)
    person.pause()


APPLICATIONS = [
    around("tinymce", title="TinyMCE 8", session=use_tinymce),
    around("quill", title="Quill 2", session=use_quill),
    around("monaco", title="Monaco editor", session=use_monaco, live="workers, a cursor of its own"),
]
