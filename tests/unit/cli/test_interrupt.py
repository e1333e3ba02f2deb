"""Ctrl-C in the middle of Playwright calls: the browser must still answer afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = """
import sys, time
from playwright.sync_api import sync_playwright
from reenact.browser.launch import launch
from reenact.cli.interrupt import safe_interrupts

with safe_interrupts(), sync_playwright() as started:
    browser = launch(started, handle_sigint=False, handle_sigterm=False)
    page = browser.new_page()
    page.on("console", lambda message: page.title())
    page.set_content("<title>still here</title><script>setInterval(() => console.log(1), 5)</script>")
    try:
        print("ready", flush=True)
        WAIT
        print("never", flush=True)
    except KeyboardInterrupt:
        print("interrupted", page.title(), len(page.screenshot()) > 0, flush=True)
    browser.close()
print("done", flush=True)
"""


@pytest.mark.browser
@pytest.mark.parametrize(
    "wait", ["page.wait_for_timeout(60000)", "time.sleep(60)", "page.wait_for_selector('#x')"]
)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_playwright_answers_after_an_interrupt(wait, number):
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.replace("WAIT", wait)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
        time.sleep(0.3)
        # To the whole group, as a terminal does: Playwright's driver gets it as well.
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert out.splitlines() == ["interrupted still here True", "done"], err
    assert process.returncode == 0
