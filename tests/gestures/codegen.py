"""Playwright's codegen: recording a session as Python code, and running that code."""

from __future__ import annotations

import os
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

# The window with the code, which codegen opens beside the browser, stays hidden. Read when Playwright starts.
os.environ["PWTEST_CLI_HEADLESS"] = "1"

_FIRST, _LAST = "context = browser.new_context(", "# ---------------------"


def recorded(context: BrowserContext, path: Path, act: Callable[[Page], None]) -> str:
    """Carry out `act` as under `playwright codegen --output`; return the code of the session."""
    _enable(context, {"language": "python", "mode": "recording", "outputFile": str(path)})
    try:
        act(context.new_page())
    finally:
        context.close()
    lines = _whole_file(path).splitlines()
    first = next(at for at, line in enumerate(lines) if _FIRST in line) + 1
    last = next(at for at, line in enumerate(lines) if _LAST in line)
    return _without_closing(textwrap.dedent("\n".join(lines[first:last])))


def recorded_through_api(context: BrowserContext, act: Callable[[Page], None]) -> str:
    """Carry out `act` while codegen records for a program: it shows nothing of its own on the page."""
    code: list[str] = []

    def told(event: dict[str, Any]) -> None:
        if event["event"] != "actionAdded" and code and event["code"]:
            code[-1] = event["code"]
        elif event["event"] == "actionAdded":
            code.append(event["code"])

    context._impl_obj._channel.on("recorderEvent", told)
    _enable(context, {"language": "python", "mode": "recording", "recorderMode": "api"})
    try:
        act(context.new_page())
    finally:
        context.close()
    return _without_closing(textwrap.dedent("\n".join(code)))


def has_actions(code: str) -> bool:
    """Tell whether there is more than the opening of the first page."""
    opening = ("page = context.new_page(", "page.goto(")
    return any(line.strip() and not line.startswith(opening) for line in code.splitlines())


def run(code: str, context: BrowserContext) -> None:
    """Run the code of a session."""
    context.set_default_timeout(4000)
    exec(compile(code, "codegen", "exec"), {"context": context})


def _enable(context: BrowserContext, options: dict[str, str]) -> None:
    context._sync(context._impl_obj._channel.send("enableRecorder", None, options))


def _without_closing(code: str) -> str:
    """The code less the closing of pages at its end, so that one can look at them."""
    lines = code.strip().splitlines()
    while lines and lines[-1].endswith(".close()"):
        lines.pop()
    return "\n".join(lines)


def _whole_file(path: Path) -> str:
    """The file once codegen has written all of it: it writes a moment after the session."""
    text, end = "", time.monotonic() + 3
    while time.monotonic() < end:
        time.sleep(0.3)
        now = path.read_text(encoding="utf-8") if path.exists() else ""
        if now and now == text:
            break
        text = now
    return text
