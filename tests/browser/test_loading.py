"""Scripts and style sheets that a page adds by itself: they come in the recorded order, whatever the network does."""

from __future__ import annotations

import itertools

import pytest
from fixtures.pages.site import LOG, Reply, document

pytestmark = pytest.mark.browser

PAGE = """<script>
  for (const name of ['a', 'b', 'c', 'd']) {
    const script = document.createElement('script');
    script.src = '/' + name + '.js';
    script.onload = () => say('loaded ' + name + ' at ' + Math.round(performance.now()));
    document.head.append(script);
  }
  setTimeout(() => say('timer ' + Math.random()), 90);
</script>"""
CODE = """say('runs NAME ' + Math.random().toFixed(9) + ' at ' + Math.round(performance.now()));
let tNAME = setTimeout(() => say('later NAME ' + tNAME), 5);"""


def script(name, delay):
    return Reply(CODE.replace("NAME", name), type="text/javascript", delay=delay)


@pytest.mark.parametrize("order", list(itertools.permutations("abcd"))[1::5], ids="".join)
def test_scripts_run_in_the_order_in_which_they_came(session, order):
    pages = {f"/{name}.js": script(name, 0.05 + 0.09 * order.index(name)) for name in "abcd"}
    site = session.site({"/": document("Scripts", LOG + PAGE), **pages})
    with session.record():
        page = session.open(site, 900)
        page.get_by_role("heading").click()
        page.wait_for_timeout(500)
        runs = [line[5] for line in page.inner_text("#log").splitlines() if line.startswith("runs")]
    assert sorted(runs) == list("abcd")
    assert runs != list("abcd"), "nothing came out of order"
    session.assert_reproduced()


def test_a_style_sheet_that_came_late_is_measured_late(session):
    body = """<p id=p>Text</p><ol id=log></ol><script>
      const link = document.createElement('link');
      link.rel = 'stylesheet'; link.href = '/late.css';
      document.head.append(link);
      const note = () => { const li = document.createElement('li'); li.textContent = p.offsetHeight; log.append(li) };
      const timer = setInterval(note, 40);
      setTimeout(() => clearInterval(timer), 500);
    </script>"""
    style = Reply("#p { font-size: 60px }", type="text/css", delay=0.25)
    site = session.site({"/": document("Styles", body), "/late.css": style})
    with session.record():
        page = session.open(site, 1000)
        heights = set(page.inner_text("#log").split())
        page.get_by_role("heading").click()
        page.wait_for_timeout(500)
    assert len(heights) == 2
    session.assert_reproduced()
