from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from reenact.errors import InvalidTrace
from reenact.trace import TraceWriter, load, recover
from reenact.trace.journal import GENESIS, Journal, Record, read_records

WHERE = Path("x.journal/journal.jsonl")


@pytest.fixture
def lines(tmp_path):
    journal = Journal(tmp_path / "journal.jsonl")
    for n in range(8):
        journal.append(Record("gap", f"g{n}", {"kind": "x", "detail": f"é number {n}"}))
    journal.commit()
    journal.close()
    return (tmp_path / "journal.jsonl").read_bytes().splitlines(keepends=True)


def test_each_line_carries_the_digest_of_the_one_before(lines):
    previous = GENESIS
    for n, line in enumerate(lines):
        content = json.loads(line)
        assert list(content) == ["n", "prev", "kind", "id", "data"]
        assert (content["n"], content["prev"]) == (n, previous)
        previous = hashlib.sha256(line.rstrip(b"\n")).hexdigest()
    records, head, damaged = read_records(b"".join(lines), where=WHERE)
    assert ([record.id for record in records], head, damaged) == (
        [f"g{n}" for n in range(8)],
        previous,
        False,
    )


def test_wherever_the_end_is_torn_all_whole_lines_are_read(lines):
    data = b"".join(lines)
    for end in range(len(data) + 1):
        records, _, damaged = read_records(data[:end], where=WHERE)
        assert len(records) == data[:end].count(b"\n")
        assert not damaged


@pytest.mark.parametrize(
    "tail", [b"\0" * 4096, b"\0" * 100 + b"\n" + b"\0" * 50, b'{"n":8,"prev":"', b'"\n\0\0']
)
def test_what_a_power_cut_leaves_at_the_end_is_cut_off(lines, tail):
    records, _, damaged = read_records(b"".join(lines) + tail, where=WHERE)
    assert (len(records), damaged) == (8, False)


def test_any_flipped_byte_is_found_or_nothing_was_lost(lines):
    data = b"".join(lines)
    whole = [record.data for record in read_records(data, where=WHERE)[0]]
    last = len(data) - len(lines[-1])
    for index in range(len(data) - 1):
        for mask in (1, 0x20, 0x80):
            flipped = bytearray(data)
            flipped[index] ^= mask
            try:
                records, _, _ = read_records(bytes(flipped), where=WHERE)
            except InvalidTrace:
                continue
            else:
                # Only the last line has no line after it that would vouch for it.
                assert index >= last
                assert [record.data for record in records[:7]] == whole[:7]


def test_reordered_dropped_and_repeated_lines_are_found(lines):
    for changed in (
        [*lines[:2], lines[3], lines[2], *lines[4:]],
        [*lines[:2], *lines[3:]],
        [*lines[:3], *lines[2:]],
        lines[1:],
    ):
        with pytest.raises(InvalidTrace, match="breaks its hash chain"):
            read_records(b"".join(changed), where=WHERE)


def test_a_damaged_recording_is_refused_and_can_be_salvaged(tmp_path, session):
    with TraceWriter.create(tmp_path / "a.reenact") as writer:
        session(writer)
    journal = tmp_path / "a.reenact.journal" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"Filled password", b"Filled passw0rd"))
    for attempt in (load, recover):
        with pytest.raises(InvalidTrace, match="breaks its hash chain"):
            attempt(tmp_path / "a.reenact")
    trace = recover(tmp_path / "a.reenact", salvage=True)
    assert [step.id for step in trace.steps] == ["s1"]
    assert trace.status == "incomplete"
    assert any("the journal was damaged" in gap.detail for gap in trace.gaps)


def test_the_trace_states_the_head_of_the_chain(tmp_path, session):
    with TraceWriter.create(tmp_path / "a.reenact") as writer:
        session(writer)
    data = (tmp_path / "a.reenact.journal" / "journal.jsonl").read_bytes()
    trace = load(tmp_path / "a.reenact")
    assert trace.integrity["chain"] == hashlib.sha256(data.splitlines()[-1]).hexdigest()
    assert trace.integrity["records"] == data.count(b"\n")


def test_a_damaged_resource_of_an_interrupted_recording_is_a_gap(tmp_path, session):
    with TraceWriter.create(tmp_path / "a.reenact") as writer:
        session(writer)
    (body,) = [p for p in tmp_path.rglob("resources/*/*") if p.read_bytes().startswith(b"<h1>")]
    body.write_bytes(b"<h1>Sho")
    trace = load(tmp_path / "a.reenact")
    assert trace.exchanges[0].response_body is None
    assert body.name in trace.gaps[-1].detail
    trace.verify()
