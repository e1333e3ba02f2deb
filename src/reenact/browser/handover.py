"""Gets hold of the pipe between Playwright's driver and a Chromium that it starts.

The driver starts not the browser but a small script, which makes two pipes of its own, becomes the browser at
one end of them, and hands the rest over: the driver's ends and ours. It does so through a socket in a folder
that only this user may enter. Any process of the machine could use a debugging port.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

# The module below `socket`: importing that one takes 30 ms more, and every browser starts with this.
_SCRIPT = """
import _socket, os, struct, sys
place, browser = sys.argv[1:3]
for_browser, from_us = os.pipe()
for_us, from_browser = os.pipe()
door = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
door.connect(place)
ends = struct.pack("4i", 3, 4, from_us, for_us)
door.sendmsg([b"!"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, ends)])
os.dup2(for_browser, 3)
os.dup2(from_browser, 4)
os.execv(browser, sys.argv[2:])
"""
_SECONDS = 5.0


class Ends(NamedTuple):
    """File descriptors: where the driver speaks and hears, and where the browser does."""

    from_driver: int
    to_driver: int
    to_browser: int
    from_browser: int


class Handover:
    """A script to start instead of the browser, and the ends of the pipe once it has been started."""

    def __init__(self, path: str, door: socket.socket) -> None:
        self.path = path
        self._door = door

    async def ends(self) -> Ends:
        """Wait for the ends, which are the caller's to close from then on. Raises `OSError`."""
        visitor, _ = await asyncio.get_running_loop().sock_accept(self._door)
        with visitor:
            visitor.settimeout(_SECONDS)
            _, found, _, _ = socket.recv_fds(visitor, 1, len(Ends._fields))
        if len(found) != len(Ends._fields):
            for end in found:
                os.close(end)
            raise OSError("the browser's pipe was not handed over")
        for end in found:
            os.set_inheritable(end, False)
        return Ends(*found)


def can_hand_over() -> bool:
    """Whether this system can pass open files between processes: all but Windows can."""
    return sys.platform != "win32"


@contextlib.asynccontextmanager
async def handover(browser: str) -> AsyncIterator[Handover]:
    """A `Handover` for one start of the browser at this path. Raises `OSError`."""
    with tempfile.TemporaryDirectory(prefix="reenact-") as folder, socket.socket(socket.AF_UNIX) as door:
        place, script = Path(folder) / "door", Path(folder) / "browser"
        door.bind(str(place))
        door.listen(1)
        door.setblocking(False)
        # A blank in the path of the interpreter would end a first line that names it.
        words = [sys.executable, "-I", "-S", "-c", _SCRIPT, str(place), browser]
        script.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n')
        script.chmod(0o700)
        yield Handover(str(script), door)
