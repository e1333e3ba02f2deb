"""Replaying traces: one browser, a fresh context for each trace, on a thread of its own.

The thread makes a replay independent of the caller's event loop: a script that is driving Playwright itself,
or pytest-playwright, can replay a trace at any moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self, TypeVar

from reenact.browser.async_launch import launch_async, replay_environment
from reenact.browser.environment import context_options, differences
from reenact.browser.firefox import HERMETIC_CONNECTIONS, launch_firefox
from reenact.browser.launch import HERMETIC_FLAGS, PROMPT_FLAGS
from reenact.browser.pipe import BrowserPipe
from reenact.browser.script import ScriptConfig, script_sha256, script_source
from reenact.changes import changes_of
from reenact.errors import CouldNotRun, UsageError
from reenact.replay.clipboard import Clipboard
from reenact.replay.events import Event, TraceFinished, TraceStarted
from reenact.replay.failures import failures_of
from reenact.replay.firefox import FirefoxStage
from reenact.replay.firefox_inputs import FirefoxInput
from reenact.replay.holds import CONNECTIONS
from reenact.replay.inputs import Equipment, InputDevice
from reenact.replay.live import LiveReplay
from reenact.replay.loads import frames_of, pauses_of, waits_of
from reenact.replay.pauses import Expected
from reenact.replay.progress import Progress
from reenact.replay.proxy import ReplayProxy
from reenact.replay.result import Miss, Skip, TraceResult
from reenact.replay.stage import Stage
from reenact.replay.standins import Standins
from reenact.replay.strict import StrictReplay
from reenact.replay.told import recorded_documents, shared_logs
from reenact.replay.uploads import Uploads
from reenact.replay.verdict import first_divergence, trace_verdict
from reenact.trace import Trace, load

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Playwright

Network = Literal["recorded", "live"]
T = TypeVar("T")

AT_ONCE = max(1, min(os.cpu_count() or 1, 4))
"""How many replays go on side by side: as many as there are processors, and no more than four."""


class _Running(NamedTuple):
    """A browser, the way to it beside Playwright's, and its one clipboard."""

    browser: Browser
    pipe: BrowserPipe | None
    clipboard: Clipboard


class Player:
    """Replays any number of traces with one browser; ``with`` starts and ends it."""

    def __init__(self, *, headed: bool = False) -> None:
        self._headed = headed
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="reenact-replay", daemon=True)
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._running: dict[tuple[str, Network], _Running] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._wait(self._close())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop.close()

    def replay(
        self,
        path: str | os.PathLike[str],
        *,
        network: Network = "recorded",
        base_url: str | None = None,
        until: str | None = None,
        on_event: Callable[[Event], None] | None = None,
    ) -> TraceResult:
        """Replay one trace; see `replay`."""
        return _result_of(
            self.begin(path, network=network, base_url=base_url, until=until, on_event=on_event)
        )

    def begin(
        self,
        path: str | os.PathLike[str],
        *,
        network: Network = "recorded",
        base_url: str | None = None,
        until: str | None = None,
        on_event: Callable[[Event], None] | None = None,
    ) -> Future[TraceResult]:
        """Begin to replay one trace, beside those that are under way; the future raises as `replay` does.

        Each has a context, a proxy and a timeline of its own: they have nothing in common to disturb.
        """

        async def verified_first() -> TraceResult:
            trace = await asyncio.to_thread(_verified, path)
            if network == "live" and not (base_url or trace.start_url):
                raise UsageError(f"the trace names no address: {trace.path}", hint="Give --base-url")
            return await self._replay(trace, network, base_url, until, on_event)

        return asyncio.run_coroutine_threadsafe(verified_first(), self._loop)

    def replay_again(
        self,
        path: str | os.PathLike[str],
        times: int,
        *,
        on_event: Callable[[Event], None] | None = None,
    ) -> list[TraceResult]:
        """Replay one trace ``times`` times from its archive, `AT_ONCE` at a time. Raises as `replay` does."""
        trace = _verified(path)

        async def all_of_them() -> list[TraceResult]:
            places = asyncio.Semaphore(AT_ONCE)

            async def one() -> TraceResult:
                async with places:
                    return await self._replay(trace, "recorded", None, None, on_event)

            return list(await asyncio.gather(*(one() for _ in range(times))))

        return self._wait(all_of_them())

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return _result_of(asyncio.run_coroutine_threadsafe(work, self._loop))

    # ---- on the thread

    async def _close(self) -> None:
        from playwright.async_api import Error

        try:
            for running in self._running.values():
                await running.browser.close()
            if self._playwright is not None:
                await self._playwright.stop()
        except Error:
            # The browser is gone already, which is what was wanted.
            return

    async def _browser(self, kind: str, network: Network) -> _Running:
        from playwright.async_api import async_playwright

        async with self._starting:
            if self._playwright is None:
                self._playwright = await async_playwright().start()
            if (kind, network) not in self._running:
                browser, pipe = await self._start(self._playwright, kind, network)
                self._running[kind, network] = _Running(browser, pipe, Clipboard(browser))
            return self._running[kind, network]

    async def _start(
        self, playwright: Playwright, kind: str, network: Network
    ) -> tuple[Browser, BrowserPipe | None]:
        headless = not self._headed
        if kind == "firefox":
            hermetic = network == "recorded"
            return await launch_firefox(playwright, headless=headless, hermetic=hermetic), None
        extra = (*HERMETIC_FLAGS, *PROMPT_FLAGS) if network == "recorded" else ()
        return await launch_async(playwright, headless=headless, extra=extra)

    async def _replay(
        self,
        trace: Trace,
        network: Network,
        base_url: str | None,
        until: str | None,
        on_event: Callable[[Event], None] | None,
    ) -> TraceResult:
        progress = Progress(trace, on_event, until)
        if on_event is not None:
            on_event(TraceStarted(trace.path, trace.name, len(trace.steps), 1, 1))
        kind = "firefox" if _is_of_firefox(trace) else "chromium"
        if kind == "firefox" and network == "live":
            raise CouldNotRun(
                f"a trace of Firefox cannot be replayed against a running server yet: {trace.path}",
                hint="Replay it from its archive, or record it with Chromium",
            )
        running = await self._browser(kind, network)
        browser = running.browser
        begun = time.monotonic()
        from playwright.async_api import Error

        try:
            with Uploads(trace) as uploads:
                is_strict = network == "recorded"
                standins = (Standins.for_archive if is_strict else Standins.from_environment)(trace.acts)
                equipment = Equipment(trace, standins, uploads, running.clipboard)
                if is_strict:
                    unmatched = await _strict(trace, running, progress, equipment)
                else:
                    unmatched = await _live(trace, running, progress, equipment, base_url)
        except Error as error:
            raise CouldNotRun(f"the browser stopped: {error.message.splitlines()[0]}") from None
        if not browser.is_connected():
            raise CouldNotRun("the browser stopped", hint="Run `reenact doctor`")
        steps = progress.finish()
        environment = replay_environment(trace.environment, browser, headless=not self._headed)
        unlike = differences(trace.environment, environment)
        if network == "recorded" and _is_of_another_script(trace):
            unlike.append("the recorder's script is another: this one reads its timeline otherwise")
        verdict = trace_verdict(progress, unlike)
        result = TraceResult(
            trace=trace.path,
            name=trace.name,
            verdict=verdict,
            mode=network,
            seconds=round(time.monotonic() - begun, 3),
            recorded_seconds=trace.seconds,
            steps=steps,
            first_divergence=first_divergence(progress, verdict, unmatched.skips, unlike),
            misses=unmatched.misses,
            near=unmatched.near,
            skips=unmatched.skips,
            gaps=trace.gaps,
            environment=environment,
            recorded_environment=trace.environment,
            actor=trace.actor,
            started=trace.started,
            certification=trace.certification,
            changes=changes_of(trace),
        )
        if on_event is not None:
            on_event(TraceFinished(trace.path, result))
        return result


def _result_of(work: Future[T]) -> T:
    """Wait for work on the thread; Ctrl-C ends it there as well."""
    try:
        return work.result()
    except KeyboardInterrupt:
        work.cancel()
        raise


def _verified(path: str | os.PathLike[str]) -> Trace:
    trace = load(path)
    trace.verify()
    return trace


class _Unmatched(NamedTuple):
    """What recording and replay did not have in common, besides what pictures show."""

    misses: tuple[Miss, ...] = ()
    near: tuple[Miss, ...] = ()
    skips: tuple[Skip, ...] = ()


async def _strict(trace: Trace, running: _Running, progress: Progress, equipment: Equipment) -> _Unmatched:
    standins = equipment.standins
    recorded_at = datetime.fromisoformat(trace.started)
    waits = waits_of(trace.documents, trace.exchanges)
    expected = Expected(waits, failures_of(trace.exchanges))
    is_firefox = _is_of_firefox(trace)
    with ReplayProxy(
        trace,
        standins=standins.texts,
        recorded_at=recorded_at,
        due=waits,
        pauses=pauses_of(trace.documents),
        frames=frames_of(trace.documents),
        connections=HERMETIC_CONNECTIONS if is_firefox else CONNECTIONS,
    ) as proxy:
        context = await running.browser.new_context(
            **context_options(trace.environment),
            storage_state=trace.raw.get("storage"),
            proxy={"server": proxy.server},
            ignore_https_errors=True,
        )
        try:
            config = ScriptConfig(
                "replay",
                documents=recorded_documents(trace),
                workers=not is_firefox,
                deep=not is_firefox,
                shared=shared_logs(trace),
                console=is_firefox,
            )
            await context.add_init_script(script=script_source(config))
            stage = (
                FirefoxStage(context, config.token, trace, expected)
                if is_firefox
                else Stage(context, config.token, trace, expected, running.pipe)
            )
            device = FirefoxInput if is_firefox else InputDevice
            strict = StrictReplay(trace, stage, proxy, progress, lambda page: device(page, equipment))
            await strict.play()
        finally:
            proxy.release_all()
            await _close(context)
        if proxy.error is not None:
            raise proxy.error
        # Of a request in Firefox nobody knows what it sends: the trace has a gap that says so.
        near = () if is_firefox else proxy.near
        return _Unmatched(proxy.misses, near, tuple(strict.skips))


async def _live(
    trace: Trace, running: _Running, progress: Progress, equipment: Equipment, base_url: str | None
) -> _Unmatched:
    context = await running.browser.new_context(
        **context_options(trace.environment), ignore_https_errors=True
    )
    try:
        stage = Stage(context, ScriptConfig("free").token, trace, pipe=running.pipe)
        await LiveReplay(trace, stage, progress, equipment, base_url).play()
    finally:
        await _close(context)
    return _Unmatched()


async def _close(context: BrowserContext) -> None:
    from playwright.async_api import Error

    # A page that crashed may have taken its context along.
    with contextlib.suppress(Error):
        await context.close()


def _is_of_firefox(trace: Trace) -> bool:
    return (trace.environment.get("browser") or {}).get("name") == "firefox"


def _is_of_another_script(trace: Trace) -> bool:
    return (trace.raw.get("script") or {}).get("sha256") not in (None, script_sha256())


def replay(
    path: str | os.PathLike[str],
    *,
    network: Network = "recorded",
    base_url: str | None = None,
    headed: bool = False,
    until: str | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> TraceResult:
    """Replay one trace with a browser of its own; all of it is said at `reenact.replay`.

    ``on_event`` is called on the replay's thread.
    """
    with Player(headed=headed) as player:
        return player.replay(path, network=network, base_url=base_url, until=until, on_event=on_event)
