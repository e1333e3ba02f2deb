"""``reenact demo``: the whole story on the bundled application."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reenact.errors import EXIT_DIFFERS, EXIT_VERIFIED

if TYPE_CHECKING:
    from reenact.replay.player import Player
    from reenact.replay.result import TraceResult
    from reenact.trace import Trace

_STAGES = 5
_PACE = 0.5
_TIMES = 3
_MARGIN = " " * 17


@click.command(epilog="Example: reenact demo --headed --pace 1")
@click.option("--headed", is_flag=True, help="Show the browser while the session is recorded.")
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A new folder for trace and report. [default: one below reenact-evidence]",
)
@click.option(
    "--pace", default=_PACE, show_default=True, type=click.FloatRange(0, 5), help="1 is a person's."
)
def demo(*, headed: bool, output: Path | None, pace: float) -> int:
    """The whole story, on the bundled application: record a session, certify it, catch a broken build.

    Exits with 0 when the recording is certified, a fresh copy of the same build is as recorded, and the
    broken build is caught.
    """
    from reenact.cli.files import new_evidence_folder, require_new_folder
    from reenact.demo import backoffice, secrets
    from reenact.replay.player import Player

    folder = output or new_evidence_folder().with_name(f"demo-{new_evidence_folder().name}")
    require_new_folder(folder)
    # A trace holds no password. Whoever replays against a running server gives it in the environment.
    os.environ |= {f"REENACT_SECRET_{name}": value for name, value in secrets().items()}
    begin = time.monotonic()
    story = _Story()
    with backoffice(build="good") as good:
        story.done("Application", f"Ledgerline, a small back office, runs at {good.url}")
        trace = _record(story, folder / "ledgerline.reenact", good.url, headed=headed, pace=pace)
        port = good.port
    with Player() as player:
        certified = _certify(story, player, trace.path)
        with backoffice(build="good", port=port) as good:
            same = _control(story, player, trace.path, good.url, folder / "same-build")
        with backoffice(build="broken", port=port) as broken:
            caught, report = _catch(story, player, trace.path, broken.url, folder / "broken-build")
    story.line("")
    story.line(f"The report, to open in a browser:  {report.absolute()}")
    story.line(f"The recording, step by step:       reenact show {trace.path}")
    story.line(f"The whole story took {time.monotonic() - begin:.0f} seconds.")
    return EXIT_VERIFIED if certified and same and caught else EXIT_DIFFERS


class _Story:
    """The lines of the story, numbered; what is going on shows on a terminal until its line is there."""

    def __init__(self) -> None:
        from reenact.cli.terminal import notes, output

        self._output = output()
        self._notes = notes()
        self._number = 0

    def done(self, title: str, sentence: str) -> None:
        self._number += 1
        self._output.print(f"{self._number}/{_STAGES} {title.ljust(13)}{sentence}")

    def more(self, text: str) -> None:
        self._output.print(f"{_MARGIN}{text}")

    def line(self, text: str) -> None:
        self._output.print(text)

    @contextmanager
    def going_on(self, title: str) -> Iterator[Callable[[str], None]]:
        """A spinner with the latest word on a terminal, silence in a pipe."""
        from reenact.cli.text import plain

        if not self._notes.is_terminal:
            yield lambda _: None
            return
        with self._notes.status(title) as status:
            yield lambda word: status.update(f"{title}: {plain(word)}")


@dataclass(frozen=True, slots=True)
class _Replayed:
    """A replay against a running build, and when it was."""

    result: TraceResult
    started: datetime
    ended: datetime


def _record(story: _Story, path: Path, url: str, *, headed: bool, pace: float) -> Trace:
    from playwright.sync_api import sync_playwright

    import reenact
    from reenact.browser.find import find_browser
    from reenact.demo import play_story
    from reenact.evidence.words import count, seconds

    path.parent.mkdir(parents=True, exist_ok=True)
    with story.going_on("Recording") as tell, sync_playwright() as started:
        tell("starting a browser")
        found = find_browser(started)
        browser = reenact.launch(started, headless=not headed)
        try:
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            with reenact.record(
                context, path, name="Ledgerline: edit and approve payments", actor="demo@example.com"
            ) as recording:
                play_story(context.new_page(), url, short=True, pace=pace, tell=tell)
        finally:
            browser.close()
    trace = recording.trace
    story.done(
        "Recorded",
        f"{count(len(trace.steps), 'step')} in {seconds(trace.seconds)}, with real mouse and keyboard, "
        f"in {found.sentence}",
    )
    return trace


def _certify(story: _Story, player: Player, trace: Path) -> bool:
    from reenact.cli.certify import certification_sentence
    from reenact.cli.terminal import progress
    from reenact.evidence.words import seconds
    from reenact.replay.certify import certify_with

    with progress("Certifying ") as on_event:
        certified = certify_with(player, trace, times=_TIMES, on_event=on_event)
    certification = certified.certification or {}
    good = certification.get("verdict") == "certified"
    taken = [float(value) for value in certification.get("seconds") or ()]
    pace = f", {seconds(sum(taken) / len(taken))} each" if taken else ""
    story.done(
        "Certified" if good else "Unstable",
        f"application stopped; {certification_sentence(certification)}{pace}",
    )
    return good


def _control(story: _Story, player: Player, trace: Path, url: str, folder: Path) -> bool:
    from reenact.cli.text import plain
    from reenact.evidence.words import seconds, sentence

    done = _against(player, trace, url, "the same build")
    same = done.result.verdict == "reproduced"
    taken = seconds(done.result.seconds)
    if same:
        story.done(
            "Same build",
            f"replayed against a fresh copy of it in {taken}: {sentence(done.result)}",
        )
    else:
        story.done("Same build", f"NOT as recorded, so what comes next proves nothing: {done.result.verdict}")
        story.more(plain(sentence(done.result)))
        story.more(f"See {_write(done, folder).absolute()}")
    return same


def _catch(story: _Story, player: Player, trace: Path, url: str, folder: Path) -> tuple[bool, Path]:
    from reenact.cli.text import plain
    from reenact.evidence.words import sentence

    done = _against(player, trace, url, "the broken build")
    caught = done.result.verdict in ("changed", "diverged")
    word = "caught" if caught else f"NOT caught ({done.result.verdict})"
    story.done("Broken build", f"{word}: three defects are in it; {plain(sentence(done.result))}")
    return caught, _write(done, folder)


def _against(player: Player, trace: Path, url: str, build: str) -> _Replayed:
    from reenact.cli.terminal import progress

    started = datetime.now().astimezone()
    with progress(f"Replaying against {build}: ") as on_event:
        result = player.replay(trace, network="live", base_url=url, on_event=on_event)
    return _Replayed(result, started, datetime.now().astimezone())


def _write(done: _Replayed, folder: Path) -> Path:
    """Write the evidence of a replay; return where its report is."""
    from reenact.config import __version__
    from reenact.evidence import write_evidence

    evidence = write_evidence(
        [done.result],
        folder,
        started=done.started,
        ended=done.ended,
        command=["reenact", *sys.argv[1:]],
        version=__version__,
    )
    return evidence.report
