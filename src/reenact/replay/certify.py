"""Certification: a recording proves itself by being replayed, several times, against its own archive."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from reenact.errors import UsageError
from reenact.replay.events import Event
from reenact.replay.player import Player
from reenact.replay.result import CheckpointResult, StepResult, TraceResult
from reenact.trace import Trace, load


def certify(
    path: str | os.PathLike[str],
    *,
    times: int = 3,
    headed: bool = False,
    on_event: Callable[[Event], None] | None = None,
) -> Trace:
    """Certify a trace with a browser of its own; all of it is said at `reenact.certify`."""
    with Player(headed=headed) as player:
        return certify_with(player, path, times=times, on_event=on_event)


def certify_with(
    player: Player,
    path: str | os.PathLike[str],
    *,
    times: int,
    on_event: Callable[[Event], None] | None = None,
) -> Trace:
    """Replay a trace ``times`` times and write into it what came of it; return the trace as it then is.

    A moment of which the recording has no picture, because the person went on at once, gets the first
    replay's. The trace is "certified" when every checkpoint was identical in every replay, else "unstable",
    and names the steps with their cause. Raises `UsageError`, `InvalidTrace`, `CouldNotRun`.
    """
    if times < 1:
        raise UsageError(f"a certification needs at least one replay, not {times}", hint="Use 3")
    first = player.replay(path, on_event=on_event)
    trace = _complete_pictures(load(path), first)
    return trace.update(
        certification=_verdict([first, *player.replay_again(path, times - 1, on_event=on_event)])
    )


def _complete_pictures(trace: Trace, result: TraceResult) -> Trace:
    """Take the pictures, and what stood in them, that only a replay could take."""
    missing = {checkpoint.id for checkpoint in trace.checkpoints if checkpoint.screenshot is None}
    taken = {
        checkpoint.id: checkpoint
        for step in result.steps
        for checkpoint in step.checkpoints
        if checkpoint.id in missing and checkpoint.replayed is not None
    }
    if not taken:
        return trace
    changes: dict[str, dict[str, Any]] = {}
    resources: list[bytes] = []
    for identifier, checkpoint in taken.items():
        picture, aria = checkpoint.replayed or b"", checkpoint.aria
        changes[identifier] = {"screenshot": hashlib.sha256(picture).hexdigest(), "source": "certification"}
        resources.append(picture)
        if checkpoint.unstable:
            changes[identifier]["unstable"] = [asdict(place) for place in checkpoint.unstable]
        if aria is not None:
            text = "\n".join(aria).encode()
            changes[identifier]["aria"] = hashlib.sha256(text).hexdigest()
            resources.append(text)
    return trace.update(checkpoints=changes, resources=resources)


def _verdict(results: list[TraceResult]) -> dict[str, Any]:
    unstable: dict[str, dict[str, Any]] = {}
    compared: set[str] = set()
    points = [(n, s, c) for n, r in enumerate(results, 1) for s in r.steps for c in s.checkpoints]
    for number, step, checkpoint in points:
        if checkpoint.verdict != "identical":
            unstable.setdefault(checkpoint.id, _instability(step, checkpoint, number))
        elif checkpoint.exact_pixels is not None:
            compared.add(checkpoint.id)
    for number, step, checkpoint in points:
        # A moment whose picture the first replay took proves itself from the second one on.
        if checkpoint.id not in compared:
            unstable.setdefault(checkpoint.id, _instability(step, checkpoint, number))
    for step in (step for result in results for step in result.steps):
        if step.cause is not None and not step.checkpoints:
            unstable.setdefault(step.id, {"step": step.id, "title": step.title, "cause": step.cause})
    total = {checkpoint.id for _, _, checkpoint in points}
    reproduced = bool(total) and all(r.verdict in ("reproduced", "incomparable") for r in results)
    return {
        "verdict": "certified" if reproduced and not unstable else "unstable",
        "times": len(results),
        "checkpoints": len(total),
        "identical": len(total) - len(unstable.keys() & total),
        "unstable": list(unstable.values()),
        "seconds": [result.seconds for result in results],
        "environment": dict(results[0].environment),
        "at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }


def _instability(step: StepResult, checkpoint: CheckpointResult, replay: int) -> dict[str, Any]:
    return {
        "checkpoint": checkpoint.id,
        "step": step.id,
        "title": step.title,
        "replay": replay,
        "cause": checkpoint.reason or step.cause or "it looked different",
    }
