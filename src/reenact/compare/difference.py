"""The picture that shows a difference: the second picture faded, what changed in colour, boxes around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reenact.compare.picture import Pixels
from reenact.compare.region import Region

VISIBLE = (214, 0, 77)
"""Colour of pixels that changed visibly."""

SUBTLE = (245, 158, 11)
"""Colour of pixels that are not the same, though a person would hardly see it."""

OUTLINE = (124, 58, 237)
"""Colour of the boxes."""

_FADE = 0.22
_MARGIN = 4
_BOXES = 40


def draw_difference(
    a: Pixels,
    b: Pixels,
    exact: npt.NDArray[np.bool_],
    shown: npt.NDArray[np.bool_],
    regions: Sequence[Region],
) -> npt.NDArray[np.uint8]:
    """Pixels (height x width x 3) of the difference, from the pictures, the masks and the boxes."""
    canvas = np.full((*exact.shape, 3), 255, np.uint8)
    # The second covers the first, unless it is smaller.
    for picture in (b,) if a.shape == b.shape else (a, b):
        height, width = picture.shape[:2]
        canvas[:height, :width] = _faded(picture)
    canvas[exact] = SUBTLE
    canvas[shown] = VISIBLE
    for region in regions[:_BOXES]:
        _outline(canvas, region)
    return canvas


def _faded(picture: Pixels) -> npt.NDArray[np.uint8]:
    """Grey and pale, so that colour means difference; integer arithmetic, as this touches every pixel."""
    red, green, blue = (picture[..., channel].astype(np.uint16) for channel in range(3))
    grey = (red * 77 + green * 150 + blue * 29) >> 8
    strength = picture[..., 3].astype(np.uint16) * round(_FADE * 256) >> 8
    pale = 255 - ((255 - grey).astype(np.uint32) * strength >> 8)
    faded: npt.NDArray[np.uint8] = pale.astype(np.uint8)[..., None]
    return faded


def _outline(canvas: npt.NDArray[np.uint8], region: Region) -> None:
    height, width = canvas.shape[:2]
    left, top = max(region.x - _MARGIN, 0), max(region.y - _MARGIN, 0)
    right = min(region.x + region.width + _MARGIN, width)
    bottom = min(region.y + region.height + _MARGIN, height)
    frame = np.zeros((bottom - top, right - left), np.bool_)
    frame[:2], frame[-2:], frame[:, :2], frame[:, -2:] = True, True, True, True
    # The line gives way to what it points at: a change at the edge of the picture stays visible.
    inside = frame[
        region.y - top : region.y - top + region.height, region.x - left : region.x - left + region.width
    ]
    inside[:] = False
    canvas[top:bottom, left:right][frame] = OUTLINE
