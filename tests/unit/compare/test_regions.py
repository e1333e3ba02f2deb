from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reenact.compare.region import Region
from reenact.compare.regions import MAX_BOXES, NEAR, find_regions


def mask_of(*points, shape=(60, 80)):
    mask = np.zeros(shape, np.bool_)
    for x, y in points:
        mask[y, x] = True
    return mask


def test_no_pixel_no_region():
    assert find_regions(mask_of()) == ()


@pytest.mark.parametrize("shift", range(9))
def test_near_is_the_same_wherever_the_pixels_lie(shift):
    near = mask_of((shift, 3), (shift + NEAR + 1, 3))
    assert find_regions(near) == (Region(shift, 3, NEAR + 2, 1, 2),)
    far = mask_of((shift, 3), (shift + NEAR + 2, 3))
    assert find_regions(far) == (Region(shift, 3, 1, 1, 1), Region(shift + NEAR + 2, 3, 1, 1, 1))


def test_boxes_that_come_near_by_merging_merge_too():
    # The two ends are far apart; only the box around the first pair reaches the third.
    assert find_regions(mask_of((0, 0), (9, 9), (18, 0))) == (Region(0, 0, 19, 10, 3),)


def test_the_fullest_region_comes_first_then_reading_order():
    mask = mask_of((70, 2), (2, 40), (40, 40))
    mask[20:22, 40:44] = True
    assert [region.pixels for region in find_regions(mask)] == [8, 1, 1, 1]
    assert [(region.x, region.y) for region in find_regions(mask)][1:] == [(70, 2), (2, 40), (40, 40)]


def test_scattered_pixels_give_few_boxes():
    mask = np.zeros((720, 1280), np.bool_)
    mask[::20, ::20] = True
    regions = find_regions(mask)
    assert len(regions) <= MAX_BOXES
    assert sum(region.pixels for region in regions) == mask.sum()


def closure(points):
    """The rule said plainly: every pixel a box, join what is near, until nothing is."""
    boxes = [(x, y, x + 1, y + 1, 1) for x, y in points]
    joined = True
    while joined:
        joined = False
        for i, a in enumerate(boxes):
            for j in range(i + 1, len(boxes)):
                b = boxes[j]
                if max(b[0] - a[2], a[0] - b[2], b[1] - a[3], a[1] - b[3]) <= NEAR:
                    boxes[i] = (
                        min(a[0], b[0]),
                        min(a[1], b[1]),
                        max(a[2], b[2]),
                        max(a[3], b[3]),
                        a[4] + b[4],
                    )
                    del boxes[j]
                    joined = True
                    break
            if joined:
                break
    return {(x, y, right - x, bottom - y, pixels) for x, y, right, bottom, pixels in boxes}


@settings(max_examples=150, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 79), st.integers(0, 59)), max_size=25))
def test_regions_are_what_the_plain_rule_gives(points):
    found = {(r.x, r.y, r.width, r.height, r.pixels) for r in find_regions(mask_of(*points))}
    assert found == closure(points)
