"""Writing a trace while it is recorded: everything goes to the journal first."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from reenact.config import __version__
from reenact.errors import InvalidTrace, UsageError
from reenact.trace.archive import resource_name
from reenact.trace.assemble import KINDS, complete_record, moment
from reenact.trace.durable import sync_file, sync_folder, write_file, writing
from reenact.trace.journal import Journal, Record, lock
from reenact.trace.model import Trace
from reenact.trace.opening import load
from reenact.trace.recovery import CONTENTS, JOURNAL, finish, journal_folder, kept_in_journal
from reenact.trace.validate import fault


class TraceWriter:
    """One recording in progress; made by ``create``. Not for use from several threads at once.

    Every method that writes raises DiskFull or CouldNotRun when the disk does not take it; what was
    committed before is safe, and the writer may go on. As a context manager it closes at the end:
    what was not finished stays in the journal and is recovered when the trace is next opened.
    """

    def __init__(self, target: Path, journal: Journal, *, overwrite: bool) -> None:
        self.path = target
        self._overwrite = overwrite
        self._journal = journal
        self._resources = journal.path.parent / CONTENTS
        self._known: set[str] = set()
        self._unsynced: list[Path] = []
        self._session: dict[str, Any] = {}
        self._start = time.monotonic()
        self._closed = False

    @classmethod
    def create(cls, path: str | os.PathLike[str], *, overwrite: bool = False) -> TraceWriter:
        """Start a recording to ``path`` (a folder; a zip file if it ends in .zip).

        ``overwrite`` replaces an earlier trace there, not before ``finish``. Raises UsageError if there
        is a trace or an interrupted recording and ``overwrite`` is not set; CouldNotRun if another
        process is recording to ``path``.
        """
        target = Path(path).absolute()
        folder = journal_folder(target)
        if target.exists() and not overwrite:
            raise UsageError(
                f"there is something already: {target}", hint="Choose another name or allow to overwrite it"
            )
        with writing(folder, kept="Nothing was recorded yet"):
            if folder.exists():
                _clear_orphan(target, overwrite=overwrite)
            (folder / CONTENTS).mkdir(parents=True)
            journal = Journal(folder / JOURNAL)
            writer = cls(target, journal, overwrite=overwrite)
            started = {
                "id": str(uuid.uuid4()),
                "name": target.name.removesuffix(".zip").removesuffix(".reenact"),
                "started": moment(datetime.now(UTC)),
                "environment": {"reenact": __version__},
            }
            try:
                writer.put("session", "created", started)
                writer.commit()
                sync_folder(folder)
                sync_folder(folder.parent)
            except BaseException:
                writer.discard()
                raise
        return writer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(self, kind: str, identifier: str, data: Mapping[str, Any]) -> None:
        """Record one session, page, document, act, step, checkpoint, exchange, websocket or gap.

        The same kind and id again replaces what was put before, in its place. Session records, each
        holding top-level fields of trace.json, are merged. Raises InvalidTrace for what would break
        the schema, and records nothing then.
        """
        if kind not in KINDS:
            raise UsageError(f"no such kind of record: {kind!r:.80}", hint=f"Use one of {', '.join(KINDS)}")
        content = dict(data)
        whole = complete_record(kind, identifier, content)
        if kind == "act" and whole["n"] is None:
            raise InvalidTrace(f"an act without its number: {identifier}", hint="Set n")
        problem = fault(whole, kind)
        if problem:
            raise InvalidTrace(
                f"{kind} {identifier} breaks the schema: {problem}", hint="This is a bug of the recorder"
            )
        if kind == "session":
            self._session.update(content)
        self._append(Record(kind, identifier, content))

    def extend(self, document_id: str, entries: Sequence[Any]) -> None:
        """Append timeline entries (flat triples) to a document's, which may be put before or after."""
        if entries:
            self._append(Record("entries", document_id, {"entries": list(entries)}))

    def frames(self, websocket_id: str, frames: Sequence[Mapping[str, Any]]) -> None:
        """Append frames to a WebSocket's, which may be put before or after."""
        if frames:
            self._append(Record("frames", websocket_id, {"frames": [dict(frame) for frame in frames]}))

    def resource(self, data: bytes) -> str:
        """Store bytes and return their SHA-256. The same bytes are stored once."""
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self._known:
            path = self._resources / resource_name(sha256)
            with self._writing():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_file(path, data, sync=False)
            self._known.add(sha256)
            self._unsynced.append(path)
        return sha256

    def flush(self) -> None:
        """Hand everything put so far to the system: it survives the end of this process."""
        with self._writing():
            self._journal.flush()

    def commit(self) -> None:
        """Bring everything put so far to the disk: when this returns, it is never lost."""
        with self._writing():
            # The resources first: a record on the disk never refers to what is not.
            for path in self._unsynced:
                sync_file(path)
            for folder in {path.parent for path in self._unsynced}:
                sync_folder(folder)
            if self._unsynced:
                sync_folder(self._resources / "resources")
                sync_folder(self._resources)
            self._unsynced.clear()
            self._journal.commit()

    def finish(self, *, status: Literal["complete", "incomplete"] = "complete") -> Trace:
        """Turn the recording into the trace, with one rename, and open it. The writer is then closed.

        When the disk is full, DiskFull says so and the journal stays: opening the trace later recovers it.
        """
        ended: dict[str, Any] = {"status": status}
        if "seconds" not in self._session:
            ended["seconds"] = round(time.monotonic() - self._start, 3)
        if "ended" not in self._session:
            ended["ended"] = moment(datetime.now(UTC))
        try:
            self.put("session", "finished", ended)
            self.commit()
            finish(self.path, overwrite=self._overwrite)
        finally:
            self.close()
        return load(self.path)

    def close(self) -> None:
        """Stop writing and leave the journal where it is. May be called twice, also after ``finish``."""
        if self._closed:
            return
        self._closed = True
        try:
            with self._writing():
                self._journal.flush()
        finally:
            self._journal.close()

    def discard(self) -> None:
        """Throw the recording away. An earlier trace at the target stays."""
        self._closed = True
        shutil.rmtree(self._journal.path.parent, ignore_errors=True)
        self._journal.close()

    def _append(self, record: Record) -> None:
        if self._closed:
            raise UsageError(f"the recording is over: {self.path}", hint="Create another TraceWriter")
        try:
            with self._writing():
                self._journal.append(record)
        except ValueError as error:
            raise InvalidTrace(
                f"{record.kind} {record.id} holds what JSON cannot: {error}",
                hint="This is a bug of the recorder",
            ) from None

    def _writing(self) -> Any:
        return writing(self._journal.path.parent, kept=kept_in_journal(self.path))


def _clear_orphan(target: Path, *, overwrite: bool) -> None:
    """Remove the journal folder of an earlier recording, if nobody writes to it and nothing would be lost."""
    folder = journal_folder(target)
    path = folder / JOURNAL
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        shutil.rmtree(folder)  # what a finished recording or one that never began left
        return
    try:
        lock(descriptor, path)
        # Once the contents were renamed to the target, the journal holds nothing that the trace does not.
        is_left_over = target.exists() and not (folder / CONTENTS).exists()
        if not overwrite and not is_left_over:
            raise UsageError(
                f"an interrupted recording is there: {folder}",
                hint=f"Open it with reenact show {target}, or allow to overwrite it",
            )
        shutil.rmtree(folder)
    finally:
        os.close(descriptor)
