"""Where a replay stands: which step an act belongs to, and what is said when a step is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from reenact.browser.moving_pictures import MovingPictures
from reenact.replay.events import Event, StepFinished
from reenact.replay.judge import Shown, StepProgress, judge, missing
from reenact.replay.result import Divergence, StepResult
from reenact.replay.stage_page import StagePage
from reenact.trace import Act, Checkpoint, Step, Trace


class Progress:
    """Follows the acts of a trace and hands out each step when the last of its acts is done."""

    def __init__(self, trace: Trace, on_event: Callable[[Event], None] | None, until: str | None) -> None:
        self.trace = trace
        self.divergence: Divergence | None = None
        self.done: list[StepResult] = []
        self._on_event = on_event
        self._steps = [StepProgress(step, index) for index, step in enumerate(trace.steps, 1)]
        self._by_id = {progress.step.id: progress for progress in self._steps}
        self._checkpoints = {c.id: c for c in trace.checkpoints if not c.interim}
        self._ends = self._last_acts()
        self._begun = time.monotonic()
        self._stop_after = _last_step(trace.steps, until)

    def _last_acts(self) -> dict[str, int]:
        ends = {step.id: step.acts[1] if step.acts else 0 for step in self.trace.steps}
        for checkpoint in self._checkpoints.values():
            if checkpoint.step in ends and checkpoint.act is not None:
                ends[checkpoint.step] = max(ends[checkpoint.step], checkpoint.act)
        return ends

    # ---- on the way

    def step_of(self, act: Act) -> Step | None:
        """The step that an act belongs to."""
        for progress in self._steps:
            if self._ends[progress.step.id] >= act.n:
                return progress.step
        return self._steps[-1].step if self._steps else None

    def checkpoint_of(self, act: Act) -> Checkpoint | None:
        """The checkpoint that an act stands for; None for one that the recording gave up."""
        return self._checkpoints.get(str(act.raw.get("checkpoint")))

    async def look(self, page: StagePage, checkpoint: Checkpoint, state: Mapping[str, Any]) -> None:
        """Take the picture of a checkpoint and compare it. ``state``: the script's word on URL and title."""
        picture = await page.screenshot()
        recorded = self.trace.read(checkpoint.screenshot) if checkpoint.screenshot else None
        aria = None
        unstable = await page.unstable(self._moving_pictures) if recorded is None else ()
        # The tree is asked for only where there is something to explain, or to keep.
        if recorded is None or (recorded != picture and checkpoint.aria is not None):
            aria = await page.aria()
        self._show(
            checkpoint, Shown(picture, str(state.get("url", "")), str(state.get("title", "")), aria, unstable)
        )

    @cached_property
    def _moving_pictures(self) -> list[str]:
        pictures = MovingPictures()
        for exchange in self.trace.exchanges:
            if digest := exchange.response_body:
                pictures.look(digest, self.trace.read(digest))
                pictures.came(exchange.url, digest)
        return pictures.addresses

    def _show(self, checkpoint: Checkpoint, shown: Shown) -> None:
        progress = self._by_id.get(checkpoint.step or "")
        if progress is not None:
            progress.checkpoints.append(judge(self.trace, checkpoint, shown))

    def acted(self, act: Act) -> bool:
        """An act is done; False when the replay was asked to stop here."""
        while len(self.done) < len(self._steps):
            progress = self._steps[len(self.done)]
            if self._ends[progress.step.id] > act.n:
                return True
            self._finish(progress)
            if self._stop_after is not None and progress.index >= self._stop_after:
                return False
        return True

    def diverge(self, act: Act, cause: str) -> None:
        """The replay cannot go on: name the step and the first cause."""
        if self.divergence is not None:
            return
        step = self.step_of(act)
        self.divergence = Divergence(
            step=step.id if step else "", title=step.title if step else "Before the first step", cause=cause
        )
        if step is not None:
            self._by_id[step.id].cause = cause

    # ---- at the end

    def finish(self) -> tuple[StepResult, ...]:
        """Everything that was not reached is missing."""
        cause = self.divergence.cause if self.divergence else "The replay ended before this step"
        last = self._stop_after or len(self._steps)
        while len(self.done) < last:
            progress = self._steps[len(self.done)]
            seen = {result.id for result in progress.checkpoints}
            for checkpoint in self._checkpoints.values():
                if checkpoint.step == progress.step.id and checkpoint.id not in seen:
                    progress.checkpoints.append(missing(self.trace, checkpoint, f"Not reached: {cause}"))
            if progress.cause is None and not seen:
                progress.cause = f"Not reached: {cause}"
            self._finish(progress)
        return tuple(self.done)

    def _finish(self, progress: StepProgress) -> None:
        now = time.monotonic()
        progress.seconds = now - self._begun
        self._begun = now
        result = progress.result()
        self.done.append(result)
        if self._on_event is not None:
            self._on_event(StepFinished(self.trace.path, result, len(self.done), len(self._steps)))


def _last_step(steps: tuple[Step, ...], until: str | None) -> int | None:
    if until is None:
        return None
    for index, step in enumerate(steps, 1):
        if until in (step.id, str(index)):
            return index
    from reenact.errors import UsageError

    raise UsageError(f"no such step: {until}", hint=f"Steps are numbered 1 to {len(steps)}")
