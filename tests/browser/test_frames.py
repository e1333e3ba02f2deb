"""Frames that share nothing with the page: each has a timeline of its own, and a picture shows all at one moment."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, Reply, document

pytestmark = pytest.mark.browser

TICKING = """<p id=n>0</p><script>
  let k = 0;
  const told = [];
  const show = () => { n.textContent = [k, Math.random().toFixed(3), Math.round(performance.now()), ...told].join(' '); };
  setInterval(() => { k++; show(); }, 130);
  onmessage = (event) => { told.push(event.data); show(); parent.postMessage(event.data + ' at ' + k, '*'); };
  onclick = () => { told.push('click'); show(); };
</script>"""
PAGE = """<button id=b>Ask</button> <pre id=out></pre>{frames}<script>
  let asked = 0;
  b.onclick = () => {{ asked++; for (let i = 0; i < frames.length; i++) frames[i].postMessage(i + '/' + asked, '*'); }};
  onmessage = (event) => {{ out.textContent += event.data + ', ' + Math.round(performance.now()) + '; '; }};
</script>"""
FRAME = "<iframe {} width=420 height=90></iframe>"


def record_and_ask(session, body):
    site = session.site({"/": document("Around", PAGE.format(frames=body))})
    with session.record():
        page = session.open(site, 900)
        for _ in range(2):
            page.get_by_role("button").click()
            page.wait_for_timeout(500)
        for frame in page.frames[1:]:
            frame.locator("#n").click()
            page.wait_for_timeout(500)
        page.get_by_role("button").click()
        page.wait_for_timeout(500)
    # On a busy machine the person goes on before some pictures are taken; the last one is waited for.
    pictured = {checkpoint.id for checkpoint in session.trace.checkpoints if checkpoint.screenshot}
    acts = [act for act in session.trace.acts if act.raw.get("checkpoint") in pictured]
    assert acts, "no picture was taken"
    assert acts[-1].raw["neighbours"], "the frame has its place in the picture"
    for _ in range(2):
        session.assert_reproduced()


def test_a_frame_of_another_origin_that_never_rests(session):
    other = session.site({"/": document("Other", TICKING)})
    record_and_ask(session, FRAME.format(f"src={other.url}"))


def test_frames_in_frames_and_frames_without_an_origin(session):
    inner = session.site({"/": document("Inner", TICKING)})
    outer = session.site({"/": document("Outer", TICKING + FRAME.format(f"src={inner.url}"))})
    sandboxed = FRAME.format(f'sandbox=allow-scripts srcdoc="{TICKING}"')
    record_and_ask(session, FRAME.format(f"src={outer.url}").replace("height=90", "height=240") + sandboxed)


def test_a_frame_that_is_taken_away(session):
    other = session.site({"/": document("Other", TICKING)})
    body = FRAME.format(f"id=f src={other.url}") + "<script>setTimeout(() => f.remove(), 1600)</script>"
    site = session.site({"/": document("Around", PAGE.format(frames=body))})
    with session.record():
        page = session.open(site, 900)
        for _ in range(3):
            page.get_by_role("button").click()
            page.wait_for_timeout(600)
    session.assert_reproduced()


def test_frames_of_one_page_have_a_clock_from_when_they_came(session):
    talk = document(
        "Talk",
        f"{LOG}<script>onclick = () => setTimeout(() => say(performance.now() + ' ' + Math.random()), 20)</script>",
    )
    body = (
        FRAME.format("src=/talk?1").replace("height=90", "height=240")
        + "<script>setTimeout(() => f.src = '/talk?2', 200)</script>"
    )
    body += FRAME.format("id=f").replace("height=90", "height=240")
    site = session.site({"/": document("Around", body), "/talk": talk})
    with session.record():
        page = session.open(site, 900)
        for frame in page.frames[1:]:
            frame.locator("h1").click()
            page.wait_for_timeout(500)
    for _ in range(3):
        session.assert_reproduced()


def test_frames_that_load_together_come_and_end_in_their_order(session):
    # One script in each: where the parser rests between two, those of several frames may take turns (README).
    talk = document(
        "Talk",
        LOG.replace("</script>", "")
        + "say(performance.now() + ' ' + document.readyState);"
        + "document.onreadystatechange = () => say(document.readyState + ' ' + performance.now())</script>",
    )
    body = "".join(FRAME.format(f"src=/talk?{n}").replace("height=90", "height=200") for n in range(3))
    site = session.site({"/": document("Around", body), "/talk": Reply(talk, delay=0.02)})
    with session.record():
        session.open(site, 900)
    for _ in range(3):
        session.assert_reproduced()
