"""Replays the traces of a plan one after the other; one that cannot be read does not stop the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from reenact.errors import ReenactError
from reenact.replay.events import Event, TraceStarted
from reenact.replay.result import TraceResult
from reenact.run.outcome import Outcome, RunOutcome
from reenact.run.plan import Plan


class Replayer(Protocol):
    """What replays one trace: `reenact.replay` with its options bound."""

    def __call__(self, trace: Path, /, *, on_event: Callable[[Event], None]) -> TraceResult:
        """Replay ``trace`` and return what was found."""


def run(
    plan: Plan,
    replayer: Replayer,
    *,
    on_event: Callable[[Event], None] | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> RunOutcome:
    """Replay every trace of ``plan`` and return all outcomes.

    ``on_event`` gets the events of each replay, numbered within the run; ``on_outcome`` each trace when it is
    done. An error of ours belongs to its trace and the run goes on. After Ctrl-C the outcomes so far are
    returned, marked as interrupted.
    """
    total = len(plan.traces)
    outcomes: list[Outcome] = []
    for index, trace in enumerate(plan.traces, 1):

        def numbered(event: Event, index: int = index) -> None:
            if isinstance(event, TraceStarted):
                event = replace(event, index=index, total=total)
            if on_event is not None:
                on_event(event)

        try:
            outcome = Outcome(trace, result=replayer(trace, on_event=numbered))
        except ReenactError as error:
            outcome = Outcome(trace, error=error)
        except KeyboardInterrupt:
            return RunOutcome(tuple(outcomes), interrupted=True)
        outcomes.append(outcome)
        if on_outcome is not None:
            on_outcome(outcome)
    return RunOutcome(tuple(outcomes))
