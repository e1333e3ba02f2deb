"""Opening a trace: every way in which it can be wrong ends in one line that says so."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reenact.errors import InvalidTrace, UsageError
from reenact.trace import jsontext
from reenact.trace.archive import FILES, Archive, Folder, Limits, Source
from reenact.trace.durable import reading
from reenact.trace.migrate import Files, check_version, migrate
from reenact.trace.model import Trace
from reenact.trace.recovery import journal_folder, recover_to
from reenact.trace.validate import CURRENT_VERSION, fault

_RESTORE = "Restore the trace from where it came, or record again"


def load(path: str | os.PathLike[str], *, limits: Limits | None = None) -> Trace:
    """Open a trace: a folder, its trace.json, or a zip file.

    Structure, references and the digests of the JSON files are checked; the resources when they are
    read, or all at once by ``Trace.verify``. An interrupted recording is recovered first. Raises
    UsageError if there is nothing at ``path``, InvalidTrace (NewerTrace) for what is no valid trace,
    CouldNotRun if it cannot be read or is being recorded right now.
    """
    target = Path(path)
    with _present(target):
        if target.name == "trace.json" and target.is_file():
            target = target.parent
        if target.name.endswith(".journal") and target.is_dir():
            target = target.with_name(target.name.removesuffix(".journal"))
        if not _exists(target):
            if not journal_folder(target).is_dir():
                raise UsageError(
                    f"there is no trace: {target}", hint="Check the path; record one: reenact record"
                )
            recover_to(target)
        source = _source(target, limits or Limits())
    return _open(source)


def recover(path: str | os.PathLike[str], *, salvage: bool = False) -> Trace:
    """Turn what an interrupted recording left (``PATH.journal``) into the trace at ``path`` and open it.

    Every committed record is in it. Status is incomplete unless the recording had been stopped in
    order. With ``salvage`` a journal whose hash chain is broken gives what stands before the break.
    Raises UsageError if there is nothing to recover or ``path`` exists, InvalidTrace, CouldNotRun.
    """
    target = Path(path)
    if target.name.endswith(".journal"):
        target = target.with_name(target.name.removesuffix(".journal"))
    with _present(target):
        if _exists(target):
            raise UsageError(
                f"there is a trace already: {target}", hint="Move it away to recover the other one"
            )
        if not journal_folder(target).is_dir():
            raise UsageError(f"there is nothing to recover: {target}", hint="Check the path")
        recover_to(target, salvage=salvage)
    return load(target)


def pack(source: str | os.PathLike[str], target: str | os.PathLike[str], *, overwrite: bool = False) -> Trace:
    """Write a trace as one zip file; the same trace gives the same bytes. Raises as ``load`` and ``save``."""
    path = Path(target)
    if not path.name.endswith(".zip"):
        raise UsageError(f"a packed trace is named NAME.reenact.zip: {path}", hint="Add .zip to the name")
    return load(source).save(path, overwrite=overwrite)


@contextmanager
def _present(path: Path) -> Iterator[None]:
    """Turn the OSErrors of the block into our own, also when what was there goes away meanwhile."""
    try:
        with reading(path):
            yield
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"there is no trace: {path}", hint="It went away while it was opened") from None


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        return False
    return True


def _source(path: Path, limits: Limits) -> Source:
    if path.is_dir():
        return Folder(path, limits=limits)
    if path.is_file() and (path.suffix == ".zip" or zipfile.is_zipfile(path)):
        return Archive(path, limits=limits)
    raise InvalidTrace(
        f"not a reenact trace: {path}", hint="A trace is a folder NAME.reenact or a file NAME.reenact.zip"
    )


def _open(source: Source) -> Trace:
    trace, _ = _parse(source, "trace.json")
    version = check_version(trace, where=source.path)
    files: Files = {"trace.json": trace}
    digests: dict[str, str] = {}
    for name in FILES[1:]:
        files[name], digests[name] = _parse(source, name)
    _check_digests(source, trace, digests)
    if version < CURRENT_VERSION:
        files = migrate(files, version=version)
    for name, content in files.items():
        problem = fault(content, name.removesuffix(".json"))
        if problem:
            raise InvalidTrace(
                f"the trace breaks its schema (version {version}): {source.path}/{name}, {problem}",
                hint=_RESTORE,
            )
    _check_references(source, files)
    return Trace(source, files, is_migrated=version < CURRENT_VERSION)


def _parse(source: Source, name: str) -> tuple[dict[str, Any], str]:
    """Return the parsed file and its SHA-256."""
    where = source.path / name
    data = source.read(name)
    if data is None:
        if name == "trace.json":
            raise InvalidTrace(
                f"not a reenact trace, it has no trace.json: {source.path}",
                hint="A trace is a folder NAME.reenact or a file NAME.reenact.zip",
            )
        raise InvalidTrace(f"the trace is not whole, a file is missing: {where}", hint=_RESTORE)
    try:
        content = jsontext.parse(data)
    except ValueError as error:
        raise InvalidTrace(
            f"the file is truncated or damaged: {where}, {error!s:.160}", hint=_RESTORE
        ) from None
    is_foreign = not isinstance(content, dict) or (
        name == "trace.json" and content.get("format") != "reenact-trace"
    )
    if is_foreign:
        raise InvalidTrace(
            f'not a reenact trace: {where} is JSON without "format": "reenact-trace"'
            if name == "trace.json"
            else f"the file holds something else: {where}",
            hint=_RESTORE,
        )
    return content, hashlib.sha256(data).hexdigest()


def _check_digests(source: Source, trace: Mapping[str, Any], digests: Mapping[str, str]) -> None:
    integrity = trace.get("integrity")
    stated = integrity.get("files") if isinstance(integrity, dict) else None
    if not isinstance(stated, dict):
        return  # the schema says it better
    for name, digest in digests.items():
        if name in stated and stated[name] != digest:
            raise InvalidTrace(
                f"the file was changed, it does not have the digest trace.json states: {source.path / name}",
                hint=_RESTORE,
            )


def _check_references(source: Source, files: Files) -> None:
    """Whatever a reader looks up by id is there exactly once."""
    trace = files["trace.json"]
    places = [("trace.json", key, trace[key]) for key in ("pages", "steps", "checkpoints")]
    places.append(("timeline.json", "documents", files["timeline.json"]["documents"]))
    places.append(("network.json", "exchanges", files["network.json"]["exchanges"]))
    ids: dict[str, set[str]] = {}
    for name, key, items in places:
        ids[key] = {item["id"] for item in items}
        if len(ids[key]) < len(items):
            raise _broken(source, name, f"$.{key}", "an id stands there twice")
    for key in ("steps", "checkpoints"):
        other, plural = ("checkpoint", "checkpoints") if key == "steps" else ("step", "steps")
        for index, item in enumerate(trace[key]):
            if item["page"] not in ids["pages"]:
                raise _broken(source, "trace.json", f"$.{key}[{index}].page", f"no page {item['page']}")
            if item.get(other) is not None and item[other] not in ids[plural]:
                raise _broken(source, "trace.json", f"$.{key}[{index}].{other}", f"no {other} {item[other]}")


def _broken(source: Source, name: str, path: str, what: str) -> InvalidTrace:
    return InvalidTrace(f"the trace contradicts itself: {source.path}/{name}, {path}: {what}", hint=_RESTORE)
