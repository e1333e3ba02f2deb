from __future__ import annotations

import pytest

from reenact.browser import firefox
from reenact.browser.doctor import _firefox
from reenact.browser.firefox import find_firefox
from reenact.errors import BrowserNotFound


@pytest.fixture
def programs(bare_machine, program, monkeypatch):
    monkeypatch.delenv(firefox.OVERRIDE, raising=False)
    monkeypatch.setattr(firefox.sys, "platform", "darwin")  # whose usual place is not on this machine
    return program


def test_one_that_is_too_old_is_passed_over(programs):
    programs("bin/firefox", "Mozilla Firefox 140.3.0esr")
    later = programs("bin/firefox-esr", "Mozilla Firefox 153.8.0esr")

    assert find_firefox().path == later
    assert "153.8.0" in next(_firefox()).detail


def test_one_that_is_too_old_is_said_to_be_so(programs):
    old = programs("bin/firefox", "Mozilla Firefox 140.3.0esr")

    with pytest.raises(BrowserNotFound, match=r"Firefox 140\.3\.0 is too old") as raised:
        find_firefox()
    assert str(firefox.OLDEST) in raised.value.hint
    [check] = _firefox()
    assert check.detail == f"{old}: Firefox 140.3.0 is too old"


def test_without_one_it_is_said_what_to_do(programs):
    with pytest.raises(BrowserNotFound, match="No Firefox was found"):
        find_firefox()
