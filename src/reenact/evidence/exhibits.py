"""The pictures of a run as evidence: which file each becomes, and the difference drawn where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reenact.compare import difference_png
from reenact.evidence.text import slug
from reenact.replay.result import CheckpointResult, StepResult, TraceResult

FOLDER = "screenshots"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One checkpoint with its pictures and the paths they get, relative to the evidence folder.

    When both sides are the same bytes they are one file. `difference` is a PNG drawn by us, the others are
    the browser's own bytes.
    """

    check: CheckpointResult
    difference: bytes | None
    recorded_path: str | None
    replayed_path: str | None
    difference_path: str | None

    @property
    def same_bytes(self) -> bool:
        """True when the replay gave the very file of the recording."""
        return self.check.recorded is not None and self.check.recorded == self.check.replayed

    def files(self) -> dict[str, bytes]:
        """Path and content of every file to write."""
        pairs = (
            (self.recorded_path, self.check.recorded),
            (self.replayed_path, self.check.replayed),
            (self.difference_path, self.difference),
        )
        return {path: data for path, data in pairs if path is not None and data is not None}


Exhibits = Sequence[Sequence[Sequence[Exhibit]]]
"""By trace, by step, by checkpoint."""


def exhibits(results: Sequence[TraceResult]) -> Exhibits:
    """Name every picture of a run and draw the differences. File names hold nothing a page could choose."""
    digits = max(len(str(len(results))), 2)
    stems = [f"{FOLDER}/{n:0{digits}}-{slug(result.name)}" for n, result in enumerate(results, 1)]
    return [
        [
            [
                _exhibit(check, f"{stem}/{_part(step, position)}")
                for position, check in enumerate(step.checkpoints, 1)
            ]
            for step in result.steps
        ]
        for stem, result in zip(stems, results, strict=True)
    ]


def _part(step: StepResult, position: int) -> str:
    return f"{step.index:03}" if len(step.checkpoints) == 1 else f"{step.index:03}-{position}"


def _exhibit(check: CheckpointResult, stem: str) -> Exhibit:
    recorded, replayed = check.recorded, check.replayed
    differs = recorded is not None and replayed is not None and recorded != replayed
    difference = None
    if differs and check.verdict != "identical" and recorded is not None and replayed is not None:
        ignored = [place.box for place in check.unstable]
        difference = difference_png(recorded, replayed, ignore=ignored)
    replayed_path = f"{stem}-replayed.png" if replayed is not None else None
    recorded_path = f"{stem}-recorded.png" if recorded is not None else None
    return Exhibit(
        check=check,
        difference=difference,
        recorded_path=replayed_path if recorded is not None and recorded == replayed else recorded_path,
        replayed_path=replayed_path,
        difference_path=f"{stem}-difference.png" if difference is not None else None,
    )
