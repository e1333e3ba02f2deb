from __future__ import annotations

import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from reenact.compare import (
    METRIC,
    compare_images,
    difference_png,
    pixels_digest,
    png_size,
    verdict,
)
from reenact.compare.region import Region
from reenact.errors import CouldNotRun, InvalidTrace, UsageError

IMAGES = Path(__file__).parents[3] / "fixtures" / "images"
EXPECTED = json.loads((IMAGES / "expected.json").read_text("utf-8"))["pairs"]
BASE = IMAGES / "base.png"


def picture(width=40, height=30, colour=(250, 250, 250, 255)):
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[:] = colour
    return pixels


def painted(box, colour=(0, 0, 0, 255), base=None):
    pixels = picture() if base is None else base.copy()
    left, top, width, height = box
    pixels[top : top + height, left : left + width] = colour
    return pixels


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_saying(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IEND", b"")


@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("threshold", ["0.1", "0.2"])
def test_counts_are_those_of_the_reference_implementation(name, threshold):
    result = compare_images(BASE, IMAGES / f"{name}.png", threshold=float(threshold))
    assert result.exact_pixels == EXPECTED[name]["exact"]
    assert result.changed_pixels == EXPECTED[name]["visible"][threshold]
    assert sum(region.pixels for region in result.regions) == result.exact_pixels


@pytest.mark.parametrize(
    ("box", "exact", "visible"),
    [
        ((0, 0, 1, 1), 1, 1),
        ((39, 29, 1, 1), 1, 1),
        ((5, 6, 7, 8), 56, 56),
        ((0, 0, 40, 30), 1200, 1200),
    ],
)
def test_a_painted_box_counts_exactly_and_is_its_own_region(box, exact, visible):
    result = compare_images(picture(), painted(box))
    assert (result.exact_pixels, result.changed_pixels) == (exact, visible)
    assert result.regions == (Region(*box, exact),)
    assert (result.width, result.height, result.size_differs) == (40, 30, False)
    assert result.metric == METRIC


def test_a_change_no_eye_sees_is_still_a_change():
    result = compare_images(picture(), painted((0, 0, 10, 10), (250, 250, 251, 255)))
    assert (result.exact_pixels, result.changed_pixels) == (100, 0)
    assert verdict(result) == "changed"
    assert verdict(result, max_diff_pixels=0) == "tolerated"


@pytest.mark.parametrize(
    ("limit", "expected"), [(None, "changed"), (0, "changed"), (55, "changed"), (56, "tolerated")]
)
def test_tolerance_is_a_number_of_visible_pixels(limit, expected):
    assert verdict(compare_images(picture(), painted((5, 6, 7, 8))), max_diff_pixels=limit) == expected


def test_tolerance_never_covers_another_size_nor_renames_identity():
    taller = compare_images(picture(), picture(height=31))
    assert verdict(taller, max_diff_pixels=10_000) == "changed"
    assert verdict(compare_images(picture(), picture()), max_diff_pixels=10) == "identical"


@pytest.mark.parametrize(
    ("size", "exact", "span"),
    [
        ((40, 31), 40, (40, 31)),
        ((41, 30), 30, (41, 30)),
        ((50, 40), 50 * 40 - 1200, (50, 40)),
        ((50, 20), 40 * 10 + 10 * 20, (50, 30)),  # each picture has a part the other has not
        ((10, 10), 1200 - 100, (40, 30)),
    ],
)
def test_pixels_only_one_picture_has_count_as_changed(size, exact, span):
    result = compare_images(picture(), picture(*size))
    assert result.size_differs
    assert (result.exact_pixels, result.changed_pixels) == (exact, exact)
    assert (result.width, result.height) == span
    assert result.sizes == ((40, 30), size)
    assert "size differs" in result.summary


def test_other_size_and_other_content_add_up():
    result = compare_images(picture(), painted((1, 1, 2, 2), base=picture(height=32)))
    assert (result.exact_pixels, result.changed_pixels) == (4 + 80, 4 + 80)


def test_equal_bytes_end_before_decoding():
    undecodable = png_saying(10, 20)
    result = compare_images(undecodable, undecodable)
    assert result.identical
    assert (result.width, result.height) == (10, 20)


def test_another_encoding_of_the_same_pixels_is_identical():
    data, buffer = BASE.read_bytes(), io.BytesIO()
    Image.open(BASE).convert("RGBA").save(buffer, "PNG", compress_level=9)
    assert buffer.getvalue() != data
    assert compare_images(buffer.getvalue(), data).identical
    assert pixels_digest(buffer.getvalue()) == pixels_digest(data)


def test_digest_knows_pixels_and_shape():
    digests = {pixels_digest(array) for array in (picture(), picture(30, 40), painted((0, 0, 1, 1)))}
    assert len(digests) == 3
    assert all(len(digest) == 64 for digest in digests)


def test_paths_strings_bytes_and_arrays_mix():
    rgb = np.ascontiguousarray(painted((2, 2, 3, 3))[..., :3])
    assert compare_images(picture(), rgb).exact_pixels == 9
    assert compare_images(str(BASE), BASE.read_bytes()).identical
    grey = np.full((30, 40), 250, np.uint8)
    assert compare_images(grey, picture()).identical


def test_the_difference_shows_what_changed_and_only_that(tmp_path):
    target = tmp_path / "d.png"
    changed = painted((10, 10, 4, 4))
    changed[20, 30] = (250, 250, 251, 255)
    compare_images(picture(), changed, diff=target)
    assert target.read_bytes() == difference_png(picture(), changed)
    assert png_size(target.read_bytes()) == (40, 30)
    plain = difference_png(picture(), changed, boxes=False)
    vivid = compare_images(plain, difference_png(picture(), picture()))
    assert vivid.exact_pixels == 17


def test_a_difference_is_written_for_identical_pictures_too(tmp_path):
    compare_images(BASE, BASE, diff=tmp_path / "none.png")
    assert png_size((tmp_path / "none.png").read_bytes()) == (320, 170)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"GIF89a" + b"\0" * 60, "not a PNG"),
        (BASE.read_bytes()[:20], "not a PNG"),
        (BASE.read_bytes()[:900], "damaged"),
        (BASE.read_bytes()[:60] + b"garbage" * 40, "damaged"),
        (png_saying(100_000, 100_000), "100000 x 100000"),
        (png_saying(0, 10), "0 x 10"),
        (png_saying(10, 10), "damaged"),
    ],
)
def test_a_damaged_picture_is_one_clear_line(data, words):
    with pytest.raises(InvalidTrace) as caught:
        compare_images(BASE, data)
    assert words in str(caught.value)
    assert "the second picture" in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        IMAGES / "no such.png",
        IMAGES,
        "with\0nul",
        42,
        np.zeros((3, 3), np.float64),
        np.zeros((3, 3, 2), np.uint8),
        np.zeros((0, 3, 4), np.uint8),
    ],
)
def test_what_is_no_picture_is_a_usage_error(source):
    with pytest.raises(UsageError):
        compare_images(source, BASE)


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_thresholds_lie_between_0_and_1(threshold):
    with pytest.raises(UsageError):
        compare_images(BASE, BASE, threshold=threshold)


def test_a_difference_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(CouldNotRun, match="Cannot write"):
        compare_images(BASE, BASE, diff=tmp_path / "no" / "folder.png")
