"""What the browser saves is part of the trace, with its hash, and of the archive."""

from __future__ import annotations

import pytest
from fixtures.pages.site import Reply, document

pytestmark = pytest.mark.browser

BODY = """<a href=/report.csv download>By attribute</a> <a href=/export>By header</a>
<button onclick="this.textContent = 'Done'">After</button>"""


def test_downloads(session):
    attachment = {"Content-Disposition": "attachment; filename=export.txt"}
    site = session.site(
        {
            "/": document("Downloads", BODY),
            "/report.csv": Reply("a,b\n1,2\n", type="text/csv"),
            "/export": Reply("exported", type="text/plain", headers=attachment),
        }
    )
    with session.record():
        page = session.open(site, 300)
        for name in ("By attribute", "By header"):
            with page.expect_download() as download:
                page.get_by_role("link", name=name).click()
            download.value.path()
            page.wait_for_timeout(400)
        page.get_by_role("button").click()
        page.wait_for_timeout(600)
    trace = session.trace
    saved = [signal for step in trace.steps for signal in step.raw["signals"] if signal["type"] == "download"]
    assert [(signal["name"], signal["size"]) for signal in saved] == [("report.csv", 8), ("export.txt", 8)]
    assert [trace.read(signal["resource"]) for signal in saved] == [b"a,b\n1,2\n", b"exported"]
    assert not trace.gaps
    session.assert_reproduced()
