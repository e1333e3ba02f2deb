"""What a replay found: plain frozen data, the same for the CLI, the report, JUnit and the pytest plugin.

Nothing here imports a browser. Pictures are the browser's own PNG bytes; times say their unit in the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reenact.compare.region import Region

if TYPE_CHECKING:
    from reenact.changes import Change
    from reenact.trace import Gap, Unstable

CheckpointVerdict = Literal["identical", "tolerated", "changed", "missing"]
"""Verdict of one checkpoint, and of a step (the worst of its checkpoints; `missing` when not reached)."""

TraceVerdict = Literal["reproduced", "changed", "diverged", "incomparable"]
"""Verdict of one trace."""

Mode = Literal["recorded", "live"]
"""Where the answers of the network came from: the trace's own archive, or a running server."""

__all__ = [
    "CheckpointResult",
    "CheckpointVerdict",
    "Divergence",
    "Miss",
    "Mode",
    "Region",
    "Skip",
    "StepResult",
    "TraceResult",
    "TraceVerdict",
    "worst",
]

_WORSE: tuple[CheckpointVerdict, ...] = ("identical", "tolerated", "changed", "missing")


def worst(verdicts: Iterable[CheckpointVerdict]) -> CheckpointVerdict:
    """The worst of some checkpoint verdicts; `identical` for none, since nothing was seen to differ."""
    return max(verdicts, key=_WORSE.index, default="identical")


@dataclass(frozen=True, slots=True)
class CheckpointResult:
    """One recorded checkpoint against what the replay showed there.

    `recorded` and `replayed` are PNG bytes, None when that side has no picture. `exact_pixels` counts every
    pixel that is not the same, `changed_pixels` those a person would see as changed; both None when there was
    nothing to compare. `aria_changes` are lines of the accessibility snapshot, `- ` gone and `+ ` new;
    `aria` is the replay's whole snapshot where one was taken.
    `unstable` are places that were not compared, as the recording declares them.
    `reason` says in words why a verdict is not simply what the pixels say, such as why one is missing.
    """

    id: str
    verdict: CheckpointVerdict
    exact_pixels: int | None = None
    changed_pixels: int | None = None
    regions: tuple[Region, ...] = ()
    recorded: bytes | None = None
    replayed: bytes | None = None
    url: str = ""
    title: str = ""
    recorded_title: str = ""
    aria_changes: tuple[str, ...] = ()
    aria: tuple[str, ...] | None = None
    reason: str | None = None
    unstable: tuple[Unstable, ...] = ()


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step of the trace as the replay carried it out.

    `index` counts from 1. `time_ms` is the moment in the recording, in milliseconds since its start;
    `seconds` what the replay of the step took. `changed_pixels` is the largest of its checkpoints, None when
    none was compared. `cause` is one sentence when something went wrong. `screenshot` is the PNG file of the
    replay in the evidence folder, filled in when evidence is written.
    """

    id: str
    index: int
    type: str
    title: str
    verdict: CheckpointVerdict
    changed_pixels: int | None = None
    checkpoints: tuple[CheckpointResult, ...] = ()
    cause: str | None = None
    url: str = ""
    time_ms: float = 0.0
    signals: tuple[Mapping[str, Any], ...] = ()
    seconds: float = 0.0
    screenshot: Path | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """A request of the replay that the archive does not hold, with the nearest one it does hold."""

    method: str
    url: str
    nearest: str | None = None
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that the recording's timeline has and the replay waited for in vain, in words.

    `step` is the one that was replayed then. Where every picture is identical, nothing of it showed.
    """

    text: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first step that could not be carried out as recorded, and why, in words."""

    step: str
    title: str
    cause: str


@dataclass(frozen=True, slots=True)
class TraceResult:
    """Everything one replay of one trace found.

    `seconds` is the replay's wall time, `recorded_seconds` that of the recording. `environment` and
    `recorded_environment` have the shape of `environment` in `trace.json`. `changes` are what the recorded
    session changed. `misses` are requests without an answer, `near` those whose answer was given to another
    body.
    """

    trace: Path
    name: str
    verdict: TraceVerdict
    mode: Mode
    seconds: float
    recorded_seconds: float
    steps: tuple[StepResult, ...] = ()
    first_divergence: Divergence | None = None
    misses: tuple[Miss, ...] = ()
    gaps: tuple[Gap, ...] = ()
    environment: Mapping[str, Any] = field(default_factory=dict)
    recorded_environment: Mapping[str, Any] = field(default_factory=dict)
    actor: str | None = None
    started: datetime | str | None = None
    certification: Mapping[str, Any] | None = None
    changes: tuple[Change, ...] = ()
    near: tuple[Miss, ...] = ()
    skips: tuple[Skip, ...] = ()
