from __future__ import annotations

import json
import subprocess
import sys

import pytest

from reenact.errors import CouldNotRun, InvalidTrace, UsageError
from reenact.trace import TraceWriter, load, recover


def test_everything_put_is_read_again(trace):
    assert (trace.name, trace.actor, trace.status, trace.start_url) == (
        "Checkout",
        "qa@example.com",
        "complete",
        "http://shop/",
    )
    assert trace.environment["reenact"]
    assert trace.started.endswith("Z")
    assert trace.seconds >= 0
    click, fill = trace.steps
    assert (click.id, click.type, click.acts, click.time) == ("s1", "click", (1, 1), 812.5)
    assert click.target.locators[0].kind == "role"
    assert click.target.locators[1].value == "#buy"
    assert click.target.box["width"] == 30
    assert (fill.value, fill.secret) == (None, "PASSWORD")
    (checkpoint,) = trace.checkpoints
    assert trace.read(checkpoint.screenshot).startswith(b"\x89PNG")
    assert checkpoint.interim is False
    (document,) = trace.documents
    assert document.entries == ["timer", 1, 16.5, "frame", 2, 0.5]
    (exchange,) = trace.exchanges
    assert exchange.response_headers == (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    assert trace.read(exchange.response_body) == b"<h1>Shop</h1>"
    assert [act.type for act in trace.acts] == ["navigate", "input"]
    assert trace.acts[1].raw["x"] == 5
    assert trace.gaps[0].kind == "closed-shadow-root"
    assert trace.pages[0].opener is None
    trace.verify()


def test_nothing_but_the_trace_is_left(trace):
    assert [path.name for path in trace.path.parent.iterdir()] == ["checkout.reenact"]
    assert sorted(path.name for path in trace.path.iterdir()) == [
        "network.json",
        "resources",
        "timeline.json",
        "trace.json",
    ]


def test_the_same_id_replaces_in_place(tmp_path):
    with TraceWriter.create(tmp_path / "a.reenact") as writer:
        writer.put("page", "p1", {})
        for name in ("s1", "s2", "s1"):
            writer.put("step", name, {"type": "wait", "title": f"{name} again", "page": "p1", "time": 0})
        writer.put(
            "step", "s1", {"type": "press", "title": "last", "page": "p1", "time": 5, "value": "Enter"}
        )
        steps = writer.finish().steps
    assert [(step.id, step.title) for step in steps] == [("s1", "last"), ("s2", "s2 again")]


def test_what_is_not_referred_to_is_not_kept(tmp_path, session):
    writer = TraceWriter.create(tmp_path / "a.reenact")
    session(writer)
    orphan = writer.resource(b"nobody asks for this")
    trace = writer.finish()
    assert not (trace.path / "resources" / orphan[:2] / orphan).exists()
    trace.verify()


def test_unknown_fields_survive_everything(tmp_path):
    writer = TraceWriter.create(tmp_path / "a.reenact")
    writer.put("session", "x", {"x_top": {"deep": [1, {"two": None}]}, "environment": {"x_gpu": "none"}})
    writer.put("page", "p1", {"x_color": "blue"})
    writer.put("act", "a0", {"n": 0, "type": "x_new_kind", "x_field": 1})
    trace = writer.finish()
    trace = trace.update(certification={"verdict": "certified", "x_mood": "good"})
    trace = load(trace.save(tmp_path / "b.reenact.zip").path).save(tmp_path / "c.reenact")
    trace = load(trace.path)
    assert trace.raw["x_top"] == {"deep": [1, {"two": None}]}
    assert trace.environment["x_gpu"] == "none"
    assert trace.pages[0].raw["x_color"] == "blue"
    assert trace.acts[0].raw["x_field"] == 1
    assert trace.certification["x_mood"] == "good"


def test_what_breaks_the_schema_is_refused_when_put(tmp_path):
    with TraceWriter.create(tmp_path / "a.reenact") as writer:
        with pytest.raises(InvalidTrace, match=r"step s1 breaks the schema: \$\.time"):
            writer.put(
                "step", "s1", {"type": "click", "title": "x", "page": "p1", "time": "soon", "target": None}
            )
        with pytest.raises(InvalidTrace, match="what JSON cannot"):
            writer.put("gap", "g1", {"kind": "a", "detail": "b", "x": {1, 2}})
        with pytest.raises(UsageError, match="no such kind"):
            writer.put("stuff", "s1", {})
        assert writer.finish().steps == ()


def test_an_existing_trace_is_not_overwritten(trace):
    with pytest.raises(UsageError, match="already"):
        TraceWriter.create(trace.path)
    assert load(trace.path).name == "Checkout"


def test_overwriting_happens_at_the_end_and_as_a_whole(trace):
    writer = TraceWriter.create(trace.path, overwrite=True)
    writer.put("session", "x", {"name": "Second"})
    assert load(trace.path).name == "Checkout"
    assert writer.finish().name == "Second"
    assert load(trace.path).steps == ()
    assert [path.name for path in trace.path.parent.iterdir()] == ["checkout.reenact"]


def test_a_discarded_recording_leaves_the_earlier_one(trace):
    TraceWriter.create(trace.path, overwrite=True).discard()
    assert load(trace.path).name == "Checkout"
    assert [path.name for path in trace.path.parent.iterdir()] == ["checkout.reenact"]


def test_a_trace_can_be_written_as_one_file(tmp_path, session):
    writer = TraceWriter.create(tmp_path / "a.reenact.zip")
    session(writer)
    trace = writer.finish()
    assert trace.path.is_file()
    trace.verify()
    assert [path.name for path in tmp_path.iterdir()] == ["a.reenact.zip"]


def test_a_closed_writer_leaves_an_orphan_that_load_recovers(tmp_path, session):
    with TraceWriter.create(tmp_path / "a.reenact") as writer:
        session(writer)
    with pytest.raises(UsageError, match="interrupted recording"):
        TraceWriter.create(tmp_path / "a.reenact")
    trace = load(tmp_path / "a.reenact")
    assert trace.status == "incomplete"
    assert len(trace.steps) == 2
    assert trace.seconds == 0.95
    trace.verify()
    assert [path.name for path in tmp_path.iterdir()] == ["a.reenact"]


def test_a_recording_in_progress_is_left_alone_by_others(tmp_path):
    path = tmp_path / "a.reenact"
    with TraceWriter.create(path) as writer:
        code = (
            "import sys; from reenact.trace import TraceWriter, load\n"
            "from reenact.errors import CouldNotRun\n"
            "for attempt in (load, lambda p: TraceWriter.create(p, overwrite=True)):\n"
            "    try: attempt(sys.argv[1])\n"
            "    except CouldNotRun as error: print(error)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        )
        assert done.stdout.count("being recorded right now") == 2, done.stderr
        with pytest.raises(CouldNotRun):
            recover(path)
        writer.put("page", "p1", {})
        assert len(writer.finish().pages) == 1


def test_what_a_torn_recording_refers_to_and_does_not_hold_is_a_gap(tmp_path):
    with TraceWriter.create(tmp_path / "a.reenact") as writer:
        writer.put("step", "s1", {"type": "wait", "title": "x", "page": "p9", "time": 0, "checkpoint": "c9"})
        writer.put("checkpoint", "c1", {"step": "s9", "page": "p9", "screenshot": "0" * 64})
        writer.extend("d9", ["timer", 1, 2])
    trace = recover(tmp_path / "a.reenact")
    assert trace.steps[0].checkpoint is None
    assert trace.checkpoints[0].screenshot is None
    assert {gap.kind for gap in trace.gaps} == {"lost"}
    details = " ".join(gap.detail for gap in trace.gaps)
    assert all(word in details for word in ("c9", "s9", "p9", "d9", "screenshot of checkpoint c1"))
    trace.verify()


def test_an_entry_says_later_what_an_earlier_one_turned_out_to_be(tmp_path):
    with TraceWriter.create(tmp_path / "a.reenact") as writer:
        writer.put("page", "p1", {})
        writer.put("document", "d1", {"page": "p1"})
        writer.extend("d1", ["T", 1, 5, "-", 0, 2])
        writer.extend("d1", ["T", 2, 7, "<", [3, "L", "picture"], 0])
        # What names no entry before it says nothing.
        writer.extend(
            "d1", ["<", [300, "L", "none"], 0, "<", [-3, "L", "none"], 0, "<", [4, "L", "none"], 0, "<", 3, 0]
        )
        trace = writer.finish()
    assert trace.documents[0].entries[:12] == ["T", 1, 5, "L", "picture", 2, "T", 2, 7, "-", 0, 0]
    assert trace.documents[0].entries[12:] == ["-", 0, 0] * 4


def test_update_changes_checkpoints_and_resources_in_place(trace):
    import hashlib

    better = b"\x89PNG better"
    digest = hashlib.sha256(better).hexdigest()
    old = trace.checkpoints[0].screenshot
    block = {"verdict": "certified", "times": 3, "checkpoints": 1, "identical": 3, "unstable": []}
    change = {"c1": {"screenshot": digest, "source": "certification"}}
    returned = trace.update(checkpoints=change, resources=[better], certification=block)
    for now in (returned, load(trace.path)):
        assert now.read(now.checkpoints[0].screenshot) == better
        assert now.checkpoints[0].source == "certification"
        assert now.certification == block
        assert now.checkpoints[0].title == "Shop"
        now.verify()
    assert not (trace.path / "resources" / old[:2] / old).exists()
    assert not list(trace.path.rglob(".*"))


def test_update_of_a_zip(trace, tmp_path):
    packed = trace.save(tmp_path / "b.reenact.zip")
    packed.update(certification={"verdict": "unstable"})
    assert load(packed.path).certification == {"verdict": "unstable"}
    load(packed.path).verify()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"certification": {"verdict": "maybe"}}, "certification"),
        ({"checkpoints": {"c1": {"screenshot": "0" * 64}}}, "not stored"),
        ({"checkpoints": {"c1": {"time": None}}}, "time"),
        ({"checkpoints": {"c7": {"time": 1}}}, "no such checkpoint"),
        ({"x_new": {1}}, "what JSON cannot"),
    ],
)
def test_an_update_that_would_break_the_trace_changes_nothing(trace, change, message):
    before = (trace.path / "trace.json").read_bytes()
    with pytest.raises((InvalidTrace, UsageError), match=message):
        trace.update(**change)
    assert (trace.path / "trace.json").read_bytes() == before


def test_the_files_are_readable_in_git(trace):
    text = (trace.path / "trace.json").read_text()
    assert text.endswith("}\n")
    assert '\n   "title": "Clicked button \\"Buy\\"",\n' in text
    timeline = (trace.path / "timeline.json").read_text()
    assert '"entries": ["timer", 1, 16.5, "frame", 2, 0.5]' in timeline
    assert list(json.loads(text))[:3] == ["format", "version", "id"]
