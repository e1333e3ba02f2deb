"""What a run came to, and the exit code that says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from reenact.errors import (
    EXIT_COULD_NOT_RUN,
    EXIT_DIFFERS,
    EXIT_INTERRUPTED,
    EXIT_INVALID,
    EXIT_NOTHING_SELECTED,
    EXIT_USAGE,
    EXIT_VERIFIED,
    ReenactError,
)
from reenact.replay.result import TraceResult

_WORST_FIRST = (
    EXIT_INTERRUPTED,
    EXIT_INVALID,
    EXIT_COULD_NOT_RUN,
    EXIT_USAGE,
    EXIT_NOTHING_SELECTED,
    EXIT_DIFFERS,
    EXIT_VERIFIED,
)

_EXIT_OF_VERDICT = {
    "reproduced": EXIT_VERIFIED,
    "changed": EXIT_DIFFERS,
    "diverged": EXIT_DIFFERS,
    # Pictures of two browsers cannot be told apart from a defect: that is "could not tell", not "differs".
    "incomparable": EXIT_COULD_NOT_RUN,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One trace of a run: the result of its replay, or the error that stood in the way."""

    trace: Path
    result: TraceResult | None = None
    error: ReenactError | None = None

    @property
    def verdict(self) -> str:
        """The verdict of the replay, or ``invalid`` or ``error`` when there was none."""
        if self.result is not None:
            return self.result.verdict
        return "invalid" if self.exit_code == EXIT_INVALID else "error"

    @property
    def exit_code(self) -> int:
        """The exit code this trace alone would give."""
        if self.result is not None:
            return _EXIT_OF_VERDICT[self.result.verdict]
        return self.error.exit_code if self.error is not None else EXIT_COULD_NOT_RUN


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """All traces of a run, in the order they were replayed."""

    outcomes: tuple[Outcome, ...] = field(default=())
    interrupted: bool = False

    @property
    def results(self) -> tuple[TraceResult, ...]:
        """The replays that came to a verdict."""
        return tuple(outcome.result for outcome in self.outcomes if outcome.result is not None)

    @property
    def exit_code(self) -> int:
        """The worst of all: invalid over could not run over differs over verified."""
        codes = [outcome.exit_code for outcome in self.outcomes]
        return worst_exit([*codes, EXIT_INTERRUPTED] if self.interrupted else codes)


def worst_exit(codes: Iterable[int]) -> int:
    """The exit code that speaks for several; `EXIT_NOTHING_SELECTED` for none."""
    return min(codes, key=_WORST_FIRST.index, default=EXIT_NOTHING_SELECTED)
