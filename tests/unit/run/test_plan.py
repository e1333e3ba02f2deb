from __future__ import annotations

from pathlib import Path

import pytest

from reenact.errors import NothingSelected, UsageError
from reenact.run import discover


@pytest.fixture
def tree(tmp_path):
    for name in ("b.reenact", "a/z.reenact", "a/inner.reenact/resources/x.reenact", ".git/hidden.reenact"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "a" / "c.reenact.zip").write_bytes(b"")
    (tmp_path / "a" / "notes.zip").write_bytes(b"")
    (tmp_path / "a" / "file.reenact").write_bytes(b"")
    (tmp_path / "a" / "killed.reenact.journal").mkdir()
    (tmp_path / "a" / "z.reenact.journal").mkdir()
    return tmp_path


def names(plan, root: Path):
    return [str(trace.relative_to(root)) for trace in plan.traces]


def test_a_folder_stands_for_the_traces_below_it(tree):
    assert names(discover([tree]), tree) == [
        "a/c.reenact.zip",
        "a/inner.reenact",
        "a/killed.reenact",
        "a/z.reenact",
        "b.reenact",
    ]


def test_a_trace_named_twice_is_replayed_once(tree):
    assert names(discover([tree / "b.reenact", tree]), tree)[0] == "b.reenact"
    assert len(discover([tree / "b.reenact", tree]).traces) == 5


def test_a_named_trace_needs_no_ending(tree):
    (tree / "checkout").mkdir()
    (tree / "checkout" / "trace.json").write_text("{}")
    assert names(discover([tree / "checkout", tree / "a" / "notes.zip"]), tree) == ["checkout", "a/notes.zip"]


def test_a_killed_recording_is_found_by_its_journal(tree):
    assert names(discover([tree / "a" / "killed.reenact"]), tree) == ["a/killed.reenact"]
    assert names(discover([tree / "a" / "killed.reenact.journal"]), tree) == ["a/killed.reenact"]


def test_a_path_that_does_not_exist(tmp_path):
    with pytest.raises(UsageError, match=r"No such trace: .*nowhere"):
        discover([tmp_path / "nowhere"])


def test_a_folder_without_traces(tmp_path):
    with pytest.raises(NothingSelected, match="No trace found"):
        discover([tmp_path])
