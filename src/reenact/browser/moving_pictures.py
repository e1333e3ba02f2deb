"""Pictures that move by a clock of their own: SVG with animations of CSS, which no browser lets anybody stop.

A GIF, and what moves in an SVG by SMIL, stands at its beginning (see ``browser/launch.py``); of these only
the place can be declared. The script in the page finds it, in ``movingpictures.ts``.
"""

from __future__ import annotations

import base64
import binascii
import re

_ANIMATION = b"keyframes"
_HELD = "data:"
"""Stands for all pictures whose address holds them."""
_HELD_SVG = re.compile(
    rb"data:image/svg\+xml(?:;base64,([A-Za-z0-9+/=]{40,})|(.{40,8000}?(?:</|%3[Cc](?:/|%2[Ff]))svg))",
    re.DOTALL,
)
_LONGEST_HEAD = 2048
_MOST = 200
"""Addresses that the script in a page is told."""


class MovingPictures:
    """What of the bodies that a recording keeps is such a picture, or holds one in an address."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self._bodies: set[str] = set()

    def look(self, digest: str, body: bytes) -> None:
        """Take a body that is kept."""
        if b"<svg" in body[:_LONGEST_HEAD] and b"<html" not in body[:_LONGEST_HEAD] and _ANIMATION in body:
            self._bodies.add(digest)
        elif _HELD not in self.addresses and _holds_one(body):
            self.addresses.append(_HELD)

    def came(self, url: str, digest: str | None) -> None:
        """A body of which `look` knows came from an address."""
        if digest in self._bodies and url not in self.addresses and len(self.addresses) < _MOST:
            self.addresses.append(url)


def _holds_one(body: bytes) -> bool:
    return any(_ANIMATION in (plain or _unpacked(packed)) for packed, plain in _HELD_SVG.findall(body))


def _unpacked(packed: bytes) -> bytes:
    try:
        return base64.b64decode(packed)
    except binascii.Error:
        return b""
