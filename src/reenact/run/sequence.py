"""Replays the traces of a plan, several at once; one that cannot be read does not stop the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from reenact.errors import ReenactError
from reenact.replay.events import Event, TraceStarted
from reenact.replay.result import TraceResult
from reenact.run.outcome import Outcome, RunOutcome
from reenact.run.plan import Plan


class Replayer(Protocol):
    """What begins the replay of one trace: `Player.begin` with its options bound."""

    def __call__(self, trace: Path, /, *, on_event: Callable[[Event], None]) -> Future[TraceResult]:
        """Begin to replay ``trace``; the future has what was found, or the error that stood in the way."""


def run(
    plan: Plan,
    replayer: Replayer,
    *,
    workers: int = 1,
    on_event: Callable[[Event], None] | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> RunOutcome:
    """Replay every trace of ``plan``, ``workers`` at a time, and return all outcomes in the plan's order.

    ``on_event`` gets the events of each replay, numbered within the run; ``on_outcome`` each trace when it
    and all before it are done. An error of ours belongs to its trace and the run goes on. After Ctrl-C the
    outcomes so far are returned, marked as interrupted.
    """
    waiting = deque(enumerate(plan.traces, 1))
    under_way: dict[Future[TraceResult], tuple[int, Path]] = {}
    done: dict[int, Outcome] = {}
    told: list[Outcome] = []

    def tell(outcome: Outcome) -> None:
        told.append(outcome)
        if on_outcome is not None:
            on_outcome(outcome)

    try:
        while waiting or under_way:
            while waiting and len(under_way) < workers:
                index, trace = waiting.popleft()
                listener = partial(_tell_numbered, on_event, index, len(plan.traces))
                under_way[replayer(trace, on_event=listener)] = index, trace
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                index, trace = under_way.pop(future)
                done[index] = _outcome(trace, future)
            while (following := done.pop(len(told) + 1, None)) is not None:
                tell(following)
    except KeyboardInterrupt:
        done |= {
            index: _outcome(trace, future) for future, (index, trace) in under_way.items() if future.done()
        }
        for index in sorted(done):
            tell(done[index])
        return RunOutcome(tuple(told), interrupted=True)
    finally:
        for future in under_way:
            future.cancel()
    return RunOutcome(tuple(told))


def _outcome(trace: Path, future: Future[TraceResult]) -> Outcome:
    try:
        return Outcome(trace, result=future.result())
    except ReenactError as error:
        return Outcome(trace, error=error)


def _tell_numbered(on_event: Callable[[Event], None] | None, index: int, total: int, event: Event) -> None:
    if on_event is None:
        return
    on_event(replace(event, index=index, total=total) if isinstance(event, TraceStarted) else event)
