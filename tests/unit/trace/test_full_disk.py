"""A full disk is one clear line, and nothing that was committed is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reenact.errors import DiskFull
from reenact.trace import TraceWriter, load
from reenact.trace.journal import Journal, Record

LIMITED = """
import resource, sys
from reenact.errors import DiskFull
from reenact.trace import TraceWriter
writer = TraceWriter.create(sys.argv[1])
writer.put("page", "p1", {})
writer.commit()
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
done = 0
try:
    for n in range(400):
        writer.put("gap", f"g{n}", {"kind": "x", "detail": "y" * 100})
        writer.commit()
        done += 1
    writer.finish()
except DiskFull as error:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(done, error.exit_code, error, sep="|")
"""


@pytest.mark.parametrize("limit", [1500, 20_000, 20_001, 20_100])
def test_while_recording(tmp_path, limit):
    path = tmp_path / "a.reenact"
    done, message = _limited(path, limit)
    assert 0 < done < 400
    assert "no room left" in message
    assert f"{path}.journal" in message
    trace = load(path)
    assert len(trace.gaps) >= done
    assert trace.status == "incomplete"


def test_while_finishing(tmp_path):
    """The journal fits, the longest of the files made of it does not."""
    path = tmp_path / "a.reenact"
    writer = TraceWriter.create(path)
    for n in range(400):
        writer.put("gap", f"g{n}", {"kind": "x", "detail": "y" * 100})
    writer.extend("d1", [[n] for n in range(40_000)])
    writer.put("document", "d1", {"page": "p1"})
    writer.commit()
    size = (tmp_path / "a.reenact.journal" / "journal.jsonl").stat().st_size
    writer.close()
    command = [sys.executable, "-c", FINISH_ONLY, str(path), str(size + 500)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "no room left" in done.stdout, done
    assert not path.exists()
    trace = load(path)
    assert len(trace.gaps) >= 400
    assert len(trace.documents[0].entries) == 40_000


FINISH_ONLY = """
import resource, sys
from reenact.errors import DiskFull
from reenact.trace import recover
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    recover(sys.argv[1])
except DiskFull as error:
    print(error)
"""


def test_the_writer_goes_on_when_there_is_room_again(tmp_path):
    """On a device that is always full, then on a real file: nothing is torn and nothing forgotten."""
    journal = Journal(tmp_path / "journal.jsonl")
    real, full = journal._descriptor, os.open("/dev/full", os.O_WRONLY)
    journal.append(Record("gap", "g1", {}))
    journal.commit()
    journal.append(Record("gap", "g2", {}))
    journal._descriptor = full
    with pytest.raises(OSError, match="No space"):
        journal.flush()
    journal._descriptor = real
    os.close(full)
    journal.append(Record("gap", "g3", {}))
    journal.commit()
    journal.close()
    assert (tmp_path / "journal.jsonl").read_text().count("\n") == 3


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 400 KiB; only where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("mounting a file system is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_really_full_disk(small_disk: Path, session):
    path = small_disk / "a.reenact"
    writer = TraceWriter.create(path)
    session(writer)
    _record_pictures(writer, 10)
    _fill(small_disk)
    with pytest.raises(DiskFull, match="no room left"):
        writer.resource(os.urandom(20_000))
    with pytest.raises(DiskFull, match="kept in"):
        writer.finish()
    assert not path.exists()
    (small_disk / "filler").unlink()
    trace = load(path)
    assert len(trace.steps) == 2
    assert len(trace.acts) == 12
    trace.verify()


def _record_pictures(writer: TraceWriter, count: int) -> None:
    for n in range(2, count + 2):
        picture = writer.resource(os.urandom(20_000))
        writer.put("act", f"a{n}", {"n": n, "type": "files", "resource": picture})
        writer.commit()


def _fill(place: Path) -> None:
    with (place / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 512)
        except OSError:
            pass


def _limited(path, limit):
    command = [sys.executable, "-c", LIMITED, str(path), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    count, code, message = done.stdout.strip().split("|")
    assert code == "3"
    return int(count), message
