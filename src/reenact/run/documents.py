"""Traces that could not be replayed, added to the documents of the replays: no trace of a run goes unsaid."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from reenact.errors import ReenactError
from reenact.run.outcome import Outcome, RunOutcome

_RANK = ("reproduced", "changed", "diverged", "incomparable", "error", "invalid")


def add_errors(document: dict[str, Any], run: RunOutcome) -> dict[str, Any]:
    """The document of ``replay --json`` with an entry for every trace of the run, in its order.

    A trace without a replay has the verdict ``invalid`` or ``error`` and its reason in ``error``; the verdict
    of the document is the worst of all. ``document`` holds the replays of ``run``, in the same order.
    """
    replays = iter(document["traces"])
    traces = [_entry(one) if one.result is None else next(replays) for one in run.outcomes]
    verdicts = [one.verdict for one in run.outcomes if one.result is None]
    if run.results:
        verdicts.append(str(document["verdict"]))
    worst = max(
        verdicts, key=lambda verdict: _RANK.index(verdict) if verdict in _RANK else 0, default="error"
    )
    return {**document, "verdict": worst, "interrupted": run.interrupted, "traces": traces}


def add_errors_to_junit(xml: bytes, run: RunOutcome) -> bytes:
    """JUnit XML of the replays with an erroneous case for every trace that had none."""
    errors = [one for one in run.outcomes if one.result is None]
    if not errors:
        return xml
    # Our own document comes in, so the dangers of foreign XML do not.
    root = ET.fromstring(xml)  # noqa: S314
    suite = root if root.tag == "testsuite" else root.find("testsuite")
    if suite is None:
        suite = ET.SubElement(root, "testsuite", {"name": "reenact", "tests": "0", "errors": "0"})
    for one in errors:
        name = one.trace.name.removesuffix(".zip").removesuffix(".reenact")
        case = ET.SubElement(suite, "testcase", {"classname": str(one.trace), "name": name, "time": "0"})
        ET.SubElement(case, "error", {"type": one.verdict, "message": _reason(one.error)})
    for element in {id(suite): suite, id(root): root}.values():
        for attribute in ("tests", "errors"):
            element.set(attribute, str(int(element.get(attribute, "0")) + len(errors)))
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _entry(outcome: Outcome) -> dict[str, Any]:
    return {
        "trace": str(outcome.trace),
        "verdict": outcome.verdict,
        "error": _reason(outcome.error),
        "seconds": 0.0,
        "recorded_seconds": None,
        "steps": [],
        "first_divergence": None,
    }


def _reason(error: ReenactError | None) -> str:
    text = str(error) if error is not None else "could not run"
    return "".join(c for c in text if c.isprintable() and not "\ud800" <= c <= "\udfff")
