"""Component libraries: Ionic's web components, Vuetify on Vue 3."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.applications.npm_page import around
from tests.applications.person import Person


def use_ionic(page: Page, url: str, pace: float) -> None:
    """A toast, a modal, a toggle, a field, an accordion, a list in a popover, a segment."""
    person = Person(page, pace, seed=141)
    person.open(url)
    page.locator("ion-button.hydrated").first.wait_for()
    person.pause(1.0)
    person.click(page.locator("#a"))
    person.pause(0.8)
    person.click(page.locator("#b"))
    person.pause(1.0)
    person.click(page.locator("#x"))
    person.pause(1.0)
    person.click(page.locator("ion-toggle"))
    person.click(page.locator("#i"))
    person.type("Ada")
    person.click(page.get_by_text("More"))
    person.pause(0.6)
    person.click(page.locator("#s"))
    person.pause(0.8)
    person.click(page.get_by_role("radio", name="Pear").first)
    person.pause(0.8)
    person.click(page.get_by_text("Y", exact=True))
    person.pause(2.0)


def use_vuetify(page: Page, url: str, pace: float) -> None:
    """A dialog, a field, a list, boxes, a page of a table, a panel, a snack bar."""
    person = Person(page, pace, seed=142)
    person.open(url)
    person.pause(0.6)
    person.click(page.get_by_role("button", name="Dialog"))
    person.pause(0.8)
    person.click(page.get_by_role("button", name="Shut"))
    person.pause(0.8)
    person.click(page.locator(".v-text-field input").first)
    person.type("Ada")
    person.click(page.locator(".v-select .v-field").first)
    person.pause(0.8)
    person.click(page.get_by_role("option", name="b"))
    person.click(page.locator(".v-switch input"))
    person.click(page.locator(".v-checkbox input").first)
    person.wheel(500)
    person.pause(0.6)
    person.click(page.get_by_label("Next page"))
    person.click(page.locator(".v-expansion-panel-title"))
    person.pause(0.8)
    person.wheel(-800)
    person.click(page.get_by_role("button", name="Snack"))
    person.pause(1.0)


APPLICATIONS = [
    around("ionic", title="Ionic 8", session=use_ionic, live="a toast that leaves by itself"),
    around("vuetify", title="Vuetify on Vue 3", session=use_vuetify),
]
