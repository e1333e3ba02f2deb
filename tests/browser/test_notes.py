"""Notes that a person takes while recording, and the window in which they do."""

from __future__ import annotations

import pytest

from reenact.cli.indicator import indicator
from reenact.errors import CouldNotRun, UsageError

pytestmark = pytest.mark.browser

PAGE = "data:text/html,<title>Till</title><button>Pay</button>"


def test_a_note_is_a_step_of_its_own_and_a_replay_passes_over_it(session):
    with session.record() as recording:
        with pytest.raises(CouldNotRun, match="nothing to write a note about"):
            recording.note("too early")
        page = session.context.new_page()
        page.goto(PAGE)
        page.wait_for_timeout(400)
        page.get_by_role("button").click()
        recording.note("here the total\n is wrong")
        with pytest.raises(UsageError, match="needs words"):
            recording.note("  ")
        page.get_by_role("button").click()
        page.wait_for_timeout(400)
        recording.note("and that was all")
    titles = [step.title for step in session.trace.steps]
    clicked = 'Clicked button "Pay"'
    assert titles[1:] == [clicked, "Note: here the total is wrong", clicked, "Note: and that was all"]
    session.assert_reproduced()


def test_the_small_window_shows_how_far_it_is_and_takes_notes(chromium):
    taken = []
    before = list(chromium.contexts)
    with indicator(chromium, taken.append) as window:
        [context] = [each for each in chromium.contexts if each not in before]
        [page] = context.pages
        assert page.locator(".state").inner_text().split() == ["0:00", "no", "steps", "yet"]
        window.show(61.5, 1)
        assert page.locator(".state").inner_text().split() == ["1:01", "1", "step"]
        page.get_by_label("What do you see?").fill("<b>wrong</b>")
        page.keyboard.press("Enter")
        page.get_by_text("Noted: <b>wrong</b>").wait_for()
        page.get_by_role("button", name="Add note").click()
        assert taken == ["<b>wrong</b>"]
        assert not window.is_over
        page.get_by_role("button", name="Finish recording").click()
        page.wait_for_timeout(50)
        assert window.is_over
        page.close()
        window.show(62, 2)
    assert chromium.contexts == before
