"""Two pictures, one answer: how many pixels differ, how many visibly, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from reenact.compare.difference import draw_difference
from reenact.compare.perceptual import visible
from reenact.compare.picture import ImageLike, Pixels, encode, packed, png_size, read_source, to_pixels
from reenact.compare.region import Region
from reenact.compare.regions import find_regions
from reenact.errors import CouldNotRun, UsageError

METRIC = "reenact-pixels/1"
"""Id and version of the metric: an exact count, and pixelmatch 7's perceptual one without antialiasing."""

Box = tuple[int, int, int, int]
Verdict = Literal["identical", "tolerated", "changed"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing two pictures found.

    `exact_pixels` counts every pixel that is not the same; `changed_pixels` those among them whose change a
    person can see at `threshold`. `regions` are boxes around all differing pixels, the fullest first. `width`
    and `height` span both pictures. When the sizes differ, the pixels only one picture has count in both
    figures.
    """

    width: int
    height: int
    exact_pixels: int
    changed_pixels: int
    regions: tuple[Region, ...] = ()
    size_differs: bool = False
    sizes: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))
    threshold: float = 0.2
    metric: str = field(default=METRIC)

    @property
    def identical(self) -> bool:
        """True when every pixel is the same, and the sizes are."""
        return self.exact_pixels == 0 and not self.size_differs

    @property
    def total_pixels(self) -> int:
        """Pixels of the area that spans both pictures."""
        return self.width * self.height

    @property
    def summary(self) -> str:
        """One sentence for people."""
        if self.identical:
            return "Identical to the pixel"
        if self.size_differs:
            (aw, ah), (bw, bh) = self.sizes
            return f"The size differs: {aw} x {ah} against {bw} x {bh}; {self.exact_pixels} pixels differ"
        noun = "pixel differs" if self.exact_pixels == 1 else "pixels differ"
        return f"{self.exact_pixels} {noun}, {self.changed_pixels} visibly"


def compare_images(
    a: ImageLike,
    b: ImageLike,
    *,
    diff: str | Path | None = None,
    threshold: float = 0.2,
    ignore: Iterable[Box] = (),
) -> Comparison:
    """Compare two pictures: paths to PNG files, PNG bytes or numpy arrays (uint8).

    `threshold`, from 0 to 1, is how far two colours must be apart for the change to count as visible; it
    never touches the exact count. `diff` is a path for a PNG that shows the difference; it is written also
    when there is none. `ignore` are boxes (x, y, width, height in pixels) that count as equal whatever is in
    them. Pictures of different size are compared where they overlap, and said to differ.

    Raises UsageError for a path that cannot be read or an unusable option, InvalidTrace for a damaged
    picture, CouldNotRun when the difference cannot be written.
    """
    if not 0 <= threshold <= 1:
        raise UsageError(f"Not a threshold: {threshold}", hint="Give a number from 0 to 1")
    left, right = read_source(a, "the first picture"), read_source(b, "the second picture")
    if diff is None and isinstance(left, bytes) and isinstance(right, bytes) and left == right:
        # Deterministic pages end here: the same bytes need no decoding, 0.2 ms instead of 20.
        width, height = png_size(left, "the first picture")
        return Comparison(width, height, 0, 0, sizes=((width, height),) * 2, threshold=threshold)
    first, second = to_pixels(left, "the first picture"), to_pixels(right, "the second picture")
    comparison, exact, shown = _examine(first, second, threshold, ignore)
    if diff is not None:
        _write(Path(diff), encode(draw_difference(first, second, exact, shown, comparison.regions)))
    return comparison


def difference_png(
    a: ImageLike, b: ImageLike, *, threshold: float = 0.2, boxes: bool = True, ignore: Iterable[Box] = ()
) -> bytes:
    """PNG bytes of the difference between two pictures, given as for `compare_images`, with its errors."""
    first = to_pixels(read_source(a, "the first picture"), "the first picture")
    second = to_pixels(read_source(b, "the second picture"), "the second picture")
    comparison, exact, shown = _examine(first, second, threshold, ignore)
    return encode(draw_difference(first, second, exact, shown, comparison.regions if boxes else ()))


def _examine(
    a: Pixels, b: Pixels, threshold: float, ignore: Iterable[Box]
) -> tuple[Comparison, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The comparison of decoded pictures with its two masks: differing at all, and visibly."""
    (ah, aw), (bh, bw) = a.shape[:2], b.shape[:2]
    width, height, shared_width, shared_height = max(aw, bw), max(ah, bh), min(aw, bw), min(ah, bh)
    size_differs = (aw, ah) != (bw, bh)
    if size_differs:
        exact = np.ones((height, width), np.bool_)
        if height * width > aw * ah + bw * bh - shared_width * shared_height:
            # Neither picture reaches into this corner: nothing to differ there.
            exact[shared_height:, shared_width:] = False
        shown = exact.copy()
        a = np.ascontiguousarray(a[:shared_height, :shared_width])
        b = np.ascontiguousarray(b[:shared_height, :shared_width])
        exact[:shared_height, :shared_width] = packed(a) != packed(b)
    else:
        exact = packed(a) != packed(b)
        shown = np.zeros((height, width), np.bool_)
    for x, y, box_width, box_height in ignore:
        exact[max(y, 0) : y + box_height, max(x, 0) : x + box_width] = False
    if size_differs:
        shown &= exact
    inner = exact[:shared_height, :shared_width]
    differing = np.flatnonzero(inner)
    part = np.zeros(inner.size, np.bool_)
    part[differing] = visible(a, b, differing, threshold)
    shown[:shared_height, :shared_width] = part.reshape(inner.shape)
    comparison = Comparison(
        width,
        height,
        exact_pixels=int(np.count_nonzero(exact)),
        changed_pixels=int(np.count_nonzero(shown)),
        regions=find_regions(exact),
        size_differs=size_differs,
        sizes=((aw, ah), (bw, bh)),
        threshold=threshold,
    )
    return comparison, exact, shown


def verdict(comparison: Comparison, *, max_diff_pixels: int | None = None) -> Verdict:
    """The verdict of one checkpoint.

    Without `max_diff_pixels` a single differing pixel, visible or not, is a change: a real change of colour
    can stay below every perceptual threshold. With it, a picture of the same size with at most that many
    visibly changed pixels is `tolerated`, and says so; it is never `identical`.
    """
    if comparison.identical:
        return "identical"
    if (
        max_diff_pixels is not None
        and not comparison.size_differs
        and comparison.changed_pixels <= max_diff_pixels
    ):
        return "tolerated"
    return "changed"


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CouldNotRun(
            f"Cannot write the difference picture: {path} ({error.strerror})",
            hint="Check the folder and its rights",
        ) from error
