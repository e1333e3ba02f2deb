from __future__ import annotations

import pytest

from reenact.errors import InvalidTrace, NewerTrace
from reenact.trace import load
from reenact.trace import migrate as m
from reenact.trace import validate as v


def _rename(old: str, new: str):
    def step(files):
        trace = {(new if key == old else key): value for key, value in files["trace.json"].items()}
        return {**files, "trace.json": trace}

    return step


def test_migrations_are_chained_and_keep_what_they_do_not_know():
    migrations = {1: _rename("a", "b"), 2: _rename("b", "c")}
    files = {"trace.json": {"version": 1, "a": 5, "x": 6}, "timeline.json": {"version": 1}}
    done = m.migrate(files, version=1, current=3, migrations=migrations)
    assert done == {"trace.json": {"version": 3, "c": 5, "x": 6}, "timeline.json": {"version": 3}}


def test_there_is_a_migration_and_a_schema_for_every_version():
    assert set(m.MIGRATIONS) == set(range(1, v.CURRENT_VERSION))
    assert v.schema()["$defs"]["trace"]["properties"]["version"] == {"const": v.CURRENT_VERSION}


def test_newer_is_refused_with_what_is_needed():
    with pytest.raises(
        NewerTrace, match=r"version 2, and reenact .* up to version 1: x\. Install a newer reenact"
    ):
        m.check_version({"version": 2}, where="x")
    with pytest.raises(InvalidTrace, match="names no format version"):
        m.check_version({}, where="x")


def test_an_older_trace_is_opened_and_saved_in_the_current_version(trace, edit, monkeypatch):
    """As if version 0 had called the steps "actions": a whole migration through the public door."""

    def upgrade(files):
        top = dict(files["trace.json"])
        top["steps"] = top.pop("actions")
        return {**files, "trace.json": top}

    edit(trace.path, "trace.json", lambda t: t.update(actions=t.pop("steps"), version=1))
    monkeypatch.setattr("reenact.trace.opening.CURRENT_VERSION", 2)
    monkeypatch.setattr("reenact.trace.opening.check_version", lambda top, *, where: top["version"])

    def migrate(files, *, version):
        migrated = m.migrate(files, version=version, current=2, migrations={1: upgrade})
        for content in migrated.values():
            content["version"] = 1  # there is no schema 2 yet
        return migrated

    monkeypatch.setattr("reenact.trace.opening.migrate", migrate)
    opened = load(trace.path)
    assert [step.id for step in opened.steps] == ["s1", "s2"]
    opened.update(certification={"verdict": "certified"})
    monkeypatch.undo()
    again = load(trace.path)
    assert [step.id for step in again.steps] == ["s1", "s2"]
    assert "actions" not in again.raw
    again.verify()
