"""`launch` for the asynchronous Playwright that replay uses: the same browser, flags and errors."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from importlib import metadata
from typing import TYPE_CHECKING, Any, cast

from reenact.browser.find import find_browser
from reenact.browser.fonts import fonts_digest
from reenact.browser.handover import can_hand_over, handover
from reenact.browser.launch import has_display, launch_args, launch_error
from reenact.browser.pipe import BrowserPipe
from reenact.config import __version__

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright


async def launch_async(
    playwright: Playwright, *, headless: bool, extra: Iterable[str] = ()
) -> tuple[Browser, BrowserPipe | None]:
    """Start Chromium for a replay, with a way to it beside Playwright's where the system allows one.

    Raises `BrowserNotFound` and `CouldNotRun`.
    """
    from playwright.async_api import Error

    if not headless and not has_display():
        raise launch_error("$DISPLAY is not set")
    path = str(find_browser(cast("Any", playwright)).path)
    start = partial(
        playwright.chromium.launch, headless=headless, args=launch_args(None, extra), handle_sigint=False
    )
    is_root = sys.platform != "win32" and os.geteuid() == 0
    sandboxes = (False,) if is_root else (True, False)
    for sandbox in sandboxes:
        try:
            return await _with_pipe(path, partial(start, chromium_sandbox=sandbox))
        except Error as error:
            # Containers and hardened kernels have no sandbox to offer.
            if not (sandbox and "sandbox" in str(error).lower()):
                raise launch_error(str(error)) from None
    raise launch_error("no reason given")


async def _with_pipe(
    path: str, start: Callable[..., Awaitable[Browser]]
) -> tuple[Browser, BrowserPipe | None]:
    from playwright.async_api import Error

    if not can_hand_over():
        return await start(executable_path=path), None
    pipe = BrowserPipe()
    try:
        async with handover(path) as script:
            taking = asyncio.ensure_future(pipe.take(script.ends()))
            try:
                return await start(executable_path=script.path), pipe
            finally:
                taking.cancel()
                await asyncio.gather(taking, return_exceptions=True)
    except (Error, OSError):
        if pipe.is_taken:
            # The script has started the browser, which said no itself.
            raise
    # A folder of temporary files from which nothing may be started, say.
    return await start(executable_path=path), None


def replay_environment(recorded: Mapping[str, Any], browser: Browser, *, headless: bool) -> dict[str, Any]:
    """The environment of a replay whose context was made as the recording's: what can still differ."""
    return {
        **recorded,
        "browser": {"name": browser.browser_type.name, "version": browser.version, "headless": headless},
        "fonts": fonts_digest(),
        "reenact": __version__,
        "playwright": metadata.version("playwright"),
    }
