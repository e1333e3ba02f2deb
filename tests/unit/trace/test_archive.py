"""Traces as one file: the same bytes for the same trace, and nothing that a hostile one can do."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from reenact.errors import InvalidTrace, UsageError
from reenact.trace import Limits, load, pack


@pytest.fixture
def packed(trace):
    return pack(trace.path, trace.path.with_name("packed.reenact.zip")).path


def test_packing_keeps_everything_and_gives_the_same_bytes(trace, packed):
    again = pack(trace.path, packed.with_name("again.reenact.zip")).path
    assert again.read_bytes() == packed.read_bytes()
    there = load(packed)
    there.verify()
    assert there.raw == trace.raw
    assert (there.steps, there.acts, there.exchanges) == (trace.steps, trace.acts, trace.exchanges)
    back = there.save(packed.with_name("back.reenact"))
    for file in ("trace.json", "timeline.json", "network.json"):
        assert (back.path / file).read_bytes() == (trace.path / file).read_bytes()
    load(back.path).verify()


def test_pictures_are_stored_and_text_is_packed(packed):
    kinds = {m.filename: m.compress_type for m in zipfile.ZipFile(packed).infolist()}
    assert kinds["trace.json"] == zipfile.ZIP_DEFLATED
    assert zipfile.ZIP_STORED in kinds.values()
    assert list(kinds) == ["network.json", "timeline.json", "trace.json", *sorted(list(kinds)[3:])]


def test_packing_does_not_overwrite(trace, packed):
    with pytest.raises(UsageError, match="already"):
        pack(trace.path, packed)
    pack(trace.path, packed, overwrite=True)


def test_a_trace_zipped_by_hand_with_its_folder_is_read(packed):
    moved = packed.with_name("by-hand.zip")
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(moved, "w") as target:
        for name in source.namelist():
            target.writestr(f"checkout.reenact/{name}", source.read(name))
    load(moved).verify()


def _with(name: str, data: bytes = b"x", **attributes):
    def add(archive: zipfile.ZipFile) -> None:
        member = zipfile.ZipInfo(name)
        for key, value in attributes.items():
            setattr(member, key, value)
        archive.writestr(member, data)

    return add


@pytest.mark.parametrize(
    ("add", "words"),
    [
        (_with("../evil"), "unsafe name"),
        (_with("resources/../../evil"), "unsafe name"),
        (_with("/etc/passwd"), "unsafe name"),
        (_with("C:/evil"), "unsafe name"),
        (_with("a\\..\\evil"), "unsafe name"),
        (_with("\\\\server\\share"), "unsafe name"),
        (_with("a\nb"), "unsafe name"),
        (_with("link", external_attr=(stat.S_IFLNK | 0o777) << 16), "link"),
        (_with("device", external_attr=(stat.S_IFCHR | 0o777) << 16), "device"),
        (_with("TRACE.json"), "same name twice"),
        (_with("bomb", b"\0" * (8 << 20), compress_type=zipfile.ZIP_DEFLATED), "times its size"),
        (_with("slow", b"x" * 99, compress_type=zipfile.ZIP_BZIP2), "unusual"),
    ],
)
def test_hostile_entries(packed, add, words):
    with zipfile.ZipFile(packed, "a") as archive:
        add(archive)
    with pytest.raises(InvalidTrace, match=words) as caught:
        load(packed)
    assert "\n" not in str(caught.value)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice(packed):
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("trace.json", "{}")
    with pytest.raises(InvalidTrace, match="twice"):
        load(packed)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(entries=3), "entries, more than 3"),
        (Limits(entry=100), "MiB an entry"),
        (Limits(total=1000), "MiB in all"),
    ],
)
def test_limits(packed, limits, words):
    with pytest.raises(InvalidTrace, match=words):
        load(packed, limits=limits)


def test_overlapping_entries(packed):
    data = bytearray(packed.read_bytes())
    members = zipfile.ZipFile(packed).infolist()
    first, second = members[0], members[1]
    # Let the second entry of the directory point at the first one's bytes.
    place = data.index(b"PK\x01\x02")
    place = data.index(b"PK\x01\x02", place + 4)
    data[place + 42 : place + 46] = first.header_offset.to_bytes(4, "little")
    packed.write_bytes(bytes(data))
    assert second.header_offset != first.header_offset
    with pytest.raises(InvalidTrace, match="overlaps"):
        load(packed)


def test_cut_anywhere_it_is_damaged(packed):
    data = packed.read_bytes()
    for end in range(0, len(data), 37):
        packed.write_bytes(data[:end])
        with pytest.raises(InvalidTrace, match="damaged"):
            load(packed)


def test_any_flipped_byte_is_found_or_changes_nothing(trace, packed):
    data = packed.read_bytes()
    found = 0
    for index in range(0, len(data), 3):
        flipped = bytearray(data)
        flipped[index] ^= 0x11
        packed.write_bytes(bytes(flipped))
        try:
            there = load(packed)
            there.verify()
        except InvalidTrace:
            found += 1
        else:
            assert there.raw == trace.raw
            assert there.exchanges == trace.exchanges
    assert found > len(data) / 3 / 2


def test_not_a_zip(tmp_path):
    for content in (b"", b"PK\x03\x04", b"hello", io.BytesIO(b"PK\x05\x06" + b"\xff" * 18).getvalue()):
        path = tmp_path / "a.reenact.zip"
        path.write_bytes(content)
        with pytest.raises(InvalidTrace, match="damaged"):
            load(path)
