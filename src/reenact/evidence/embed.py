"""Pictures inside a page: every picture once, however often it is shown, and no page too heavy to open."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from markupsafe import Markup

from reenact.compare import png_size

EMBED_LIMIT = 96 * 1024 * 1024
"""Bytes of PNG a page may hold. Beyond it, pictures stay in their files, those that differ last."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture in a page: `key` is its element's id, `uri` its data or None when there was no room."""

    key: str
    width: int
    height: int
    uri: Markup | None


class Embedder:
    """Collects the pictures of one page. The template asks `first` to put the data at one place only."""

    def __init__(self, limit: int = EMBED_LIMIT) -> None:
        self._room = limit
        self._known: dict[str, Embedded] = {}
        self._placed: set[str] = set()

    def add(self, png: bytes | None) -> Embedded | None:
        """The picture, the same for the same bytes. Raises InvalidTrace for what is not a PNG."""
        if png is None:
            return None
        digest = hashlib.sha256(png).hexdigest()
        if digest not in self._known:
            width, height = png_size(png)
            uri = None
            if len(png) <= self._room:
                self._room -= len(png)
                uri = Markup("data:image/png;base64," + base64.b64encode(png).decode())  # noqa: S704
            self._known[digest] = Embedded(f"picture-{len(self._known) + 1}", width, height, uri)
        return self._known[digest]

    def first(self, picture: Embedded) -> bool:
        """True the first time a picture is put into the page."""
        if picture.key in self._placed:
            return False
        self._placed.add(picture.key)
        return True
