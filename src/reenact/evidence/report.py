"""`report.html`: what a run found, for a person to judge and an auditor to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from reenact.evidence import words
from reenact.evidence.changed import ChangeView, change_views
from reenact.evidence.embed import Embedded, Embedder
from reenact.evidence.exhibits import Exhibit, Exhibits
from reenact.evidence.page import render
from reenact.evidence.text import clip
from reenact.replay.result import Region, StepResult, TraceResult

_REGIONS = 40
_CLOSE_UPS = 3
_CLOSE_UP_SHARE = 0.3


class Fact(NamedTuple):
    """A term, its value and a remark below it."""

    term: str
    value: str
    note: str = ""


class Side(NamedTuple):
    """One picture of a comparison: what it is called, the picture, its file in the evidence folder."""

    role: str
    picture: Embedded
    path: str | None


class Signal(NamedTuple):
    """Something a step set off: a kind and what there is to say about it."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """A checkpoint as the template shows it."""

    exhibit: Exhibit
    sides: tuple[Side, ...]
    width: int
    height: int
    regions: tuple[Region, ...]
    close_ups: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as the template shows it. `tone` is its verdict, or `unreached` behind one that stopped all."""

    anchor: str
    step: StepResult
    label: str
    figure: str
    differs: bool
    is_open: bool
    tone: str
    thumb: Embedded | None
    checks: tuple[CheckView, ...]
    signals: tuple[Signal, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class TraceView:
    """A trace as the template shows it."""

    anchor: str
    result: TraceResult
    headline: str
    sentence: str
    facts: tuple[Fact, ...]
    steps: tuple[StepView, ...]
    first: StepView | None
    differing: int
    environment: tuple[tuple[str, str, str], ...]
    changes: tuple[ChangeView, ...]


def report_html(
    results: Sequence[TraceResult],
    pictures: Exhibits,
    *,
    started: datetime,
    ended: datetime,
    command: str,
    version: str,
    metric: str,
) -> bytes:
    """The page. `pictures` are the exhibits of the same results."""
    embedder = Embedder()
    # What differs is embedded first, so that a page too heavy for all pictures still shows what matters.
    for steps in pictures:
        for checks in steps:
            for exhibit in checks:
                if exhibit.check.verdict in ("changed", "missing"):
                    _sides(exhibit, embedder)
    views = tuple(
        _trace(f"t{number}", result, shown, embedder, started)
        for number, (result, shown) in enumerate(zip(results, pictures, strict=True), 1)
    )
    verdict = words.overall(results)
    return render(
        "report.html",
        embedder=embedder,
        verdict=verdict,
        headline=words.HEADLINE[verdict],
        sentence=words.run_sentence(results),
        traces=views,
        facts=views[0].facts if len(views) == 1 else _run_facts(results, started, ended),
        first=next((view.first for view in views if view.first), None),
        title=clip(results[0].name, 120) if len(results) == 1 else words.count(len(results), "trace"),
        finished=words.moment(ended),
        command=command,
        version=version,
        metric=metric,
    )


def signal_views(signals: Sequence[Mapping[str, Any]]) -> tuple[Signal, ...]:
    """Signals in the words of the page: the kind, and the one field that says most."""
    return tuple(_signal(signal) for signal in signals)


def where(urls: Sequence[str]) -> Fact:
    """The site of a session: its host, and the first address."""
    first = next((url for url in urls if url and url != "about:blank"), "")
    try:
        host = urlsplit(first).netloc
    except ValueError:
        host = ""
    return Fact("Where", host or clip(first, 80) or "–", clip(first, 160) if host else "")


def _trace(
    anchor: str,
    result: TraceResult,
    pictures: Sequence[Sequence[Exhibit]],
    embedder: Embedder,
    started: datetime,
) -> TraceView:
    stop = next((number for number, step in enumerate(result.steps, 1) if step.verdict == "missing"), None)
    places = {step.id: (f"{anchor}-s{number}", number) for number, step in enumerate(result.steps, 1)}
    changes = change_views(result.changes, places)
    steps = tuple(
        _step(
            f"{anchor}-s{number}",
            step,
            exhibits,
            embedder,
            reached=stop is None or number <= stop,
            changes=tuple(change for change in changes if change.step == number),
        )
        for number, (step, exhibits) in enumerate(zip(result.steps, pictures, strict=True), 1)
    )
    return TraceView(
        anchor=anchor,
        result=result,
        headline=words.HEADLINE[result.verdict],
        sentence=words.sentence(result),
        facts=_facts(result, started),
        steps=steps,
        first=next((step for step in steps if step.differs), None),
        differing=sum(step.differs for step in steps),
        environment=_environment(result),
        changes=changes,
    )


def _step(
    anchor: str,
    step: StepResult,
    pictures: Sequence[Exhibit],
    embedder: Embedder,
    *,
    reached: bool,
    changes: tuple[ChangeView, ...],
) -> StepView:
    checks = tuple(_check(exhibit, embedder) for exhibit in pictures)
    telling = next((check for check in checks if check.exhibit.check.verdict == step.verdict), None)
    telling = telling or (checks[-1] if checks else None)
    sides = {side.role: side.picture for side in telling.sides} if telling else {}
    figure = ""
    if telling and telling.exhibit.check.exact_pixels:
        figure = words.count(step.changed_pixels or telling.exhibit.check.exact_pixels, "pixel")
    return StepView(
        anchor=anchor,
        step=step,
        label={
            "identical": "Identical",
            "tolerated": "Tolerated",
            "changed": "Changed",
            "missing": "Missing",
        }[step.verdict],
        figure=figure,
        differs=step.verdict in ("changed", "missing"),
        is_open=step.verdict in ("changed", "missing") and (reached or step.verdict != "missing"),
        tone="unreached" if step.verdict == "missing" and not reached else step.verdict,
        thumb=sides.get("Replayed") or sides.get("Recorded") or sides.get("Recorded and replayed"),
        checks=checks,
        signals=signal_views(step.signals),
        changes=changes,
    )


def _check(exhibit: Exhibit, embedder: Embedder) -> CheckView:
    sides = _sides(exhibit, embedder)
    width = max((side.picture.width for side in sides), default=1)
    height = max((side.picture.height for side in sides), default=1)
    regions = exhibit.check.regions[:_REGIONS]
    small = [r for r in regions if r.width * r.height <= width * height * _CLOSE_UP_SHARE]
    both = {"Recorded", "Replayed"} <= {side.role for side in sides if side.picture.uri is not None}
    return CheckView(exhibit, sides, width, height, regions, tuple(small[:_CLOSE_UPS]) if both else ())


def _sides(exhibit: Exhibit, embedder: Embedder) -> tuple[Side, ...]:
    check = exhibit.check
    if exhibit.same_bytes or (check.exact_pixels == 0 and check.replayed is not None):
        shown = [("Recorded and replayed", check.replayed, exhibit.replayed_path)]
    else:
        shown = [
            ("Recorded", check.recorded, exhibit.recorded_path),
            ("Replayed", check.replayed, exhibit.replayed_path),
            ("Difference", exhibit.difference, exhibit.difference_path),
        ]
    placed = [(role, embedder.add(png), path) for role, png, path in shown]
    return tuple(Side(role, picture, path) for role, picture, path in placed if picture is not None)


def _facts(result: TraceResult, started: datetime) -> tuple[Fact, ...]:
    now = words.environment_rows(result.environment)
    then = words.environment_rows(result.recorded_environment)
    changes = {name for name, _, _ in words.environment_changes(result)}
    browser = now.get("Browser") or then.get("Browser", "–")
    drawing = f"{then['Browser']} recorded" if "Browser" in changes else now.get("Window", "")
    viewport = " at scale ".join(filter(None, (now.get("Viewport", ""), now.get("Scale", ""))))
    ratio = result.recorded_seconds / result.seconds if result.seconds > 0 else 0
    speed = f"{ratio:.1f} times as fast" if ratio >= 1.05 else ""
    network = (
        Fact("Network", "From the recording", "Nothing left this machine")
        if result.mode == "recorded"
        else Fact("Network", "Live server", "Answers came from a running application")
    )
    word, note = words.certification(result.certification)
    return (
        Fact(
            "Recorded",
            words.moment(result.started) or "–",
            f"by {clip(result.actor, 80)}" if result.actor else "",
        ),
        Fact("Replayed", words.moment(started)),
        where([step.url for step in result.steps]),
        Fact(
            "Duration", f"{words.seconds(result.recorded_seconds)} → {words.seconds(result.seconds)}", speed
        ),
        Fact("Browser", browser, drawing),
        Fact("System", clip(now.get("System", "–"), 80), viewport),
        network,
        Fact("Recording", word, note),
    )


def _run_facts(results: Sequence[TraceResult], started: datetime, ended: datetime) -> tuple[Fact, ...]:
    recorded = sum(result.recorded_seconds for result in results)
    wall = max((ended - started).total_seconds(), 0)
    steps = sum(len(result.steps) for result in results)
    rows = words.environment_rows(results[0].environment) if results else {}
    certified = sum(words.certification(result.certification)[0] == "Certified" for result in results)
    return (
        Fact("Replayed", words.moment(started)),
        Fact(
            "Traces", f"{len(results):,}", f"{words.count(steps, 'step')}; {certified:,} recordings certified"
        ),
        Fact("Duration", f"{words.seconds(recorded)} → {words.seconds(wall)}", "recorded, and the whole run"),
        Fact("Browser", rows.get("Browser", "–"), rows.get("System", "")),
    )


def _environment(result: TraceResult) -> tuple[tuple[str, str, str], ...]:
    then, now = (
        words.environment_rows(result.recorded_environment),
        words.environment_rows(result.environment),
    )
    names = dict.fromkeys([*then, *now])
    return tuple((name, clip(then.get(name, "–"), 400), clip(now.get(name, "–"), 400)) for name in names)


def _signal(signal: Mapping[str, Any]) -> Signal:
    kind = str(signal.get("type", "signal"))
    for key in ("text", "message", "url", "name", "filename", "suggested_filename", "title", "detail"):
        if signal.get(key):
            method = f"{signal['method']} " if signal.get("method") else ""
            return Signal(kind, method + str(signal[key]))
    rest = ", ".join(f"{key} {value}" for key, value in signal.items() if key != "type")
    return Signal(kind, rest)
