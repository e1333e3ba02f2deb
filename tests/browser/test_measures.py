"""What a page measures of itself and reads of the machine comes out the same in a replay."""

from __future__ import annotations

import pytest
from fixtures.pages.site import Reply, document

pytestmark = pytest.mark.browser

SHOWN = "<pre id=out style='font-size:9px'></pre>"
LINES = "const lines = []; const show = (...told) => { lines.push(told.join(' ')); out.textContent = lines.join('\\n'); };"


LATE = Reply("/* late */", type="text/javascript", delay=0.06)


def test_the_timeline_of_performance(session):
    script = """
      performance.mark('a', { detail: 1 });
      for (let i = 0; i < 1e6; i++);
      setTimeout(() => {
        const mark = performance.mark('b');
        show('measure', performance.measure('ab', 'a', 'b').duration, performance.measure('to now', 'a').duration,
          performance.measure('all').startTime, new PerformanceMark('c').startTime === performance.now() || 'later');
        show('found', performance.getEntriesByName('b')[0] === mark, performance.getEntriesByType('measure').length);
      }, 120);
      fetch('/late.js').then((answer) => answer.text()).then(() => {
        const [late] = performance.getEntriesByName(location.origin + '/late.js');
        show('late', late instanceof PerformanceResourceTiming, late.duration, late.responseEnd, late.initiatorType);
        show(JSON.stringify(late).length, JSON.stringify(performance.getEntries()).slice(0, 1500));
        show(performance.getEntriesByName(location.origin + '/late.js')[0] === late);
      });
      const [page] = performance.getEntriesByType('navigation');
      show('page', page.responseEnd, page.domComplete, page.serverTiming.length);
      addEventListener('load', () => setTimeout(() => {
        show('page', page.domComplete, page.loadEventEnd, page.duration, page.serverTiming.length, JSON.stringify(page));
        const { timing } = performance;
        show('timing', timing.loadEventEnd - timing.navigationStart, timing.responseStart, JSON.stringify(timing).length);
      }));
    """
    site = session.site({
        "/": document("Performance", f"{SHOWN}<script>{LINES}{script}</script>"), "/late.js": LATE,
    })  # fmt: skip
    with session.record():
        session.open(site, 900)
    session.assert_reproduced()


def test_observers_of_performance(session):
    script = """
      const told = (list, observer, options) => {
        for (const entry of list.getEntries()) {
          const { name, entryType, startTime, duration, element, sources } = entry;
          show(observer === self.observer, entryType, name, startTime, duration, element?.id, sources?.[0]?.node?.id,
            list.getEntriesByType(entryType).length, options?.droppedEntriesCount);
        }
      };
      self.observer = new PerformanceObserver(told);
      for (const type of ['resource', 'paint', 'mark', 'measure', 'longtask', 'largest-contentful-paint', 'layout-shift',
        'event', 'navigation']) observer.observe({ type, buffered: true });
      setTimeout(() => { performance.mark('later'); const until = Date.now() + 80; while (Date.now() < until); }, 100);
      setTimeout(() => { top_.style.height = '90px'; }, 200);
      setTimeout(() => { fetch('/late.js'); }, 250);
      setTimeout(() => { observer.disconnect(); performance.mark('unseen'); }, 700);
      b.onclick = () => { const until = Date.now() + 120; while (Date.now() < until); };
    """
    page = f"<div id=top_></div><h2 id=h>Large text of the page</h2><button id=b>Press</button>{SHOWN}"
    site = session.site(
        {"/": document("Observed", f"{page}<script>{LINES}{script}</script>"), "/late.js": LATE}
    )
    with session.record():
        page = session.open(site, 400)
        page.get_by_role("button").click()
        page.wait_for_timeout(900)
        text = page.locator("#out").inner_text()
    for kind in ("resource", "paint", "mark", "largest-contentful-paint", "layout-shift", "navigation"):
        assert f"true {kind}" in text, text
    session.assert_reproduced()


def test_the_machine_and_the_window(session):
    """Another machine has other processors, another window other edges: the page shall not see it."""
    script = """
      const all = () => [navigator.hardwareConcurrency, navigator.deviceMemory, navigator.onLine,
        navigator.connection.downlink, navigator.connection.rtt, navigator.connection.effectiveType,
        screen.availWidth, screen.availTop, outerWidth, outerHeight, screenX, screenTop,
        performance.memory.usedJSHeapSize, performance.memory.constructor.name];
      show(...all());
      navigator.storage.estimate().then(({ usage, quota }) => show(usage, quota));
      b.onclick = () => { const kept = Array.from({ length: 1e5 }, () => ({})); show(kept.length, ...all()); };
    """
    body = f"<button id=b>Press</button>{SHOWN}<script>{LINES}{script}</script>"
    site = session.site({"/": document("Machine", body)})
    with session.record():
        session.open(site, 300).get_by_role("button").click()
        session.context.pages[0].wait_for_timeout(300)
    [document_] = session.trace.documents
    read = [entry for entry in document_.entries if isinstance(entry, list) and "Navigator" in str(entry[0])]
    assert read, "nothing of the machine is in the log"
    session.assert_reproduced()
