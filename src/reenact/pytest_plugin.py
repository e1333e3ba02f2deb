"""The pytest plugin: traces collected as tests, and browsers of pytest-playwright that can be recorded.

``pytest traces/`` replays every ``*.reenact`` folder and ``*.reenact.zip`` below it. The flags of
pytest-playwright (``--headed``, ``--browser-channel``, ``--base-url``) count for them too. Nothing of reenact
is imported before a trace is met, so test suites without one do not notice this plugin.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from reenact.replay.result import TraceResult

_FOLDER_ENDING = ".reenact"
_FILE_ENDING = ".reenact.zip"
_JOURNAL_ENDING = ".reenact.journal"
_STEPS_SHOWN = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of reenact."""
    group = parser.getgroup("reenact", "reenact: traces as tests")
    group.addoption(
        "--reenact-evidence",
        metavar="DIR",
        default=None,
        help="Write report and pictures of every trace below DIR. Without it only those of traces that "
        "differ are written, to reenact-evidence.",
    )
    group.addoption(
        "--reenact-network",
        choices=["recorded", "live"],
        default="recorded",
        help="Where answers come from: the trace's own archive (default), or a running server, with "
        "--base-url.",
    )
    parser.addini(
        "reenact_flags",
        "Start the browsers of pytest-playwright with the flags that make pictures repeatable: on, off, or "
        "auto (when a test module imports reenact).",
        default="auto",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take ``*.reenact.zip`` for a trace."""
    if file_path.name.endswith(_FILE_ENDING):
        return TraceFile.from_parent(parent, path=file_path)
    return None


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take a ``*.reenact`` folder for one trace, and do not look into it."""
    if path.name.endswith(_FOLDER_ENDING):
        return TraceFolder.from_parent(parent, path=path)
    return None


def pytest_ignore_collect(collection_path: Path) -> Literal[True] | None:
    """Leave the journals of recordings alone."""
    return True if collection_path.name.endswith(_JOURNAL_ENDING) else None


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, Any, Any]:
    """Give browsers that pytest-playwright starts the flags of a recording, where tests record."""
    value = yield
    if (
        fixturedef.argname == "browser_type_launch_args"
        and isinstance(value, dict)
        and _wants_flags(request.session)
    ):
        # Changed in place: pytest keeps this very object for the tests that follow.
        value.update(_launch_options(value))
    return value


class TraceFile(pytest.File):
    """A trace in one file."""

    def collect(self) -> Iterator[TraceItem]:
        """Yield the one test of a trace: its replay."""
        yield TraceItem.from_parent(self, name="replay")


class TraceFolder(pytest.Directory):
    """A trace folder."""

    def collect(self) -> Iterator[TraceItem]:
        """Yield the one test of a trace: its replay."""
        yield TraceItem.from_parent(self, name="replay")


class TraceDiffersError(Exception):
    """A replay that did not reproduce its trace; ``str`` is what the terminal shows."""

    def __init__(self, result: TraceResult, report: Path | None) -> None:
        super().__init__(_describe(result, report))


class TraceItem(pytest.Item):
    """The replay of one trace: passes when it is reproduced."""

    def runtest(self) -> None:
        """Replay the trace. Raises `TraceDiffersError` unless it is reproduced."""
        from reenact.replay.player import replay

        option = self.config.getoption
        browsers = option("--browser", default=None) or ["chromium"]
        if "chromium" not in browsers:
            pytest.skip(f"traces are replayed in chromium, not in {', '.join(browsers)}")
        network = option("--reenact-network")
        base_url = option("--base-url", default=None) if network == "live" else None
        headed = bool(option("--headed", default=False))

        started = datetime.now().astimezone()
        with _browser_named(option("--browser-channel", default=None)):
            result = replay(self.path, network=network, base_url=base_url, headed=headed)
        wanted = option("--reenact-evidence")
        report = None
        if wanted or result.verdict != "reproduced":
            report = self._write_evidence(result, wanted, started)
        self.user_properties.append(("reenact_verdict", result.verdict))
        self.user_properties.append(("reenact_steps", str(len(result.steps))))
        if report is not None:
            self.user_properties.append(("reenact_report", str(report)))
        if result.verdict != "reproduced":
            raise TraceDiffersError(result, report)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What differs, without a traceback through our own code."""
        from reenact.errors import ReenactError

        if isinstance(excinfo.value, TraceDiffersError):
            return str(excinfo.value)
        if isinstance(excinfo.value, ReenactError):
            return f"could not tell: {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where a failure is shown to come from: the trace."""
        return self.path, None, f"replay of {self.path.name}"

    def _write_evidence(self, result: TraceResult, wanted: str | None, started: datetime) -> Path:
        from reenact.config import __version__
        from reenact.evidence import write_evidence

        name = re.sub(r"[^\w.-]+", "-", self.nodeid.rpartition("::")[0]).strip("-.")
        if wanted:
            home = self.config.invocation_params.dir / wanted
        else:
            stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
            home = self.config.rootpath / "reenact-evidence" / stamp
        folder, number = home / name, 1
        while folder.exists():  # the same folder was named for an earlier run
            number += 1
            folder = home / f"{name}-{number}"
        evidence = write_evidence(
            [result],
            folder,
            started=started,
            ended=datetime.now().astimezone(),
            command=["pytest", *self.config.invocation_params.args],
            version=__version__,
        )
        return evidence.report


def _describe(result: TraceResult, report: Path | None) -> str:
    from reenact.evidence.words import differing, sentence

    lines = [f"{result.verdict}: {_safe(sentence(result))}"]
    steps = differing(result)
    for step in steps[:_STEPS_SHOWN]:
        pixels = "" if step.changed_pixels is None else f", {step.changed_pixels:,} pixels changed"
        lines.append(f"  step {step.index}: {_safe(step.title)}: {step.verdict}{pixels}")
        if step.cause:
            lines.append(f"    {_safe(step.cause)}")
    if len(steps) > _STEPS_SHOWN:
        lines.append(f"  and {len(steps) - _STEPS_SHOWN} more steps")
    stop = result.first_divergence
    if stop is not None:
        lines.append(f"First divergence: {_safe(stop.title or stop.step)}: {_safe(stop.cause)}")
    lines.extend(f"Not in the archive: {_safe(miss.method)} {_safe(miss.url)}" for miss in result.misses[:3])
    lines.extend(f"Sent something else: {_safe(near.method)} {_safe(near.url)}" for near in result.near[:3])
    lines.extend(f"Did not happen again: {_safe(skip.text)}" for skip in result.skips[:3])
    if report is not None:
        lines.append(f"Report: {report}")
    return "\n".join(lines)


def _safe(text: str) -> str:
    """Text of a page on one line, without anything a terminal obeys."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@contextlib.contextmanager
def _browser_named(channel: str | None) -> Iterator[None]:
    """Let ``--browser-channel`` choose the browser, as ``REENACT_BROWSER`` does, which has the last word."""
    if not channel or os.environ.get("REENACT_BROWSER"):
        yield
        return
    os.environ["REENACT_BROWSER"] = channel
    try:
        yield
    finally:
        os.environ.pop("REENACT_BROWSER", None)


def _wants_flags(session: pytest.Session) -> bool:
    if any(name != "chromium" for name in session.config.getoption("--browser", default=None) or ()):
        return False  # the flags are Chromium's, and the other browsers would not start with them
    wish = str(session.config.getini("reenact_flags")).strip().lower()
    if wish != "auto":
        return wish in ("on", "true", "yes", "1")
    modules = {module for item in session.items if (module := getattr(item, "module", None)) is not None}
    modules |= {
        plugin
        for plugin in session.config.pluginmanager.get_plugins()
        if isinstance(plugin, ModuleType) and Path(plugin.__file__ or "").name == "conftest.py"
    }
    return any(_imports_reenact(module) for module in modules)


def _imports_reenact(module: ModuleType) -> bool:
    for value in list(vars(module).values()):
        named = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        if isinstance(named, str) and named.partition(".")[0] == "reenact":
            return True
    return False


def _launch_options(given: dict[str, Any]) -> dict[str, Any]:
    from reenact.browser.find import find_browser
    from reenact.browser.launch import launch_args
    from reenact.errors import BrowserNotFound

    options: dict[str, Any] = {"args": launch_args(None, given.get("args") or ())}
    if not given.get("channel") and not given.get("executable_path"):
        # One program for recording and replay, with a window or without: Playwright's headless one differs.
        with contextlib.suppress(BrowserNotFound):
            options["executable_path"] = find_browser().path
    return options
