"""Workers begin with our script: whoever brings theirs puts it in front.

A page asks for that with a mark in the address of the worker (recorder_js/src/opening.ts). A server never
sees the mark, and the archive holds neither mark nor script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reenact.browser.script import called_with

_MARK = re.compile(r"([?&])(rx[0-9a-f]{32})=[12]")
_END = b"/* here the worker begins */\n"
# Possessive: a comment ends at its first end, however many more of them megabytes of script hold.
_STRICT = re.compile(rb"""(?>\s+|//[^\n]*+\n|/\*(?>.*?\*/))*+(?:"use strict"|'use strict')""", re.DOTALL)


def pattern(token: str, *, deep: bool = False) -> str:
    """What the address of a marked worker looks like, as the DevTools protocol writes patterns.

    ``deep``: of one that is shared, or made by a worker; the session of a page is not asked for those.
    """
    return f"*{token}={2 if deep else 1}*"


def marked_with(url: str) -> str | None:
    """The token that an address is marked with."""
    found = _MARK.search(url)
    return found[2] if found else None


def unmarked(url: str) -> str:
    """The address as the page wrote it."""
    return _MARK.sub("", url)


def decoded(headers: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The headers of an answer whose body was decoded and is about to be changed."""
    return [each for each in headers if each["name"].lower() not in ("content-length", "content-encoding")]


def with_script(body: bytes, token: str) -> bytes:
    """The script of a worker with ours in front. A directive at its beginning stays one."""
    strict = b'"use strict";' if _STRICT.match(body) else b""
    ours = called_with({"mode": "worker", "token": token})
    return strict + ours.encode() + _END + body


def without_script(body: bytes) -> bytes:
    """What `with_script` was given, if this came from it."""
    _, mark, rest = body.partition(_END)
    return rest if mark else body
