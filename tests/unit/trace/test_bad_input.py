"""Everything that can be wrong with a trace gives one clear line and the right exit code."""

from __future__ import annotations

import os
import shutil

import pytest

from reenact.errors import InvalidTrace, NewerTrace, UsageError
from reenact.trace import load, pack, recover


def _truncate(trace):
    file = trace / "trace.json"
    file.write_bytes(file.read_bytes()[:-200])


def _flip(file):
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def _foreign(trace):
    (trace / "trace.json").write_text('{"log": {"version": "1.2"}}')


def _a_pipe(trace):
    (trace / "trace.json").unlink()
    os.mkfifo(trace / "trace.json")


def _a_link(trace):
    (trace / "trace.json").rename(trace / "real.json")
    (trace / "trace.json").symlink_to("real.json")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_truncate, ["truncated", "trace.json", "line"]),
        (lambda trace: (trace / "trace.json").write_bytes(b""), ["truncated", "trace.json"]),
        (lambda trace: (trace / "trace.json").write_bytes(b"\xff\xfe{}"), ["not UTF-8", "trace.json"]),
        (lambda trace: (trace / "trace.json").write_text("[" * 100_000), ["nested too deeply"]),
        (lambda trace: (trace / "trace.json").write_text("9" * 5000), ["damaged"]),
        (_foreign, ["not a reenact trace", "trace.json"]),
        (lambda trace: (trace / "trace.json").write_text("[]"), ["not a reenact trace"]),
        (lambda trace: (trace / "trace.json").unlink(), ["not a reenact trace", "no trace.json"]),
        (lambda trace: (trace / "timeline.json").unlink(), ["missing", "timeline.json"]),
        (lambda trace: _flip(trace / "timeline.json"), ["timeline.json"]),
        (
            lambda trace: (trace / "network.json").write_text('{"version": 1, "exchanges": []}\n'),
            ["network.json"],
        ),
        (_a_pipe, ["not a plain file", "trace.json"]),
        (_a_link, ["not a plain file", "trace.json"]),
    ],
)
def test_damage(trace, damage, words):
    damage(trace.path)
    _expect(InvalidTrace, 4, words, lambda: load(trace.path))


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        (
            "trace.json",
            lambda t: t.update(version=99),
            ["format version 99", "Install reenact 9.9.0 or later"],
        ),
        ("trace.json", lambda t: t.update(version="1"), ["names no format version"]),
        ("trace.json", lambda t: t.update(version=0), ["names no format version"]),
        ("trace.json", lambda t: t.update(version=10**400), ["names no format version"]),
        ("trace.json", lambda t: t.pop("steps"), ["$", "'steps' is a required property"]),
        ("trace.json", lambda t: t["steps"][0].update(time="soon"), ["$.steps[0].time"]),
        ("trace.json", lambda t: t["steps"][0].pop("target"), ["$.steps[0]", "target"]),
        ("trace.json", lambda t: t["steps"][0].update(id="../../etc/passwd"), ["$.steps[0].id"]),
        ("trace.json", lambda t: t["steps"][0].update(id="s1\n"), ["$.steps[0].id"]),
        (
            "trace.json",
            lambda t: t["checkpoints"][0].update(screenshot="../../x"),
            ["checkpoints[0].screenshot"],
        ),
        (
            "trace.json",
            lambda t: t["steps"][0].update(checkpoint="c9"),
            ["$.steps[0].checkpoint", "no checkpoint c9"],
        ),
        ("trace.json", lambda t: t["steps"][0].update(page="p9"), ["$.steps[0].page", "no page p9"]),
        ("trace.json", lambda t: t["steps"].append(t["steps"][0]), ["$.steps", "twice"]),
        ("trace.json", lambda t: t.pop("integrity"), ["integrity"]),
        ("trace.json", lambda t: t.update(seconds=float("inf")), ["Infinity"]),
        ("timeline.json", lambda t: t["acts"][1].update(n=-1), ["timeline.json", "$.acts[1].n"]),
        ("timeline.json", lambda t: t["acts"][0].pop("url"), ["timeline.json", "$.acts[0]", "url"]),
        (
            "network.json",
            lambda t: t["exchanges"][0].update(request=[]),
            ["network.json", "$.exchanges[0].request"],
        ),
    ],
)
def test_schema(trace, edit, name, change, words):
    edit(trace.path, "trace.json", lambda top: top["environment"].update(reenact="9.9.0"))
    edit(trace.path, name, change)
    error = _expect(InvalidTrace, 4, words, lambda: load(trace.path))
    assert isinstance(error, NewerTrace) == ("99" in words[0])


def test_a_number_too_large(trace):
    file = trace.path / "trace.json"
    file.write_text(file.read_text().replace('"time": 812.5', '"time": 1e999'))
    _expect(InvalidTrace, 4, ["$.steps[0].time"], lambda: load(trace.path))


def test_resources(trace):
    sha = trace.checkpoints[0].screenshot
    file = trace.path / "resources" / sha[:2] / sha
    _flip(file)
    words = ["screenshot of checkpoint c1", "changed", sha]
    _expect(InvalidTrace, 4, words, load(trace.path).verify)
    _expect(InvalidTrace, 4, ["changed", sha], lambda: load(trace.path).read(sha))
    _expect(InvalidTrace, 4, ["changed"], lambda: load(trace.path).save(trace.path.with_name("b.reenact")))
    _expect(InvalidTrace, 4, ["changed"], lambda: pack(trace.path, trace.path.with_name("b.reenact.zip")))
    file.unlink()
    _expect(InvalidTrace, 4, ["screenshot of checkpoint c1", "missing", sha], load(trace.path).verify)
    file.symlink_to("/etc/passwd")
    _expect(InvalidTrace, 4, ["not a plain file"], load(trace.path).verify)
    assert [path.name for path in trace.path.parent.iterdir()] == ["checkout.reenact"]


def test_an_attached_resource_cannot_lead_out_of_the_trace(trace, edit):
    files = [{"name": "a.txt", "resource": "../../../etc/passwd"}]
    edit(trace.path, "timeline.json", lambda t: t["acts"][1].update(files=files))
    load(trace.path).verify()
    _expect(UsageError, 2, ["not a SHA-256"], lambda: load(trace.path).read("../../../etc/passwd"))
    edit(trace.path, "timeline.json", lambda t: t["acts"][1].update(files=[{"resource": "0" * 64}]))
    _expect(InvalidTrace, 4, ["attached resource is missing"], load(trace.path).verify)


def test_paths(tmp_path, trace):
    _expect(
        UsageError, 2, ["there is no trace", "nothing.reenact"], lambda: load(tmp_path / "nothing.reenact")
    )
    _expect(UsageError, 2, ["there is no trace"], lambda: load(tmp_path / "nul\0.reenact"))
    _expect(UsageError, 2, ["there is no trace"], lambda: load(trace.path / "trace.json" / "x"))
    _expect(UsageError, 2, ["nothing to recover"], lambda: recover(tmp_path / "nothing.reenact"))
    _expect(UsageError, 2, ["a trace already"], lambda: recover(trace.path))
    _expect(UsageError, 2, [".zip"], lambda: pack(trace.path, tmp_path / "b"))
    (tmp_path / "empty").mkdir()
    _expect(InvalidTrace, 4, ["not a reenact trace"], lambda: load(tmp_path / "empty"))
    (tmp_path / "a.txt").write_text("hello")
    _expect(InvalidTrace, 4, ["not a reenact trace"], lambda: load(tmp_path / "a.txt"))
    (tmp_path / "b.reenact.journal").mkdir()
    _expect(InvalidTrace, 4, ["before it held anything"], lambda: load(tmp_path / "b.reenact"))


def test_trace_json_itself_and_the_journal_folder_are_paths_too(tmp_path, trace):
    assert load(trace.path / "trace.json").path == trace.path
    shutil.copytree(trace.path, tmp_path / "b.reenact")
    (tmp_path / "b.reenact.journal").mkdir()
    assert load(tmp_path / "b.reenact.journal").path == tmp_path / "b.reenact"


def _expect(kind, code, words, action):
    with pytest.raises(kind) as caught:
        action()
    text = str(caught.value)
    assert caught.value.exit_code == code
    assert "\n" not in text
    assert len(text) < 700
    assert [word for word in words if word not in text] == [], text
    assert caught.value.hint
    return caught.value
