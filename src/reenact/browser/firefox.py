"""Firefox: where it is, how it is started, and what cannot be had of it.

Playwright drives the Firefox of a system through WebDriver BiDi (its channel ``moz-firefox``), which has no
DevTools protocol: what that would give is listed in `NOT_RECORDED`, in every trace and in `reenact doctor`.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reenact.browser.find import FoundBrowser, ask_version
from reenact.errors import BrowserNotFound

if TYPE_CHECKING:
    from playwright.async_api import Browser as AsyncBrowser
    from playwright.async_api import Playwright as AsyncPlaywright

OVERRIDE = "REENACT_FIREFOX"
"""Environment variable: the path of a Firefox."""

CHANNEL = "moz-firefox"

OLDEST = 143
"""The first version that hands out what it received: ESR 140 knows no ``network.addDataCollector``."""

INSTALL_HINT = f"Install Firefox {OLDEST} or later, or set {OVERRIDE} to the path of its program"

PREFERENCES: Mapping[str, bool | int | str] = {
    "browser.sessionhistory.max_total_viewers": 0,  # a page that comes back must load again
    "general.smoothScroll": False,
    "layout.css.visited_links_enabled": False,  # contexts share one history
    "image.animation_mode": "none",  # a GIF knows no clock but the real one: it shows its first picture
    "layout.css.prefers-color-scheme.content-override": 1,  # light, whatever the desktop likes
    "dom.events.coalesce.mousemove": False,  # each move is one event, as it was recorded
    "privacy.reduceTimerPrecision": False,
    "ui.caretBlinkTime": 0,
    "gfx.webrender.software": True,
    "network.prefetch-next": False,
    "network.dns.disablePrefetch": True,
    "network.captive-portal-service.enabled": False,
}
"""What makes a headed and a headless picture the same, and keeps the browser's own traffic away."""

HERMETIC_CONNECTIONS = 200
"""So many requests of a replay may wait for their turn at once: the default of 32 keeps out what is due."""

HERMETIC_PREFERENCES: Mapping[str, bool | int | str] = {
    "network.http.max-persistent-connections-per-proxy": HERMETIC_CONNECTIONS,
    "network.dns.disabled": True,
    "network.proxy.allow_hijacking_localhost": True,  # else requests to this machine go past the proxy
    "network.trr.mode": 5,
    "network.http.http3.enable": False,
    "media.peerconnection.ice.proxy_only": True,
}
"""The second wall of a replay from the archive: no name is resolved, and nothing goes by UDP."""

NOT_RECORDED: Mapping[str, str] = {
    "accessibility": "Firefox gives no accessibility tree: what changed on a picture is not told in words",
    "storage": "Firefox does not tell what changes in local storage and databases, it does of cookies",
}
"""What no recording in Firefox has, by kind of gap."""

NOT_RECORDED_WHERE_USED: tuple[str, ...] = (
    "what a request sends",
    "what is said by WebSocket",
    "event streams that stay open",
    "the clock of workers",
)
"""What is missing only where a page uses it; the trace then has a gap that says so."""

NOT_REPLAYED: Mapping[str, str] = {
    "touch": "a touch cannot be repeated in Firefox",
    "double-click": "a double click cannot be repeated in Firefox: Playwright's clicks are single ones there",
    "drop": "what was dropped cannot be dropped again in Firefox: WebDriver BiDi only drags",
    "frame": "input into a frame of another origin may not be repeated in Firefox: it does not always arrive",
    "compose": "a composition cannot be repeated in Firefox",
}
"""Inputs that a recording has and no replay can carry out, by type."""


def firefox_candidates() -> Iterator[FoundBrowser]:
    """Every Firefox of this machine that may be taken, best first; only the one ``REENACT_FIREFOX`` names."""
    named = os.environ.get(OVERRIDE, "").strip()
    if named:
        yield _describe(Path(shutil.which(named) or named).expanduser(), "override")
        return
    seen: set[Path] = set()
    for path in _system_paths():
        real = path.resolve()
        if path.exists() and real not in seen:
            seen.add(real)
            yield _describe(path, "system")


def find_firefox() -> FoundBrowser:
    """The Firefox to drive. Raises `BrowserNotFound` with what to do."""
    unusable: list[FoundBrowser] = []
    for found in firefox_candidates():
        if found.problem is None:
            return found
        unusable.append(found)
    if unusable:
        first = unusable[0]
        raise BrowserNotFound(f"Firefox cannot be used: {first.path}: {first.problem}", hint=INSTALL_HINT)
    raise BrowserNotFound("No Firefox was found", hint=INSTALL_HINT)


def launch_options(options: Mapping[str, Any], *, hermetic: bool = False) -> dict[str, Any]:
    """Arguments for Playwright's ``firefox.launch``; those that were given win. Raises `BrowserNotFound`."""
    preferences = {**PREFERENCES, **(HERMETIC_PREFERENCES if hermetic else {})}
    given = dict(options)
    preferences.update(given.pop("firefox_user_prefs", None) or {})
    if not given.get("executable_path") and not given.get("channel"):
        given |= {"executable_path": find_firefox().path, "channel": CHANNEL}
    return {**given, "firefox_user_prefs": preferences}


async def launch_firefox(playwright: AsyncPlaywright, *, headless: bool, hermetic: bool) -> AsyncBrowser:
    """Start Firefox for a replay. Raises `BrowserNotFound` and `CouldNotRun`."""
    from playwright.async_api import Error

    from reenact.browser.launch import has_display, launch_error

    if not headless and not has_display():
        raise launch_error("$DISPLAY is not set")
    options = launch_options({"headless": headless, "handle_sigint": False}, hermetic=hermetic)
    try:
        return await playwright.firefox.launch(**options)
    except Error as error:
        raise launch_error(str(error), "firefox") from None


def _describe(path: Path, kind: Any) -> FoundBrowser:
    if not path.exists():
        return FoundBrowser(path, kind, CHANNEL, problem="there is no such file")
    version, problem = ask_version(path)
    if version and int(version.partition(".")[0]) < OLDEST:
        problem = f"Firefox {version} is too old"
    return FoundBrowser(path, kind, CHANNEL, version=version, problem=problem)


def _system_paths() -> Iterator[Path]:
    for program in ("firefox", "firefox-esr"):
        found = shutil.which(program)
        if found:
            yield Path(found)
    if sys.platform == "darwin":
        yield Path("/Applications/Firefox.app/Contents/MacOS/firefox")
    elif sys.platform == "win32":
        for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
            if os.environ.get(name):
                yield Path(os.environ[name]) / "Mozilla Firefox" / "firefox.exe"
    else:
        yield from (Path("/usr/lib/firefox/firefox"), Path("/usr/lib/firefox-esr/firefox-esr"))
        yield from (Path("/snap/bin/firefox"), Path("/opt/firefox/firefox"))
