"""How results look: a line per trace, colours and a live bar only where somebody is watching."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from reenact.cli.text import plain
from reenact.evidence.words import count, seconds, sentence
from reenact.replay.events import Event, StepFinished, TraceFinished, TraceStarted
from reenact.run import Outcome

_STYLES = {
    "reproduced": "bold green",
    "certified": "bold green",
    "ok": "green",
    "changed": "bold red",
    "diverged": "bold red",
    "unstable": "bold red",
    "fail": "bold red",
    "incomparable": "bold yellow",
    "warn": "yellow",
    "invalid": "bold magenta",
    "error": "bold yellow",
}


def output() -> Console:
    """Where results go: stdout, one line each, never wrapped and never read as markup."""
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=True)


def notes() -> Console:
    """Where progress and notes go: stderr."""
    return Console(file=sys.stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)


def styled(word: str, *, width: int = 0) -> Text:
    """A verdict or a status in its colour."""
    return Text(word.ljust(width), style=_STYLES.get(word, ""))


@contextlib.contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Callable[[Event], None]]:
    """A live bar for each replay on a terminal, silence in a pipe; yields what takes the events."""
    console = notes()
    if quiet or not console.is_terminal:
        yield _ignore
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TextColumn("{task.completed:.0f}/{task.total:.0f} {task.fields[step]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[Path, TaskID] = {}
        over: list[Path] = []

        def show(event: Event) -> None:
            if isinstance(event, TraceStarted):
                label = plain(f"{title}{event.name} ({event.index} of {event.total})", limit=50)
                if event.trace not in tasks and over:
                    tasks[event.trace] = tasks.pop(over.pop(0))
                if event.trace in tasks:
                    task = tasks[event.trace]
                    bars.reset(task, description=label, total=event.steps, completed=0, step="")
                else:
                    tasks[event.trace] = bars.add_task(label, total=event.steps, step="")
            elif isinstance(event, StepFinished) and event.trace in tasks:
                step = plain(event.step.title, limit=48)
                bars.update(tasks[event.trace], completed=event.done, step=step)
            elif isinstance(event, TraceFinished) and event.trace not in over:
                over.append(event.trace)

        yield show


def outcome_line(outcome: Outcome) -> Text:
    """One trace, one line: verdict, path, and why when it is not the one hoped for."""
    line = styled(outcome.verdict, width=13)
    line.append(plain(outcome.trace))
    line.append(f": {summary(outcome)}")
    return line


def summary(outcome: Outcome) -> str:
    """What came of one trace, after its path."""
    result = outcome.result
    if result is None:
        return plain(outcome.error) if outcome.error is not None else "could not run"
    taken = f"{count(len(result.steps), 'step')} in {seconds(result.seconds)}"
    if result.recorded_seconds:
        taken += f", recorded in {seconds(result.recorded_seconds)}"
    return f"{plain(sentence(result))} ({taken})"


def _ignore(event: Event) -> None:
    del event
