"""What plays by the real clock: its place is declared and not compared; what the page sees of it comes from the log."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from fixtures.pages.site import LOG, Reply, document
from PIL import Image

import reenact

pytestmark = pytest.mark.browser

CLIP = Path(__file__).parents[2] / "fixtures" / "pages" / "clip.webm"
PLAYER = """
  <video id=clip src=/clip.webm width=320 height=180 muted></video><p><button id=b>Play</button><output id=at>0</output></p>
  <progress id=bar max=2 value=0></progress><pre id=out style='font-size:10px'></pre><script>
  const lines = [];
  const say = (...told) => { lines.push(told.join(' ')); out.textContent = lines.join('\\n'); };
  say(clip.paused, clip.readyState, clip.duration, clip.buffered.length);
  for (const type of ['play', 'playing', 'pause', 'ended', 'loadedmetadata', 'seeked']) {
    clip.addEventListener(type, (event) => say(event.type, event.target === clip, clip.currentTime, clip.paused, clip.videoWidth));
  }
  clip.addEventListener('play', () => say('once'), { once: true });
  clip.ontimeupdate = () => { at.textContent = clip.currentTime; bar.value = clip.currentTime; };
  b.onclick = async () => {
    if (!clip.paused) return clip.pause();
    await clip.play();
    say('plays', clip.currentTime);
  };
  </script>
"""


def test_a_video_and_its_player(session):
    clip = Reply(CLIP.read_bytes(), type="video/webm")
    site = session.site({"/": document("Player", PLAYER), "/clip.webm": clip})
    with session.record():
        page = session.open(site, 700)
        page.get_by_role("button").click()
        page.wait_for_timeout(1500)
        page.get_by_role("button").click()
        page.wait_for_timeout(900)
        page.get_by_role("button").click()
        page.wait_for_timeout(2500)
        said = page.locator("#out").inner_text()
    for told in ("loadedmetadata true", "plays", "pause true", "ended true"):
        assert told in said, said
    assert said.count("once") == 1, said
    declared = [place for checkpoint in session.trace.checkpoints for place in checkpoint.unstable]
    assert declared
    assert {place.what for place in declared} == {"video"}
    assert not session.trace.checkpoints[0].unstable, "it has not played yet"
    session.assert_reproduced()


TURNING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="40" height="40"><style>
  rect { transform-origin: center; animation: turn 1.7s linear infinite }
  @keyframes turn { to { transform: rotate(360deg) } }
</style><rect x="5" y="5" width="10" height="14"/></svg>"""
IN_ADDRESS = base64.b64encode(TURNING.encode()).decode()

SPINNERS = {
    "img": "<img src=/turning.svg>",
    "background": "<style>p i { display: inline-block; width: 40px; height: 40px; background: url(turning.svg) }</style><p><i></i>",
    "mask": """<style>p { position: relative; height: 60px; width: 300px }
      p::after { content: ''; position: absolute; inset: 10px auto auto 130px; width: 40px; height: 40px; background: teal;
        mask-image: url("/turning.svg") } p.hidden { display: none }</style><p class=hidden>Not here</p><p>Text""",
    "text": f"""<style>p {{ width: 40px; height: 40px; background: url('data:image/svg+xml,{quote(TURNING)}') }}</style><p>""",
    "address": f"<style>p::before {{ content: url(data:image/svg+xml;base64,{IN_ADDRESS}) }}</style><p>",
}


@pytest.mark.parametrize("kind", SPINNERS)
def test_a_picture_that_turns_by_itself_is_declared(session, kind):
    """An SVG in a picture has a clock of its own when styles of its own move it."""
    button = "<button onclick=\"say('clicked')\">Go</button>"
    still = "<img src=/still.svg width=40 height=40>"
    page = document("Turning", f"{SPINNERS[kind]}</p>{still}{button}{LOG}")
    site = session.site(
        {
            "/": page,
            "/turning.svg": Reply(TURNING, type="image/svg+xml"),
            "/still.svg": Reply(TURNING.partition("<style>")[0] + "</svg>", type="image/svg+xml"),
        }
    )
    with session.record():
        page = session.open(site, 700)
        page.get_by_role("button").click()
        page.wait_for_timeout(500)
    for checkpoint in session.trace.checkpoints:
        [place] = checkpoint.unstable
        assert place.what == "animated picture"
        if kind in ("img", "mask"):
            assert (place.width, place.height) == (42, 42)
    session.assert_reproduced()


def test_a_picture_that_a_certification_takes_declares_the_same(session):
    button = "<button onclick=\"say('clicked')\">Go</button>"
    page = document("Turning", f"{SPINNERS['background']}</p>{button}{LOG}")
    site = session.site({"/": page, "/turning.svg": Reply(TURNING, type="image/svg+xml")})
    with session.record():
        page = session.open(site, 500)
        for _ in range(3):
            page.get_by_role("button").click()
        page.wait_for_timeout(500)
    certified = reenact.certify(session.path, times=3)
    assert certified.certification["verdict"] == "certified", certified.certification["unstable"]
    taken = [checkpoint for checkpoint in certified.checkpoints if checkpoint.source == "certification"]
    assert taken
    for checkpoint in taken:
        assert [place.what for place in checkpoint.unstable] == ["animated picture"]


def test_nothing_else_hides_behind_a_video(session, tmp_path):
    """A difference beside the declared place is one."""
    clip = Reply(CLIP.read_bytes(), type="video/webm")
    site = session.site({"/": document("Player", PLAYER), "/clip.webm": clip})
    with session.record():
        page = session.open(site, 500)
        page.get_by_role("button").click()
        page.wait_for_timeout(1200)
    checkpoint = session.trace.checkpoints[-1]
    [place] = checkpoint.unstable
    picture = session.trace.read(checkpoint.screenshot)
    box = place.box
    pixels = np.array(Image.open(io.BytesIO(picture)).convert("RGBA"))
    inside, outside = pixels.copy(), pixels.copy()
    inside[place.y + 5, place.x + 5, :3] ^= 255
    outside[place.y + place.height + 1, place.x, :3] ^= 255
    assert reenact.compare_images(pixels, inside).exact_pixels == 1
    assert reenact.compare_images(pixels, inside, ignore=[box]).exact_pixels == 0
    assert reenact.compare_images(pixels, outside, ignore=[box]).exact_pixels == 1
