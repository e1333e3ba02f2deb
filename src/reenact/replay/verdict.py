"""What the replayed steps of a trace amount to: its verdict, and the first cause of what differs."""

from __future__ import annotations

from collections.abc import Sequence

from reenact.replay.progress import Progress
from reenact.replay.result import Divergence, Skip, TraceVerdict

NOTHING_COMPARED = (
    "nothing was compared: the recording has no picture of these moments; `reenact certify` takes them"
)


def trace_verdict(progress: Progress, unlike: Sequence[str]) -> TraceVerdict:
    """The verdict of a replay that is over. ``unlike``: how its environment differs from the recording's."""
    verdicts = {step.verdict for step in progress.done}
    diverged = progress.divergence is not None or "missing" in verdicts
    if not diverged and "changed" not in verdicts:
        # A promise that was never put to the test is not kept: see "Nothing is silent".
        return "reproduced" if _anything_compared(progress) else "incomparable"
    if unlike:
        return "incomparable"
    return "diverged" if diverged else "changed"


def first_divergence(
    progress: Progress, verdict: TraceVerdict, skips: Sequence[Skip], unlike: Sequence[str]
) -> Divergence | None:
    """The first cause, whatever it is that was noticed later because of it; None when reproduced."""
    if verdict == "reproduced":
        return None
    skip = skips[0].text if skips else None
    changed = next((step for step in progress.done if step.verdict != "identical"), None)
    if progress.divergence is not None:
        first = progress.divergence
        if changed is None or changed.id == first.step or changed.verdict == "missing":
            return Divergence(first.step, first.title, f"{first.cause} ({skip})" if skip else first.cause)
    if changed is None:
        return progress.divergence or _uncompared(progress)
    cause = changed.cause or "it looks different"
    if unlike:
        cause = f"recorded and replayed in different environments: {'; '.join(unlike)}"
    elif skip:
        cause = f"{cause} ({skip})"
    return Divergence(changed.id, changed.title, cause)


def _anything_compared(progress: Progress) -> bool:
    return any(
        checkpoint.exact_pixels is not None for step in progress.done for checkpoint in step.checkpoints
    )


def _uncompared(progress: Progress) -> Divergence:
    step = next(iter(progress.done), None)
    return Divergence(step.id if step else "", step.title if step else "No steps", NOTHING_COMPARED)
