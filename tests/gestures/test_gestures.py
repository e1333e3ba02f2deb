"""Each gesture once with real input: what stands in the trace, and that the replay does the same, exactly once."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from fixtures.pages.site import Site, document
from playwright.sync_api import sync_playwright
from tests.gestures.scenario import rest
from tests.gestures.table import IN_FIREFOX, PATH, scenarios, table

import reenact
from reenact.browser.firefox import INSTALL_HINT, NOT_RECORDED, firefox_candidates
from reenact.errors import CouldNotRun
from reenact.replay.player import Player

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def driver():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(driver):
    started = reenact.launch(driver)
    yield started
    started.close()


@pytest.fixture(scope="module")
def firefox(driver):
    started = reenact.launch(driver, "firefox")
    yield started
    started.close()


@pytest.fixture(scope="module")
def player():
    with Player() as player:
        yield player


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.name.replace(" ", "_"))
def test_gesture(scenario, chromium, player, tmp_path):
    assert not carry_out(scenario, chromium, player, tmp_path)


@pytest.mark.skipif(
    all(found.problem is not None for found in firefox_candidates()),
    reason=f"no Firefox here: {INSTALL_HINT}",
)
@pytest.mark.parametrize(
    "scenario",
    [scenario for scenario in scenarios() if scenario.name in IN_FIREFOX],
    ids=lambda scenario: scenario.name.replace(" ", "_"),
)
def test_gesture_in_firefox(scenario, firefox, player, tmp_path):
    assert carry_out(scenario, firefox, player, tmp_path) == set(NOT_RECORDED)


def carry_out(scenario, browser, player, tmp_path):
    """Record a gesture, replay it, judge both; return the kinds of gaps that the trace declares."""
    path = tmp_path / "session.reenact"
    with Site({"/": document(scenario.name, scenario.html), **scenario.pages}) as site:
        context = browser.new_context(viewport={"width": 900, "height": 600}, **scenario.context)
        with reenact.record(context, path):
            page = context.new_page()
            page.goto(site.url + "/")
            rest(page)
            scenario.act(page)
            rest(page, 600)
            shown = page.evaluate("document.body.innerText")
        context.close()
    assert scenario.shown in shown, "the gesture had no effect when it was recorded"

    trace = reenact.load(path)
    titles = [step.title for step in trace.steps][1:]
    assert len(titles) == len(scenario.steps), titles
    for title, wanted in zip(titles, scenario.steps, strict=True):
        assert re.fullmatch(re.escape(wanted).replace("…", ".+"), title), titles
    result = player.replay(path)
    changed = [
        (step.title, step.changed_pixels, step.cause) for step in result.steps if step.verdict != "identical"
    ]
    assert result.verdict == "reproduced", (result.first_divergence, changed)
    assert not result.misses
    last = [checkpoint for step in result.steps for checkpoint in step.checkpoints if checkpoint.recorded]
    assert last, "nothing was compared"
    return {gap.kind for gap in trace.gaps}


def test_the_table_in_the_documentation_is_of_these_tests():
    assert PATH.read_text(encoding="utf-8") == table(), "run `python -m tests.gestures.table`"


def test_other_browsers_are_refused_in_one_line_and_leave_nothing_behind(tmp_path):
    # Whether or not one is installed: the refusal looks at nothing but the kind of browser.
    context = SimpleNamespace(browser=SimpleNamespace(browser_type=SimpleNamespace(name="webkit")))
    with (
        pytest.raises(CouldNotRun, match="recording needs Chromium or Firefox, this is webkit"),
        reenact.record(context, tmp_path / "session.reenact"),
    ):
        pass
    assert list(tmp_path.iterdir()) == []
