"""Which differing pixels would a person see? The rule of pixelmatch 7, on the differing pixels only.

Two colours differ visibly when their distance in YIQ, weighted as the eye weighs brightness and hue
(Kotsarenko and Ramos, 2010), passes a threshold; a pixel that smooths an edge does not count (Vysniauskas,
2009). Counting is the same as in the reference implementation to the pixel, so its users can compare figures.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from reenact.compare.picture import Pixels, packed

_MAX_DISTANCE = 35215.0
_CHUNK = 1 << 16
_DENSE = 16
# Column by column, as the reference walks them: of several equal extremes the first one counts.
_AROUND = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0)]
_DX = np.array([dx for dx, _ in _AROUND])
_DY = np.array([dy for _, dy in _AROUND])

Indexes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]


def visible(a: Pixels, b: Pixels, differing: Indexes, threshold: float) -> Flags:
    """For each flat index of a differing pixel: is the change visible? Both pictures have the same size."""
    shown = np.empty(len(differing), np.bool_)
    limit = _MAX_DISTANCE * threshold * threshold
    # Looking around each pixel by itself is slow when most have changed (another theme, another page).
    many = len(differing) * _DENSE > packed(a).size
    same_a, same_b = (_same_around_all(a), _same_around_all(b)) if many else (None, None)
    for start in range(0, len(differing), _CHUNK):
        part = differing[start : start + _CHUNK]
        far = _distance(a, b, part) > limit
        candidates = part[far]
        smoothing = _smooths_edge(a, b, candidates, same_a)
        smoothing |= _smooths_edge(b, a, candidates, same_b)
        far[far] = ~smoothing
        shown[start : start + len(part)] = far
    return shown


def _channels(picture: Pixels, at: Indexes) -> Floats:
    return picture.reshape(-1, 4)[at].astype(np.float64)


def _difference(one: Floats, other: Floats, at: Indexes) -> tuple[Floats, Floats, Floats]:
    """Difference in red, green, blue; where a pixel is see-through, as seen on a patterned ground."""
    if (one[..., 3] == 255).all() and (other[..., 3] == 255).all():
        delta = one - other
        return delta[..., 0], delta[..., 1], delta[..., 2]
    offset = at * 4  # the reference counts in bytes, which decides the pattern of its ground
    ground = (
        48 + 159 * (offset % 2),
        48 + 159 * ((offset / 1.618033988749895).astype(np.int64) % 2),
        48 + 159 * ((offset / 2.618033988749895).astype(np.int64) % 2),
    )
    alpha, beta = one[..., 3], other[..., 3]
    opaque = (alpha == 255) & (beta == 255)
    red, green, blue = (
        np.where(
            opaque,
            one[..., i] - other[..., i],
            (one[..., i] * alpha - other[..., i] * beta - ground[i] * (alpha - beta)) / 255,
        )
        for i in range(3)
    )
    return red, green, blue


def _brightness(red: Floats, green: Floats, blue: Floats) -> Floats:
    return red * 0.29889531 + green * 0.58662247 + blue * 0.11448223


def _distance(a: Pixels, b: Pixels, at: Indexes) -> Floats:
    red, green, blue = _difference(_channels(a, at), _channels(b, at), at)
    y = _brightness(red, green, blue)
    i = red * 0.59597799 - green * 0.27417610 - blue * 0.32180189
    q = red * 0.21147017 - green * 0.52261711 + blue * 0.31114694
    return 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q


def _neighbours(at: Indexes, width: int, height: int) -> tuple[Indexes, Flags, Flags]:
    """Flat indexes of the eight around each pixel, which of these exist, which pixels touch the border."""
    x, y = at % width, at // width
    nx, ny = x[:, None] + _DX, y[:, None] + _DY
    exists = (nx >= 0) & (nx < width) & (ny >= 0) & (ny < height)
    return np.where(exists, ny * width + nx, 0), exists, ~exists.all(axis=1)


def _same_around_all(picture: Pixels) -> Counts:
    """For every pixel, flat: how many of its eight neighbours have its colour; the border counts as one."""
    colours = packed(picture)
    same = np.zeros(colours.shape, np.uint8)
    for one, other in (
        (np.s_[1:, :], np.s_[:-1, :]),
        (np.s_[:, 1:], np.s_[:, :-1]),
        (np.s_[1:, 1:], np.s_[:-1, :-1]),
        (np.s_[1:, :-1], np.s_[:-1, 1:]),
    ):
        equal = colours[one] == colours[other]
        same[one] += equal
        same[other] += equal
    inner = same[1:-1, 1:-1].copy()
    same += 1
    same[1:-1, 1:-1] = inner
    return same.reshape(-1)


def _smooths_edge(picture: Pixels, other: Pixels, at: Indexes, same_around: Counts | None) -> Flags:
    """Tell which pixels are a step between a darker and a brighter one that both belong to flat areas."""
    height, width = picture.shape[:2]
    result = np.zeros(len(at), np.bool_)
    flat, flat_other = packed(picture).reshape(-1), packed(other).reshape(-1)
    # Most changed pixels lie in flat areas; they need no arithmetic.
    same = _same_around(flat, at, width, height) if same_around is None else same_around[at]
    open_ = np.flatnonzero(same <= 2)
    at = at[open_]
    around, exists, border = _neighbours(at, width, height)

    centre = np.broadcast_to(_channels(picture, at)[:, None], (len(at), 8, 4))
    red, green, blue = _difference(
        centre, _channels(picture, around), np.broadcast_to(at[:, None], around.shape)
    )
    delta = np.where(exists, _brightness(red, green, blue), 0.0)
    level = ((delta == 0) & exists).sum(axis=1) + border <= 2
    rows = np.arange(len(at))
    dark, bright = delta.argmin(axis=1), delta.argmax(axis=1)
    step = level & (delta[rows, dark] < 0) & (delta[rows, bright] > 0)

    rows, dark, bright = rows[step], dark[step], bright[step]
    ends = np.zeros(len(rows), np.bool_)
    for end in (around[rows, dark], around[rows, bright]):
        ends |= _in_flat_area(flat, end, width, height) & _in_flat_area(flat_other, end, width, height)
    result[open_[rows]] = ends
    return result


def _in_flat_area(flat: npt.NDArray[np.uint32], at: Indexes, width: int, height: int) -> Flags:
    """Tell which pixels have three or more neighbours of their colour; the picture's border counts as one."""
    return _same_around(flat, at, width, height) > 2


def _same_around(flat: npt.NDArray[np.uint32], at: Indexes, width: int, height: int) -> Indexes:
    around, exists, border = _neighbours(at, width, height)
    counts: Indexes = ((flat[around] == flat[at][:, None]) & exists).sum(axis=1) + border
    return counts
