"""Frames, shadow roots, other windows."""

from __future__ import annotations

from fixtures.pages.site import document
from playwright.sync_api import Page
from tests.gestures.scenario import HEARD, Scenario, rest

CLICKER = (
    "<button id=b onclick=\"this.textContent = 'Pressed ' + ++n\">Inside</button><label>Field <input id=f></label>"
    "<script>let n = 0</script>"
)


def _frame(page: Page) -> None:
    inner = page.frame_locator("iframe").first
    inner.get_by_role("button").click()
    rest(page)
    inner.get_by_label("Field").click()
    page.keyboard.type("abc", delay=15)
    rest(page, 700)


def _nested(page: Page) -> None:
    inner = page.frame_locator("iframe").frame_locator("iframe")
    inner.get_by_role("button").click()
    rest(page)
    inner.get_by_label("Field").click()
    page.keyboard.type("abc", delay=15)
    rest(page, 700)
    page.locator("#outer").click()


def _shadow(page: Page) -> None:
    page.get_by_role("button", name="Open").click()
    rest(page)
    page.get_by_label("Deep").click()
    page.keyboard.type("deep", delay=15)
    rest(page, 700)


def _closed(page: Page) -> None:
    box = page.locator("#host").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + 15)
    rest(page)


def _dynamic_frame(page: Page) -> None:
    page.get_by_role("button", name="Make").click()
    rest(page)
    page.frame_locator("iframe").get_by_role("button").click()
    rest(page)


SHADOW = """<x-box></x-box><script>customElements.define('x-box', class extends HTMLElement { connectedCallback() {
  const root = this.attachShadow({ mode: 'open' });
  root.innerHTML = '<button>Open</button><label>Deep <input></label><p></p>';
  root.querySelector('button').onclick = () => root.querySelector('p').textContent = 'was opened';
  root.querySelector('input').oninput = (e) => root.querySelector('p').textContent = 'now ' + e.target.value } })</script>"""

CLOSED = """<div id=host></div><p id=o></p><script>{ const root = host.attachShadow({ mode: 'closed' });
root.innerHTML = '<button>Closed</button>'; root.firstChild.onclick = () => o.textContent = 'was closed' }</script>"""

MAKER = """<button onclick="make()">Make</button><script>function make() { const frame = document.createElement('iframe');
document.body.append(frame); frame.contentDocument.body.innerHTML = '<button>Blank</button>';
frame.contentDocument.querySelector('button').onclick = (e) => e.target.textContent = 'Blank pressed' }</script>"""

SRCDOC = f'<iframe srcdoc="{CLICKER.replace(chr(34), "&quot;")}"></iframe>'

SCENARIOS = (
    Scenario(
        "frame of the same origin",
        '<iframe src="/inner"></iframe>',
        _frame,
        ('Clicked button "Inside"', 'Clicked field "Field"', 'Filled "Field" with abc'),
        pages={"/inner": document("Inner", CLICKER + HEARD)},
    ),
    Scenario(
        "frame of another origin",
        '<iframe id=far width=400 height=250></iframe><script>far.src = location.href.replace("127.0.0.1", "localhost") + "inner"</script>',
        _frame,
        ('Clicked button "Inside"', 'Clicked field "Field"', 'Filled "Field" with abc'),
        pages={"/inner": document("Inner", CLICKER + HEARD)},
    ),
    Scenario(
        "nested frames",
        '<button id=outer>Outer</button><iframe src="/middle" width=500 height=400></iframe>',
        _nested,
        (
            'Clicked button "Inside"',
            'Clicked field "Field"',
            'Filled "Field" with abc',
            'Clicked button "Outer"',
        ),
        pages={
            "/middle": document("Middle", '<iframe src="/inner"></iframe>'),
            "/inner": document("Inner", CLICKER),
        },
    ),
    Scenario(
        "srcdoc",
        SRCDOC,
        _frame,
        ('Clicked button "Inside"', 'Clicked field "Field"', 'Filled "Field" with abc'),
    ),
    Scenario(
        "sandboxed frame",
        SRCDOC.replace("<iframe", "<iframe sandbox='allow-scripts'"),
        _frame,
        ('Clicked button "Inside"', 'Clicked field "Field"', 'Filled "Field" with abc'),
    ),
    Scenario(
        "frame made by script", MAKER, _dynamic_frame, ('Clicked button "Make"', 'Clicked button "Blank"')
    ),
    Scenario(
        "open shadow root",
        SHADOW,
        _shadow,
        ('Clicked button "Open"', 'Clicked field "Deep"', 'Filled "Deep" with deep'),
        "keydown input p",
    ),
    Scenario("closed shadow root", CLOSED, _closed, ('Clicked button "Closed"',), "was closed"),
)
