"""One browser, one player and a small web site for the tests of a file."""

from __future__ import annotations

from collections import Counter

import pytest
from fixtures.pages.site import Site
from playwright.sync_api import sync_playwright

import reenact
from reenact.replay.player import Player


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = reenact.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def player():
    with Player() as player:
        yield player


@pytest.fixture
def context(chromium):
    context = chromium.new_context(viewport={"width": 900, "height": 600})
    yield context
    context.close()


def until(page, text, seconds=20):
    """Wait for a text on a page, by looking: what waits within it would ask for frames, and be recorded."""
    for _ in range(seconds * 20):
        if text in page.inner_text("body"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{text} never came")


class Session:
    """Records in one context, stops the server, replays, and judges."""

    def __init__(self, context, path, player):
        self.context = context
        self.path = path
        self.player = player
        self.sites = []

    def site(self, pages):
        site = Site(pages)
        self.sites.append(site)
        return site

    def open(self, site, milliseconds):
        """A page of the site, left alone for a while."""
        page = self.context.new_page()
        page.goto(site.url)
        page.wait_for_timeout(milliseconds)
        return page

    def record(self, **options):
        return reenact.record(self.context, self.path, **options)

    @property
    def trace(self):
        return reenact.load(self.path)

    def replay(self):
        """Replay with every server stopped."""
        self.close()
        return self.player.replay(self.path)

    def assert_reproduced(self):
        result = self.replay()
        steps = [(step.title, step.verdict, step.changed_pixels) for step in result.steps]
        assert result.verdict == "reproduced", (result.first_divergence, result.misses, steps)
        pictures = [
            checkpoint
            for step in result.steps
            for checkpoint in step.checkpoints
            if checkpoint.recorded is not None
        ]
        assert pictures, "nothing was compared"
        assert all(checkpoint.exact_pixels == 0 for checkpoint in pictures), steps
        assert not result.misses
        assert not result.skips, [skip.text for skip in result.skips]
        return result

    def inputs(self, kind):
        """The raw inputs of a kind, in the order in which the trace has them."""
        return [act for act in self.trace.acts if act.type == "input" and act.raw["event"]["type"] == kind]

    def titles(self):
        return [step.title for step in self.trace.steps]

    def assert_whole(self):
        """Nothing lost and nothing twice: each input of each document once, in order, and the log agrees."""
        trace = self.trace
        logged = {
            document.id: [
                document.entries[at + 1]
                for at in range(0, len(document.entries), 3)
                if document.entries[at] == "A"
            ]
            for document in trace.documents
        }
        for document, ordinals in logged.items():
            acts = [act.ordinal for act in trace.acts if act.type == "input" and act.document == document]
            assert acts == sorted(acts), f"{document}: inputs out of order"
            assert not [n for n, count in Counter(acts).items() if count > 1], f"{document}: an input twice"
            assert set(acts) <= set(ordinals), f"{document}: an input that the timeline does not know"
        kinds = {gap.kind for gap in trace.gaps}
        assert "events" not in kinds, trace.gaps
        assert "channel" not in kinds, trace.gaps
        assert "recorder" not in kinds, trace.gaps

    def close(self):
        for site in self.sites:
            site.close()
        self.sites.clear()


@pytest.fixture
def session(context, tmp_path, player):
    session = Session(context, tmp_path / "session.reenact", player)
    yield session
    session.close()
