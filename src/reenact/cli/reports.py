"""What a run leaves behind: evidence, JUnit XML, the JSON document, and its totals in one line."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reenact.cli.files import new_evidence_folder
from reenact.config import __version__
from reenact.errors import EXIT_VERIFIED, CouldNotRun
from reenact.evidence import Evidence, junit_xml, results_document, write_evidence
from reenact.evidence.words import count
from reenact.run import RunOutcome
from reenact.run.documents import add_errors, add_errors_to_junit


@dataclass(frozen=True, slots=True)
class Written:
    """The documents of a run: ``report`` is the page to open, None when no evidence was written."""

    report: Path | None
    json: str
    totals: str


def write_reports(
    run: RunOutcome, *, started: datetime, evidence: Path | None, junit: Path | None
) -> Written:
    """Write what was asked for, and the evidence of a run in which something differs even unasked."""
    ended = datetime.now().astimezone()
    command = ["reenact", *sys.argv[1:]]
    written: Evidence | None = None
    if run.results and (evidence is not None or run.exit_code != EXIT_VERIFIED):
        written = write_evidence(
            run.results,
            evidence or new_evidence_folder(),
            started=started,
            ended=ended,
            command=command,
            version=__version__,
        )
    if junit is not None:
        xml = junit_xml(
            run.results, started=started, ended=ended, command=" ".join(command), version=__version__
        )
        _write(junit, add_errors_to_junit(xml, run))
    document = add_errors(results_document(run.results, written), run)
    return Written(
        report=written.report if written else None,
        json=json.dumps(document, ensure_ascii=True, indent=1) + "\n",
        totals=_totals(run),
    )


def _totals(run: RunOutcome) -> str:
    counts = Counter(outcome.verdict for outcome in run.outcomes)
    parts = ", ".join(f"{number} {verdict}" for verdict, number in counts.most_common())
    return f"{count(len(run.outcomes), 'trace')}: {parts or 'none replayed'}"


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise CouldNotRun(
            f"Cannot write the JUnit file: {path} ({error.strerror})", hint="Check the folder and its rights"
        ) from error
