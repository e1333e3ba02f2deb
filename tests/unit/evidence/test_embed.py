from __future__ import annotations

import base64

import numpy as np
import pytest

from reenact.compare.picture import encode
from reenact.errors import InvalidTrace
from reenact.evidence.embed import Embedder


def png(value: int) -> bytes:
    return encode(np.full((7, 9, 3), value, np.uint8))


def test_the_same_bytes_are_one_picture_placed_once():
    embedder = Embedder()
    one, same, other = embedder.add(png(1)), embedder.add(png(1)), embedder.add(png(2))
    assert one == same != other
    assert (one.width, one.height) == (9, 7)
    assert base64.b64decode(one.uri.partition(",")[2]) == png(1)
    assert [embedder.first(one), embedder.first(same), embedder.first(other)] == [True, False, True]


def test_beyond_its_room_a_page_names_pictures_instead():
    embedder = Embedder(limit=len(png(1)) + 1)
    assert embedder.add(png(1)).uri is not None
    assert embedder.add(png(2)).uri is None
    assert embedder.add(png(1)).uri is not None


def test_no_picture_stays_none_and_a_damaged_one_is_refused():
    assert Embedder().add(None) is None
    with pytest.raises(InvalidTrace):
        Embedder().add(b"not a picture")
