"""A rectangle of a picture that changed. Its own module: results name it without loading numpy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A box in picture pixels, its origin at the top left, and how many differing pixels it holds."""

    x: int
    y: int
    width: int
    height: int
    pixels: int
