"""What no trace can hold is declared in it, once."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, document

pytestmark = pytest.mark.browser

BEYOND = """<button id=go>Go</button><script>
  const quiet = (ask) => Promise.resolve().then(ask).catch((error) => say(error.name));
  go.onclick = () => {
    for (let i = 0; i < 2; i++) {
      const peer = new RTCPeerConnection();
      say(peer instanceof RTCPeerConnection);
      peer.close();
      say(navigator.getGamepads().length >= 0);
    }
    quiet(() => navigator.mediaDevices.getUserMedia({ audio: true }));
    quiet(() => navigator.credentials.get({ password: true }));
  };
</script>"""


def test_what_goes_past_the_network_or_to_devices_is_a_gap(session):
    site = session.site({"/": document("Beyond", LOG + BEYOND)})
    with session.record():
        page = session.open(site, 400)
        page.get_by_role("button").click()
        page.wait_for_timeout(700)
    gaps = [gap for gap in session.trace.gaps if gap.kind in ("webrtc", "device")]
    assert [gap.kind for gap in gaps] == ["webrtc", "device", "device", "device"]
    assert len({gap.detail for gap in gaps}) == 4
    assert {gap.step for gap in gaps} == {"s2"}


MUCH = "abcdefghij " * 20_000


@pytest.mark.parametrize(
    ("body", "is_gap"),
    [
        (f"<p>Little to read</p><style>/* {MUCH} */</style><script>// {MUCH}</script>", False),
        (f"<p style='height:40px;overflow:hidden'>{MUCH}</p>", True),
    ],
    ids=["styles and scripts", "text"],
)
def test_a_page_with_too_much_to_read_is_told_by_its_pictures_alone(session, body, is_gap):
    site = session.site({"/": document("Much", body)})
    with session.record():
        session.open(site, 900)
    told = [gap.detail for gap in session.trace.gaps if gap.kind == "accessibility"]
    assert [detail for detail in told if "too large" in detail] == told
    assert bool(told) is is_gap
    [picture] = [one for one in session.trace.checkpoints if one.screenshot]
    assert (picture.aria is None) is is_gap
