"""The public functions; each imports what it needs when it is called: importing reenact costs nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reenact.config import __version__

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright

    from reenact.compare import Comparison, ImageLike
    from reenact.record.recorder import Recorder
    from reenact.replay.events import Event
    from reenact.replay.result import TraceResult
    from reenact.trace import Trace

PathLike = str | os.PathLike[str]


def launch(
    playwright: Playwright, browser_name: str = "chromium", *, headless: bool = True, **options: Any
) -> Browser:
    """Start a browser whose pixels repeat: Playwright's own or the system's, with the flags fidelity needs.

    ``options`` go to Playwright's ``launch``. Raises `BrowserNotFound`, `CouldNotRun`, `UsageError`.
    """
    from reenact.browser.launch import launch as start

    return start(playwright, browser_name, headless=headless, **options)


def record(
    context: BrowserContext,
    path: PathLike,
    *,
    name: str | None = None,
    actor: str | None = None,
    overwrite: bool = False,
) -> Recorder:
    """Record everything that happens in a fresh Playwright context, to the trace at ``path``.

    Use it with ``with`` and open pages inside the block; afterwards ``.trace`` is the finished `Trace`.
    Whoever drives the context, a script or a person, is neither slowed nor blocked. ``path`` is a folder
    ``NAME.reenact`` or a file ``NAME.reenact.zip``; ``overwrite`` allows to replace an earlier one. Raises
    `UsageError` when ``path`` is taken, `CouldNotRun` for a browser that cannot be recorded or a full disk.
    """
    from reenact.record.recorder import record as begin

    return begin(context, path, name=name, actor=actor, overwrite=overwrite)


def replay(
    path: PathLike,
    *,
    evidence: PathLike | None = None,
    network: Literal["recorded", "live"] = "recorded",
    base_url: str | None = None,
    headed: bool = False,
    until: str | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> TraceResult:
    """Execute a trace again in a fresh browser and compare every checkpoint, pixel by pixel.

    ``network="recorded"`` serves the trace's own archive and nothing else; ``"live"`` talks to a running
    server, at ``base_url`` instead of the recorded address. ``evidence`` is a new folder for the report, the
    results and the pictures. ``until`` stops after a step (its id or number). Raises `InvalidTrace`,
    `UsageError`, `CouldNotRun`.
    """
    from reenact.replay.player import replay as play

    if evidence is not None:
        from reenact.errors import UsageError

        if Path(evidence).exists():
            raise UsageError(
                f"there is something already: {evidence}", hint="Name a new folder for the evidence"
            )
    started = datetime.now(UTC)
    result = play(path, network=network, base_url=base_url, headed=headed, until=until, on_event=on_event)
    if evidence is None:
        return result
    from reenact.evidence import write_evidence

    written = write_evidence(
        [result],
        Path(evidence),
        started=started,
        ended=datetime.now(UTC),
        command=f"reenact.replay({str(path)!r})",
        version=__version__,
    )
    return written.results[0]


def certify(
    path: PathLike,
    *,
    times: int = 3,
    headed: bool = False,
    on_event: Callable[[Event], None] | None = None,
) -> Trace:
    """Replay a trace ``times`` times against its own archive and write into it what came of it.

    Returns the trace as it then is; see its ``certification``. Raises as `replay` does.
    """
    from reenact.replay.certify import certify as prove

    return prove(path, times=times, headed=headed, on_event=on_event)


def load(path: PathLike) -> Trace:
    """Open a trace: a folder or a zip file. An interrupted recording is recovered, and then says so.

    Raises `UsageError` when there is nothing at ``path``, `InvalidTrace` when it cannot be trusted.
    """
    from reenact.trace import load as open_trace

    return open_trace(path)


def compare_images(
    a: ImageLike,
    b: ImageLike,
    *,
    diff: PathLike | None = None,
    threshold: float = 0.2,
    ignore: Iterable[tuple[int, int, int, int]] = (),
) -> Comparison:
    """Compare two pictures (paths, PNG bytes or arrays): exact and perceptual counts, and the regions.

    ``diff`` is where a picture of the difference is written; ``threshold``, from 0 to 1, is the perceptual
    one. ``ignore`` are boxes (x, y, width, height, in pixels) that are not compared. Raises `InvalidTrace`
    for a picture that is none.
    """
    from reenact.compare import compare_images as compare

    return compare(a, b, diff=None if diff is None else Path(diff), threshold=threshold, ignore=ignore)
