"""Installs a browser where none was found: Playwright's own, else one of the system's package manager."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

from reenact.browser.find import FoundBrowser, candidates
from reenact.errors import BrowserNotFound

_PLAYWRIGHT_TIMEOUT = 900.0
_SYSTEM_TIMEOUT = 900.0


def ensure_browser(say: Callable[[str], None]) -> FoundBrowser:
    """Return the browser found, installing one first when there is none.

    ``say`` gets one line per attempt. Raises `BrowserNotFound` with everything that was tried.
    """
    found = _usable()
    if found is not None:
        return found
    tried: list[str] = []
    for title, command, timeout in _attempts():
        say(f"No browser yet: {title}")
        problem = _run(command, timeout)
        found = _usable()
        if found is not None:
            return found
        tried.append(f"{title} ({problem or 'done, and still no browser that starts'})")
    raise BrowserNotFound(
        f"No browser could be installed: tried {'; '.join(tried)}",
        hint="Install Google Chrome or Chromium by hand, or set REENACT_BROWSER to its path",
    )


def _usable() -> FoundBrowser | None:
    return next((browser for browser in candidates() if browser.problem is None), None)


def _attempts() -> Iterator[tuple[str, list[str], float]]:
    playwright = [sys.executable, "-m", "playwright"]
    yield "playwright install chromium", [*playwright, "install", "chromium"], _PLAYWRIGHT_TIMEOUT
    root = _as_root()
    if root is None:
        return
    if any(browser.problem for browser in candidates()):
        # One is there and does not start: nearly always libraries that a slim image leaves out.
        yield (
            "playwright install-deps chromium",
            [*root, *playwright, "install-deps", "chromium"],
            _SYSTEM_TIMEOUT,
        )
    if shutil.which("apt-get"):
        # The lists of an image are missing, or as old as the image: a browser without its security updates.
        apt = "apt-get -qq -o DPkg::Lock::Timeout=120"
        both = f"{apt} update; {apt} install -y chromium"
        noninteractive = ["env", "DEBIAN_FRONTEND=noninteractive"]
        yield "apt-get install chromium", [*root, *noninteractive, "sh", "-c", both], _SYSTEM_TIMEOUT


def _as_root() -> list[str] | None:
    """What stands before a command that needs root: nothing, sudo that asks for nothing, or None."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _run(command: list[str], timeout: float) -> str | None:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no end after {timeout:.0f} seconds"
    except OSError as error:
        return error.strerror or str(error)
    if done.returncode == 0:
        return None
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    return lines[-1] if lines else f"exit code {done.returncode}"
