"""What a page can read of the present, in all the ways there are, is the recorded present."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, document

pytestmark = pytest.mark.browser

READINGS = """<style>body { font-size: 11px; columns: 2 } #go { position: fixed; top: 5px; left: 400px }</style>
<button id=go>Go</button><script>
  const at = () => ' ' + performance.now().toFixed(1);
  say('modified ' + document.lastModified + ' ' + new File(['x'], 'a').lastModified);
  addEventListener('load', () => setTimeout(() => {
    const old = performance.timing;
    say('timing ' + (old.loadEventEnd - old.navigationStart) + ' ' + (old.domInteractive - old.navigationStart));
    say('paint ' + performance.getEntriesByType('paint').map((paint) => paint.startTime.toFixed(1)));
  }, 50));
  for (const type of ['pointerdown', 'mouseup', 'keydown', 'wheel', 'scroll'])
    addEventListener(type, (event) => say(type + ' ' + event.timeStamp.toFixed(1) + at()), true);
  go.onclick = (event) => {
    say('click ' + event.timeStamp.toFixed(1) + ' ' + new Event('x').timeStamp.toFixed(1));
    requestAnimationFrame((time) => say('frame ' + time.toFixed(1) + at()));
    requestIdleCallback((deadline) => {
      let steps = 0;
      while (deadline.timeRemaining() > 0) steps++;
      say('idle ' + steps + ' ' + deadline.didTimeout + ' ' + (deadline instanceof IdleDeadline) + at());
    }, { timeout: 500 });
    say('waiting ' + navigator.scheduling?.isInputPending?.());
    say('uuid ' + crypto.randomUUID());
    say('mark ' + performance.mark('m').startTime.toFixed(1) + ' ' + performance.measure('k').duration.toFixed(1));
    if (globalThis.Temporal) {
      const { Now } = Temporal;
      say([Now.instant(), Now.plainDateTimeISO(), Now.plainDateISO(), Now.plainTimeISO(), Now.zonedDateTimeISO('Asia/Tokyo')].join(' '));
    }
    const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium', dateStyle: 'short' });
    say(['clock', clock.format(), clock.formatToParts().map((part) => part.value).join(''), clock.format(0), clock.format === clock.format].join(' '));
    say('file ' + new File(['b'], 'b', { type: 'text/plain' }).lastModified + ' ' + new File([], 'c', { lastModified: 5 }).lastModified);
    let reads = 0;
    for (const begun = performance.now(); performance.now() - begun < 5;) reads++;
    say('busy ' + reads + at());
  };
</script>"""


def test_every_clock_of_a_page_is_the_recorded_one(session):
    site = session.site({"/": document("Readings", LOG + READINGS)})
    with session.record():
        page = session.open(site, 600)
        for clicks in (1, 2):
            page.get_by_role("button").click()
            page.wait_for_timeout(700)
            # A busy browser is idle late.
            for _ in range(100):
                if page.inner_text("#log").count("idle ") == clicks:
                    break
                page.wait_for_timeout(50)
        lines = page.inner_text("#log").splitlines()
    assert sum(line.startswith("idle ") for line in lines) == 2
    assert any(line.startswith("file ") and line.endswith(" 5") for line in lines)
    session.assert_reproduced()
    assert session.assert_reproduced().skips == ()
