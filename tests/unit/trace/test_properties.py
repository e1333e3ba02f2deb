"""Whatever the bytes: a trace opens as it should or ends in one of our errors."""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reenact.errors import ReenactError
from reenact.trace import TraceWriter, jsontext, load, recover

PLAIN = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
JSON = st.recursive(PLAIN, lambda i: st.lists(i) | st.dictionaries(st.text(), i), max_leaves=20)
TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(JSON | TEXT)
def test_json_text_means_what_json_means(value):
    for text in (jsontext.dump(value), jsontext.line(value)):
        assert jsontext.parse(text) == value == json.loads(text)
    assert b"\n" not in jsontext.line(value)
    assert jsontext.dump(jsontext.parse(jsontext.dump(value))) == jsontext.dump(value)


@quick
@given(st.binary(max_size=300))
def test_random_bytes_in_each_place(data):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "a.reenact"
        journal = Path(place) / "b.reenact.journal"
        folder.mkdir()
        journal.mkdir()
        (folder / "trace.json").write_bytes(data)
        (journal / "journal.jsonl").write_bytes(data)
        (Path(place) / "c.reenact.zip").write_bytes(data)
        (Path(place) / "d.reenact.zip").write_bytes(b"PK\x03\x04" + data)
        for name in "a.reenact", "b.reenact", "c.reenact.zip", "d.reenact.zip":
            with pytest.raises(ReenactError) as caught:
                load(Path(place) / name)
            assert "\n" not in str(caught.value)


@quick
@given(st.data())
def test_a_damaged_trace_never_raises_anything_else(trace, data):
    name = data.draw(st.sampled_from(["trace.json", "timeline.json", "network.json"]))
    file = trace.path / name
    before = file.read_bytes()
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(len(before), start + 40)))
    file.write_bytes(before[:start] + data.draw(st.binary(max_size=20)) + before[end:])
    try:
        with contextlib.suppress(ReenactError):
            damaged = load(trace.path)
            _ = damaged.steps, damaged.checkpoints, damaged.pages, damaged.gaps, damaged.acts
            _ = damaged.documents, damaged.exchanges, damaged.websockets, damaged.certification
            damaged.verify()
    finally:
        file.write_bytes(before)


@settings(quick, max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(["s1", "s2", "s3"]), TEXT, st.dictionaries(TEXT, JSON, max_size=3)),
        max_size=6,
    ),
    st.lists(JSON, max_size=9),
)
def test_whatever_is_recorded_is_read_again(steps, entries):
    with tempfile.TemporaryDirectory() as place:
        writer = TraceWriter.create(Path(place) / "a.reenact")
        writer.put("page", "p1", {})
        writer.put("document", "d1", {"page": "p1"})
        expected = {}
        for identifier, title, unknown in steps:
            step = {
                **{f"x_{key}": value for key, value in unknown.items()},
                "type": "wait",
                "page": "p1",
                "time": 0,
            }
            expected[identifier] = {**step, "title": title, "id": identifier}
            writer.put("step", identifier, expected[identifier])
        writer.extend("d1", entries)
        writer.close()
        trace = recover(Path(place) / "a.reenact")
        assert {step.id: {k: step.raw[k] for k in expected[step.id]} for step in trace.steps} == expected
        assert trace.documents[0].entries == entries


def test_opening_ten_thousand_steps_costs_little_more_than_parsing_them(tmp_path, session):
    writer = TraceWriter.create(tmp_path / "a.reenact")
    session(writer)
    for n in range(10_000):
        target = {
            "locators": [{"kind": "css", "value": "#a"}],
            "box": {"x": 1, "y": 2, "width": 3, "height": 4},
        }
        step = {"type": "click", "title": f"Clicked {n}", "page": "p1", "time": n, "target": target}
        writer.put("step", f"x{n}", step)
    path = writer.finish().path

    def cost(action) -> float:
        def once() -> float:
            start = time.process_time()
            action()
            return time.process_time() - start

        return min(once() for _ in range(3))

    parsing = cost(lambda: json.loads((path / "trace.json").read_bytes()))
    opening = cost(lambda: load(path).steps)
    print(f"parsing {parsing * 1000:.0f} ms, opening {opening * 1000:.0f} ms")
    assert opening < 12 * parsing
