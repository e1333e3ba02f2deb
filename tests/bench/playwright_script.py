"""The same session as a plain Playwright script: `python -m tests.bench.playwright_script URL TRACE...`.

Every recorded input through Playwright's mouse and keyboard, without a wait, and each picture taken and compared.
`--times` prints the milliseconds of each kind of call as JSON.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

BUTTONS = ("left", "middle", "right")
Times = dict[str, list[float]]


def play(page: Page, event: dict[str, Any]) -> None:
    """Carry out one recorded input."""
    kind = event["type"]
    if kind == "move":
        page.mouse.move(event["x"], event["y"])
    elif kind == "wheel":
        page.mouse.wheel(event["dx"], event["dy"])
    elif kind in ("down", "up"):
        button, clicks = BUTTONS[event.get("button", 0)], event.get("clicks", 1)
        (page.mouse.down if kind == "down" else page.mouse.up)(button=button, click_count=clicks)
    elif kind in ("keydown", "keyup"):
        (page.keyboard.down if kind == "keydown" else page.keyboard.up)(event.get("key", "x"))


def session(browser: Browser, url: str, trace: Path, times: Times) -> None:
    """Play a session in a fresh context."""
    raw = json.loads((trace / "trace.json").read_text())
    acts = json.loads((trace / "timeline.json").read_text())["acts"]
    pictures = {point["id"]: point["screenshot"] for point in raw["checkpoints"]}
    context = browser.new_context(viewport=raw["environment"]["viewport"])
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    for act in acts:
        begun = time.perf_counter()
        kind = act["type"]
        if kind == "navigate":
            page.goto(url)
        elif kind == "input":
            kind = act["event"]["type"]
            play(page, act["event"])
        elif kind == "checkpoint" and pictures.get(act["checkpoint"]):
            shot = protocol.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
            sha = pictures[act["checkpoint"]]
            times["equal"].append(
                (trace / "resources" / sha[:2] / sha).read_bytes() == base64.b64decode(shot["data"])
            )
        else:
            continue
        times[kind].append((time.perf_counter() - begun) * 1000)
    context.close()


def main() -> None:
    """Play the sessions one after the other."""
    wants_times = "--times" in sys.argv
    path, flags, url, *traces = [argument for argument in sys.argv[1:] if argument != "--times"]
    times: Times = defaultdict(list)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=json.loads(flags), chromium_sandbox=False
        )
        for trace in traces:
            session(browser, url, Path(trace), times)
        browser.close()
    if wants_times:
        print(json.dumps(times))


if __name__ == "__main__":
    main()
