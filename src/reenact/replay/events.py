"""The event stream of a replay. Reporters consume it; the player knows no reporter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reenact.replay.result import StepResult, TraceResult


@dataclass(frozen=True, slots=True)
class TraceStarted:
    """A trace begins: `steps` it has, `index` of `total` traces in the run, counted from 1."""

    trace: Path
    name: str
    steps: int
    index: int
    total: int


@dataclass(frozen=True, slots=True)
class StepFinished:
    """A step was carried out, or could not be: `done` of `total` steps of this trace are behind us."""

    trace: Path
    step: StepResult
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TraceFinished:
    """A trace is done."""

    trace: Path
    result: TraceResult


Event = TraceStarted | StepFinished | TraceFinished
