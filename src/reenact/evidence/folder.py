"""Writing the evidence of a run: one folder, complete or not there at all, never written twice."""

from __future__ import annotations

import errno
import os
import shlex
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reenact.compare import METRIC
from reenact.errors import CouldNotRun, DiskFull, UsageError
from reenact.evidence.document import full_document, to_json
from reenact.evidence.exhibits import Exhibit, exhibits
from reenact.evidence.junit import junit_xml
from reenact.evidence.report import report_html
from reenact.replay.result import TraceResult


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the evidence of a run lies. `results` are those given, steps with their screenshot."""

    folder: Path
    report: Path
    results_json: Path
    junit: Path
    results: tuple[TraceResult, ...]


def write_evidence(
    results: Sequence[TraceResult],
    folder: Path,
    *,
    started: datetime | str,
    ended: datetime | str,
    command: str | Sequence[str],
    version: str,
) -> Evidence:
    """Write `report.html`, `results.json`, `junit.xml` and `screenshots/` into a new folder.

    Times are aware, or ISO texts; `command` is what was run, as one text or as its arguments. Nothing is seen
    under the folder's name before all of it is written. Raises UsageError when the folder exists already,
    DiskFull or CouldNotRun when it cannot be written.
    """
    folder = Path(folder)
    if os.path.lexists(folder):
        raise UsageError(
            f"The evidence folder exists: {folder}", hint="Evidence is written once; name a new one"
        )
    began, finished = _time(started), _time(ended)
    line = command if isinstance(command, str) else shlex.join(command)
    pictures = exhibits(results)
    run = {
        "started": began.isoformat(),
        "ended": finished.isoformat(),
        "seconds": round((finished - began).total_seconds(), 3),
        "command": line,
        "reenact": version,
    }
    relative = tuple(
        _with_screenshots(result, shown, Path()) for result, shown in zip(results, pictures, strict=True)
    )
    files = {
        "report.html": report_html(
            results, pictures, started=began, ended=finished, command=line, version=version, metric=METRIC
        ),
        "results.json": to_json(full_document(relative, pictures, run=run, metric=METRIC)),
        "junit.xml": junit_xml(
            results, started=began, ended=finished, command=line, version=version, pictures=pictures
        ),
    }
    for steps in pictures:
        for checks in steps:
            for exhibit in checks:
                files |= exhibit.files()
    _write_folder(folder, files)
    return Evidence(
        folder=folder,
        report=folder / "report.html",
        results_json=folder / "results.json",
        junit=folder / "junit.xml",
        results=tuple(
            _with_screenshots(result, shown, folder) for result, shown in zip(results, pictures, strict=True)
        ),
    )


def _with_screenshots(result: TraceResult, pictures: Sequence[Sequence[Exhibit]], base: Path) -> TraceResult:
    """The result with the path of each step's last replayed screenshot."""
    steps = []
    for step, shown in zip(result.steps, pictures, strict=True):
        paths = [exhibit.replayed_path for exhibit in shown if exhibit.replayed_path]
        steps.append(replace(step, screenshot=base / paths[-1] if paths else None))
    return replace(result, steps=tuple(steps))


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """All of the files under the folder's name at once, or none of them."""
    staging: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        for name, data in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        # Temporary folders are private; evidence is as readable as any other new folder.
        mask = os.umask(0)
        os.umask(mask)
        staging.chmod(0o777 & ~mask)
        staging.rename(folder)
        staging = None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(
                f"No room for the evidence: {folder}", hint="Free some space and run again"
            ) from error
        raise CouldNotRun(
            f"Cannot write the evidence: {folder} ({error.strerror})", hint="Check the folder and its rights"
        ) from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def _time(when: datetime | str) -> datetime:
    value = datetime.fromisoformat(when) if isinstance(when, str) else when
    return value if value.tzinfo else value.replace(tzinfo=UTC)
