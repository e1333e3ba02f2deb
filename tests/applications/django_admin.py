"""Django's admin, as an administrator uses it; every page comes from the server, with forms and redirects."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page
from tests.applications.application import Application
from tests.applications.person import Person

SITE = Path(__file__).parent / "django_site" / "serve.py"
USER, PASSWORD = "amelia", "four-Sails-at-dawn"
NEW_USER, NEW_PASSWORD = "harriet", "across-The-channel-1912"


@dataclass(slots=True)
class Process:
    """A server in a process of its own."""

    url: str
    process: subprocess.Popen[str]

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        self.process.terminate()
        self.process.wait(10)


@contextmanager
def start() -> Iterator[Process]:
    """The site on a database file of its own; the file goes with the server."""
    with tempfile.TemporaryDirectory(prefix="reenact-django-") as folder:
        log = Path(folder) / "server.log"
        with log.open("w") as errors:
            command = [sys.executable, str(SITE), str(Path(folder) / "site.sqlite3")]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        with process:
            assert process.stdout
            url = process.stdout.readline().strip()
            if not url:
                raise RuntimeError(f"the Django site did not start:\n{log.read_text()}")
            running = Process(url, process)
            try:
                yield running
            finally:
                running.stop()


def session(page: Page, url: str, pace: float) -> None:
    """Sign in, add a user, grant two permissions, edit, look the user up, delete with confirmation."""
    person = Person(page, pace, seed=11)
    person.open(url)
    _sign_in(person)
    _add_user(person)
    _grant_permissions(person)
    _edit(person)
    _delete(person)


def _sign_in(person: Person) -> None:
    page = person.page
    person.click(page.get_by_label("Username:"))
    person.type(USER)
    person.press("Tab")
    person.type(PASSWORD)
    person.click(page.get_by_role("button", name="Log in"))
    page.get_by_role("heading", name="Site administration").wait_for()


def _add_user(person: Person) -> None:
    page = person.page
    person.click(page.locator("#content-main .model-user .addlink"))
    person.fill(page.locator("#id_username"), NEW_USER)
    person.fill(page.locator("#id_password1"), NEW_PASSWORD)
    person.fill(page.locator("#id_password2"), NEW_PASSWORD)
    person.click(page.get_by_role("button", name="Save", exact=True))
    page.get_by_text("was added successfully").wait_for()


def _grant_permissions(person: Person) -> None:
    page = person.page
    person.click(page.locator("#id_user_permissions_input"))
    person.type("view")
    available = page.locator("#id_user_permissions_from")
    chosen = page.locator("#id_user_permissions_to option")
    person.click(available.locator("option", has_text="Can view log entry"))
    person.click(page.locator("#id_user_permissions_add"))
    chosen.filter(has_text="Can view log entry").wait_for()
    person.click(available.locator("option", has_text="Can view user"), clicks=2)
    chosen.filter(has_text="Can view user").wait_for()
    person.click(page.get_by_role("button", name="Save and continue editing"))
    page.get_by_text("was changed successfully").wait_for()


def _edit(person: Person) -> None:
    page = person.page
    person.fill(page.get_by_label("First name:"), "Harriet")
    person.fill(page.get_by_label("Last name:"), "Quimby")
    person.fill(page.get_by_label("Email address:"), "harriet@example.com")
    person.click(page.get_by_label("Staff status"))
    person.click(page.get_by_role("button", name="Save", exact=True))
    page.get_by_role("heading", name="Select user to change").wait_for()


def _delete(person: Person) -> None:
    page = person.page
    person.click(page.locator("#searchbar"))
    person.type("quimby")
    person.press("Enter")
    page.get_by_text("1 result").wait_for()
    person.click(page.get_by_role("link", name=NEW_USER))
    page.get_by_role("heading", name="Change user").wait_for()
    person.click(page.get_by_role("link", name="Delete"))
    person.click(page.get_by_role("button", name="Yes, I’m sure"))
    page.get_by_text("was deleted successfully").wait_for()
    person.pause(0.6)


APPLICATION = Application(
    name="django_admin",
    title="Django admin 5.2",
    start=start,
    session=session,
)
