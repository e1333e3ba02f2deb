"""A kill at any moment loses nothing that was acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from reenact.errors import InvalidTrace, UsageError
from reenact.trace import load

WRITER = """
import os, sys
from reenact.trace import TraceWriter
writer = TraceWriter.create(sys.argv[1], overwrite=True)
writer.put("page", "p1", {})
writer.put("document", "d1", {"page": "p1"})
for n in range(int(sys.argv[2])):
    picture = writer.resource(b"picture %d " % n * 400)
    writer.extend("d1", ["timer", n, 16.7])
    writer.put("act", f"a{n}", {"n": n, "type": "input", "page": "p1"})
    writer.put("checkpoint", f"c{n}", {"step": f"s{n}", "page": "p1", "screenshot": picture})
    step = {"type": "wait", "title": "x" * 300, "page": "p1", "time": n, "checkpoint": f"c{n}"}
    writer.put("step", f"s{n}", step)
    writer.commit()
    os.write(1, b"%d\\n" % n)
writer.finish()
os.write(1, b"finished\\n")
"""


@pytest.mark.parametrize("seed", range(12))
def test_every_committed_record_survives_kill_9(tmp_path, seed):
    path = tmp_path / "a.reenact"
    acknowledged, _ = _run_and_kill(path, steps=10_000, seconds=random.Random(seed).uniform(0.05, 0.6))
    if not acknowledged:
        _expect_nothing_or_the_start(path)
        return
    trace = load(path)
    assert trace.status == "incomplete"
    last = int(acknowledged[-1])
    assert len(trace.steps) >= last + 1
    for n in range(last + 1):
        assert trace.steps[n].id == f"s{n}"
        assert trace.read(trace.checkpoints[n].screenshot) == b"picture %d " % n * 400
    assert trace.documents[0].entries[: 3 * last + 3] == [
        x for n in range(last + 1) for x in ("timer", n, 16.7)
    ]
    trace.verify()
    assert [p.name for p in tmp_path.iterdir()] == ["a.reenact"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_kill_while_finishing_leaves_the_old_or_the_new_but_whole(tmp_path, session, overwrite):
    from reenact.trace import TraceWriter

    random_ = random.Random(1)
    for attempt in range(4):
        path = tmp_path / f"{attempt}.reenact"
        if overwrite:
            writer = TraceWriter.create(path)
            session(writer)
            writer.finish()
        _run_and_kill(path, steps=25, seconds=random_.uniform(0, 0.06), after=b"24")
        trace = load(path)
        trace.verify()
        if len(trace.steps) != 25:
            assert overwrite
            assert trace.name == "Checkout"


def _run_and_kill(path, *, steps, seconds, after=None):
    """Let the writer run for some time, or for that time after it said something; return what it said."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(steps)], stdout=subprocess.PIPE)
    said = b""
    while after is not None and after not in said.split(b"\n"):
        said += os.read(process.stdout.fileno(), 1 << 16)
    if after is None:
        while not path.with_name(path.name + ".journal").exists():
            assert process.poll() is None
            time.sleep(0.002)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    said += process.stdout.read()
    process.wait()
    process.stdout.close()
    whole = said[: said.rfind(b"\n") + 1].decode().split()
    return [line for line in whole if line != "finished"], "finished" in whole


def _expect_nothing_or_the_start(path):
    try:
        status = load(path).status
    except (InvalidTrace, UsageError) as error:
        status = str(error)
    assert status == "incomplete" or "before it held anything" in status or "no trace" in status
