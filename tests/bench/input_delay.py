"""What recording adds between an input and the page's reaction to it.

For each raw input: milliseconds from the moment the browser got it to the page's own listener, and to the first task
after the next frame. The page's clock is taken before the recorder replaces it. A person's rhythm: moves of 12 ms,
keys of 60 ms, and a pause after each action that is long enough for a checkpoint, or just not.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.applications.static_server import Request, Response, StaticServer
from tests.bench.recorder_page import page_with
from tests.bench.samples import Table, options, rounds, write

import reenact

VARIANTS = ("none", "reenact")
KINDS = ("mousemove", "mousedown", "mouseup", "keydown", "keyup", "wheel")
PROBE = """
(() => {
  const now = performance.now.bind(performance), frame = requestAnimationFrame.bind(window);
  const stamp = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp').get;
  const listen = EventTarget.prototype.addEventListener, kept = window.kept = [];
  const port = new MessageChannel(), waiting = [];
  port.port1.onmessage = () => { const at = now(); for (const one of waiting.splice(0)) one[2] = at - one[3]; };
  const reached = (event) => {
    const begun = stamp.call(event), one = [event.type, now() - begun, null, begun];
    kept.push(one);
    frame(() => { waiting.push(one); port.port2.postMessage(0); });
  };
  listen.call(window, 'DOMContentLoaded', () => {
    for (const type of KINDS) listen.call(document.body, type, reached, { passive: true });
  });
})();
"""


def page_text(rows: int) -> bytes:
    """A form above many rows."""
    lines = "\n".join(f"<div><b>{i}</b> <button>Open {i}</button></div>" for i in range(rows))
    style = "<style>body{min-height:700px}div{contain:strict;height:24px}</style>"
    fields = "".join(f"<label>Field {i} <input></label> " for i in range(10))
    return f"<!doctype html><meta charset=utf-8>{style}<body><form>{fields}</form>{lines}".encode()


def person(page: Page, seed: int) -> None:
    """Some seconds of a person, the same for each variant of a round."""
    draw = random.Random(seed)
    x, y = 300.0, 300.0
    for _ in range(6):
        to_x, to_y = draw.uniform(20, 1200), draw.uniform(20, 600)
        for step in range(1, 13):
            page.mouse.move(x + (to_x - x) * step / 12, y + (to_y - y) * step / 12)
            page.wait_for_timeout(12)
        x, y = to_x, to_y
        page.mouse.down()
        page.wait_for_timeout(60)
        page.mouse.up()
        page.wait_for_timeout(draw.choice([120, 200, 300, 600, 900]))
    field = page.locator("input").nth(draw.randrange(10))
    field.scroll_into_view_if_needed()
    field.focus()
    for character in "forty characters, typed by a real person":
        page.keyboard.down(character)
        page.wait_for_timeout(25)
        page.keyboard.up(character)
        page.wait_for_timeout(draw.choice([30, 50, 80]))
    page.wait_for_timeout(700)
    for _ in range(8):
        page.mouse.wheel(0, 100)
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)


def percentile(values: list[float], share: float) -> float:
    """The value below which a share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main() -> None:
    """Print, for each kind of input, the delays with and without recorder."""
    parser = options(__doc__, default_rounds=4)
    parser.add_argument("--rows", type=int, nargs="*", default=[300, 5000])
    chosen = parser.parse_args()
    tables: dict[str, Table] = {}
    with tempfile.TemporaryDirectory(prefix="reenact-bench-") as folder, sync_playwright() as playwright:
        browser = reenact.launch(playwright)
        for rows in chosen.rows:
            text = page_text(rows)

            def route(request: Request, text: bytes = text) -> Response | None:
                return Response(200, "text/html; charset=utf-8", text) if request.path == "/" else None

            reached = Table(f"{rows} rows: to the listener", VARIANTS)
            painted = Table(f"{rows} rows: to after the next frame", VARIANTS)
            seeds = dict.fromkeys(VARIANTS, 0)
            with StaticServer({}, route=route) as server:

                def measure(
                    variant: str,
                    url: str = server.url,
                    to_listener: Table = reached,
                    to_frame: Table = painted,
                    seeds: dict[str, int] = seeds,
                ) -> None:
                    seeds[variant] += 1
                    with page_with(
                        browser, variant, Path(folder), first=PROBE.replace("KINDS", repr(list(KINDS)))
                    ) as page:
                        page.goto(url)
                        page.wait_for_timeout(1500)
                        person(page, seeds[variant])
                        for kind, listener, frame, _ in page.evaluate("kept"):
                            to_listener.add(kind, variant, listener)
                            if frame is not None:
                                to_frame.add(kind, variant, frame)

                rounds(chosen.rounds, VARIANTS, measure)
            tables |= {f"listener_{rows}": reached, f"frame_{rows}": painted}
        browser.close()
    added: dict[str, dict[str, float]] = {}
    for name, table in tables.items():
        print(
            f"\n{table.title}, ms{'':18} n   p50 none  reenact    added |  p95 none  reenact    added |  most none  reenact"
        )
        everything: dict[str, list[float]] = {variant: [] for variant in VARIANTS}
        for kind, of in [*table.samples.items(), ("all", everything)]:
            line = f"{kind:38}{len(of['none']):5}"
            for share in (0.5, 0.95, 1.0):
                none, ours = (percentile(of[variant], share) for variant in VARIANTS)
                line += f" {none:9.2f} {ours:8.2f}" + (f" {ours - none:8.2f} |" if share < 1 else "")
                added.setdefault(f"{name}_{kind}", {})[f"p{share * 100:.0f}"] = round(ours - none, 3)
            print(line)
            for variant in VARIANTS:
                everything[variant] += of[variant] if kind != "all" else []
    write(chosen.json, tables, added=added)


if __name__ == "__main__":
    main()
