"""The viewer of a trace alone: what was recorded, step by step, as one page that opens by double click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reenact.changes import changes_of
from reenact.config import __version__
from reenact.errors import CouldNotRun
from reenact.evidence import words
from reenact.evidence.changed import ChangeView, change_views
from reenact.evidence.embed import Embedded, Embedder
from reenact.evidence.page import render
from reenact.evidence.report import Fact, Signal, signal_views, where
from reenact.evidence.text import clip
from reenact.trace import Checkpoint, Locator, Step, Trace


@dataclass(frozen=True, slots=True)
class Moment:
    """A checkpoint and its picture; None when no screenshot was taken."""

    checkpoint: Checkpoint
    picture: Embedded | None


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A recorded step as the template shows it. `inputs` counts raw input events."""

    anchor: str
    index: int
    step: Step
    locators: tuple[str, ...]
    value: str
    before: str | None
    inputs: int
    moments: tuple[Moment, ...]
    thumb: Embedded | None
    signals: tuple[Signal, ...]
    changes: tuple[ChangeView, ...]


def write_trace_view(trace: Trace, path: Path) -> Path:
    """Write the viewer of `trace` to `path`, replacing what is there, and return the path.

    Raises InvalidTrace when a screenshot is missing or damaged, CouldNotRun when the file cannot be written.
    """
    path = Path(path)
    page = trace_html(trace)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page)
    except OSError as error:
        raise CouldNotRun(
            f"Cannot write the viewer: {path} ({error.strerror})", hint="Check the folder and its rights"
        ) from error
    return path


def trace_html(trace: Trace) -> bytes:
    """The page, UTF-8."""
    embedder = Embedder()
    opening = [point for point in trace.checkpoints if point.step is None]
    places = {step.id: (f"s{index}", index) for index, step in enumerate(trace.steps, 1)}
    changes = change_views(changes_of(trace), places)
    word, note = words.certification(trace.certification)
    rows = words.environment_rows(trace.environment)
    return render(
        "trace.html",
        embedder=embedder,
        trace=trace,
        opening=_moments(opening, trace, embedder),
        steps=_steps(trace, embedder, changes),
        changes=changes,
        facts=(
            Fact(
                "Recorded", words.moment(trace.started), f"by {clip(trace.actor, 80)}" if trace.actor else ""
            ),
            Fact("Duration", words.seconds(trace.seconds), words.count(len(trace.steps), "step")),
            where([trace.start_url or "", *(step.url or "" for step in trace.steps)]),
            Fact("Browser", rows.get("Browser", "–"), rows.get("Window", "")),
            Fact("System", clip(rows.get("System", "–"), 80), rows.get("Viewport", "")),
            Fact(
                "Holds",
                words.count(len(trace.checkpoints), "checkpoint"),
                f"{words.count(len(trace.exchanges), 'request')}, {words.count(len(trace.pages), 'page')}",
            ),
            Fact("Recording", word, note),
            Fact("Trace", "Complete" if trace.status == "complete" else "Incomplete", clip(trace.id, 40)),
        ),
        environment=tuple((name, clip(value, 600)) for name, value in rows.items()),
        version=__version__,
    )


def _steps(trace: Trace, embedder: Embedder, changes: Sequence[ChangeView]) -> tuple[RecordedStep, ...]:
    at: dict[str, list[Checkpoint]] = {}
    for point in trace.checkpoints:
        at.setdefault(point.step or "", []).append(point)
    inputs = [act.n for act in trace.acts if act.type == "input"]
    views = []
    for index, step in enumerate(trace.steps, 1):
        moments = _moments(at.get(step.id, ()), trace, embedder)
        pictures = [moment.picture for moment in moments if moment.picture]
        first, last = step.acts or (0, -1)
        views.append(
            RecordedStep(
                anchor=f"s{index}",
                index=index,
                step=step,
                locators=tuple(map(_locator, step.target.locators)) if step.target else (),
                value=_value(step),
                before=_before(step),
                inputs=sum(first <= n <= last for n in inputs),
                moments=moments,
                thumb=pictures[-1] if pictures else None,
                signals=signal_views(step.signals),
                changes=tuple(change for change in changes if change.step == index),
            )
        )
    return tuple(views)


def _moments(points: Sequence[Checkpoint], trace: Trace, embedder: Embedder) -> tuple[Moment, ...]:
    return tuple(
        Moment(point, embedder.add(trace.read(point.screenshot)) if point.screenshot else None)
        for point in points
    )


def _locator(locator: Locator) -> str:
    kind = f"{locator.kind} {locator.role}" if locator.role else locator.kind
    return f"{kind} {locator.value}"


def _before(step: Step) -> str | None:
    before = step.raw.get("before")
    return str(before) if before is not None and step.secret is None else None


def _value(step: Step) -> str:
    if step.secret is not None:
        return f"kept secret, named {step.secret}"
    return "" if step.value is None else str(step.value)
