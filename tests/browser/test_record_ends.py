"""However a recording ends, what was acknowledged is saved, and the trace says what kind of end it was."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from fixtures.pages.site import document
from playwright.sync_api import Error

import reenact
from reenact.browser.commands import PageGone
from reenact.errors import DiskFull
from reenact.replay.stage_page import StagePage

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
BODY = "<button id=b>Press</button><p id=p></p><script>b.onclick = () => { p.textContent += 'x' + Date.now() }</script>"


def use(session, *, clicks=2):
    site = session.site({"/": document("Page", BODY)})
    page = session.context.new_page()
    page.goto(site.url)
    page.wait_for_timeout(250)
    for _ in range(clicks):
        page.get_by_role("button").click()
        page.wait_for_timeout(300)
    return page


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError], ids=lambda error: error.__name__)
def test_an_exception_inside_the_block(session, error):
    with pytest.raises(error), session.record():
        use(session)
        raise error("in the middle")
    trace = session.trace
    assert [step.type for step in trace.steps] == ["navigate", "click", "click"]
    assert trace.status == "complete"
    interrupted = [gap for gap in trace.gaps if gap.kind == "interrupted"]
    assert bool(interrupted) == (error is ValueError)
    session.assert_reproduced()


def test_the_page_is_closed_first(session):
    with session.record():
        page = use(session)
        # On a busy machine, too, there is time for a picture.
        page.wait_for_timeout(1000)
        page.close()
    assert [step.type for step in session.trace.steps] == ["navigate", "click", "click"]
    session.assert_reproduced()


def test_the_context_is_closed_first(session):
    with session.record():
        use(session)
        session.context.close()
    assert [step.type for step in session.trace.steps] == ["navigate", "click", "click"]
    session.assert_reproduced()


def in_a_process(code, *arguments, **options):
    """Start a script of its own, which records; it has `site`, `path` and a browser to use."""
    script = textwrap.dedent(
        """
        import os, signal, sys, time
        import reenact
        from fixtures.pages.site import Site, document
        from playwright.sync_api import sync_playwright
        BODY = sys.argv[2]
        def say(*words):
            print(*words, flush=True)
        def use(context, clicks=3):
            page = context.new_page()
            page.goto(site.url)
            page.wait_for_timeout(250)
            for n in range(clicks):
                page.get_by_role("button").click()
                page.wait_for_timeout(250)
                say("clicked", n + 1)
            return page
        with Site({"/": document("Page", BODY)}) as site, sync_playwright() as playwright:
            browser = reenact.launch(playwright)
            context = browser.new_context(viewport={"width": 600, "height": 400})
            path = sys.argv[1]
        """
    ) + textwrap.indent(textwrap.dedent(code), "    ")
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments), BODY],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **options,
    )


def test_the_browser_is_closed_first(tmp_path):
    process = in_a_process(
        """
        with reenact.record(context, path) as recording:
            use(context)
            browser.close()
        say(recording.trace.status)
        """,
        tmp_path / "t.reenact",
    )
    out, error = process.communicate(timeout=90)
    assert process.returncode == 0, error
    assert "Traceback" not in error, error
    trace = reenact.load(tmp_path / "t.reenact")
    assert [step.type for step in trace.steps] == ["navigate", "click", "click", "click"]


def test_the_browser_crashes(tmp_path):
    process = in_a_process(
        """
        pid = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"][0]["id"]
        try:
            with reenact.record(context, path) as recording:
                page = use(context)
                os.kill(pid, signal.SIGKILL)
                page.get_by_role("button").click(timeout=3000)
        except Exception as error:
            say("ended with", type(error).__name__)
        trace = recording.trace
        say(trace.status, len(trace.steps), [gap.kind for gap in trace.gaps])
        """,
        tmp_path / "t.reenact",
    )
    out, error = process.communicate(timeout=90)
    assert process.returncode == 0, error
    assert "Traceback" not in error, error
    trace = reenact.load(tmp_path / "t.reenact")
    assert [step.type for step in trace.steps] == ["navigate", "click", "click", "click"]
    assert "interrupted" in {gap.kind for gap in trace.gaps}


def crash(recording, page):
    # Chromium itself hangs or dies where a page crashes while a picture of it is being taken.
    while not recording._pages[page].is_settled():
        page.wait_for_timeout(50)
    with pytest.raises(Error):
        page.goto("chrome://crash", timeout=5000)


def test_a_page_crashes(session):
    """Nothing that a crashed page is asked has an answer: the recording ends all the same, and says so."""
    with session.record() as recording:
        page = use(session)
        crash(recording, page)
        other = use(session, clicks=1)
        other.wait_for_timeout(300)
    trace = session.trace
    assert [step.type for step in trace.steps] == ["navigate", "click", "click", "navigate", "click"]
    assert [gap.kind for gap in trace.gaps] == ["crash"]
    assert page.is_closed(), "loaded once more, it would not be recorded"


def test_a_page_crashes_in_replay(session, monkeypatch):
    with session.record():
        use(session)
    take = StagePage.screenshot
    pictures = []

    async def crash_at_the_second(page):
        pictures.append(page)
        if len(pictures) == 2:
            async with page.page.expect_event("crash"):
                with contextlib.suppress(PageGone):
                    await page.send("Page.navigate", {"url": "chrome://crash"})
        return await take(page)

    monkeypatch.setattr(StagePage, "screenshot", crash_at_the_second)
    result = session.replay()
    assert result.verdict == "diverged"
    assert "crashed" in result.first_divergence.cause


def test_the_recording_process_is_killed(tmp_path, player):
    process = in_a_process(
        """
        with reenact.record(context, path):
            use(context, 1000)
        """,
        tmp_path / "t.reenact",
    )
    for line in process.stdout:
        if line.split() == ["clicked", "3"]:
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    time.sleep(0.2)
    assert not (tmp_path / "t.reenact").exists()
    trace = reenact.load(tmp_path / "t.reenact")
    assert trace.status == "incomplete"
    assert [step.type for step in trace.steps][:4] == ["navigate", "click", "click", "click"]
    trace.verify()
    result = player.replay(tmp_path / "t.reenact")
    assert [step.verdict for step in result.steps][:3] == ["identical"] * 3


def test_the_disk_is_full(tmp_path):
    """No file may grow beyond 60 KiB: what a full disk looks like to whoever writes."""
    process = in_a_process(
        """
        import resource
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        from reenact.errors import ReenactError
        try:
            with reenact.record(context, path):
                page = use(context, 1)
                resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
                for n in range(250):
                    page.mouse.move(n, n % 300)
                    page.mouse.move(n + 7, n % 200)
                page.wait_for_timeout(400)
                page.get_by_role("button").click()
                say("the page still works")
        except ReenactError as error:
            say("ended with", type(error).__name__, "|", error)
        """,
        tmp_path / "t.reenact",
    )
    out, error = process.communicate(timeout=90)
    assert process.returncode == 0, error
    assert "Traceback" not in error, error
    assert "the page still works" in out
    assert f"ended with {DiskFull.__name__}" in out, out
    assert len(out.strip().splitlines()[-1]) < 400
    trace = reenact.load(tmp_path / "t.reenact")
    assert trace.status == "incomplete"
    assert [step.type for step in trace.steps][:2] == ["navigate", "click"]
    trace.verify()
