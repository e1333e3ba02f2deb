"""From the folder of a journal to the finished trace: at the end of a recording, or after a kill."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reenact.errors import InvalidTrace, UsageError
from reenact.trace.archive import Folder, Limits, resource_name, write_archive, write_folder
from reenact.trace.assemble import assemble, attached_resources, attachment_places, render, resource_slots
from reenact.trace.durable import put_in_place, reading, sync_file, sync_folder, writing
from reenact.trace.journal import lock, read_records
from reenact.trace.migrate import Files

JOURNAL = "journal.jsonl"
"""The journal's file within the journal folder."""

CONTENTS = "trace"
"""The folder within the journal folder that becomes the trace; until then it holds the resources."""


def journal_folder(target: Path) -> Path:
    """Return where the journal of a recording to ``target`` lies: beside it."""
    return target.with_name(target.name + ".journal")


def kept_in_journal(target: Path) -> str:
    """Return the sentence that tells where the recording is when it could not be finished."""
    folder = journal_folder(target)
    return f"The session so far is kept in {folder} and becomes the trace when {target.name} is next opened"


def recover_to(target: Path, *, salvage: bool = False) -> None:
    """Finish an orphaned journal. Raises CouldNotRun if a writer still holds it; otherwise as ``finish``."""
    path = journal_folder(target) / JOURNAL
    try:
        with reading(path):
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except (FileNotFoundError, NotADirectoryError):
        raise _nothing_recorded(target) from None
    try:
        lock(descriptor, path)
        finish(target, overwrite=False, salvage=salvage, check_resources=True)
    finally:
        os.close(descriptor)


def finish(target: Path, *, overwrite: bool, salvage: bool = False, check_resources: bool = False) -> None:
    """Turn the journal of ``target`` into the trace and remove the journal. The caller holds its lock.

    Everything is on the disk before one rename brings it to ``target``. Raises InvalidTrace for a
    damaged journal, UsageError if something stands at ``target`` already, DiskFull or CouldNotRun; the
    journal is then as it was.
    """
    folder = journal_folder(target)
    made = folder / CONTENTS
    if target.exists() and not overwrite:
        raise UsageError(f"there is a trace already: {target}", hint=kept_in_journal(target))
    with reading(folder / JOURNAL):
        data = (folder / JOURNAL).read_bytes()
    records, chain, damaged = read_records(data, where=folder / JOURNAL, salvage=salvage)
    if not any(record.kind == "session" and "started" in record.data for record in records):
        raise _nothing_recorded(target)
    stored = Folder(made, limits=Limits())
    present = stored.resources()

    def has_resource(sha256: str) -> bool:
        if sha256 not in present:
            return False
        if not check_resources:
            return True
        return hashlib.sha256(stored.read(resource_name(sha256)) or b"").hexdigest() == sha256

    files = assemble(records, chain=chain, has_resource=has_resource, damaged=damaged)
    _, texts = render(files)
    rendered = sorted(texts.items())
    used = _used(files)
    unsynced = used & present if check_resources else set()
    with writing(folder, kept=kept_in_journal(target)):
        if target.name.endswith(".zip"):
            packed = folder / target.name
            packed.unlink(missing_ok=True)
            write_archive(packed, _with_resources(rendered, stored, sorted(used & present)))
            packed.replace(target)
            sync_folder(target.parent)
        else:
            for sha256 in present - used:
                (made / resource_name(sha256)).unlink()
            for sha256 in unsynced:
                sync_file(made / resource_name(sha256))
            for parent in {(made / resource_name(sha256)).parent for sha256 in unsynced}:
                sync_folder(parent)
            write_folder(made, rendered)
            put_in_place(made, target, leftover=folder / "before")
    with suppress(OSError):
        (folder / JOURNAL).unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _used(files: Files) -> set[str]:
    slots = resource_slots(files["trace.json"]["checkpoints"], files["network.json"]["exchanges"])
    return {holder[key] for _, holder, key in slots} | set(attached_resources(attachment_places(files)))


def _with_resources(
    rendered: list[tuple[str, bytes]], stored: Folder, resources: list[str]
) -> Iterator[tuple[str, bytes]]:
    yield from rendered
    for sha256 in resources:
        yield resource_name(sha256), stored.read(resource_name(sha256)) or b""


def _nothing_recorded(target: Path) -> InvalidTrace:
    folder = journal_folder(target)
    return InvalidTrace(
        f"the recording was interrupted before it held anything: {folder}", hint="Delete it and record again"
    )
