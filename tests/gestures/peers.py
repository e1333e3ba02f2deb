"""`python -m tests.gestures.peers --npm FOLDER`: docs/peers.md, the table of gestures as two peers carry it out.

Run by hand: it takes about twenty minutes. FOLDER holds the npm packages `@puppeteer/replay` and `puppeteer-core`.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from fixtures.pages.site import Page as SitePage
from fixtures.pages.site import Site, document
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright
from tests.gestures import codegen
from tests.gestures.recorder_format import NoStepType, flow
from tests.gestures.scenario import Scenario, rest
from tests.gestures.table import GROUPS

import reenact
from reenact.browser.find import find_browser
from reenact.trace import Trace

PATH = Path(__file__).parents[2] / "docs" / "peers.md"
RUNNER, SHOWN = Path(__file__).parent / "recorder_run.mjs", Path(__file__).parent / "shown.js"
PACKAGES = ("@puppeteer/replay", "puppeteer-core")
NOTHING, OTHER, SAME_EVENTS, SAME_EFFECT = "nothing recorded", "other", "same events", "same effect"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one scenario with each peer."""

    name: str
    codegen: str
    recorder: str


@dataclass(frozen=True, slots=True)
class Bench:
    """What the peers run on."""

    playwright: Playwright
    browser: Browser
    npm: Path

    def context(self, scenario: Scenario) -> BrowserContext:
        """A fresh window."""
        return self.browser.new_context(viewport={"width": 900, "height": 600}, **scenario.context)


def compare(scenario: Scenario, bench: Bench) -> Row:
    """Carry out a scenario, then let each peer record it and do it again."""
    with tempfile.TemporaryDirectory() as name, _site(scenario) as site:
        folder = Path(name)
        context = bench.context(scenario)
        with reenact.record(context, folder / "session.reenact"):
            _session(scenario, site)(context.new_page())
            wanted = _shown(context)
        context.close()
        trace = reenact.load(folder / "session.reenact")
        return Row(
            scenario.name,
            _by_codegen(scenario, bench, folder / "session.py", wanted),
            _by_recorder(scenario, bench, trace, site, wanted),
        )


def _by_codegen(scenario: Scenario, bench: Bench, path: Path, wanted: list[str]) -> str:
    with _site(scenario) as site:
        try:
            code = codegen.recorded(bench.context(scenario), path, _session(scenario, site))
        except Error:
            code = codegen.recorded_through_api(bench.context(scenario), _session(scenario, site))
    if not codegen.has_actions(code):
        return NOTHING
    with _site(scenario) as fresh:
        context = bench.context(scenario)
        try:
            codegen.run(_moved(code, site, fresh), context)
            rest(context.pages[0], 600)
            return _verdict(scenario, wanted, _shown(context))
        except Exception as error:
            return _failure(error)
        finally:
            context.close()


def _by_recorder(scenario: Scenario, bench: Bench, trace: Trace, site: Site, wanted: list[str]) -> str:
    touch = bool(scenario.context.get("has_touch"))
    try:
        steps = json.dumps(flow(trace, touch=touch))
    except NoStepType as missing:
        return f"no step type: {missing}"
    with _site(scenario) as fresh:
        job = {
            "flow": json.loads(_moved(steps, site, fresh)),
            "shown": SHOWN.read_text(encoding="utf-8"),
            "origin": fresh.url,
            "touch": touch,
            "geolocation": scenario.context.get("geolocation"),
            "permissions": scenario.context.get("permissions", []),
            "credentials": scenario.context.get("http_credentials"),
        }
        command = ["node", str(RUNNER), str(bench.npm), str(find_browser(bench.playwright).path)]
        try:
            done = subprocess.run(
                command, input=json.dumps(job), capture_output=True, text=True, check=True, timeout=90
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
            return _failure(type(error).__name__)
    said = json.loads(done.stdout)
    if said["error"]:
        return _failure(said["error"])
    return _verdict(scenario, wanted, _kept(said["texts"]))


def _site(scenario: Scenario) -> Site:
    pages = {"/": document(scenario.name, scenario.html), **scenario.pages}
    return Site({path: _aside(page) for path, page in pages.items()})


def _aside(page: SitePage) -> SitePage:
    """A page that keeps its list of events aside: on the page, a peer would take it for text to find elements by."""
    return page.replace("heard.textContent = ", "window.listOfEvents = ") if isinstance(page, str) else page


def _session(scenario: Scenario, site: Site):
    """What a person does: open the page, carry out the scenario, wait a moment."""

    def session(page: Page) -> None:
        page.set_default_timeout(6000)
        page.goto(site.url + "/")
        rest(page)
        scenario.act(page)
        rest(page, 1000)

    return session


def _shown(context: BrowserContext) -> list[str]:
    """What every frame of every page shows."""
    frames = [frame for page in context.pages for frame in page.frames]
    return _kept(frame.evaluate(SHOWN.read_text(encoding="utf-8")) for frame in frames)


def _kept(texts) -> list[str]:
    """What frames show, in an order that does not depend on who collected it."""
    return sorted(text for text in texts if text.strip())


def _moved(text: str, old: Site, new: Site) -> str:
    """Addresses of one site as those of another."""
    return text.replace(old.url.rpartition(":")[2], new.url.rpartition(":")[2])


def _verdict(scenario: Scenario, wanted: list[str], shown: list[str]) -> str:
    if shown == wanted:
        return SAME_EVENTS
    if scenario.shown and any(scenario.shown in text for text in shown):
        return SAME_EFFECT
    return OTHER


def _failure(error: object) -> str:
    """The first line of an error, short, without anything of this machine."""
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    line = re.sub(r"https?://[^\s\"']*", "ADDRESS", line)
    line = re.sub(r"(?<![\w.])/[\w.@-]+(?:/[\w.@-]+)+", "PATH", line).replace("|", "\\|")
    return "fails: " + (line if len(line) <= 90 else line[:89] + "…")


HEAD = """# The same gestures by codegen and by Chrome's Recorder format

The rows are those of [gestures.md](gestures.md). Each page writes down every event that reached it, with its count,
so "same events" is strict: a replay that clicks once more, or types a field at one go, is another one.

- *reenact*: `pytest tests/gestures` records and replays each row, and compares every picture to the pixel. That
  test is where its column comes from; it is not run again here.
- *codegen*: Playwright {playwright}, as `playwright codegen` records it, in Python. The code is then run in a fresh
  context. Where codegen's own menu stood in the way of the scenario (it opens on a right click), its programming
  interface recorded the row instead.
- *Recorder format*: the steps of reenact's trace written as a flow of Chrome's Recorder, run by `@puppeteer/replay`
  {replay} with `puppeteer-core` {puppeteer}. The trace holds how far a wheel was turned over which element, the
  format which element scrolled to where: rows with a wheel are at a disadvantage by that.

All in Chromium {chromium}, without a window, each row once. What is compared is the events, the text of all frames of
all pages, what their fields hold, and what is drawn on a canvas or as SVG, 0.6 s after the last step, with the same at
the end of the session that reenact recorded. The pages keep the list of events where no peer takes it for text of the
page. They do not count moves of the mouse.

| Verdict | Meaning |
| --- | --- |
| same events | all of that is the same, the counts of events included |
| same effect | it is not, but the text that the row's test waits for is there; not every row names one |
| other | it ran to its end, and neither of these |
| fails | it stopped with an error, whose first line is given |
| nothing recorded | there is no code beyond the opening of the page |
| no step type | the format has no step for this, which is named |

To repeat: `npm install @puppeteer/replay puppeteer-core` in a folder, then
`python -m tests.gestures.peers --npm FOLDER`. No verdict is written by hand.
"""


def table(rows: dict[str, Row], versions: dict[str, str]) -> str:
    """The whole document."""
    parts = [HEAD.format(**versions)]
    for title, group in GROUPS.items():
        parts.append(
            f"\n## {title}\n\n| Gesture | reenact | codegen | Recorder format |\n| --- | --- | --- | --- |\n"
        )
        for scenario in group.SCENARIOS:
            row = rows[scenario.name]
            parts.append(f"| {row.name} | {SAME_EVENTS} | {row.codegen} | {row.recorder} |\n")
    return "".join(parts) + totals(tuple(rows.values()))


def totals(rows: Sequence[Row]) -> str:
    """How many rows each did."""
    of = {
        "reenact": [SAME_EVENTS for _ in rows],
        "codegen": [row.codegen for row in rows],
        "Recorder format": [row.recorder for row in rows],
    }
    lines = [
        f"| {name} | {verdicts.count(SAME_EVENTS)} | {verdicts.count(SAME_EFFECT)} | "
        f"{sum(verdict not in (SAME_EVENTS, SAME_EFFECT) for verdict in verdicts)} |\n"
        for name, verdicts in of.items()
    ]
    return (
        f"\n## Totals\n\n| Of {len(rows)} rows | same events | same effect | neither |\n| --- | --- | --- | --- |\n"
        + "".join(lines)
    )


def versions(bench: Bench) -> dict[str, str]:
    """What ran."""
    replay, puppeteer = (
        json.loads((bench.npm / "node_modules" / name / "package.json").read_text())["version"]
        for name in PACKAGES
    )
    own = {"playwright": version("playwright"), "chromium": bench.browser.version}
    return {**own, "replay": replay, "puppeteer": puppeteer}


def main() -> None:
    """Compare all rows and write the document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--npm", type=Path, required=True, metavar="FOLDER", help="where the npm packages are"
    )
    npm = parser.parse_args().npm.absolute()
    for name in PACKAGES:
        if not (npm / "node_modules" / name / "package.json").is_file():
            sys.exit(f"{name} is not installed in {npm}: run `npm install {' '.join(PACKAGES)}` there")
    if not shutil.which("node"):
        sys.exit("node is not on the PATH: install Node.js")
    with sync_playwright() as playwright:
        bench = Bench(playwright, reenact.launch(playwright), npm)
        rows = {}
        for scenario in (scenario for group in GROUPS.values() for scenario in group.SCENARIOS):
            rows[scenario.name] = row = compare(scenario, bench)
            print(f"{row.name}: codegen {row.codegen}; Recorder format {row.recorder}", flush=True)
        PATH.write_text(table(rows, versions(bench)), encoding="utf-8")
        bench.browser.close()


if __name__ == "__main__":
    main()
