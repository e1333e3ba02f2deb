"""Ctrl-C that leaves Playwright usable, so that what was recorded so far can still be saved.

Playwright's sync API runs its event loop in a greenlet. A `KeyboardInterrupt` raised inside that loop ends
it, and every later call on the browser hangs or fails, also those that save the session. So the exception is
thrown into the greenlet of the program instead; the loop is only paused and goes on with the next call.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

_HARD_AFTER = 3


@contextlib.contextmanager
def safe_interrupts() -> Iterator[None]:
    """Turn SIGINT and SIGTERM into `KeyboardInterrupt` in the program's own greenlet.

    The third signal ends the process at once. Does nothing outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seen = 0

    def on_signal(number: int, frame: FrameType | None) -> None:
        nonlocal seen
        del number, frame
        seen += 1
        if seen >= _HARD_AFTER:
            os._exit(130)
        _interrupt()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt() -> None:
    greenlet = sys.modules.get("greenlet")
    current = root = greenlet.getcurrent() if greenlet is not None else None
    while root is not None and root.parent is not None:
        root = root.parent
    if root is None or root is current:
        raise KeyboardInterrupt
    # Somewhere in Playwright: in its loop, or in an event handler it calls, which must not be cut short. The
    # loop itself throws, as its next callback, while the program waits for the answer to a call.
    from asyncio import get_running_loop

    loop = get_running_loop()
    # The call that is cut short leaves a task whose failure nobody will ask for; asyncio would print it.
    loop.set_exception_handler(lambda _, __: None)
    loop.call_soon_threadsafe(_throw, root)


def _throw(root: object) -> None:
    root.throw(KeyboardInterrupt())  # type: ignore[attr-defined]
