"""A recording from the command line: a window for a person, or a script that plays one."""

from __future__ import annotations

import contextlib
import difflib
import re
import runpy
import socket
import traceback
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reenact.cli.by_hand import until_done
from reenact.cli.terminal import notes, output
from reenact.cli.text import plain
from reenact.errors import CouldNotRun, ReenactError, UnreachableUrl, UsageError
from reenact.evidence.words import count, seconds

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

    from reenact.trace import Trace

_PORTS = {"http": 80, "https": 443}
_CONNECT_SECONDS = 10.0
_DRIVER_GONE = "Connection closed while reading from the driver"
_SETTLE_MS = 1500
_LOCAL = re.compile(r"^(localhost|\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:]+\])(:\d+)?(/|$)")


@dataclass(frozen=True, slots=True)
class Session:
    """What to record: ``context`` are options of Playwright's ``new_context``, ``device`` its name of one."""

    url: str
    target: Path
    name: str | None = None
    actor: str | None = None
    headless: bool = False
    device: str | None = None
    script: Path | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    overwrite: bool = False


def named(target: Path) -> Path:
    """``target`` with the ending of a trace."""
    if target.name.endswith((".reenact", ".reenact.zip")):
        return target
    return target.with_name(target.name.removesuffix(".zip") + ".reenact")


def record_session(session: Session) -> Trace:
    """Record a session and return the saved trace; tells on the terminal what goes on.

    Closing the window or Ctrl-C ends the session of a person. Ctrl-C in a script saves what there is and
    raises `KeyboardInterrupt`. Raises `UnreachableUrl`, `UsageError`, `CouldNotRun`; what was recorded before
    a script failed is saved.
    """
    url = address(session.url)
    _require_free(session)
    script = load_script(session.script) if session.script is not None else None
    require_reachable(url)

    from playwright.sync_api import Error, sync_playwright

    from reenact.browser.launch import launch
    from reenact.record.recorder import record

    say = notes()
    by_hand = script is None and not session.headless
    with sync_playwright() as started:
        # The browser must outlive Ctrl-C: what it still holds is to be saved.
        browser = launch(
            started,
            headless=session.headless,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        try:
            context = _context(started, browser, session)
            interrupted: KeyboardInterrupt | None = None
            failure: ReenactError | None = None
            options: dict[str, Any] = {"overwrite": True} if session.overwrite else {}
            with record(
                context, session.target, name=session.name, actor=session.actor, **options
            ) as recording:
                try:
                    page = context.new_page()
                    _open(page, url)
                    if by_hand:
                        say.print(
                            f"Recording {plain(url)}. Use the browser; close its window when you are done."
                        )
                        until_done(context, recording, say)
                    elif script is not None:
                        script(page)
                    else:
                        page.wait_for_timeout(_SETTLE_MS)
                except KeyboardInterrupt as error:
                    interrupted = error
                except ReenactError as error:
                    failure = error
                except Error as error:
                    failure = CouldNotRun(f"The browser stopped the session: {_first_line(error)}")
            trace = recording.trace
        except Exception as error:
            if _DRIVER_GONE not in str(error):
                raise
            raise CouldNotRun(
                f"The browser was ended from outside: {_first_line(error)}",
                hint=f"What was recorded is kept: `reenact show {session.target}` makes a trace of it",
            ) from error
        finally:
            # Without its driver, Playwright fails with an error of no kind of its own.
            with contextlib.suppress(Exception):
                _close(browser)
    output().print(saved_line(trace, session.target))
    if failure is not None:
        raise failure
    if interrupted is not None and not by_hand:
        raise interrupted
    return trace


def _close(browser: Browser) -> None:
    """Close the browser, unless Playwright's loop has ended: that would be waited for without end.

    Seen once, after Ctrl-C on a busy machine. The browser then ends with its driver.
    """
    loop = getattr(browser, "_dispatcher_fiber", None)
    if loop is None or not loop.dead:
        browser.close()


def saved_line(trace: Trace, path: Path) -> str:
    """What was saved, in one line."""
    # Moments within a step are kept as well; they are none that a replay compares.
    checkpoints = sum(not checkpoint.interim for checkpoint in trace.checkpoints)
    parts = [count(len(trace.steps), "step"), count(checkpoints, "checkpoint")]
    parts.append(seconds(trace.seconds))
    if trace.gaps:
        parts.append(f"{count(len(trace.gaps), 'gap')}, see `reenact show`")
    status = "" if trace.status == "complete" else f", {trace.status}"
    return f"Saved {plain(path)}: {', '.join(parts)}{status}"


def address(url: str) -> str:
    """``url`` with a scheme; https when none is given, http for this machine and bare addresses."""
    text = url.strip()
    if not text:
        raise UsageError("No address to record", hint="Give a URL, such as https://example.com")
    if re.match(r"^(https?|file|data|about|blob):", text):
        return text
    if "://" in text:
        raise UsageError(f"This kind of address cannot be recorded: {text}", hint="Use http or https")
    return f"http://{text}" if _LOCAL.match(text) else f"https://{text}"


def require_reachable(url: str) -> None:
    """Raise `UnreachableUrl` when nothing accepts connections where ``url`` points.

    Asked before the recording, so that a typing error leaves no trace behind. Only a connection is opened: a
    request could use up a link that works once. Behind a proxy nothing can be said beforehand.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or urllib.request.getproxies():
        return
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise UsageError(f"The address has a port that is none: {url}", hint="Use 1 to 65535") from error
    if not parts.hostname:
        raise UsageError(f"The address names no host: {url}", hint="Such as https://example.com")
    try:
        socket.create_connection((parts.hostname, port), timeout=_CONNECT_SECONDS).close()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error) or "no answer"
        raise UnreachableUrl(
            f"Nothing answers at {url}: {reason}", hint="Check the address, and that the application runs"
        ) from error


def load_script(path: Path) -> Callable[[Page], object]:
    """The function ``run`` of a Python file, wrapped so that its errors become one line with its place."""
    try:
        run = runpy.run_path(str(path), run_name="reenact_script").get("run")
    except SyntaxError as error:
        raise UsageError(f"The script cannot be read: {path}, line {error.lineno}: {error.msg}") from error
    except Exception as error:
        raise UsageError(
            f"The script cannot be loaded: {_place(path, error)}: {_first_line(error)}"
        ) from error
    if not callable(run):
        raise UsageError(f"The script has no function run: {path}", hint="Define `def run(page):` in it")

    def guarded(page: Page) -> object:
        try:
            return run(page)
        except Exception as error:
            raise CouldNotRun(
                f"The script failed: {_place(path, error)}: {_first_line(error)}",
                hint="The session up to there is saved",
            ) from error

    return guarded


def _require_free(session: Session) -> None:
    if session.target.exists() and not session.overwrite:
        raise UsageError(
            f"There is a trace already: {session.target}", hint="Choose another name, or give --overwrite"
        )


def _context(playwright: Playwright, browser: Any, session: Session) -> BrowserContext:
    from playwright.sync_api import Error

    try:
        context: BrowserContext = browser.new_context(
            **_device(playwright, session.device), **session.context
        )
    except (Error, ValueError) as error:
        raise UsageError(f"The browser refuses these options: {_first_line(error)}") from error
    return context


def _device(playwright: Playwright, name: str | None) -> dict[str, Any]:
    """Screen, user agent and touch of a device. Raises `UsageError` with the names that come close."""
    if name is None:
        return {}
    known = {each.casefold(): each for each in playwright.devices}
    if name.casefold() not in known:
        near = difflib.get_close_matches(name.casefold(), known, n=3, cutoff=0.4)
        hint = "Did you mean " + " or ".join(known[each] for each in near) + "?" if near else None
        raise UsageError(f"Playwright knows no such device: {name}", hint=hint)
    device = dict(playwright.devices[known[name.casefold()]])
    device.pop("default_browser_type", None)
    return device


def _open(page: Page, url: str) -> None:
    from playwright.sync_api import Error

    try:
        page.goto(url, wait_until="commit")
        with contextlib.suppress(Error):
            page.wait_for_load_state("load")
    except Error as error:
        text = _first_line(error)
        if "ERR_ABORTED" in text or page.is_closed():
            return  # a download, or the window was closed while the page came: what there is counts
        reason = re.search(r"net::(ERR_\w+)", text)
        raise UnreachableUrl(
            f"The page did not open: {url}: {reason.group(1) if reason else text}", hint="Check the address"
        ) from error


def _place(path: Path, error: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == path]
    return f"{path}, line {frames[-1].lineno}" if frames else str(path)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
