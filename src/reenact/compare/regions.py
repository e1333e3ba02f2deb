"""From a mask of differing pixels to the few boxes a person would draw around them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from reenact.compare.region import Region

NEAR = 8
"""Boxes with at most this many pixels between them are one box: words of a line, parts of a button."""

MAX_BOXES = 200
"""Beyond this many separate boxes, nearness is widened until fewer are left; nobody reads a thousand."""

Mask = npt.NDArray[np.bool_]
Boxes = npt.NDArray[np.int64]


def find_regions(mask: Mask) -> tuple[Region, ...]:
    """Boxes around the True pixels, those with most pixels first, then from top to bottom, left to right."""
    ys, xs = np.nonzero(mask)
    if not len(ys):
        return ()
    near = NEAR
    while True:
        # A cell half as wide as "near" can only join what the merge of boxes would join anyway, so the result
        # does not depend on where the grid happens to lie.
        boxes = _boxes_of_cells(ys, xs, mask.shape, near // 2)
        if len(boxes) <= MAX_BOXES * 8:
            boxes = _merged(boxes, near)
            if len(boxes) <= MAX_BOXES:
                break
        near *= 2
    regions = [Region(int(x), int(y), int(r - x), int(b - y), int(n)) for x, y, r, b, n in boxes]
    return tuple(sorted(regions, key=lambda region: (-region.pixels, region.y, region.x)))


def _boxes_of_cells(ys: Boxes, xs: Boxes, shape: tuple[int, ...], cell: int) -> Boxes:
    """One row (left, top, right, bottom, pixels) per group of touching cells that hold a pixel."""
    rows, columns = shape[0] // cell + 1, shape[1] // cell + 1
    cell_of = (ys // cell) * columns + xs // cell
    occupied = np.zeros(rows * columns, np.bool_)
    occupied[cell_of] = True
    labels, count = _label(occupied.reshape(rows, columns))
    label = labels.reshape(-1)[cell_of]
    boxes = np.empty((count, 5), np.int64)
    boxes[:, :2], boxes[:, 2:] = np.iinfo(np.int64).max, 0
    np.minimum.at(boxes[:, 0], label, xs)
    np.minimum.at(boxes[:, 1], label, ys)
    np.maximum.at(boxes[:, 2], label, xs + 1)
    np.maximum.at(boxes[:, 3], label, ys + 1)
    boxes[:, 4] = np.bincount(label, minlength=count)
    return boxes


def _label(grid: Mask) -> tuple[npt.NDArray[np.int64], int]:
    """Number the groups of True cells that touch, corners included, working run by run."""
    parent: list[int] = []

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    runs: list[tuple[int, int, int]] = []
    above: list[tuple[int, int, int]] = []
    for y in np.flatnonzero(grid.any(axis=1)).tolist():
        edges = np.flatnonzero(np.diff(np.concatenate(([False], grid[y], [False])).astype(np.int8)))
        here = []
        if above and runs[above[0][2]][0] != y - 1:
            above = []
        first = 0
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            run = len(parent)
            parent.append(run)
            runs.append((y, start, end))
            here.append((start, end, run))
            while first < len(above) and above[first][1] < start:
                first += 1
            for other_start, _, other in above[first:]:
                if other_start > end:
                    break
                parent[root(other)] = root(run)
        above = here
    labels = np.zeros(grid.shape, np.int64)
    numbers: dict[int, int] = {}
    for run, (y, start, end) in enumerate(runs):
        labels[y, start:end] = numbers.setdefault(root(run), len(numbers))
    return labels, len(numbers)


def _merged(boxes: Boxes, near: int) -> Boxes:
    """Join boxes that are near each other until none are."""
    waiting = boxes.tolist()
    done = np.empty((0, 5), np.int64)
    while waiting:
        box = np.array(waiting.pop(), np.int64)
        while len(done):
            close = (
                (done[:, 0] - box[2] <= near)
                & (box[0] - done[:, 2] <= near)
                & (done[:, 1] - box[3] <= near)
                & (box[1] - done[:, 3] <= near)
            )
            if not close.any():
                break
            group = np.vstack((box, done[close]))
            box = np.concatenate(
                (group[:, :2].min(axis=0), group[:, 2:4].max(axis=0), group[:, 4:].sum(axis=0))
            )
            done = done[~close]
        done = np.vstack((done, box))
    return done
