"""The floor: a session's own inputs and pictures over the browser's protocol, and nothing else.

`python -m tests.bench.raw_protocol URL TRACE...` starts a browser on a pipe, and for each trace makes a context and
a page, sends every recorded input without a wait, and compares each picture with the recorded bytes.
No clock, no archive, no check that an input arrived: what a replay costs more is what it does more.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

Message = dict[str, Any]
BITS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}
BUTTONS = ("left", "middle", "right")
KEY_CODES = {"Enter": 13, "Tab": 9, "Escape": 27, "End": 35, "Home": 36, "Backspace": 8}


class Browser:
    """A browser at the other end of a pipe; `send` waits for the answer."""

    def __init__(self, path: str, flags: list[str], folder: str) -> None:
        ours_out, theirs_in = os.pipe()[::-1]
        theirs_out_read, theirs_out = os.pipe()

        def take_pipes() -> None:
            os.dup2(theirs_in, 3)
            os.dup2(theirs_out, 4)

        # Chromium reads from 3 and writes to 4; both ends are moved out of the way of that first.
        theirs_in, theirs_out = os.dup(theirs_in), os.dup(theirs_out)
        command = [
            path,
            "--remote-debugging-pipe",
            "--headless",
            "--no-sandbox",
            f"--user-data-dir={folder}",
            *flags,
        ]
        self.process = subprocess.Popen(
            [*command, "--no-first-run", "--enable-automation", "about:blank"],
            preexec_fn=take_pipes,  # noqa: PLW1509  no threads here
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._write = ours_out
        self._read = theirs_out_read
        self._rest = b""
        self._number = 0
        self._events: list[Message] = []

    def messages(self) -> Iterator[Message]:
        """What the browser says, as it comes."""
        while True:
            end = self._rest.find(b"\0")
            while end < 0:
                more = os.read(self._read, 1 << 20)
                if not more:
                    raise EOFError("the browser is gone")
                self._rest += more
                end = self._rest.find(b"\0")
            text, self._rest = self._rest[:end], self._rest[end + 1 :]
            yield json.loads(text)

    def send(
        self, method: str, parameters: Mapping[str, Any] | None = None, session: str | None = None
    ) -> Message:
        """Send a command and return its answer."""
        self._number += 1
        message: Message = {"id": self._number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        for answer in self.messages():
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self._events.append(answer)
        raise EOFError

    def wait(self, method: str) -> None:
        """Wait for an event."""
        for event in self._events:
            if event.get("method") == method:
                self._events.clear()
                return
        for event in self.messages():
            if event.get("method") == method:
                return

    def close(self) -> None:
        """End the browser."""
        self.send("Browser.close")
        self.process.wait()


def play(send: Callable[[str, Message], Message], event: Message) -> None:
    """Send one recorded input."""
    kind = event["type"]
    modifiers = sum(BITS[name] for name in event.get("modifiers", ()))
    if kind in ("move", "down", "up", "wheel"):
        types = {"move": "mouseMoved", "down": "mousePressed", "up": "mouseReleased", "wheel": "mouseWheel"}
        what: Message = {"type": types[kind], "x": event["x"], "y": event["y"], "modifiers": modifiers}
        if kind in ("down", "up"):
            what |= {"button": BUTTONS[event.get("button", 0)], "clickCount": event.get("clicks", 1)}
        elif kind == "wheel":
            what |= {"deltaX": event["dx"], "deltaY": event["dy"]}
        send("Input.dispatchMouseEvent", what)
    elif kind in ("keydown", "keyup"):
        key = event.get("key", "x")
        text = "\r" if key == "Enter" else key if len(key) == 1 else ""
        what = {"type": ("keyDown" if text else "rawKeyDown") if kind == "keydown" else "keyUp", "key": key}
        what |= {"code": event.get("code", ""), "modifiers": modifiers}
        what["windowsVirtualKeyCode"] = KEY_CODES.get(key, ord(key.upper()) if len(key) == 1 else 0)
        if text and kind == "keydown":
            what["text"] = text
        send("Input.dispatchKeyEvent", what)


def session(browser: Browser, url: str, trace: Path) -> tuple[int, int]:
    """Play a session in a fresh context; returns how many pictures were equal, and how many there were."""
    raw = json.loads((trace / "trace.json").read_text())
    acts = json.loads((trace / "timeline.json").read_text())["acts"]
    pictures = {point["id"]: point["screenshot"] for point in raw["checkpoints"]}
    size = raw["environment"]["viewport"]
    context = browser.send("Target.createBrowserContext")["browserContextId"]
    target = browser.send("Target.createTarget", {"url": "about:blank", "browserContextId": context})[
        "targetId"
    ]
    attached = browser.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]

    def send(method: str, parameters: Message) -> Message:
        return browser.send(method, parameters, attached)

    send("Page.enable", {})
    send("Emulation.setDeviceMetricsOverride", {**size, "deviceScaleFactor": 1, "mobile": False})
    equal = total = 0
    for act in acts:
        if act["type"] == "navigate":
            send("Page.navigate", {"url": url})
            browser.wait("Page.loadEventFired")
        elif act["type"] == "input":
            play(send, act["event"])
        elif act["type"] == "checkpoint" and pictures.get(act["checkpoint"]):
            shot = send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
            sha = pictures[act["checkpoint"]]
            recorded = (trace / "resources" / sha[:2] / sha).read_bytes()
            equal += recorded == base64.b64decode(shot["data"])
            total += 1
    browser.send("Target.disposeBrowserContext", {"browserContextId": context})
    return equal, total


def main() -> None:
    """Play the sessions one after the other."""
    path, flags, url, *traces = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="reenact-floor-", ignore_cleanup_errors=True) as folder:
        browser = Browser(path, json.loads(flags), folder)
        for trace in traces:
            print(*session(browser, url, Path(trace)))
        browser.close()


if __name__ == "__main__":
    main()
