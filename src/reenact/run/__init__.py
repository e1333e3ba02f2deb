"""Runs: which traces, one after the other, and what the whole came to."""

from __future__ import annotations

from reenact.run.outcome import Outcome, RunOutcome
from reenact.run.plan import Plan, discover, is_trace
from reenact.run.sequence import Replayer, run

__all__ = ["Outcome", "Plan", "Replayer", "RunOutcome", "discover", "is_trace", "run"]
