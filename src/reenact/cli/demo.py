"""``reenact demo``: the whole story on the bundled application."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from reenact.errors import EXIT_DIFFERS, EXIT_VERIFIED, CouldNotRun

_STAGES = 5
_PACE = 0.4
_TIMES = 3


@click.command()
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

    Exits with 0 when the recording is certified and the broken build is caught.
    """
    from reenact.cli.files import new_evidence_folder, require_new_folder

    folder = output or new_evidence_folder().with_name(f"demo-{new_evidence_folder().name}")
    require_new_folder(folder)
    backoffice, story = _application()
    begin = time.monotonic()
    stage = _Stages()
    with backoffice(build="good") as good:
        stage.done("Application", f"Ledgerline, a small back office, runs at {good.url}")
        trace = _record(stage, folder / "ledgerline.reenact", good.url, story, headed=headed, pace=pace)
        port = good.port
    certified = _certify(stage, trace)
    with backoffice(build="broken", port=port) as broken:
        caught, report = _catch(stage, trace, broken.url, folder / "broken-build")
    stage.line(f"Report of the broken build: {report}")
    stage.line(f"The trace, to look at: reenact show {trace}")
    stage.line(f"The whole story took {time.monotonic() - begin:.0f} seconds.")
    return EXIT_VERIFIED if certified and caught else EXIT_DIFFERS


class _Stages:
    """The lines of the story, numbered; what is going on shows on a terminal until its line is there."""

    def __init__(self) -> None:
        from reenact.cli.terminal import notes, output

        self._output = output()
        self._notes = notes()
        self._number = 0

    def done(self, title: str, sentence: str) -> None:
        self._number += 1
        self._output.print(f"{self._number}/{_STAGES} {title.ljust(12)} {sentence}")

    def line(self, text: str) -> None:
        self._output.print(f"    {text}")

    @contextmanager
    def going_on(self, title: str) -> Iterator[Callable[[str], None]]:
        """A spinner with the latest word on a terminal, silence in a pipe."""
        from reenact.cli.text import plain

        if not self._notes.is_terminal:
            yield lambda _: None
            return
        with self._notes.status(title) as status:
            yield lambda word: status.update(f"{title}: {plain(word)}")


def _application() -> tuple[Any, Any]:
    """The bundled application and the story a person plays in it."""
    root = Path(__file__).resolve().parents[3]
    if (root / "fixtures" / "backoffice").is_dir() and str(root) not in sys.path:
        sys.path.insert(0, str(root))
    try:
        from fixtures.backoffice import Backoffice
        from fixtures.backoffice.story import story
    except ImportError as error:
        raise CouldNotRun(
            "The bundled application is not part of this installation",
            hint="Run ./ci/demo in a clone of the repository",
        ) from error
    return Backoffice, story


def _record(stage: _Stages, path: Path, url: str, story: Any, *, headed: bool, pace: float) -> Path:
    from playwright.sync_api import sync_playwright

    from reenact.browser.find import find_browser
    from reenact.browser.launch import launch
    from reenact.evidence.words import count, seconds
    from reenact.record.recorder import record

    path.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as started:
        stage.done("Browser", find_browser(started).sentence)
        browser = launch(started, headless=not headed)
        try:
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            with (
                stage.going_on("Recording") as tell,
                record(context, path, name="Ledgerline", actor="demo@example.com") as recording,
            ):
                story(context.new_page(), url, pace=pace, tell=tell)
            trace = recording.trace
        finally:
            browser.close()
    stage.done(
        "Recording",
        f"a morning in it, with real mouse and keyboard: {count(len(trace.steps), 'step')}, "
        f"{count(len(trace.checkpoints), 'checkpoint')}, {seconds(trace.seconds)}",
    )
    return Path(trace.path)


def _certify(stage: _Stages, trace: Path) -> bool:
    import reenact
    from reenact.cli.certify import certification_sentence
    from reenact.cli.terminal import progress
    from reenact.evidence.words import seconds

    begin = time.monotonic()
    with progress("Certifying ") as on_event:
        reenact.certify(trace, times=_TIMES, on_event=on_event)
    certification = reenact.load(trace).certification or {}
    good = certification.get("verdict") == "certified"
    taken = seconds((time.monotonic() - begin) / _TIMES)
    sentence = certification_sentence(certification) if certification else "no replay came to a verdict"
    word = "certified" if good else "NOT certified"
    stage.done(
        "Certifying", f"{word}: application stopped, replayed {_TIMES} times ({taken} each): {sentence}"
    )
    return good


def _catch(stage: _Stages, trace: Path, url: str, folder: Path) -> tuple[bool, Path]:
    from reenact.cli.terminal import progress
    from reenact.cli.text import plain
    from reenact.config import __version__
    from reenact.evidence import write_evidence
    from reenact.evidence.words import sentence
    from reenact.replay.player import replay

    started = datetime.now().astimezone()
    with progress("Replaying against the broken build ") as on_event:
        result = replay(trace, network="live", base_url=url, on_event=on_event)
    caught = result.verdict in ("changed", "diverged")
    word = "caught" if caught else f"NOT caught ({result.verdict})"
    stage.done("Broken build", f"the same session against a build with three defects: {word}")
    stage.line(f"Why: {plain(sentence(result))}")
    evidence = write_evidence(
        [result],
        folder,
        started=started,
        ended=datetime.now().astimezone(),
        command=["reenact", *sys.argv[1:]],
        version=__version__,
    )
    return caught, evidence.report
