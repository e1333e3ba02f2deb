"""What recording costs a page: the same page without a recorder, with ours, and with one that copies the DOM.

Milliseconds of the page's main thread, by its own clock: the time the thread ran, so that other processes do not
count. "script" is JavaScript alone, "all" is everything the thread did. "by timer" happens on a page at rest,
"by click" right after a click, while a recorder waits for the page to come to rest.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright
from tests.applications.packages import node_modules
from tests.applications.static_server import Request, Response, StaticServer
from tests.bench.samples import Table, options, rounds, write

import reenact

PAGES = Path(__file__).parent / "pages"
ROWS = 10_000
REST_MS = 1400
WORK = (("remove", "removing 20,000 nodes"), ("react", "1,500 React rows, on and off"))
FRAMES = (
    ("frames", "120 busy frames (150 clock reads, 20 timers)"),
    ("mutation", "120 frames of 100 text changes"),
)

# What `evaluate` runs itself is not counted as script.
BY_TIMER = "() => new Promise((done) => setTimeout(() => start().then(done)))"

# Scripts of a document's start run in the order they were added. The browser notes with each mark how long the
# thread has run by then: at a start its other processes are busy, and would count three times as much as we do.
FIRST = "performance.mark('before-recorder')"
LAST = "performance.mark('after-recorder')"


def rrweb() -> str | None:
    """The script of a DOM-copying recorder, when `npm install @rrweb/record` was run in the cache folder."""
    found = Path.home() / ".cache/reenact/bench-npm/node_modules/@rrweb/record/umd/record.min.js"
    if not found.is_file():
        return None
    return found.read_text() + (
        ";if (window.parent === window && location.protocol !== 'about:') {"
        "window.copied = []; rrwebRecord.record({ emit: (event) => copied.push(event) }); }"
    )


def serve(modules: Path) -> StaticServer:
    """The pages, and React."""

    def route(request: Request) -> Response | None:
        if request.path == "/rows":
            rows = "\n".join(f"<div><b>{i}</b> Row {i}</div>" for i in range(ROWS))
            text = (PAGES / "rows.html").read_text().replace("ROWS", rows)
            return Response(200, "text/html; charset=utf-8", text.encode())
        if request.path == "/blank":
            return Response(200, "text/html; charset=utf-8", b"<!doctype html><title>Blank</title><p>Nothing")
        return None

    folders = {
        "/": PAGES,
        "/react/": modules / "react/umd",
        "/react-dom/": modules / "react-dom/umd",
    }
    return StaticServer(folders, route=route)


@contextlib.contextmanager
def page_with(browser: Browser, variant: str, folder: Path, *, first: str = FIRST) -> Iterator[Page]:
    """A page of a fresh context, with the recorder that `variant` names; the script `first` runs before it."""
    context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_init_script(script=first)
    try:
        if variant == "reenact":
            with reenact.record(context, folder / "bench.reenact", overwrite=True):
                context.add_init_script(script=LAST)
                yield context.new_page()
        else:
            script = rrweb() if variant == "rrweb" else None
            if script:
                context.add_init_script(script=script)
            context.add_init_script(script=LAST)
            yield context.new_page()
    finally:
        context.close()


class MainThread:
    """The time the page's main thread has run."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read(self) -> tuple[float, float]:
        """Milliseconds of script, and of everything."""
        metrics = {m["name"]: m["value"] for m in self._session.send("Performance.getMetrics")["metrics"]}
        return metrics["ScriptDuration"] * 1000, metrics["ThreadTime"] * 1000


class Scenario:
    """Measures one page of one variant; each part adds its samples to the tables."""

    def __init__(self, page: Page, url: str, variant: str, script: Table, everything: Table) -> None:
        self._page, self._url, self._variant = page, url, variant
        self._script, self._all = script, everything
        self._page.goto(url + "blank")
        self._thread = MainThread(page)

    @contextlib.contextmanager
    def _evaluated(self, row: str) -> Iterator[None]:
        browser = cast(Browser, self._page.context.browser)
        browser.start_tracing(page=self._page, categories=["blink.user_timing"])
        yield
        # The marks of the page's own document come last.
        at = {e["name"]: e.get("tts") for e in json.loads(browser.stop_tracing())["traceEvents"]}
        self._script.add(row, self._variant, (at["after-recorder"] - at["before-recorder"]) / 1000)

    @contextlib.contextmanager
    def _measured(self, row: str, *, script: bool = True) -> Iterator[None]:
        """`script`: not across a navigation, which starts that count again."""
        script_before, everything = self._thread.read()
        yield
        script_after, everything_after = self._thread.read()
        if script:
            self._script.add(row, self._variant, script_after - script_before)
        self._all.add(row, self._variant, everything_after - everything)

    def _rest(self) -> None:
        self._page.wait_for_timeout(REST_MS)

    def start(self) -> None:
        """Load an empty page and one of many rows."""
        page = self._page
        self._rest()
        with self._evaluated("evaluating the script, empty page"):
            page.goto(self._url + "blank")
        self._rest()
        with self._evaluated(f"evaluating the script, {ROWS:,} rows"):
            page.goto(self._url + "rows")
        self._rest()
        page.goto(self._url + "blank")
        self._rest()
        with self._measured(f"loading {ROWS:,} rows, until loaded", script=False):
            page.goto(self._url + "rows")
        with self._measured(f"the second after, {ROWS:,} rows"):
            self._rest()

    def work(self) -> None:
        """Everything that the work page can do."""
        page = self._page
        page.goto(self._url + "work.html")
        page.evaluate("prepare('react'); start()")
        self._rest()
        for name, title in WORK:
            page.evaluate("(name) => prepare(name)", name)
            self._rest()
            with self._measured(f"{title}, by timer"):
                page.evaluate(BY_TIMER)
            page.evaluate("(name) => prepare(name)", name)
            self._rest()
            with self._measured(f"{title}, by click"):
                page.mouse.click(20, 20)
                page.evaluate("finished")
            self._rest()
        for name, title in FRAMES:
            page.evaluate("(name) => prepare(name)", name)
            self._rest()
            with self._measured(title):
                page.evaluate(BY_TIMER)
        page.evaluate("prepare('nothing')")
        self._rest()
        with self._measured("300 mouse moves"):
            for step in range(300):
                page.mouse.move(10 + step * 4, 60 + (step * 7) % 160)
        self._rest()
        with self._measured("a click, and until all is at rest"):
            page.mouse.click(20, 20)
            self._rest()
        page.focus("#field")
        self._rest()
        with self._measured("typing 135 keys, and until all is at rest"):
            page.keyboard.type(("the quick brown fox jumps over the lazy dog " * 4)[:135])
            self._rest()


def main() -> None:
    """Print the tables."""
    parser = options(__doc__, default_rounds=5)
    parser.add_argument("--variants", default="none,reenact,rrweb")
    parser.add_argument("--start", action="store_true", help="only what the start of a page costs")
    chosen = parser.parse_args()
    variants = [name for name in chosen.variants.split(",") if name != "rrweb" or rrweb()]
    script = Table("script", variants)
    everything = Table("all of the main thread", variants)
    modules = node_modules(everything=True)
    with (
        serve(modules) as server,
        tempfile.TemporaryDirectory(prefix="reenact-bench-") as folder,
        sync_playwright() as playwright,
    ):
        browser = reenact.launch(playwright)

        def measure(variant: str) -> None:
            with page_with(browser, variant, Path(folder)) as page:
                scenario = Scenario(page, server.url, variant, script, everything)
                scenario.start()
                if not chosen.start:
                    scenario.work()

        rounds(chosen.rounds, variants, measure)
        browser.close()
    script.print()
    everything.print()
    write(chosen.json, {"script": script, "all": everything})


if __name__ == "__main__":
    main()
