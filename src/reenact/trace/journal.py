"""The journal of a recording: append-only lines, each carrying the digest of the line before it.

A line is ``{"n", "prev", "kind", "id", "data"}``. What ``commit`` returned from is on the disk; a
kill in the middle of a write leaves a torn last line, which reading cuts off. A change anywhere else
breaks the chain and is found.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reenact.errors import CouldNotRun, InvalidTrace
from reenact.trace import jsontext
from reenact.trace.durable import write_all

GENESIS = "0" * 64
"""What the first line carries as the digest of the line before it."""

_BUFFER = 1 << 16
_KEYS = frozenset({"n", "prev", "kind", "id", "data"})


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the journal: ``kind`` and ``id`` say what ``data`` describes."""

    kind: str
    id: str
    data: dict[str, Any]


class Journal:
    """The journal file of one recording, opened for appending and locked against every other process.

    Raises FileExistsError when the file exists already, CouldNotRun when another process holds it.
    All writes raise OSError; what could not be written is kept for the next ``flush``, which first cuts
    off what was written of it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        self._descriptor = os.open(path, flags, 0o666)
        lock(self._descriptor, path)
        self._head = GENESIS
        self._count = 0
        self._size = 0
        self._torn = False  # a write failed half way: what follows the first _size bytes is no line
        self._waiting: list[bytes] = []
        self._waiting_size = 0

    def append(self, record: Record) -> None:
        """Add one record; it may wait in memory until ``flush`` or ``commit``. ValueError if not JSON."""
        line = jsontext.line(
            {"n": self._count, "prev": self._head, "kind": record.kind, "id": record.id, "data": record.data}
        )
        self._head = hashlib.sha256(line).hexdigest()
        self._count += 1
        self._waiting.append(line + b"\n")
        self._waiting_size += len(line) + 1
        if self._waiting_size >= _BUFFER:
            self.flush()

    def flush(self) -> None:
        """Hand everything over to the system: it survives the end of this process."""
        if not self._waiting:
            return
        data = b"".join(self._waiting)
        if self._torn:
            os.ftruncate(self._descriptor, self._size)
        self._torn = True
        write_all(self._descriptor, data)
        self._torn = False
        self._size += len(data)
        self._waiting.clear()
        self._waiting_size = 0

    def commit(self) -> None:
        """Bring everything to the disk: it survives the end of the machine."""
        self.flush()
        os.fdatasync(self._descriptor)

    def close(self) -> None:
        """Close the file and give up the lock. What was not flushed is lost. May be called twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def lock(descriptor: int, path: Path) -> None:
    """Lock an open journal for as long as it stays open. Raises CouldNotRun if another process has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CouldNotRun(
            f"this trace is being recorded right now: {path.parent}", hint="Stop that recording first"
        ) from None


def read_records(data: bytes, *, where: Path, salvage: bool = False) -> tuple[Sequence[Record], str, bool]:
    """Return the records of a journal, the digest at the head of its chain, and whether it was damaged.

    What a kill leaves at the end (half a line, or bytes that are no line) is cut off: it was never
    acknowledged. Anything else that does not fit the chain raises InvalidTrace; with ``salvage`` what
    stands before the damage, and is vouched for by the line after it, is returned instead.
    """
    records: list[Record] = []
    head = before = GENESIS
    lines = data.split(b"\n")
    for index, line in enumerate(lines):
        content = _parse(line)
        is_last = index == len(lines) - 1  # what follows the last newline: empty, or torn
        if is_last or content is None or content["n"] != len(records) or content["prev"] != head:
            if _is_torn(lines[index:]):
                break
            if not salvage:
                raise InvalidTrace(
                    f"the journal was changed, record {len(records)} breaks its hash chain: {where}",
                    hint="Restore the journal; or keep what stands before the break with "
                    "reenact.trace.recover(path, salvage=True)",
                )
            # Either this line was changed or the one before it, to which it no longer fits.
            return records[:-1], before, True
        records.append(Record(content["kind"], content["id"], content["data"]))
        before, head = head, hashlib.sha256(line).hexdigest()
    return records, head, False


def _is_torn(tail: Sequence[bytes]) -> bool:
    """Tell whether the end of a journal is what a kill or a power cut leaves: no line in it is whole."""
    if len(tail) == 1:
        return True
    return b"\0" in b"".join(tail) and not any(_parse(line) for line in tail)


def _parse(line: bytes) -> dict[str, Any] | None:
    """Return a line's content, or None when it is no journal line."""
    try:
        content = jsontext.parse(line)
    except ValueError:
        return None
    if not isinstance(content, dict) or not content.keys() >= _KEYS:
        return None
    typed = [type(content[key]) for key in ("kind", "id", "data")] == [str, str, dict]
    return content if typed else None
