"""Scripts and style sheets that a page adds by itself: they come in the recorded order, whatever the network does."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from threading import Event

import pytest
from fixtures.pages.site import LOG, Reply, document
from PIL import ImageFont
from tests.browser.conftest import until

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


def served_in(order):
    """Answers of a server that sends these scripts one after the other."""
    sent = {name: Event() for name in order}

    def answer_of(name):
        at = order.index(name)

        def answer(_):
            if at > 0:
                sent[order[at - 1]].wait(5)
                time.sleep(0.1)
            sent[name].set()
            return Reply(CODE.replace("NAME", name), type="text/javascript")

        return answer

    return {f"/{name}.js": answer_of(name) for name in order}


@pytest.mark.parametrize("order", list(itertools.permutations("abcd"))[1::5], ids="".join)
def test_scripts_run_in_the_order_in_which_they_came(session, order):
    site = session.site({"/": document("Scripts", LOG + PAGE), **served_in(order)})
    with session.record():
        page = session.open(site, 1000)
        for name in "abcd":
            until(page, f"later {name}")
        page.get_by_role("heading").click()
        page.wait_for_timeout(500)
        runs = [line[5] for line in page.inner_text("#log").splitlines() if line.startswith("runs")]
    assert sorted(runs) == list("abcd")
    assert runs != list("abcd"), "nothing came out of order"
    session.assert_reproduced()


def test_scripts_that_the_parser_asked_for_ahead_read_the_clock_as_they_did(session):
    """They come before their elements are there, in any order, and are no modules."""
    script = lambda call: Reply(  # noqa: E731
        f"say('{call.path} ' + Date.now())",
        type="text/javascript",
        delay=0.12 if call.path == "/a.js" else 0.0,
    )
    names = [f"/{name}.js" for name in "abcdef"]
    body = LOG + "".join(f"<script src={name}></script>" for name in names)
    site = session.site({"/": document("Ahead", body)} | dict.fromkeys(names, script))
    with session.record(name="ahead"):
        session.open(site, 700)
    assert not [entry for entry in session.trace.documents[0].entries if str(entry).startswith("module ")]
    session.assert_reproduced()
    session.assert_reproduced()


OF_MARKUP = {
    "parser": "<script src=/slow.js></script>",
    "async": "<script async src=/slow.js></script>",
    "defer": "<script defer src=/slow.js></script>",
    "written by a script": "<script src=/writes.js></script>",
}
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20'><rect width='20' height='20' fill='teal'/></svg>"
SLOW = """say('slow ' + Math.random().toFixed(9) + ' at ' + Date.now() + ' of ' + innerWidth);
say('pictures ' + [...document.images].map((image) => image.complete && image.naturalWidth));
say('tasks ' + tasks + ' number ' + setTimeout(() => {}, 5));"""
BEFORE = """<img src=/1.svg width=20><img src=/2.svg width=20><script>
  window.tasks = 0;
  for (let i = 0; i < 8; i++) setTimeout(() => { tasks++; say('task ' + i + ' at ' + Date.now()); }, i * 15);
</script>"""


@pytest.mark.parametrize("asked", OF_MARKUP)
def test_a_script_of_the_markup_that_came_late_runs_late(session, asked):
    picture = Reply(SVG, type="image/svg+xml", delay=0.1)
    slow = Reply(SLOW, type="text/javascript", delay=0.4)
    writes = Reply("document.write('<script src=/slow.js><' + '/script>')", type="text/javascript", delay=0.1)
    body = LOG + BEFORE + OF_MARKUP[asked] + "<script>say('end at ' + Date.now())</script>"
    pages = {"/1.svg": picture, "/2.svg": picture, "/slow.js": slow, "/writes.js": writes}
    site = session.site({"/": document("Late", body)} | pages)
    with session.record():
        page = session.open(site, 1200)
        told = page.inner_text("#log")
    assert "tasks 8 " in told, "the script came before the tasks did"
    session.assert_reproduced()


AHEAD = """<script src=/slow.js></script><link rel=stylesheet href=/ahead.css><img src=/1.svg width=20>
<p class=ahead>Text</p><script>say('end at ' + Date.now())</script>"""


def test_what_stands_behind_a_slow_script_came_before_it(session):
    """The parser looks ahead, and asks for it at once; its element comes when the script has run."""
    picture = Reply(SVG, type="image/svg+xml")
    slow = Reply("say('slow at ' + Date.now())", type="text/javascript", delay=0.5)
    pages = {
        "/1.svg": picture,
        "/slow.js": slow,
        "/ahead.css": Reply(".ahead { color: teal }", type="text/css"),
    }
    site = session.site({"/": document("Ahead", LOG + AHEAD)} | pages)
    with session.record():
        session.open(site, 1200)
    names = [str(name) for name in session.trace.documents[0].entries]
    assert names.index("link /ahead.css") < names.index("script /slow.js"), "nothing came ahead"
    result = session.assert_reproduced()
    assert result.skips == ()
    assert result.seconds < 4


def test_a_style_sheet_that_came_late_is_measured_late(session):
    body = """<p id=p>Text</p><ol id=log></ol><script>
      const link = document.createElement('link');
      link.rel = 'stylesheet'; link.href = '/late.css';
      document.head.append(link);
      const seen = new Set(), note = () => {
        const li = document.createElement('li'); li.textContent = p.offsetHeight; log.append(li);
        seen.add(p.offsetHeight);
      };
      let left = 6;
      const timer = setInterval(() => {
        note(); if (seen.size === 2 && !left--) { clearInterval(timer); document.title = 'Done' }
      }, 40);
      note();
    </script>"""
    style = Reply("#p { font-size: 60px }", type="text/css", delay=0.25)
    site = session.site({"/": document("Styles", body), "/late.css": style})
    with session.record():
        page = session.open(site, 1000)
        page.wait_for_function("document.title === 'Done'")
        heights = set(page.inner_text("#log").split())
        page.get_by_role("heading").click()
        page.wait_for_timeout(500)
    assert len(heights) == 2
    session.assert_reproduced()


def test_a_picture_that_came_late_moves_what_is_below_it_late(session):
    """Each comes when the place without it has been measured: no stall of the machine makes two of them one."""
    body = """<img src=/first.svg><br><img id=second><p id=p>Text</p><ol id=log style="columns: 4"></ol><script>
      const seen = new Set(), note = () => {
        const li = document.createElement('li'); li.textContent = p.offsetTop; log.append(li);
        seen.add(p.offsetTop);
        if (seen.size === 2 && !second.src) second.src = '/second.svg';
      };
      let left = 8;
      const timer = setInterval(() => {
        note(); if (seen.size === 3 && !left--) { clearInterval(timer); document.title = 'Done' }
      }, 30);
      note();
      fetch('/measured');
    </script>"""
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="70"><rect width="90" height="70"/></svg>'
    )
    late = Reply(picture, type="image/svg+xml", delay=0.25)
    measured = Event()
    pages = {
        "/measured": lambda call: measured.set() or Reply("", type="text/plain"),
        "/first.svg": lambda call: late if measured.wait(20) else Reply("not measured", status=500),
        "/second.svg": late,
    }
    site = session.site({"/": document("Pictures", body), **pages})
    with session.record():
        page = session.open(site, 1100)
        page.wait_for_function("document.title === 'Done'")
        places = set(page.inner_text("#log").split())
        page.get_by_role("heading").click()
        page.wait_for_timeout(500)
    assert len(places) == 3
    session.assert_reproduced()


SHOWN_BY = {
    "svg image": "<svg width=30 height=30><image href=/late.svg /></svg>",
    "svg use": "<svg width=30 height=30><use href=/late.svg#dot /><use href=/late.svg#bar /></svg>",
    "button": "<input type=image src=/late.svg>",
    "table": "<table background=/late.svg width=30 height=30><tr><td>.</table>",
}


@pytest.mark.parametrize("shown_by", SHOWN_BY)
def test_a_picture_is_seen_when_it_came_whatever_shows_it(session, shown_by):
    """A click is pictured without it, the next one has it come."""
    picture = """<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30">
      <circle id="dot" cx="9" cy="9" r="8"/><rect id="bar" y="20" width="30" height="5"/></svg>"""
    due = Event()
    pages = {
        "/due": lambda call: due.set() or Reply("", type="text/plain"),
        "/late.svg": lambda call: (
            Reply(picture, type="image/svg+xml") if due.wait(20) else Reply("not asked", status=500)
        ),
    }
    body = """<button id=add>Add</button><button id=due>Due</button><div id=place></div><script>
      add.onclick = () => place.innerHTML = '%s';
      document.getElementById('due').onclick = () => fetch('/due');
    </script>"""
    site = session.site({"/": document("Shown", body % SHOWN_BY[shown_by]), **pages})
    with session.record():
        page = session.open(site, 400)
        page.click("#add")
        page.wait_for_timeout(900)
        page.click("#due")
        page.wait_for_timeout(900)
    session.assert_reproduced()


def test_pictures_have_their_size_before_their_event(session):
    """While callbacks wait for their turn, one of them comes between a picture and its event."""
    count = 16
    body = (
        "<img>" * count
        + """<ol id=log style="columns: 10"></ol><script>
      const all = [...document.images];
      const note = (text) => log.append(Object.assign(document.createElement('li'), { textContent: text }));
      all.forEach((img, n) => { img.src = '/' + n + '.svg'; img.onload = () => note('here') });
      let sum = 0, left = 60;
      const timer = setInterval(() => {
        for (let i = 0; i < 4e6; i++) sum += i;
        note(all.reduce((width, img) => width + img.offsetWidth, 0));
        if (!--left) clearInterval(timer);
      }, 1);
    </script>"""
    )
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="7"/>'
    # Entries are sent all the time: the place of one or another picture has been by its event.
    pictures = {f"/{n}.svg": Reply(picture, type="image/svg+xml", delay=0.2 + 0.04 * n) for n in range(count)}
    site = session.site({"/": document("Size", body), **pictures})
    with session.record():
        page = session.open(site, 2000)
        lines = page.inner_text("#log").split()
        page.get_by_role("heading").click()
        page.wait_for_timeout(500)
    between = [
        n for n, line in enumerate(lines) if line != "here" and int(line) > 10 * lines[:n].count("here")
    ]
    assert between, "no callback came between"
    session.assert_reproduced()


def test_a_font_and_a_background_that_came_late_are_seen_late(session):
    """A canvas keeps the letters that it had; what is laid out by them is measured."""
    font = next(Path("/usr/share/fonts").rglob("*Mono*Bold*.ttf"), None)
    if font is None:
        pytest.skip("no font to serve")
    body = """<style>@font-face { font-family: Late; src: url(/late.ttf); font-display: swap }
      #p { font: 20px Late, serif; float: left } #box { height: 40px; width: 90px; background: url(/back.svg) }</style>
      <p id=p>Some text in it</p><canvas id=drawn width=400 height=60></canvas><div id=box></div><ol id=log style="columns: 4"></ol>
      <script>
      const pen = drawn.getContext('2d');
      let x = 0;
      const note = () => {
        const li = document.createElement('li'); li.textContent = p.offsetWidth; log.append(li);
        pen.font = '18px Late, serif'; pen.fillText('m', x += 14, 30);
      };
      const first = p.offsetWidth;
      let left = 12;
      const timer = setInterval(() => { note(); if (p.offsetWidth !== first && !--left) clearInterval(timer) }, 30);
      note();
    </script>"""
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="50" height="40"/></svg>'
    )
    pages = {
        "/late.ttf": Reply(font.read_bytes(), type="font/ttf", delay=0.35),
        "/back.svg": Reply(picture, type="image/svg+xml", delay=0.5),
    }
    site = session.site({"/": document("Fonts", body), **pages})
    with session.record():
        page = session.open(site, 1800)
        widths = set(page.inner_text("#log").split())
        page.get_by_role("heading").click()
        page.wait_for_timeout(500)
    assert len(widths) == 2
    session.assert_reproduced()


def test_fonts_that_have_loaded_tell_so_in_their_turn(session):
    """Whether the bytes are a font makes no difference to when the browser has done with them."""
    body = """<style>@font-face { font-family: Late; src: url(/late.woff2) } #p { font-family: Late, serif }</style>
      <p id=p>Text</p><ol id=log></ol><script>
      let ticks = 0;
      const clock = setInterval(() => { if (++ticks > 200) clearInterval(clock); }, 4);
      const note = (event) => { const li = document.createElement('li'); li.textContent = event.type + ' ' + ticks; log.append(li) };
      document.fonts.addEventListener('loading', note);
      document.fonts.onloadingdone = note;
      document.fonts.addEventListener('loadingerror', note);
    </script>"""
    font = Reply(b"not a font", type="font/woff2", delay=0.25)
    site = session.site({"/": document("Fonts", body), "/late.woff2": font})
    with session.record():
        page = session.open(site, 1000)
        told = page.inner_text("#log").splitlines()
        page.get_by_role("heading").click()
        page.wait_for_timeout(500)
    assert [line.split(" ")[0] for line in told] == ["loading", "loadingdone", "loadingerror"]
    session.assert_reproduced()


FONT = (
    """<style>@font-face { font-family: Wide; src: url(/wide.ttf) } #p { font-family: Wide, serif }</style>"""
)


def test_a_font_that_the_browser_remembers_and_nobody_uses_is_not_waited_for(session):
    """It tells of it as of one that came, from the page before."""
    font = ImageFont.load_default(12).font_bytes
    site = session.site(
        {
            "/": document("One", f"{FONT}<p id=p>Wide</p><a href=/two>Next</a>"),
            "/two": document("Two", f"{FONT}<p>Not wide</p><button>Go</button>"),
            "/wide.ttf": Reply(font, type="font/ttf", headers={"Cache-Control": "max-age=600"}),
        }
    )
    with session.record():
        page = session.open(site, 600)
        page.get_by_role("link").click()
        page.wait_for_timeout(800)
        page.get_by_role("button").click()
        page.wait_for_timeout(400)
    [_, second] = session.trace.documents
    assert any(str(told).endswith("/wide.ttf") for told in second.entries), "the browser did not tell of it"
    session.assert_reproduced()


MODULES = """<script>
  const names = NAMES;
  let ticks = 0;
  const clock = setInterval(() => { if (++ticks > 200) clearInterval(clock); }, 4);
  for (const name of PRELOADED ? names.concat(names.map((name) => 'part-' + name)) : []) {
    const link = document.createElement('link');
    link.rel = 'modulepreload'; link.href = '/' + name + '.js';
    document.head.append(link);
  }
  for (const name of names) {
    import('/' + name + '.js').then((found) => say(found.name + ' ' + ticks + ' ' + Math.round(performance.now()) + ' ' + Math.random()));
  }
</script>"""
MODULE = """import { part } from '/part-NAME.js';
export const name = 'NAME' + part;"""


@pytest.mark.parametrize(
    ("preloaded", "names", "step"),
    [(False, "abcd", 0.12), (True, "abcdefghijkl", 0.02)],
    ids=["import", "preloaded"],
)
def test_modules_run_in_the_order_in_which_they_came(session, preloaded, names, step):
    """More than a browser has connections to a host, and each waits for another one that it imports."""
    pages = {}
    for at, name in enumerate(names):
        code = MODULE.replace("NAME", name)
        pages[f"/{name}.js"] = Reply(code, type="text/javascript", delay=0.01 * (at * 5 % len(names)))
        part, delay = f"export const part = {at};", step * (at * 7 % len(names) + 1)
        pages[f"/part-{name}.js"] = Reply(part, type="text/javascript", delay=delay)
    script = MODULES.replace("NAMES", repr(list(names))).replace(
        "PRELOADED", "true" if preloaded else "false"
    )
    site = session.site({"/": document("Modules", LOG + script), **pages})
    with session.record():
        page = session.open(site, 1800)
        page.get_by_role("heading").click()
        page.wait_for_timeout(500)
        came = [line[0] for line in page.inner_text("#log").splitlines()]
    assert sorted(came) == list(names)
    assert came != sorted(came), "nothing came out of order"
    session.assert_reproduced()


BY_PARSER = "<script type=module src=/main.js></script>"
BY_SCRIPT = """<script>
  document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: '/main.js' }));
</script>"""


@pytest.mark.parametrize("asked", [BY_PARSER, BY_SCRIPT], ids=["parser", "script"])
def test_what_a_module_of_the_page_imports_does_not_wait_for_it(session, asked):
    """The load of a script element comes behind the loads of all that it imports."""
    script = Reply(
        "import { a } from '/a.js'; say('runs ' + a + ' ' + Math.round(performance.now()));",
        type="text/javascript",
    )
    pages = {
        "/main.js": script,
        "/a.js": Reply("import '/b.js'; export const a = 1;", type="text/javascript", delay=0.1),
        "/b.js": Reply("say('b ' + Math.random());", type="text/javascript", delay=0.1),
    }
    site = session.site({"/": document("Module", LOG + asked), **pages})
    with session.record():
        page = session.open(site, 600)
        page.get_by_role("heading").click()
        page.wait_for_timeout(300)
    result = session.assert_reproduced()
    assert result.first_divergence is None
    assert result.seconds < 12, "something was waited for in vain"
