"""Looks at the machine and says what is there, what is missing and what to do about it."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from reenact.browser.find import INSTALL_HINT, candidates
from reenact.browser.firefox import INSTALL_HINT as FIREFOX_HINT
from reenact.browser.firefox import NOT_RECORDED, NOT_RECORDED_WHERE_USED, firefox_candidates
from reenact.browser.fonts import covers, font_count, fonts_digest
from reenact.browser.launch import has_display, launch
from reenact.config import __version__
from reenact.errors import ReenactError

Status = Literal["ok", "warn", "fail"]

_MINIMUM_FREE = 500 * 1024 * 1024
_LAUNCH_TIMEOUT = 90.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found, and when that is not well, what to do.

    ``fail`` means reenact cannot work, ``warn`` that something may be missing.
    """

    name: str
    status: Status
    detail: str
    hint: str | None = None


def examine() -> Iterator[Check]:
    """Every check, one after the other, cheap ones first. Nothing is changed on the machine."""
    yield _versions()
    yield from _browsers()
    yield _starts()
    yield from _firefox()
    yield _display()
    yield from _fonts()
    yield _writable(Path.cwd(), "working folder")
    yield _writable(Path(tempfile.gettempdir()), "temporary folder")


def _versions() -> Check:
    found = f"reenact {__version__}, Python {platform.python_version()}"
    try:
        found += f", Playwright {metadata.version('playwright')}"
    except metadata.PackageNotFoundError:
        return Check("versions", "fail", f"{found}, no Playwright", "pip install playwright")
    return Check("versions", "ok", f"{found}, {platform.system()} {platform.machine()}")


def _browsers() -> Iterator[Check]:
    taken = False
    listed = 0
    for browser in candidates():
        listed += 1
        if browser.problem:
            detail = f"{browser.path}: {browser.problem}"
            override = browser.kind == "override"
            hint = (
                "point REENACT_BROWSER at a Chrome, Chromium or Edge, or unset it"
                if override
                else "install what it needs with `playwright install-deps chromium`"
            )
            yield Check("browser", "fail" if override else "warn", detail, hint)
        elif taken:
            yield Check("browser", "ok", f"also here, not taken: {browser.sentence}")
        else:
            taken = True
            yield Check("browser", "ok", f"taken: {browser.sentence}")
    if not listed:
        yield Check(
            "browser", "fail", "none found: neither Playwright's own nor one of the system", INSTALL_HINT
        )


def _starts() -> Check:
    """Start the browser for real, draw a page, and take its picture."""
    answers: list[Check] = []

    def attempt() -> None:
        # In a thread of its own: the caller's thread may already hold a Playwright.
        from playwright.sync_api import Error, sync_playwright

        begin = time.monotonic()
        try:
            with sync_playwright() as started, contextlib.closing(launch(started)) as browser:
                page = browser.new_page()
                page.set_content("<p>reenact</p>")
                picture = page.screenshot()
                seconds = time.monotonic() - begin
                detail = (
                    f"started without a window and took a picture ({len(picture)} bytes) in {seconds:.1f} s"
                )
                answers.append(Check("start", "ok", detail))
        except ReenactError as error:
            answers.append(Check("start", "fail", error.message, error.hint))
        except (Error, OSError) as error:
            answers.append(Check("start", "fail", str(error).splitlines()[0], INSTALL_HINT))

    _bounded(attempt, _LAUNCH_TIMEOUT)
    if not answers:
        return Check("start", "fail", f"no answer within {_LAUNCH_TIMEOUT:.0f} seconds", INSTALL_HINT)
    return answers[0]


def _bounded(work: Callable[[], None], seconds: float) -> None:
    thread = threading.Thread(target=work, name="reenact-doctor", daemon=True)
    thread.start()
    thread.join(seconds)


def _firefox() -> Iterator[Check]:
    """Firefox is asked for by name, so that it may be missing; and what it cannot give is said beforehand."""
    here = list(firefox_candidates())
    if not here:
        yield Check("firefox", "warn", "none found: only Chromium can be recorded", FIREFOX_HINT)
        return
    found = next((one for one in here if one.problem is None), here[0])
    if found.problem is not None:
        yield Check("firefox", "warn", f"{found.path}: {found.problem}", FIREFOX_HINT)
        return
    yield Check("firefox", "ok", f"taken where Firefox is asked for: {found.sentence}")
    always, where_used = ", ".join(NOT_RECORDED), ", ".join(NOT_RECORDED_WHERE_USED)
    yield Check("firefox", "ok", f"not recorded in it: {always}; where a page uses them: {where_used}")


def _display() -> Check:
    if has_display():
        shown = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or "the desktop"
        return Check("display", "ok", f"windows open on {shown}")
    if shutil.which("xvfb-run"):
        hint = "To record by hand, work on a desktop; a script can use --headless, or xvfb-run, which is here"
    else:
        hint = "To record by hand, work on a desktop; a script can use --headless, or xvfb-run once installed"
    return Check("display", "warn", "none: no window can be opened, replays do not need one", hint)


def _fonts() -> Iterator[Check]:
    count = font_count()
    if not count:
        hint = "Install some, such as the package fonts-liberation"
        yield Check("fonts", "warn", "none found: text will be boxes", hint)
        return
    yield Check("fonts", "ok", f"{count} installed, digest {fonts_digest()[:12]}")
    if covers(character="\N{GRINNING FACE}") is False:
        hint = "Install the package fonts-noto-color-emoji if pages show emoji"
        yield Check("fonts", "warn", "no font draws emoji", hint)
    if covers(language="zh-cn") is False and covers(language="ja") is False:
        hint = "Install the package fonts-noto-cjk if pages show them"
        yield Check("fonts", "warn", "no font draws Chinese or Japanese", hint)


def _writable(folder: Path, title: str) -> Check:
    try:
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check(
            "disk", "fail", f"the {title} {folder} cannot be written: {error.strerror}", "work in another"
        )
    room = f"the {title} {folder} can be written, {free / 1e9:.1f} GB free"
    if free < _MINIMUM_FREE:
        return Check("disk", "warn", room, "make room: a session takes some megabytes a minute")
    return Check("disk", "ok", room)
