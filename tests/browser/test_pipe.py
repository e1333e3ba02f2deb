"""The way to the browser beside Playwright's driver: what passes it, and what happens where there is none."""

from __future__ import annotations

import asyncio
import base64
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Error, Page, Playwright, async_playwright

from reenact.browser import async_launch, handover
from reenact.browser.async_launch import launch_async
from reenact.browser.devtools import PipeSession
from reenact.browser.find import FoundBrowser
from reenact.browser.pipe import BrowserPipe, open_session
from reenact.errors import CouldNotRun

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pipe to hand over")
SECONDS = 30.0


def with_browser(work: Callable[[Browser, BrowserPipe | None], Awaitable[None]]) -> None:
    """Do this work with a browser that is started for it, and is closed in time."""

    async def whole(playwright: Playwright) -> None:
        browser, pipe = await launch_async(playwright, headless=True)
        await work(browser, pipe)
        await browser.close()

    run(whole)


def run(work: Callable[[Playwright], Awaitable[None]]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(SECONDS), async_playwright() as playwright:
            await work(playwright)

    asyncio.run(limited())


async def session_of(page: Page, pipe: BrowserPipe | None) -> PipeSession:
    session = await open_session(page, pipe)
    assert isinstance(session, PipeSession)
    return session


def test_commands_events_and_errors_of_two_pages_keep_apart() -> None:
    async def work(browser: Browser, pipe: BrowserPipe | None) -> None:
        pages = [await browser.new_page() for _ in range(2)]
        sessions = [await session_of(page, pipe) for page in pages]
        heard: list[list[str]] = [[], []]
        for at, session in enumerate(sessions):
            session.on("Runtime.bindingCalled", lambda event, at=at: heard[at].append(event["payload"]))
            await session.send("Runtime.enable")
            await session.send("Runtime.addBinding", {"name": "say"})
        asked = [
            session.send("Runtime.evaluate", {"expression": f"say('{at} {turn}'), {turn}"})
            for turn in range(20)
            for at, session in enumerate(sessions)
        ]
        answers = [answer["result"]["value"] for answer in await asyncio.gather(*asked)]
        assert answers == [turn for turn in range(20) for _ in sessions]
        assert heard == [[f"{at} {turn}" for turn in range(20)] for at in range(2)]
        with pytest.raises(Error, match=r"Nonsense\.command.*wasn't found"):
            await sessions[0].send("Nonsense.command")
        # Playwright's own way is open all the while.
        assert await pages[0].evaluate("6 * 7") == 42

    with_browser(work)


def test_a_large_picture_comes_whole() -> None:
    async def work(browser: Browser, pipe: BrowserPipe | None) -> None:
        page = await browser.new_page(viewport={"width": 1600, "height": 1200})
        await page.set_content("<canvas width=1600 height=1200></canvas>")
        await page.evaluate(
            """() => {
                const context = document.querySelector('canvas').getContext('2d');
                const noise = context.createImageData(1600, 1200);
                noise.data.forEach((_, at) => { noise.data[at] = Math.random() * 256; });
                context.putImageData(noise, 0, 0);
            }"""
        )
        session = await session_of(page, pipe)
        shot = await session.send("Page.captureScreenshot", {"format": "png"})
        picture = base64.b64decode(shot["data"])
        assert len(picture) > 4_000_000
        assert picture == await page.screenshot()

    with_browser(work)


def test_what_a_page_that_closes_was_asked_fails_at_once() -> None:
    async def work(browser: Browser, pipe: BrowserPipe | None) -> None:
        page, other = await browser.new_page(), await browser.new_page()
        session, left = await session_of(page, pipe), await session_of(other, pipe)
        asked = session.send(
            "Runtime.evaluate", {"expression": "new Promise(() => {})", "awaitPromise": True}
        )
        await page.close()
        with pytest.raises(Error, match="Target closed"):
            await asked
        with pytest.raises(Error, match="Target closed"):
            await session.send("Runtime.evaluate", {"expression": "1"})
        assert (await left.send("Runtime.evaluate", {"expression": "1"}))["result"]["value"] == 1

    with_browser(work)


def test_what_a_browser_that_stops_was_asked_fails_at_once() -> None:
    async def work(browser: Browser, pipe: BrowserPipe | None) -> None:
        left = asyncio.Event()
        browser.on("disconnected", lambda _: left.set())
        session = await session_of(await browser.new_page(), pipe)
        asked = session.send(
            "Runtime.evaluate", {"expression": "new Promise(() => {})", "awaitPromise": True}
        )
        devtools = await browser.new_browser_cdp_session()
        processes = (await devtools.send("SystemInfo.getProcessInfo"))["processInfo"]
        os.kill(next(int(process["id"]) for process in processes if process["type"] == "browser"), 9)
        with pytest.raises(Error, match="Target closed"):
            await asked
        await left.wait()

    with_browser(work)


def test_where_nothing_may_be_started_from_a_folder_playwright_has_the_only_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chmod = Path.chmod
    monkeypatch.setattr(Path, "chmod", lambda path, mode: chmod(path, mode & 0o600))

    async def work(browser: Browser, pipe: BrowserPipe | None) -> None:
        assert pipe is None
        session = await open_session(await browser.new_page(), pipe)
        assert (await session.send("Runtime.evaluate", {"expression": "1"}))["result"]["value"] == 1

    with_browser(work)


def test_a_browser_that_does_not_start_is_started_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken, starts = tmp_path / "a browser", tmp_path / "starts"
    broken.write_text(f"#!/bin/sh\necho >> {starts}\necho No can do >&2\nexit 1\n")
    broken.chmod(0o700)
    monkeypatch.setattr(
        async_launch, "find_browser", lambda _: FoundBrowser(broken, "system", "chromium", version="1")
    )

    async def work(playwright: Playwright) -> None:
        with pytest.raises(CouldNotRun, match="The browser does not start"):
            await launch_async(playwright, headless=True)

    run(work)
    assert starts.read_text() == "\n"


def test_nobody_else_may_enter_where_the_pipe_is_handed_over() -> None:
    async def look(_: Playwright) -> None:
        async with handover.handover("/bin/true") as script:
            folder = Path(script.path).parent
            assert folder.stat().st_mode & 0o077 == 0
            assert (folder / "door").is_socket()
        assert not folder.exists()

    run(look)
