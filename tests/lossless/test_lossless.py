"""The short form of `python -m tests.lossless`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import sync_playwright
from tests.lossless.events import compare
from tests.lossless.kills import kill

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_event_that_a_page_heard_is_recorded_once_and_in_order(tmp_path):
    def work():
        with sync_playwright() as playwright:
            return compare(playwright, tmp_path / "events.reenact", events=500, seed=3)

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(work).result()
    assert len(found.heard) > 300
    assert found.documents > 30
    assert found.is_in_order, (found.first_difference(), found.lost, found.too_many)


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path, seed):
    done = kill(tmp_path, seed=seed)
    assert done.problem is None
    assert done.recovered > 0
