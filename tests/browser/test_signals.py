"""What a step set off stands with it: where the page went, what failed, what the console said."""

from __future__ import annotations

import pytest
from fixtures.pages.site import Reply, document

pytestmark = pytest.mark.browser

BODY = """<button id=log onclick="console.error('bad', 7); console.warn('odd'); console.log('fine')">Log</button>
<button onclick="throw new TypeError('thrown')">Throw</button>
<button onclick="Promise.reject(new RangeError('rejected'))">Reject</button>
<button onclick="fetch('/missing'); fetch('/slow').then((answer) => answer.text())">Fetch</button>
<button onclick="window.open('/other')">Open</button>
<button onclick="location = '/other'">Go</button>"""


def told(step):
    """Of each signal its type, and the words that say it."""
    return [(signal["type"], signal.get("text") or signal.get("url") or "") for signal in step.raw["signals"]]


def test_signals_stand_with_the_step_that_set_them_off(session):
    site = session.site(
        {
            "/": document("Signals", BODY),
            "/other": document("Other", "<p>There</p>"),
            "/slow": Reply("late", type="text/plain", delay=1.2),
            "/favicon.ico": Reply("", status=204),
        }
    )
    with session.record():
        page = session.open(site, 400)
        for name in ("Log", "Throw", "Reject", "Fetch", "Open", "Go"):
            page.get_by_role("button", name=name).click()
            page.wait_for_timeout(1800 if name == "Fetch" else 600)
    _, log, throw, reject, fetch, opened, went = session.trace.steps
    assert told(log) == [("console", "bad 7"), ("console", "odd")]
    assert [signal["level"] for signal in log.raw["signals"]] == ["error", "warning"]
    ((kind, text),) = told(throw)
    assert (kind, text.splitlines()[0]) == ("pageerror", "TypeError: thrown")
    ((kind, text),) = told(reject)
    assert (kind, text.splitlines()[0]) == ("pageerror", "RangeError: rejected")
    missing, slow = sorted(text for _, text in told(fetch))
    assert missing == f"GET {site.url}/missing: 404 Not Found"
    assert slow.startswith(f"GET {site.url}/slow: took 1.")
    assert told(opened) == [("popup", ""), ("navigation", f"{site.url}/other")]
    assert told(went) == [("navigation", f"{site.url}/other")]
    result = session.assert_reproduced()
    assert result.seconds < 8, "something was waited for in vain"
