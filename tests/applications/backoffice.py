"""The bundled back office, beside the applications that we did not write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fixtures.backoffice import Backoffice
from fixtures.backoffice.story import story
from playwright.sync_api import Page
from tests.applications.application import Application


class Office(Backoffice):
    """The back office with the words that every server here has."""

    stop = Backoffice.close


@contextmanager
def start() -> Iterator[Office]:
    """A fresh database each time."""
    with Office() as office:
        yield office


def session(page: Page, url: str, pace: float) -> None:
    """The whole story, as the demo tells it."""
    story(page, url, pace=pace)


APPLICATION = Application(
    name="backoffice",
    title="Ledgerline back office",
    start=start,
    session=session,
    live="the time, a canvas chart, an animation, polling",
)
