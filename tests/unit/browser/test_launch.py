from __future__ import annotations

import re
from pathlib import Path

import playwright
import pytest
from playwright.sync_api import sync_playwright

from reenact.browser import launch as module
from reenact.browser.environment import context_options, differences, environment
from reenact.browser.launch import (
    DISABLED_FEATURES,
    FIDELITY_FLAGS,
    HERMETIC_FLAGS,
    PLAYWRIGHT_DISABLED_FEATURES,
    flags_of,
    is_headless,
    launch,
    launch_args,
    launch_error,
    merge_flags,
)
from reenact.errors import BrowserNotFound, CouldNotRun, UsageError


@pytest.fixture(scope="module")
def started():
    with sync_playwright() as started:
        yield started


def test_feature_lists_are_joined_and_other_flags_stand_once():
    merged = merge_flags(
        ["--disable-features=A,B", "--x=1", "--hide-scrollbars"], ["--disable-features=B,C", "--x=2"]
    )
    assert merged == ["--disable-features=A,B,C", "--x=2", "--hide-scrollbars"]


def test_our_feature_list_holds_playwrights_own():
    """A newer Playwright that switches more off must be noticed: our list replaces its list."""
    bundle = Path(playwright.__file__).parent / "driver/package/lib/coreBundle.js"
    listing = re.search(
        r"disabledFeatures = \[(.*?)\]\.filter", bundle.read_text(encoding="utf-8"), re.DOTALL
    )
    assert listing, "Playwright keeps its switches elsewhere now: adapt this test and the list"
    theirs = set(re.findall(r'^\s+"(\w+)"', listing.group(1), re.MULTILINE))
    assert theirs == set(PLAYWRIGHT_DISABLED_FEATURES)


@pytest.mark.parametrize("flags", [None, FIDELITY_FLAGS, ("--disable-features=X",)])
def test_there_is_one_feature_list(flags):
    args = launch_args(flags, ["--disable-features=Mine"])
    lists = [flag for flag in args if flag.startswith("--disable-features")]
    assert len(lists) == 1
    assert {"Mine", *PLAYWRIGHT_DISABLED_FEATURES} <= set(lists[0].split("=")[1].split(","))


@pytest.mark.browser
def test_a_launched_browser_has_every_flag(started):
    browser = launch(started, args=["--disable-features=Mine"])
    try:
        command = module._command_line(browser)
        assert flags_of(browser) == tuple(sorted(FIDELITY_FLAGS))
        assert is_headless(browser) is True
        last = [flag for flag in command if flag.startswith("--disable-features=")][-1]
        features = set(last.split("=")[1].split(","))
        assert features == {"Mine", *DISABLED_FEATURES, *PLAYWRIGHT_DISABLED_FEATURES}
        page = browser.new_page()
        renderer = "document.createElement('canvas').getContext('webgl') !== null"
        assert page.evaluate(renderer), "WebGL must work without the GPU"
    finally:
        browser.close()


@pytest.mark.browser
def test_hermetic_flags_leave_no_name_to_resolve(started):
    browser = launch(started, args=HERMETIC_FLAGS)
    try:
        page = browser.new_page()
        for address in ("http://localhost:9999/", "https://example.com/", "http://10.0.0.1/"):
            with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
                page.goto(address)
        with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
            page.goto("http://127.0.0.1:9999/")
    finally:
        browser.close()


@pytest.mark.browser
def test_the_environment_of_a_real_page(started):
    browser = launch(started)
    try:
        context = browser.new_context(
            viewport={"width": 900, "height": 500},
            locale="de-DE",
            timezone_id="Asia/Tokyo",
            color_scheme="dark",
            device_scale_factor=2,
        )
        recorded = environment(context.new_page())
        replayed = environment(browser.new_context(**context_options(recorded)).new_page())
        default = environment(browser.new_context().new_page())
    finally:
        browser.close()

    assert recorded["viewport"] == {"width": 900, "height": 500}
    assert (recorded["locale"], recorded["timezone"]) == ("de-DE", "Asia/Tokyo")
    assert (recorded["color_scheme"], recorded["device_scale_factor"]) == ("dark", 2)
    assert re.fullmatch(r"[0-9a-f]{64}", recorded["fonts"])
    assert recorded["browser"]["headless"] is True
    assert recorded["flags"] == sorted(FIDELITY_FLAGS)
    assert recorded == replayed
    assert differences(recorded, replayed) == []
    assert {line.split(":")[0] for line in differences(recorded, default)} >= {
        "viewport",
        "device scale factor",
        "time zone",
        "colour scheme",
    }


@pytest.mark.browser
def test_a_browser_launched_by_somebody_else_tells_its_flags(started):
    from reenact.browser.find import find_browser

    browser = started.chromium.launch(executable_path=find_browser(started).path)
    try:
        assert "--font-render-hinting=none" not in flags_of(browser)
        assert not any(flag.startswith("--disable-features") for flag in flags_of(browser))
        assert "--hide-scrollbars" in flags_of(browser)
    finally:
        browser.close()


@pytest.mark.browser
def test_a_window_without_a_display(started, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(CouldNotRun, match=r"no display.*--headless.*xvfb-run"):
        launch(started, headless=False)


@pytest.mark.browser
def test_a_display_that_does_not_answer(started, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":9876")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(CouldNotRun, match=r"no display"):
        launch(started, headless=False)


@pytest.mark.browser
def test_a_browser_that_is_not_one(started, monkeypatch, tmp_path):
    impostor = tmp_path / "impostor"
    impostor.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Chromium 1.2.3 || exit 3\n')
    impostor.chmod(0o755)
    monkeypatch.setenv("REENACT_BROWSER", str(impostor))
    with pytest.raises(CouldNotRun) as caught:
        launch(started)
    assert "\n" not in str(caught.value)
    assert "does not start" in str(caught.value)


def test_an_unknown_browser(started):
    with pytest.raises(UsageError, match="netscape"):
        launch(started, "netscape")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("BrowserType.launch: Executable doesn't exist at /x", BrowserNotFound, "doctor --install"),
        ("Missing X server or $DISPLAY", CouldNotRun, "xvfb-run"),
        ("x: error while loading shared libraries: libgbm.so.1: cannot open", CouldNotRun, "libgbm.so.1"),
        ("╔═══╗\n║ Host system is missing dependencies to run browsers. ║", CouldNotRun, "install-deps"),
        ("", CouldNotRun, "no reason"),
    ],
)
def test_playwrights_words_become_one_line(text, kind, words):
    error = launch_error(text)
    assert type(error) is kind
    assert words in str(error)
    assert "\n" not in str(error)
