"""Which traces a run is about."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reenact.errors import NothingSelected, UsageError

FOLDER_ENDING = ".reenact"
"""How the name of a trace folder ends."""

FILE_ENDING = ".reenact.zip"
"""How the name of a trace in one file ends."""

_JOURNAL_ENDING = ".reenact.journal"


@dataclass(frozen=True, slots=True)
class Plan:
    """The traces of a run, in order, each once."""

    traces: tuple[Path, ...]


def is_trace(path: Path) -> bool:
    """Whether something is a trace by its name; what it holds is the reader's to judge."""
    if path.name.endswith(FILE_ENDING):
        return path.is_file()
    return path.name.endswith(FOLDER_ENDING) and path.is_dir()


def discover(paths: Sequence[Path]) -> Plan:
    """Turn what was named on a command line into a plan.

    A trace stands for itself, whatever it is called; a folder for every ``*.reenact`` and ``*.reenact.zip``
    below it, in order of their names. A recording that was killed is found by its journal and stands for the
    trace it belongs to. Raises `UsageError` for a path that does not exist, `NothingSelected` when no trace
    is left.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for trace in _below(path):
            found.setdefault(trace.resolve(), trace)
    if not found:
        named = ", ".join(str(path) for path in paths)
        raise NothingSelected(
            f"No trace found in {named}", hint="A trace is a *.reenact folder or *.reenact.zip"
        )
    return Plan(tuple(found.values()))


def _below(path: Path) -> Iterator[Path]:
    if not path.exists():
        if _journal_of(path).is_dir():
            yield path  # killed while recording; reading it recovers what there is
            return
        raise UsageError(
            f"No such trace: {path}", hint="Name a *.reenact folder, a *.reenact.zip or a folder of them"
        )
    if path.is_file() or is_trace(path) or (path / "trace.json").is_file():
        yield path
        return
    if path.name.endswith(_JOURNAL_ENDING):
        yield path.with_name(path.name.removesuffix(".journal"))
        return
    yield from _walk(path)


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise UsageError(
            f"A folder cannot be read: {folder}: {error.strerror}", hint="Check its rights"
        ) from error
    for entry in entries:
        path = Path(entry.path)
        if is_trace(path):
            yield path
        elif entry.name.endswith(_JOURNAL_ENDING):
            trace = path.with_name(entry.name.removesuffix(".journal"))
            if not trace.exists():
                yield trace
        elif entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from _walk(path)


def _journal_of(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".zip") + ".journal")
