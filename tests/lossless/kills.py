"""A recorder that is killed at any moment: every step it had acknowledged is in what is recovered."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from fixtures.pages.site import Site, document

from reenact.trace import load

_RECORDER = """
import os, sys
import reenact
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = reenact.launch(playwright)
    context = browser.new_context(viewport={"width": 400, "height": 300})
    with reenact.record(context, sys.argv[1]) as recording:
        page = context.new_page()
        page.goto(sys.argv[2])
        os.write(1, b"0\\n")
        for n in range(1, 10_000):
            page.get_by_role("button").click()
            page.get_by_role("textbox").press("x")
            page.wait_for_timeout(n * 37 % 200)
            # What counts as a step here was committed in the same breath.
            os.write(1, b"%d\\n" % recording.steps)
"""

_PAGE = document(
    "Counter",
    "<button>Count 0</button><input aria-label=Field><script>let n = 0; const button = document.querySelector('button');"
    "button.onclick = () => { button.textContent = 'Count ' + ++n; if (n % 7 === 0) location.reload(); }</script>",
)


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: how many steps were acknowledged, how many were recovered, and what is wrong with them."""

    acknowledged: int
    recovered: int
    problem: str | None


def kill(folder: Path, *, seed: int) -> Kill:
    """Start a recorder, kill it between its first word and four seconds later, and recover its trace."""
    path = folder / f"{seed}.reenact"
    pages = Site({"/": _PAGE})
    process = subprocess.Popen(
        [sys.executable, "-c", _RECORDER, str(path), pages.url],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 4))
        process.kill()
        said += process.stdout.read()
    finally:
        # The driver and the browser outlive their recorder.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        pages.close()
    acknowledged = int(said.decode().split("\n")[-2])
    return _recovered(path, acknowledged)


def _recovered(path: Path, acknowledged: int) -> Kill:
    trace = load(path)
    trace.verify()
    ids = [step.id for step in trace.steps]
    problem = None
    if trace.status != "incomplete":
        problem = f"the trace calls itself {trace.status}"
    elif len(ids) < acknowledged:
        problem = f"{acknowledged} steps were acknowledged, {len(ids)} are there"
    elif ids != [f"s{n}" for n in range(1, len(ids) + 1)]:
        problem = f"steps are missing in between: {ids}"
    elif list(path.parent.glob(f"{path.name}*journal*")):
        problem = "the journal was left behind"
    return Kill(acknowledged, len(ids), problem)
