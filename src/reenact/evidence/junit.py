"""JUnit XML (xunit2), as CI systems read it: one suite a run, one case a trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from reenact.evidence.exhibits import Exhibit, Exhibits
from reenact.evidence.text import clean, clip
from reenact.evidence.words import (
    certification,
    differing,
    environment_changes,
    environment_rows,
    overall,
    pixels,
    sentence,
)
from reenact.replay.result import StepResult, TraceResult

_LINES = 50


def junit_xml(
    results: Sequence[TraceResult],
    *,
    started: datetime,
    ended: datetime,
    command: str,
    version: str,
    pictures: Exhibits | None = None,
) -> bytes:
    """The document, UTF-8. `changed` is a failure; `diverged` and `incomparable` are errors.

    `pictures` adds the screenshots of differing steps as attachment lines, relative to the file.
    """
    failures = sum(result.verdict == "changed" for result in results)
    errors = sum(result.verdict in ("diverged", "incomparable") for result in results)
    totals = {"tests": len(results), "failures": failures, "errors": errors, "skipped": 0}
    taken = f"{max((ended - started).total_seconds(), 0):.3f}"
    root = _element(None, "testsuites", {"name": "reenact", **totals, "time": taken})
    suite = _element(
        root,
        "testsuite",
        {
            "name": "reenact",
            **totals,
            "time": taken,
            "timestamp": started.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds"),
        },
    )
    _properties(suite, {"reenact.version": version, "command": command, "verdict": overall(results)})
    for number, result in enumerate(results):
        _case(suite, result, pictures[number] if pictures else ())
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8")
    return body + b"\n"


def _case(suite: ET.Element, result: TraceResult, pictures: Sequence[Sequence[Exhibit]]) -> None:
    case = _element(
        suite,
        "testcase",
        {"classname": str(result.trace), "name": result.name, "time": f"{result.seconds:.3f}"},
    )
    rows = environment_rows(result.environment)
    _properties(
        case,
        {
            "verdict": result.verdict,
            "trace": str(result.trace),
            "network": result.mode,
            "steps": str(len(result.steps)),
            "recorded_seconds": f"{result.recorded_seconds:.3f}",
            "certification": certification(result.certification)[0],
            **{key.lower(): rows[key] for key in ("Browser", "System", "Viewport") if key in rows},
        },
    )
    if result.verdict != "reproduced":
        tag = "failure" if result.verdict == "changed" else "error"
        report = _element(case, tag, {"type": result.verdict, "message": clip(sentence(result), 500)})
        report.text = clean("\n".join(_details(result)))
    output = [*_notes(result), *_attachments(result, pictures)]
    if output:
        _element(case, "system-out", {}).text = clean("\n".join(output))


def _details(result: TraceResult) -> list[str]:
    lines = []
    if result.first_divergence:
        stop = result.first_divergence
        lines += [f"Diverged at: {clip(stop.title)}", f"Cause: {clip(stop.cause, 1000)}", ""]
    lines += [f"{name}: {then} recorded, {now} now" for name, then, now in environment_changes(result)]
    steps = differing(result)
    for step in steps[:_LINES]:
        lines += _step(step)
    if len(steps) > _LINES:
        lines.append(f"… and {len(steps) - _LINES} more steps")
    return lines


def _step(step: StepResult) -> list[str]:
    lines = [f"Step {step.index}: {clip(step.title)}: {step.verdict}"]
    if step.cause:
        lines.append(f"  {clip(step.cause, 1000)}")
    for check in step.checkpoints:
        if check.verdict in ("changed", "missing"):
            lines.append(f"  {pixels(check)}")
            if check.url:
                lines.append(f"  at {clip(check.url)}")
            lines += [f"    {clip(line)}" for line in check.aria_changes[:20]]
    return lines


def _notes(result: TraceResult) -> list[str]:
    lines = [f"gap: {gap.kind}: {clip(gap.detail)}" for gap in result.gaps[:_LINES]]
    lines += [f"not in the archive: {miss.method} {clip(miss.url)}" for miss in result.misses[:_LINES]]
    lines += [f"sent something else: {near.method} {clip(near.url)}" for near in result.near[:_LINES]]
    lines += [f"did not happen again: {clip(skip.text)}" for skip in result.skips[:_LINES]]
    return lines


def _attachments(result: TraceResult, pictures: Sequence[Sequence[Exhibit]]) -> list[str]:
    return [
        f"[[ATTACHMENT|{path}]]"
        for step, exhibits in zip(result.steps, pictures, strict=False)
        if step.verdict in ("changed", "missing")
        for exhibit in exhibits
        for path in exhibit.files()
    ]


def _element(parent: ET.Element | None, tag: str, attributes: Mapping[str, object]) -> ET.Element:
    values = {name: clean(str(value)) for name, value in attributes.items()}
    return ET.Element(tag, values) if parent is None else ET.SubElement(parent, tag, values)


def _properties(parent: ET.Element, values: Mapping[str, str]) -> None:
    properties = _element(parent, "properties", {})
    for name, value in values.items():
        _element(properties, "property", {"name": name, "value": value})
