"""What a page's own calls raise: it hears of that before they return, while recorded and replayed as without either."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, Reply, document

pytestmark = pytest.mark.browser

IN_CALLS = """<style>iframe { width: 90px; height: 40px } body { font-size: 12px }</style><button id=go>Go</button><script>
  const frame = () => {
    const calls = [];
    const element = document.createElement('iframe');
    element.onload = () => calls.push('load');
    element.addEventListener('load', () => calls.push('heard'));
    document.body.append(element);
    calls.push(element.contentDocument.readyState);
    const inner = element.contentDocument;
    inner.open();
    inner.addEventListener('DOMContentLoaded', () => calls.push('parsed'));
    element.contentWindow.onload = () => calls.push('window');
    inner.write('<p>Hello');
    calls.push('wrote');
    inner.close();
    calls.push(inner.readyState);
    say(calls.join(' '));
  };
  const request = () => {
    const calls = [];
    const broken = new XMLHttpRequest();
    for (const type of ['readystatechange', 'loadstart', 'abort', 'loadend'])
      broken.addEventListener(type, () => calls.push(type + broken.readyState));
    broken.open('GET', '/text');
    broken.send();
    calls.push('sent');
    broken.abort();
    const whole = new XMLHttpRequest();
    whole.onreadystatechange = () => calls.push('state' + whole.readyState);
    whole.open('GET', '/text', false);
    whole.send();
    calls.push(whole.responseText);
    say(calls.join(' '));
  };
  const both = () => { frame(); request(); };
  const channel = new MessageChannel();
  channel.port1.onmessage = both;
  channel.port2.postMessage(1);
  Promise.resolve().then(request);
  fetch('/text').then(both);
  setTimeout(both, 40);
  go.onclick = both;
</script>"""
OF_A_FRAME = "load heard complete wrote parsed window load heard complete"
OF_A_REQUEST = "readystatechange1 loadstart1 sent readystatechange4 abort4 loadend4 state1 state4 text"


def test_events_of_calls_come_before_the_calls_return(session):
    """Frames without an address, documents written by code, requests broken off, and synchronous ones."""
    site = session.site(
        {"/": document("In calls", LOG + IN_CALLS), "/text": Reply("text", type="text/plain", delay=0.05)}
    )
    with session.record(name="calls"):
        page = session.open(site, 900)
        page.click("#go")
        page.wait_for_timeout(700)
        said = page.inner_text("#log")
    assert said.count(OF_A_FRAME) == 4
    assert said.count(OF_A_REQUEST) == 5
    session.assert_reproduced()


PIECES = """<button id=go>Go</button><script>
  go.onclick = () => {
    const request = new XMLHttpRequest();
    request.open('GET', '/large');
    const note = (text) => say(text + ' ' + performance.now().toFixed(1));
    request.onreadystatechange = () => note('state ' + request.readyState + ' ' + request.responseText.length);
    request.onprogress = (event) => note('progress ' + event.loaded);
    request.onload = () => note('loaded ' + request.responseText.length);
    request.send();
  };
</script>"""


def test_an_answer_in_pieces_tells_of_as_many(session):
    """How often a request tells of its progress is the network's affair, and what it has by then."""
    large = Reply("x" * 300_000, type="text/plain", pause=0.12)
    site = session.site({"/": document("Pieces", LOG + PIECES), "/large": large})
    with session.record(name="pieces"):
        page = session.open(site, 400)
        page.click("#go")
        page.get_by_text("loaded").wait_for()
        page.wait_for_timeout(600)
        assert page.inner_text("#log").count("state 3") > 1
    assert session.assert_reproduced().seconds < 20


ONCE = """<script>
  // As es-module-shims does: an event of the browser's own is raised again before all have heard of it.
  let raised = false;
  document.addEventListener('DOMContentLoaded', async () => {
    await 0;
    if (!raised) { raised = true; document.dispatchEvent(new Event('DOMContentLoaded')); }
  });
  for (const name of ['first', 'second'])
    document.addEventListener('DOMContentLoaded', (event) => say(name + ' ' + event.isTrusted), { once: true });
  const stop = new AbortController();
  document.addEventListener('DOMContentLoaded', () => say('stopped'), { signal: stop.signal });
  document.addEventListener('DOMContentLoaded', (event) => { stop.abort(); say('every ' + event.isTrusted); });
</script>"""


def test_a_listener_that_listens_once_hears_whatever_comes_first(session):
    """In a replay the browser's event comes before its turn, and must not use the listener up."""
    site = session.site({"/": document("Once", LOG + ONCE)})
    with session.record(name="once"):
        page = session.open(site, 700)
        said = page.inner_text("#log").split()
    assert " ".join(said) == "first false second false stopped every false every true"
    session.assert_reproduced()


FAR = """<div style="height: 1500px"></div><div id=list style="height: 120px; overflow: auto">
  <div style="height: 900px"></div><button id=inner>Inner</button></div><button id=far>Far</button><script>
  for (const button of document.querySelectorAll('button')) button.onclick = () => say(button.id);
</script>"""


def test_what_a_tool_scrolled_for_a_click_comes_before_it(session):
    """A driver brings a button into view and clicks at once: the scroll event may come after that."""
    site = session.site({"/": document("Far", LOG + FAR)})
    with session.record(name="far"):
        page = session.open(site, 500)
        for _ in range(4):
            page.click("#inner")
            page.click("#far")
            page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(700)
        assert page.inner_text("#log").split() == ["inner", "far"] * 4
    session.assert_reproduced()
