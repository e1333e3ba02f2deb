from __future__ import annotations

from pathlib import Path

import pytest

from reenact.browser import find
from reenact.browser.find import candidates, find_browser, playwright_executable
from reenact.errors import BrowserNotFound


def test_playwrights_own_browser_comes_first(bare_machine, program, monkeypatch):
    program("bin/google-chrome", "Google Chrome 120.0.1.2")
    own = playwright_executable()
    assert own is not None
    assert "no-browsers" in str(own)
    relative = own.relative_to(bare_machine.parent)
    program(str(relative), "Chromium 149.0.0.1")

    found = find_browser()

    assert (found.kind, found.path, found.version) == ("playwright", own, "149.0.0.1")
    assert "Playwright's own" in found.sentence


def test_the_systems_browsers_are_taken_in_order(bare_machine, program):
    edge = program("bin/microsoft-edge", "Microsoft Edge 121.0.1.1")
    assert find_browser().path == edge
    chromium = program("bin/chromium", "Chromium 122.0.1.1 built on Debian")
    assert find_browser().path == chromium
    chrome = program("bin/google-chrome-stable", "Google Chrome 123.0.1.1")

    found = find_browser()

    assert found.path == chrome
    assert found.sentence == f"Google Chrome 123.0.1.1, the system's: {chrome}"


def test_a_browser_that_does_not_start_is_passed_over(bare_machine, program):
    program("bin/chromium", body="echo 'please run snap install chromium' >&2; exit 10")
    edge = program("bin/microsoft-edge", "Microsoft Edge 121.0.1.1")

    listed = list(candidates())

    assert [browser.problem for browser in listed] == [
        "it does not start: please run snap install chromium",
        None,
    ]
    assert find_browser().path == edge


def test_missing_libraries_are_named(bare_machine, program):
    text = "chrome: error while loading shared libraries: libnss3.so: cannot open shared object file"
    program("bin/chromium", body=f"echo '{text}' >&2; exit 127")

    with pytest.raises(BrowserNotFound, match=r"libnss3\.so.*reenact doctor --install"):
        find_browser()


def test_no_browser_says_what_to_do(bare_machine):
    with pytest.raises(BrowserNotFound) as caught:
        find_browser()

    assert "\n" not in str(caught.value)
    assert "reenact doctor --install" in str(caught.value)
    assert caught.value.exit_code == 3


def test_the_override_goes_before_everything(bare_machine, program, monkeypatch):
    program("bin/chromium")
    mine = program("mine/my-browser", "Chromium 99.0.1.1")
    monkeypatch.setenv(find.OVERRIDE, str(mine))

    found = find_browser()

    assert (found.path, found.kind) == (mine, "override")
    assert [browser.path for browser in candidates()] == [mine]


def test_the_override_may_name_a_channel(bare_machine, program, monkeypatch):
    program("bin/google-chrome", "Google Chrome 120.0.1.2")
    edge = program("bin/microsoft-edge", "Microsoft Edge 121.0.1.1")
    monkeypatch.setenv(find.OVERRIDE, "msedge")

    assert find_browser().path == edge


@pytest.mark.parametrize("named", ["/nonexistent", "msedge", "/tmp"])
def test_an_override_that_cannot_be_used_is_never_replaced(bare_machine, program, monkeypatch, named):
    program("bin/chromium")
    monkeypatch.setenv(find.OVERRIDE, named)

    with pytest.raises(BrowserNotFound, match="REENACT_BROWSER names cannot be used"):
        find_browser()


def test_a_file_that_may_not_be_executed(bare_machine, tmp_path, monkeypatch):
    plain = tmp_path / "plain"
    plain.write_text("")
    monkeypatch.setenv(find.OVERRIDE, str(plain))

    with pytest.raises(BrowserNotFound, match="may not be executed"):
        find_browser()


def test_a_new_version_of_the_same_file_is_asked_again(bare_machine, program):
    path = program("bin/chromium", "Chromium 1.0.0.1")
    assert find_browser().version == "1.0.0.1"
    program("bin/chromium", "Chromium 2.0.0.1")
    import os

    os.utime(path, ns=(1, 1))
    assert find_browser().version == "2.0.0.1"


def test_one_program_under_two_names_is_one_browser(bare_machine, program):
    path = program("bin/chromium")
    (path.parent / "chromium-browser").symlink_to(path)

    assert len(list(candidates())) == 1


def test_a_real_browser_is_found_here():
    found = find_browser()
    assert isinstance(found.path, Path)
    assert found.version
