"""Finds the browser to drive, and says plainly which one it took.

The order is fixed: the browser ``REENACT_BROWSER`` names, Playwright's own, then a Chrome, Chromium or Edge
of the system. Nothing else on the machine is looked at.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reenact.errors import BrowserNotFound

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

OVERRIDE = "REENACT_BROWSER"
"""Environment variable: the path of a browser, or one of the names in `CHANNELS`."""

INSTALL_HINT = "Run `reenact doctor --install`, or set REENACT_BROWSER to the path of a Chrome or Chromium"

Kind = Literal["override", "playwright", "system"]

CHANNELS: Mapping[str, tuple[str, ...]] = {
    "chrome": ("google-chrome-stable", "google-chrome", "chrome"),
    "chromium": ("chromium", "chromium-browser"),
    "msedge": ("microsoft-edge-stable", "microsoft-edge", "msedge"),
}
"""The browsers of a system, by Playwright's name of the channel, and what their programs are called."""

_PREVIEWS: Mapping[str, tuple[str, ...]] = {
    "chrome-beta": ("google-chrome-beta",),
    "chrome-dev": ("google-chrome-unstable",),
    "msedge-beta": ("microsoft-edge-beta",),
    "msedge-dev": ("microsoft-edge-dev",),
}
"""Channels that are taken only when they are named."""

_TITLES = {
    "chrome": "Google Chrome",
    "chromium": "Chromium",
    "msedge": "Microsoft Edge",
    "moz-firefox": "Firefox",
}
_VERSION = re.compile(r"\d+(?:\.\d+){1,3}")
_VERSION_TIMEOUT = 20.0


@dataclass(frozen=True, slots=True)
class FoundBrowser:
    """A browser on this machine.

    `version` is what the program says of itself, None where asking would open a window (Windows). `problem`
    is why it cannot be used, None when nothing speaks against it.
    """

    path: Path
    kind: Kind
    channel: str
    version: str | None = None
    problem: str | None = None

    @property
    def sentence(self) -> str:
        """Which browser this is and where it came from, as a person would say it."""
        title = _TITLES.get(self.channel, "browser")
        named = f"{title} {self.version}" if self.version else title
        named_by = "REENACT_FIREFOX" if self.channel == "moz-firefox" else OVERRIDE
        origin = {
            "override": f"the one {named_by} names",
            "playwright": "Playwright's own",
            "system": "the system's",
        }[self.kind]
        return f"{named}, {origin}: {self.path}"


def find_browser(playwright: Playwright | None = None) -> FoundBrowser:
    """Return the browser to drive.

    ``playwright`` saves starting a driver only to ask it for the path of its own browser. Raises
    `BrowserNotFound` when there is none, or when the one ``REENACT_BROWSER`` names cannot be used: a browser
    that was asked for by name is never replaced by another in silence.
    """
    rejected: list[FoundBrowser] = []
    for browser in candidates(playwright):
        if browser.problem is None:
            return browser
        if browser.kind == "override":
            raise BrowserNotFound(
                f"The browser that {OVERRIDE} names cannot be used: {browser.path}: {browser.problem}",
                hint=f"Point {OVERRIDE} at a Chrome, Chromium or Edge, or unset it",
            )
        rejected.append(browser)
    if rejected:
        first = rejected[0]
        raise BrowserNotFound(
            f"No browser that can be used was found: {first.path}: {first.problem}", hint=INSTALL_HINT
        )
    raise BrowserNotFound(
        "No browser was found: neither Playwright's own nor one of the system", hint=INSTALL_HINT
    )


def candidates(playwright: Playwright | None = None) -> Iterator[FoundBrowser]:
    """Every browser that may be taken, best first; those that cannot be used say so in `problem`.

    With ``REENACT_BROWSER`` set, that one is the only candidate.
    """
    named = os.environ.get(OVERRIDE, "").strip()
    if named:
        yield _override(named, playwright)
        return
    own = playwright_executable(playwright)
    if own is not None and own.exists():
        yield _describe(own, "playwright", "chromium")
    seen: set[Path] = set()
    for channel in CHANNELS:
        for path in _system_paths(channel):
            real = path.resolve()
            if real not in seen:
                seen.add(real)
                yield _describe(path, "system", channel)


def playwright_executable(playwright: Playwright | None = None) -> Path | None:
    """Where Playwright keeps its own Chromium, installed or not; None when Playwright cannot say."""
    if playwright is not None:
        return Path(playwright.chromium.executable_path)
    answer: list[Path] = []

    def ask() -> None:
        # In a thread of its own, because the caller's may already run a Playwright, and one thread holds one.
        from playwright.sync_api import Error, sync_playwright

        try:
            with sync_playwright() as started:
                answer.append(Path(started.chromium.executable_path))
        except (Error, OSError):
            return

    thread = threading.Thread(target=ask, name="reenact-find-browser", daemon=True)
    thread.start()
    thread.join(30)
    return answer[0] if answer else None


def _override(named: str, playwright: Playwright | None) -> FoundBrowser:
    if named in CHANNELS or named in _PREVIEWS:
        if named == "chromium":
            # In Playwright's words the channel chromium is first of all its own.
            own = playwright_executable(playwright)
            if own is not None and own.exists():
                return _describe(own, "override", named)
        for path in _system_paths(named):
            return _describe(path, "override", named)
        return FoundBrowser(Path(named), "override", named, problem="it is not installed")
    path = Path(named).expanduser()
    if not path.exists() and os.sep not in named:
        path = Path(shutil.which(named) or named)
    return _describe(path, "override", _channel_of(path))


def _channel_of(path: Path) -> str:
    name = path.name.lower()
    for channel, programs in CHANNELS.items():
        if any(name.startswith(program.split("-stable")[0]) for program in programs[:1]) or channel in name:
            return channel
    return "chromium"


def _describe(path: Path, kind: Kind, channel: str) -> FoundBrowser:
    if not path.exists():
        return FoundBrowser(path, kind, channel, problem="there is no such file")
    if path.is_dir():
        return FoundBrowser(path, kind, channel, problem="this is a folder, not a program")
    if not os.access(path, os.X_OK):
        return FoundBrowser(path, kind, channel, problem="the file may not be executed")
    version, problem = ask_version(path)
    return FoundBrowser(path, kind, channel, version=version, problem=problem)


def ask_version(path: Path) -> tuple[str | None, str | None]:
    """What a program says of its version, and why it cannot be used; neither where asking opens a window."""
    if sys.platform == "win32":
        return None, None
    return _version(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=16)
def _version(path: Path, _changed: int) -> tuple[str | None, str | None]:
    """What the program answers to --version, and why it could not; asked once per state of the file."""
    try:
        answer = subprocess.run(
            [str(path), "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_VERSION_TIMEOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None, f"it did not answer to --version within {_VERSION_TIMEOUT:.0f} seconds"
    except OSError as error:
        return None, f"it does not start: {error.strerror or error}"
    found = _VERSION.search(answer.stdout)
    if answer.returncode == 0 and found:
        return found.group(), None
    return None, f"it does not start: {_complaint(answer.stderr or answer.stdout)}"


def _complaint(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        if "shared libraries" in line:
            return line.split(": ", 1)[-1]
    return lines[-1] if lines else "it says no version"


def _system_paths(channel: str) -> Iterator[Path]:
    programs = CHANNELS.get(channel) or _PREVIEWS[channel]
    on_path = [Path(found) for program in programs if (found := shutil.which(program))]
    # What PATH names is often a small script around a program in a usual place: one browser, not two.
    yield from on_path or (path for path in _usual_places(channel) if path.exists())


def _usual_places(channel: str) -> list[Path]:
    if channel not in CHANNELS:
        return []
    if sys.platform == "darwin":
        program = _TITLES[channel]
        bundle = Path("Applications") / f"{program}.app" / "Contents" / "MacOS" / program
        return [Path("/") / bundle, Path.home() / bundle]
    if sys.platform == "win32":
        below = {
            "chrome": Path("Google/Chrome/Application/chrome.exe"),
            "chromium": Path("Chromium/Application/chrome.exe"),
            "msedge": Path("Microsoft/Edge/Application/msedge.exe"),
        }[channel]
        roots = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        return [Path(root) / below for root in roots if root]
    return {
        "chrome": [Path("/opt/google/chrome/chrome")],
        "chromium": [
            Path("/usr/lib/chromium/chromium"),
            Path("/usr/lib64/chromium-browser/chromium-browser"),
        ],
        "msedge": [Path("/opt/microsoft/msedge/msedge")],
    }[channel]
