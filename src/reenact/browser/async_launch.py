"""`launch` for the asynchronous Playwright that replay uses: the same browser, flags and errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import TYPE_CHECKING, Any, cast

from reenact.browser.find import find_browser
from reenact.browser.fonts import fonts_digest
from reenact.browser.launch import has_display, launch_args, launch_error
from reenact.config import __version__

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright


async def launch_async(playwright: Playwright, *, headless: bool, extra: Iterable[str] = ()) -> Browser:
    """Start Chromium for a replay. Raises `BrowserNotFound` and `CouldNotRun`."""
    from playwright.async_api import Error

    if not headless and not has_display():
        raise launch_error("$DISPLAY is not set")
    found = find_browser(cast("Any", playwright))
    is_root = sys.platform != "win32" and os.geteuid() == 0
    sandboxes = (False,) if is_root else (True, False)
    for sandbox in sandboxes:
        try:
            return await playwright.chromium.launch(
                headless=headless,
                args=launch_args(None, extra),
                executable_path=found.path,
                chromium_sandbox=sandbox,
                handle_sigint=False,
            )
        except Error as error:
            # Containers and hardened kernels have no sandbox to offer.
            if not (sandbox and "sandbox" in str(error).lower()):
                raise launch_error(str(error)) from None
    raise launch_error("no reason given")


def replay_environment(recorded: Mapping[str, Any], browser: Browser, *, headless: bool) -> dict[str, Any]:
    """The environment of a replay whose context was made as the recording's: what can still differ."""
    return {
        **recorded,
        "browser": {"name": browser.browser_type.name, "version": browser.version, "headless": headless},
        "fonts": fonts_digest(),
        "reenact": __version__,
        "playwright": metadata.version("playwright"),
    }
