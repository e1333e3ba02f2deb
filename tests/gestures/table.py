"""`python -m tests.gestures.table`: docs/gestures.md, made from the scenarios that the tests carry out."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.gestures import browser, dragging, forms, keyboard, places, pointer
from tests.gestures.scenario import Scenario

GROUPS = {
    "Mouse and wheel": pointer,
    "Keyboard, compositions, clipboard": keyboard,
    "Fields, lists, files": forms,
    "Drag and drop": dragging,
    "Frames and shadow roots": places,
    "The browser, other windows, touch": browser,
}
IN_FIREFOX = frozenset(
    {
        "clicks with modifiers",
        "hover menu",
        "drawing on a canvas",
        "text selection",
        "elements that vanish",
        "svg",
        "overlaid element",
        "details, dialog, popover",
        "scrolling by keyboard",
        "right-to-left page",
        "zoomed page",
        "typing",
        "emoji",
        "shortcuts and repeated keys",
        "editing and undo",
        "clipboard",
        "focus by Tab",
        "field types",
        "field types by keyboard",
        "boxes and radio buttons",
        "lists",
        "files",
        "a spinner that is held",
        "submit",
        "frame of the same origin",
        "nested frames",
        "srcdoc",
        "frame made by script",
        "open shadow root",
        "closed shadow root",
        "geolocation",
        "window resized",
        "storage",
        "full screen",
    }
)
"""The rows that are carried out in Firefox as well, by name."""
PATH = Path(__file__).parents[2] / "docs" / "gestures.md"

HEAD = """# What is recorded, and replayed with the same effect

Each row is carried out with real input in a test (`pytest tests/gestures`): the page shows every event that
reached it, with its count, and the replay must show the same to the pixel, with the server stopped. "Reads as"
is what stands in the trace.

"replayed" is that test, in Chromium (Playwright's own, Chrome, Edge, Debian's) and in Firefox, where no test means that
the driver cannot carry it out or the replay is not the same: see [firefox.md](firefox.md). "refused" is a test as well:
nothing is recorded in WebKit yet, and `reenact.record` says so in one line.
"""

LIMITS = """
## What stands with each step

Each row is a test as well: what a step set off is a signal of that step, in the trace and in the report.

| Signal | Says | Test |
| --- | --- | --- |
| `navigation`, `popup` | where the page went, which window opened | tests/browser/test_signals.py |
| `request` | requests that failed, were refused or were slow | tests/browser/test_signals.py |
| `console`, `pageerror` | warnings, errors, rejections that nobody caught | tests/browser/test_signals.py |
| `download` | name, bytes and hash of what the browser saved | tests/browser/test_downloads.py |
| `storage` | cookies, local and session storage with old and new value, IndexedDB and caches by name | tests/browser/test_storage.py |

Values of cookies that scripts cannot read are never told, and what looks like a credential stands as `{masked}`.

With the picture of a step come its address and title, the accessibility tree with the focus in it, and what a filled
field held before.

## Declared, not captured

Each of these is a gap in the trace and a line in the report:

- files on the clipboard, other than one picture (the text of the same paste is kept);
- what is dropped from outside and is no file;
- a file of more than 50 MB given to a page;
- fields that the browser fills in by itself: a replay fills them in without the browser's colour and events;
- windows that close before they could be recorded;
- service workers, which are refused;
- shared workers, and workers made by workers: they run by a clock of their own;
- credentials that the browser held before the recording: placeholders stand in their place.

Not exact:

- how many scroll events a fling raises, since that depends on the frames the browser found time for; its end is exact;
- the browser's own zoom: no driver can zoom, so a replay draws with more or fewer device pixels in a window of the
  same size. Fields and buttons may come out a pixel higher; the step is then named as unstable.
"""


def scenarios() -> tuple[Scenario, ...]:
    """All rows, in the order of the table."""
    return tuple(itertools.chain(*(group.SCENARIOS for group in GROUPS.values())))


def table() -> str:
    """The whole document."""
    parts = [HEAD]
    for title, group in GROUPS.items():
        parts.append(
            f"\n## {title}\n\n| Gesture | Reads as | Chromium | Firefox | WebKit |\n| --- | --- | --- | --- | --- |\n"
        )
        for scenario in group.SCENARIOS:
            steps = " · ".join(step.replace("|", "\\|") for step in scenario.steps)
            firefox = "replayed" if scenario.name in IN_FIREFOX else ""
            parts.append(f"| {scenario.name} | {steps} | replayed | {firefox} | refused |\n")
    return "".join(parts) + LIMITS


if __name__ == "__main__":
    PATH.write_text(table(), encoding="utf-8")
