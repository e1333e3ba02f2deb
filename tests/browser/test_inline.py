"""Handlers in the markup, and listeners that come when what they listen for could be over: each hears in its turn."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, Reply, document

pytestmark = pytest.mark.browser

DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="9" cy="9" r="8"/></svg>'
AT = "<style>body { font-size: 11px }</style><script>const at = () => ' ' + performance.now().toFixed(1);</script>"

HANDLERS = """<img src=/slow.svg onload="say('picture' + at())">
<img src=/none.svg onerror="say('no picture' + at())">
<details open ontoggle="say('toggle' + at())"><summary>More</summary>Text</details>
<button id=go style="transition: color 200ms" ontransitionend="say('moved ' + event.type + at())" onclick="go.style.color = 'red'">Go</button>
<link rel=preload as=style href=/late.css onload="this.rel = 'stylesheet'; say('style' + at())">
<script>
  document.body.setAttribute('onload', "say('body' + at())");
  document.body.setAttribute('onresize', "say('resized' + at())");
  go.parentNode.addEventListener('webkitTransitionEnd', (event) => say('older ' + event.type + at()));
</script>"""

# The scripts that listen are held until their turn; what they listen for comes from a server that answers at once.
LATE = """<img id=one src=/slowest.svg><details id=more open><summary>More</summary>Text</details><button id=go>Go</button>
<link id=style rel=stylesheet media=print href=/late.css><img id=two src=/slower.svg><img id=three src=/slow.svg><script>
  addEventListener('DOMContentLoaded', () => {
    one.addEventListener('load', () => say('one' + at()));
    more.addEventListener('toggle', () => say('toggle' + at()));
  });
  fetch('/text').then(() => {
    style.addEventListener('load', () => say('style' + at()));
    two.onload = () => say('two' + at());
    three.onload = () => say('three ' + three.src.slice(-9) + at());
  });
  go.onclick = () => { three.src = '/again.svg'; };
</script>"""


def site(session, body):
    return session.site(
        {
            "/": document("Handlers", LOG + AT + body),
            "/slow.svg": Reply(DOT, type="image/svg+xml", delay=0.3),
            "/slower.svg": Reply(DOT, type="image/svg+xml", delay=1.0),
            # After the document is complete, on a busy machine as well.
            "/slowest.svg": Reply(DOT, type="image/svg+xml", delay=1.3),
            "/again.svg": Reply(DOT, type="image/svg+xml", delay=0.4),
            "/text": Reply("text", type="text/plain", delay=0.05),
            "/late.css": Reply("b {}", type="text/css", delay=1.0),
        }
    )


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        (HANDLERS, "picture no toggle moved older style body resized"),
        (LATE, "one toggle style two three"),
    ],
    ids=["markup", "late"],
)
def test_handlers_hear_in_their_turn(session, body, heard):
    with session.record():
        page = session.open(site(session, body), 1800)
        page.get_by_role("button").click()
        page.wait_for_timeout(900)
        page.set_viewport_size({"width": 640, "height": 700})
        page.wait_for_timeout(700)
        lines = page.inner_text("#log").splitlines()
    assert {line.split(" ")[0] for line in lines} >= set(heard.split(" ")) - {"toggle"}, lines
    assert session.assert_reproduced().skips == ()
