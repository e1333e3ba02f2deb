"""What a page asks the browser's own schedulers and its database for comes in the recorded order."""

from __future__ import annotations

import json
import sys

import pytest
from fixtures.pages.site import LOG, document

from reenact.replay.player import Player
from reenact.replay.told import recorded_documents

pytestmark = pytest.mark.browser

SCHEDULED = """<button id=go>Go</button><script>
  const at = () => Math.round(performance.now()) % 1000;
  go.onclick = async () => {
    setTimeout(() => say('timer ' + at()), 5);
    scheduler.postTask(() => say('background ' + at()), { priority: 'background' });
    scheduler.postTask(() => say('blocking ' + at()), { priority: 'user-blocking' });
    say('late gave ' + await scheduler.postTask(() => at(), { delay: 30 }));
    try { await scheduler.postTask(() => { throw new Error('thrown'); }); } catch (error) { say(error.message + ' ' + at()); }
    await scheduler.yield();
    say('after the yield ' + at());
    const signal = AbortSignal.timeout(25);
    signal.onabort = () => say(signal.reason.name + ' ' + at());
    try { AbortSignal.timeout(-1); } catch (error) { say(error.name); }
  };
</script>"""

TRANSITION = """<style>#box { width: 80px; height: 80px; background: teal; } #box.wide { width: 300px; background: coral; }</style>
<div id=box></div><button id=go>Go</button><script>
  const at = () => Math.round(performance.now()) % 1000;
  go.onclick = async () => {
    const transition = document.startViewTransition(() => { box.classList.toggle('wide'); say('changed ' + at()); });
    await transition.updateCallbackDone; say('updated ' + at());
    await transition.ready; say('ready ' + at());
    await transition.finished; say('finished ' + at());
  };
</script>"""

DATABASE = """<button id=go>Go</button><script>
  const at = () => Math.round(performance.now()) % 1000;
  setInterval(() => { document.title = 'Database ' + at(); }, 7);
  let db;
  const opening = indexedDB.open('shop', 1);
  opening.onupgradeneeded = () => { opening.result.createObjectStore('things', { keyPath: 'id' }); say('made ' + at()); };
  opening.onsuccess = () => { db = opening.result; say('open ' + at()); };
  go.onclick = () => {
    const transaction = db.transaction('things', 'readwrite');
    const store = transaction.objectStore('things');
    for (let id = 0; id < 5; id++) store.put({ id, when: Date.now() });
    store.get(3).addEventListener('success', (event) => {
      say('read ' + event.target.result.when % 1000 + ' ' + at());
      store.count().onsuccess = (second) => say('counted ' + second.target.result + ' ' + at());
    });
    transaction.oncomplete = () => say('complete ' + at());
    setTimeout(() => say('timer ' + at()), 3);
    fetch('/').then(() => say('fetched ' + at()));
  };
</script>"""

MERGED = """<canvas id=c width=600 height=200 style="border:1px solid"></canvas><script>
  const pen = c.getContext('2d');
  c.onpointermove = (event) => {
    if (!event.buttons) return;
    for (const each of event.getCoalescedEvents()) pen.fillRect(each.offsetX, each.offsetY, 6, 6);
    if (event.getPredictedEvents().length) say('predicted');
  };
</script>"""


@pytest.mark.parametrize(
    ("page", "said"),
    [(SCHEDULED, 8), (TRANSITION, 4), (DATABASE, 7)],
    ids=["scheduled", "transition", "database"],
)
def test_the_order_is_that_of_the_recording(session, page, said):
    site = session.site({"/": document("Tasks", LOG + page)})
    with session.record():
        page = session.open(site, 300)
        page.click("#go")
        page.locator("li").nth(said - 1).wait_for()
        page.wait_for_timeout(500)
        assert page.locator("li").count() == said, page.inner_text("#log")
        page.click("h1")
        page.wait_for_timeout(300)
    for _ in range(3):
        session.assert_reproduced()


def test_what_does_not_happen_again_is_told_where_no_picture_shows_it(session, monkeypatch):
    site = session.site({"/": document("Timer", LOG + "<script>setTimeout(() => say('done'), 100)</script>")})
    with session.record():
        session.open(site, 500)

    def with_another_timer(trace):
        documents = recorded_documents(trace)
        log = json.loads(documents["d1"]["log"])
        at = log.index("T")
        documents["d1"]["log"] = json.dumps([*log[:at], "T", 99, 5, *log[at:]])
        return documents

    monkeypatch.setattr(sys.modules[Player.__module__], "recorded_documents", with_another_timer)
    result = session.replay()
    assert result.verdict == "reproduced"
    assert [skip.text.partition(",")[0] for skip in result.skips] == ["timer 99 never came due"]
    assert result.skips[0].step == "s1"


def test_moves_that_the_browser_merged(session):
    site = session.site({"/": document("Draw", LOG + MERGED)})
    with session.record():
        page = session.open(site, 300)
        page.mouse.move(60, 120)
        page.mouse.down()
        page.mouse.move(500, 200, steps=40)
        page.mouse.up()
        page.wait_for_timeout(300)
        assert page.locator("li").count() == 0
    session.assert_reproduced()


ASKING = """<form><input required value=""></form>
<button id=ask onclick="ask.title = document.forms[0].checkValidity() + ' ' + turn++">Ask</button>
<button id=idle onclick="idle.title = 'asked nothing ' + turn++">Idle</button>
<script>let turn = 0;</script>"""


# Form libraries ask at every key; a message that the browser shows fades for most of a second.
def test_what_asks_for_validity_and_shows_nothing_is_not_waited_for(session):
    site = session.site({"/": document("Asking", ASKING)})
    with session.record():
        page = session.open(site, 400)
        for name in ["Idle"] * 4 + ["Ask"] * 4:
            page.get_by_role("button", name=name).click()
            page.wait_for_timeout(900)
    steps = session.assert_reproduced().steps[1:]
    took = {name: sum(step.seconds for step in steps if name in step.title) for name in ("Ask", "Idle")}
    assert 0 < took["Ask"] < 2.5 * took["Idle"]
