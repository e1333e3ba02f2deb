"""A recorder on a busy machine hears late of what the page wants; the last step has its picture all the same."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import pytest
from fixtures.pages.site import Site, document
from playwright.sync_api import sync_playwright

import reenact
from reenact.record.page import PageRecorder

pytestmark = pytest.mark.browser

BODY = "<button id=b>Press</button><p id=p></p><script>b.onclick = () => { p.textContent += 'x' }</script>"
ANOTHER = """
import sys, time
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.connect_over_cdp(sys.argv[1])
    page = browser.contexts[0].pages[0]
    button = page.get_by_role("button").bounding_box()
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(2):
        page.mouse.click(button["x"] + 5, button["y"] + 5)
        time.sleep(0.5)
    print("done", flush=True)
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_page_that_wants_the_next_picture_before_we_took_up_the_first(tmp_path, player):
    port = free_port()
    path = tmp_path / "busy.reenact"
    with sync_playwright() as playwright, Site({"/": document("Page", BODY)}) as site:
        browser = reenact.launch(playwright, args=[f"--remote-debugging-port={port}"])
        context = browser.new_context(viewport={"width": 900, "height": 600})
        with reenact.record(context, path):
            page = context.new_page()
            page.goto(site.url)
            page.wait_for_timeout(600)
            command = [sys.executable, "-c", ANOTHER, f"http://127.0.0.1:{port}"]
            with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as person:
                assert person.stdout.readline() == "ready\n"
                person.stdin.write("go\n")
                person.stdin.flush()
                # Nobody listens to the page while the person presses twice, each time long enough for a picture.
                time.sleep(2)
                assert person.stdout.readline() == "done\n"
        browser.close()
    trace = reenact.load(path)
    assert [step.type for step in trace.steps] == ["navigate", "click", "click"]
    last = next(c for c in trace.checkpoints if c.id == trace.steps[-1].checkpoint)
    assert last.screenshot is not None
    assert player.replay(path).verdict == "reproduced"


def test_a_finger_that_comes_down_while_a_picture_is_taken(chromium, session, monkeypatch):
    take = PageRecorder.screenshot
    recorders = []

    def touch(kind, *points):
        recorders[0]._send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def pressed(page):
        monkeypatch.undo()
        recorders.append(page)
        touch("touchStart", {"x": 100, "y": 100})
        return take(page)

    monkeypatch.setattr(PageRecorder, "screenshot", pressed)
    body = "<p id=p>-</p><script>ontouchstart = () => { p.textContent += 'x' }</script>"
    session.context = chromium.new_context(viewport={"width": 900, "height": 600}, has_touch=True)
    with session.record():
        page = session.open(session.site({"/": document("Finger", body)}), 1000)
        touch("touchEnd")
        page.wait_for_timeout(600)
        assert page.inner_text("#p") == "-x"
    session.context.close()
    # The picture that was being taken has the finger's effect, the moment it was for has not.
    assert session.trace.checkpoints[0].screenshot is None
    session.assert_reproduced()
