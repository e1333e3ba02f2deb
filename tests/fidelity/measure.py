"""Records one session in one application, stops its server, certifies the recording, and counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import sync_playwright
from tests.applications import Application

import reenact
from reenact.replay.events import Event, TraceFinished
from reenact.replay.result import CheckpointResult, TraceResult
from reenact.trace import Trace

Result = TypeVar("Result")

VIEWPORT = {"width": 1280, "height": 720}

# What a person does on purpose; each of these deserves a picture of its outcome.
ACTIONS = {"click", "dblclick", "fill", "press", "check", "uncheck", "select", "drag", "upload", "navigate"}


@dataclass(frozen=True, slots=True)
class Measurement:
    """One recording and the replays of its certification.

    Where the person went on at once, the recording has no picture: the first replay takes it, and the later
    ones are compared with that. Such a moment counts from the second replay on.
    """

    application: Application
    trace: Trace
    replays: tuple[TraceResult, ...]

    @property
    def compared(self) -> list[CheckpointResult]:
        """What was compared with a picture, over all replays; also what should have been and never came."""
        return [
            checkpoint
            for replay in self.replays
            for step in replay.steps
            for checkpoint in step.checkpoints
            if checkpoint.recorded is not None or checkpoint.verdict != "identical"
        ]

    @property
    def total(self) -> int:
        """Checkpoints that were compared, over all replays."""
        return len(self.compared)

    @property
    def identical(self) -> int:
        """Checkpoints without one different pixel, over all replays."""
        return sum(point.verdict == "identical" and point.exact_pixels == 0 for point in self.compared)

    @property
    def is_perfect(self) -> bool:
        """Whether every replay reproduced every checkpoint, and there were any."""
        return 0 < self.total == self.identical and all(r.verdict == "reproduced" for r in self.replays)

    @property
    def replay_seconds(self) -> float:
        """The middle one of the replays' durations."""
        return sorted(replay.seconds for replay in self.replays)[len(self.replays) // 2]

    @property
    def speed_up(self) -> float:
        """How many times faster than the recording."""
        return self.trace.seconds / self.replay_seconds

    @property
    def trace_bytes_per_minute(self) -> float:
        """Everything on disk: timelines, bodies, screenshots."""
        return sum(_sizes(self.trace.path)) / self.trace.seconds * 60

    @property
    def log_bytes_per_second(self) -> float:
        """The timeline alone."""
        return (self.trace.path / "timeline.json").stat().st_size / self.trace.seconds

    @property
    def unpictured(self) -> list[str]:
        """Actions of the person that have no checkpoint."""
        return [
            f"{step.id} {step.title}"
            for step in self.trace.steps
            if step.type in ACTIONS and step.checkpoint is None
        ]

    def complaints(self) -> list[str]:
        """One line for everything that is not as it should be, with the replays that have it."""
        replays: dict[str, list[int]] = {}
        for number, replay in enumerate(self.replays, 1):
            for line in dict.fromkeys(_complaints(replay)):
                replays.setdefault(line, []).append(number)
        return [f"{line} (replay {', '.join(map(str, numbers))})" for line, numbers in replays.items()]


def _complaints(replay: TraceResult) -> list[str]:
    lines = []
    if replay.first_divergence:
        cause = replay.first_divergence
        lines.append(f"{replay.verdict}: {cause.step} {cause.title}: {cause.cause}")
    elif replay.verdict != "reproduced":
        lines.append(replay.verdict)
    lines += [
        f"{step.id} {step.title}: {point.verdict}, {point.exact_pixels} pixels"
        + (f", {point.reason}" if point.reason else "")
        for step in replay.steps
        for point in step.checkpoints
        if point.verdict != "identical" or point.exact_pixels
    ]
    lines += [f"not in the archive: {m.method} {m.url}" for m in replay.misses]
    lines += [f"sent something else: {m.method} {m.url}" for m in replay.near]
    return lines + [f"did not happen again: {s.text}" for s in replay.skips]


def measure(
    application: Application,
    folder: Path,
    *,
    replays: int = 3,
    pace: float = 1.0,
    headless: bool = True,
    browser: str = "chromium",
) -> Measurement:
    """Record into `folder`, certify with the server stopped. Errors come through as they are."""
    path = folder / f"{application.name}.reenact"
    results: list[TraceResult] = []

    def keep(event: Event) -> None:
        if isinstance(event, TraceFinished):
            results.append(event.result)

    alone(lambda: _record(application, path, pace=pace, headless=headless, browser=browser))
    trace = reenact.certify(path, times=replays, on_event=keep)
    return Measurement(application=application, trace=trace, replays=tuple(results))


def alone(work: Callable[[], Result]) -> Result:
    """Run `work` in a thread of its own: Playwright wants to be alone in one, and pytest's may be taken."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def _record(application: Application, path: Path, *, pace: float, headless: bool, browser: str) -> Trace:
    with application.start() as server, sync_playwright() as playwright:
        started = reenact.launch(playwright, browser, headless=headless)
        context = started.new_context(viewport=VIEWPORT)
        with reenact.record(context, path, name=application.title) as recording:
            application.session(context.new_page(), server.url, pace)
        context.close()
        started.close()
        server.stop()
        return recording.trace


def _sizes(path: Path) -> list[int]:
    files = path.rglob("*") if path.is_dir() else [path]
    return [file.stat().st_size for file in files if file.is_file()]
