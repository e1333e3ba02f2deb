from __future__ import annotations

import copy

import pytest

from reenact.browser import fonts
from reenact.browser.environment import context_options, differences

RECORDED = {
    "browser": {"name": "chromium", "version": "156.0.1.2", "headless": False},
    "os": "Linux 6.1 x86_64",
    "viewport": {"width": 1280, "height": 720},
    "device_scale_factor": 1,
    "locale": "en-US",
    "timezone": "UTC",
    "color_scheme": "light",
    "user_agent": "Mozilla/5.0 Chrome",
    "fonts": "a" * 64,
    "flags": ["--disable-gpu"],
}


def changed(**changes):
    return copy.deepcopy(RECORDED) | changes


@pytest.mark.parametrize(
    "replayed",
    [
        RECORDED,
        changed(browser={"name": "chromium", "version": "156.0.9.9", "headless": True}),
        changed(os="Linux 6.8 x86_64", user_agent="other", device_scale_factor=1.0),
        {},
        {"browser": None, "viewport": "odd", "flags": None},
    ],
)
def test_what_does_not_matter(replayed):
    assert differences(RECORDED, replayed) == []


@pytest.mark.parametrize(
    ("replayed", "words"),
    [
        (changed(browser={"name": "firefox", "version": "130"}), "browser: recorded with chromium"),
        (changed(browser={"name": "chromium", "version": "157.0"}), "recorded with 156, replayed with 157"),
        (changed(os="Darwin 23 arm64"), "operating system"),
        (changed(viewport={"width": 800, "height": 600}), "recorded with 1280x720, replayed with 800x600"),
        (changed(device_scale_factor=2), "device scale factor"),
        (changed(fonts="b" * 64), "other fonts"),
        (changed(flags=[]), "without --disable-gpu"),
        (changed(timezone="Asia/Tokyo"), "time zone"),
    ],
)
def test_what_makes_pictures_incomparable(replayed, words):
    found = differences(RECORDED, replayed)
    assert len(found) == 1
    assert words in found[0]


def test_context_options_are_playwrights_names():
    assert context_options(RECORDED) == {
        "viewport": {"width": 1280, "height": 720},
        "device_scale_factor": 1,
        "locale": "en-US",
        "timezone_id": "UTC",
        "color_scheme": "light",
        "user_agent": "Mozilla/5.0 Chrome",
    }
    assert context_options({}) == {}


def test_the_font_digest_is_stable_and_counts_fonts(monkeypatch):
    first = fonts.fonts_digest()
    fonts.fonts_digest.cache_clear()
    fonts._installed.cache_clear()
    assert fonts.fonts_digest() == first
    assert fonts.font_count() > 0


def test_without_fontconfig_the_folders_are_listed(monkeypatch, tmp_path):
    (tmp_path / "A.ttf").write_bytes(b"12345")
    (tmp_path / "readme.txt").write_bytes(b"no font")
    monkeypatch.setattr(fonts.shutil, "which", lambda name: None)
    monkeypatch.setattr(fonts, "_font_folders", lambda: [tmp_path])
    assert fonts._installed.__wrapped__() == ("A.ttf\t5",)
    assert fonts.covers(language="zh") is None
