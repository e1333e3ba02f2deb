"""What a replay costs: for each input and picture, and for whole sessions from a cold start.

A session of 17 actions in TodoMVC is recorded at a person's pace. Then take turns, each in a process of its own:
the raw protocol, a plain Playwright script, and `reenact replay`, with one session and with several. All send the
same inputs and take the same pictures; only reenact also brings archive, clock and order. The first two play one
session after the other; reenact plays several as it does by default, as many at a time as there are processors, and
then one after the other as well.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.applications import get
from tests.bench.samples import Table, options, rounds, write

import reenact
from reenact.browser.find import find_browser
from reenact.browser.launch import launch_args

VARIANTS = ("raw protocol", "playwright", "reenact")
INPUTS = ("move", "down", "up", "keydown", "keyup", "wheel")
SEVERAL = 5
ROOT = Path(__file__).parents[2]
# Replays once and tells how long each kind of act took. A page loads until its first picture, as a script waits for it.
TIMED = """
import json, sys, time
from collections import defaultdict
from reenact.replay.strict import StrictReplay
import reenact
times, carry_out, last = defaultdict(list), StrictReplay._carry_out, [""]
async def timed(self, act):
    begun = time.perf_counter()
    await carry_out(self, act)
    kind = act.raw["event"]["type"] if act.type == "input" else act.type
    loads, last[0] = kind == "checkpoint" and last[0] == "navigate", kind
    kind = "navigate" if loads else kind
    if kind != "checkpoint" or self._progress.checkpoint_of(act):
        times[kind].append((time.perf_counter() - begun) * 1000)
StrictReplay._carry_out = timed
result = reenact.replay(sys.argv[1])
print(json.dumps({"times": times, "seconds": result.seconds, "verdict": result.verdict}))
"""


def seventeen_actions(page: Page, url: str, pause: float) -> None:
    """Five items, two ticked, three filters, the ticked ones cleared, one deleted."""

    def rest() -> None:
        page.wait_for_timeout(pause * 1000)

    page.goto(url)
    rest()
    page.mouse.click(640, 150)
    for text in ("Buy milk", "Call the bank", "Water plants", "Read a book", "Post a letter"):
        page.keyboard.type(text, delay=30)
        rest()
        page.keyboard.press("Enter")
        rest()
    items = page.locator("#todo-list li")
    for at in (0, 2):
        items.nth(at).locator(".toggle").click()
        rest()
    for name in ("Active", "Completed", "All"):
        page.get_by_role("link", name=name).click()
        rest()
    page.locator("#clear-completed").click()
    rest()
    items.nth(0).hover()
    items.nth(0).locator(".destroy").click()
    rest()


def record(url: str, path: Path, pause: float) -> None:
    """Record the session."""
    with sync_playwright() as playwright:
        browser = reenact.launch(playwright)
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        with reenact.record(context, path, name="Seventeen actions"):
            seventeen_actions(context.new_page(), url, pause)
        browser.close()


def run(command: list[str], folder: str) -> tuple[float, float, str]:
    """Milliseconds from the start of a process to its end, those the processors worked, and what it printed.

    It runs in `folder`, where a replay that differs leaves its evidence.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    worked, begun = _worked(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=False, cwd=folder, env=environment
    )
    took = (time.perf_counter() - begun) * 1000
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr[-2000:])
    return took, _worked() - worked, done.stdout


def _worked() -> float:
    """Processor milliseconds of all processes that were started here and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1000


def main() -> None:
    """Print the tables."""
    parser = options(__doc__, default_rounds=5)
    parser.add_argument(
        "--pause", type=float, default=2.0, help="seconds between two actions of the recording"
    )
    parser.add_argument("--trace", type=Path, help="a trace of this session, instead of recording one")
    chosen = parser.parse_args()
    cold = Table("wall time, cold", VARIANTS)
    work = Table("processor time, cold", VARIANTS)
    each = Table("one call", ("playwright", "reenact"))
    verdicts: list[str] = []
    speeds: list[float] = []
    with (
        tempfile.TemporaryDirectory(prefix="reenact-bench-") as folder,
        get("todomvc_react").start() as server,
    ):
        path = chosen.trace.absolute() if chosen.trace else Path(folder) / "seventeen.reenact"
        if chosen.trace is None:
            record(server.url, path, chosen.pause)
        trace = reenact.load(path)
        # `reenact replay` replays a trace once, however often it is named.
        copies = [
            str(shutil.copytree(path, Path(folder) / f"copy-{number}.reenact")) for number in range(SEVERAL)
        ]
        with sync_playwright() as playwright:
            browser = find_browser(playwright).path
        about = [browser, json.dumps(launch_args()), server.url]
        commands = {
            "raw protocol": ["-m", "tests.bench.raw_protocol", *about],
            "playwright": ["-m", "tests.bench.playwright_script", *about],
            "reenact": ["-m", "reenact", "replay"],
        }

        def measure(variant: str) -> None:
            one, one_worked, _ = run([*commands[variant], str(path)], folder)
            several, several_worked, _ = run([*commands[variant], *copies], folder)
            for table, first, all_of_them in ((cold, one, several), (work, one_worked, several_worked)):
                table.add("one session", variant, first)
                table.add("each further session", variant, (all_of_them - first) / (SEVERAL - 1))
            if variant == "reenact":
                several, several_worked, _ = run([*commands[variant], "--workers", "1", *copies], folder)
            for table, first, all_of_them in ((cold, one, several), (work, one_worked, several_worked)):
                table.add("one by one", variant, (all_of_them - first) / (SEVERAL - 1))
            if variant == "playwright":
                _, _, text = run([*commands[variant], "--times", str(path)], folder)
                times = json.loads(text)
            elif variant == "reenact":
                _, _, text = run(["-c", TIMED, str(path)], folder)
                told = json.loads(text)
                times = told["times"]
                verdicts.append(told["verdict"])
                speeds.append(trace.seconds / told["seconds"])
            else:
                return
            for kind, values in times.items():
                if kind in INPUTS:
                    each.add(kind, variant, sum(values) / len(values))
            inputs = [value for kind in INPUTS for value in times.get(kind, ())]
            each.add("all inputs", variant, sum(inputs) / len(inputs))
            each.add("picture", variant, sum(times["checkpoint"]) / len(times["checkpoint"]))
            each.add("navigate", variant, sum(times["navigate"]))

        rounds(chosen.rounds, VARIANTS, measure)
    inputs = sum(act.type == "input" for act in trace.acts)
    print(
        f"{inputs} inputs, {len(trace.checkpoints)} checkpoints, recorded in {trace.seconds:.1f} s; {verdicts}"
    )
    print(f"a replay is {sorted(speeds)[len(speeds) // 2]:.1f} times as fast as the recording")
    cold.print()
    work.print()
    each.print()
    write(chosen.json, {"cold": cold, "work": work, "each": each}, speeds=speeds, verdicts=verdicts)


if __name__ == "__main__":
    main()
