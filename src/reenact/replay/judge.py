"""Compares what a replay shows with what was recorded, and says it in words."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reenact.compare import Region, compare_images
from reenact.replay.result import CheckpointResult, StepResult, worst
from reenact.trace import Checkpoint, Step, Trace, Unstable

_MOST_LINES = 40


@dataclass(slots=True)
class Shown:
    """What a replay showed at one checkpoint."""

    picture: bytes
    url: str
    title: str
    aria: list[str] | None = None
    unstable: tuple[Unstable, ...] = ()
    """Where something plays by the real clock, as far as it was asked for."""


@dataclass(slots=True)
class StepProgress:
    """A step while it is replayed."""

    step: Step
    index: int
    checkpoints: list[CheckpointResult] = field(default_factory=list)
    cause: str | None = None
    seconds: float = 0.0

    def result(self) -> StepResult:
        """The step as the replay carried it out."""
        verdict = worst(checkpoint.verdict for checkpoint in self.checkpoints)
        counts = [c.changed_pixels for c in self.checkpoints if c.changed_pixels is not None]
        cause = self.cause or next(
            (c.reason for c in self.checkpoints if c.verdict in ("changed", "missing")), None
        )
        return StepResult(
            id=self.step.id,
            index=self.index,
            type=self.step.type,
            title=self.step.title,
            verdict="missing" if self.cause and verdict == "identical" and not self.checkpoints else verdict,
            changed_pixels=max(counts) if counts else None,
            checkpoints=tuple(self.checkpoints),
            cause=cause,
            url=self.step.url or "",
            time_ms=self.step.time,
            signals=self.step.signals,
            seconds=round(self.seconds, 3),
        )


def missing(trace: Trace, checkpoint: Checkpoint, reason: str) -> CheckpointResult:
    """A checkpoint that the replay never came to."""
    recorded = trace.read(checkpoint.screenshot) if checkpoint.screenshot else None
    return CheckpointResult(
        id=checkpoint.id,
        verdict="missing",
        recorded=recorded,
        url=checkpoint.url or "",
        recorded_title=checkpoint.title or "",
        reason=reason,
    )


def judge(trace: Trace, checkpoint: Checkpoint, shown: Shown) -> CheckpointResult:
    """Compare one checkpoint, pixel by pixel."""
    bare = CheckpointResult(
        id=checkpoint.id,
        verdict="identical",
        replayed=shown.picture,
        url=shown.url,
        title=shown.title,
        recorded_title=checkpoint.title or "",
        aria=None if shown.aria is None else tuple(shown.aria),
    )
    if checkpoint.screenshot is None:
        reason = "Not compared: the recording has no picture of this moment"
        return replace(bare, reason=reason, unstable=shown.unstable)
    recorded = trace.read(checkpoint.screenshot)
    same = replace(bare, exact_pixels=0, changed_pixels=0, recorded=recorded, unstable=checkpoint.unstable)
    if recorded == shown.picture:
        return same
    ignored = [place.box for place in checkpoint.unstable]
    comparison = compare_images(recorded, shown.picture, ignore=ignored)
    if comparison.exact_pixels == 0:
        return same
    changes = _aria_changes(trace, checkpoint, shown.aria)
    return replace(
        same,
        verdict="changed",
        exact_pixels=comparison.exact_pixels,
        changed_pixels=comparison.changed_pixels,
        regions=tuple(comparison.regions),
        aria_changes=changes,
        reason=comparison.summary
        if comparison.size_differs
        else _in_words(comparison.exact_pixels, comparison.regions, changes, checkpoint, shown),
    )


def _aria_changes(trace: Trace, checkpoint: Checkpoint, aria: list[str] | None) -> tuple[str, ...]:
    if checkpoint.aria is None or aria is None:
        return ()
    recorded = trace.read(checkpoint.aria).decode("utf-8", "replace").split("\n")
    matcher = difflib.SequenceMatcher(None, recorded, aria, autojunk=False)
    lines: list[str] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        lines += [f"- {line.strip().removeprefix('- ')}" for line in recorded[first:last]]
        lines += [f"+ {line.strip().removeprefix('- ')}" for line in aria[start:end]]
    return tuple(lines[:_MOST_LINES])


def _in_words(
    pixels: int, regions: Sequence[Region], changes: Sequence[str], checkpoint: Checkpoint, shown: Shown
) -> str:
    where = f"{pixels:,} pixels differ {_places(regions)}"
    if shown.url != (checkpoint.url or "") and _path(shown.url) != _path(checkpoint.url or ""):
        return f"The page is {shown.url}, not {checkpoint.url}; {where}"
    gone, new = _without_common(
        [line[2:] for line in changes if line.startswith("- ")],
        [line[2:] for line in changes if line.startswith("+ ")],
    )
    # A list of changes says more than its first line, and the report shows it; here one has to do.
    more = max(len(gone), len(new)) - 1
    if more > 0:
        where = f"and {more} more {'change' if more == 1 else 'changes'}; {where}"
    if gone and new:
        (role, before), (same_role, after) = _parts(gone[0]), _parts(new[0])
        if role == same_role:
            return f"{role.capitalize()} {before} is now {after}; {where}"
        return f"Gone: {role} {before}; new: {same_role} {after}; {where}"
    if new:
        return f"New on the page: {' '.join(_parts(new[0]))}; {where}"
    if gone:
        return f"No longer on the page: {' '.join(_parts(gone[0]))}; {where}"
    if checkpoint.aria is None or shown.aria is None:
        return f"It looks different: {where}"
    return f"The same content looks different: {where}"


def _places(regions: Sequence[Region]) -> str:
    first = max(regions, key=lambda region: region.pixels)
    box = f"{first.width} × {first.height} at {first.x}, {first.y}"
    return f"in 1 place ({box})" if len(regions) == 1 else f"in {len(regions)} places (most in {box})"


def _without_common(gone: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Leave out what only moved, unless nothing else happened."""
    common = Counter(gone) & Counter(new)
    left, come = list((Counter(gone) - common).elements()), list((Counter(new) - common).elements())
    return (left, come) if left or come else (gone, new)


def _parts(line: str) -> tuple[str, str]:
    """The role of a line of the accessibility tree, and what it says; texts get quotes, as names have."""
    role, _, said = line.partition(" ")
    return (role[:-1], f'"{said}"') if role.endswith(":") else (role, said)


def _path(url: str) -> str:
    """A URL without scheme and host: a running server has another address than the recorded one."""
    rest = url.partition("://")[2] or url
    return "/" + rest.partition("/")[2]
