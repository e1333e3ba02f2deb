"""The same in Firefox: what is recorded there replays there, to the pixel, with the server stopped."""

from __future__ import annotations

import time

import pytest
from fixtures.pages.site import LOG, Reply, document, redirect
from playwright.sync_api import sync_playwright

import reenact
from reenact.browser.firefox import INSTALL_HINT, NOT_RECORDED, firefox_candidates
from reenact.errors import BrowserNotFound, CouldNotRun

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        all(found.problem is not None for found in firefox_candidates()),
        reason=f"no Firefox here: {INSTALL_HINT}",
    ),
]

# What every event left behind stands on the page, so that a replay that does more or less of it looks different.
FORM = """
<label>Text <input id=text></label> <label>Number <input id=number type=number></label><br>
<label>Notes <textarea id=notes rows=2></textarea></label> <label>Agree <input type=checkbox id=agree></label>
<label>Colour <select id=colour><option>Red<option>Green<option>Blue</select></label>
<div id=free contenteditable aria-label=Free style="border:1px solid;min-height:24px;width:300px">Start</div>
<p id=log style="font:12px monospace"></p>
<script>
  const counts = {};
  for (const type of ['input', 'change', 'click', 'dblclick', 'keydown', 'beforeinput', 'focusin']) {
    addEventListener(type, (event) => {
      const key = type + ' ' + event.target.id;
      counts[key] = (counts[key] ?? 0) + 1;
      log.textContent = Object.entries(counts).map(([k, n]) => k + ':' + n).join(', ') + ' | '
        + [text.value, number.value, notes.value, agree.checked, colour.value, free.textContent].join(' / ');
    });
  }
</script>"""


@pytest.fixture(scope="module")
def firefox():
    with sync_playwright() as playwright:
        browser = reenact.launch(playwright, "firefox")
        yield browser
        browser.close()


@pytest.fixture
def context(firefox):
    context = firefox.new_context(viewport={"width": 900, "height": 600})
    yield context
    context.close()


def gaps(session):
    """The kinds of gaps besides those that every recording in Firefox declares."""
    return [gap.kind for gap in session.trace.gaps if gap.kind not in NOT_RECORDED]


def assert_same(session):
    session.assert_whole()
    session.assert_reproduced()


def assert_same_again(session):
    """Once more with the same browser: what the first replay left in it must not show."""
    assert_same(session)
    result = session.assert_reproduced()
    assert result.seconds < 20, "something was waited for in vain; a busy machine takes 10 s"


def test_the_trace_says_what_it_is_and_what_it_cannot_have(session):
    site = session.site({"/": document("Plain", "<p>Nothing happens here</p>")})
    with session.record():
        session.open(site, 400)
    environment = session.trace.environment
    assert environment["browser"]["name"] == "firefox"
    assert environment["transport"] == "main-world"
    assert {gap.kind for gap in session.trace.gaps} == set(NOT_RECORDED)
    assert session.trace.exchanges[0].document == "d1"
    result = session.assert_reproduced()
    assert result.environment["browser"]["name"] == "firefox"


def test_clock_chance_and_timers(session):
    body = (
        LOG
        + """<script>
      say([Date.now(), performance.now(), Math.random(), crypto.getRandomValues(new Uint8Array(4))].join(' '));
      let n = 0;
      const id = setInterval(() => { say(new Date().toISOString() + ' ' + Math.random()); if (++n > 5) clearInterval(id); }, 90);
      requestIdleCallback(() => say('idle ' + performance.now()));
    </script>"""
    )
    site = session.site({"/": document("Clock", body)})
    with session.record():
        session.open(site, 1100)
    assert_same(session)


def test_a_canvas_that_never_rests(session):
    body = """<canvas id=c width=400 height=100></canvas><button id=b>Mark</button><script>
      const paint = c.getContext('2d');
      let n = 0;
      (function frame(time) {
        paint.fillStyle = `hsl(${n++ * 7},90%,50%)`;
        paint.fillRect((time / 10) % 400, 0, 3, 100);
        requestAnimationFrame(frame);
      })(0);
      b.onclick = () => { b.textContent = 'at ' + n + ' ' + performance.now(); };
    </script>"""
    site = session.site({"/": document("Canvas", body)})
    with session.record():
        page = session.open(site, 500)
        page.click("#b")
        page.wait_for_timeout(500)
    assert_same(session)


def test_answers_of_the_network(session):
    def now(call):
        return Reply(f"{call.path} {sorted(call.query.items())} {time.time()}", type="text/plain")

    body = (
        LOG
        + """<script>
      for (let i = 0; i < 5; i++) fetch('/api?' + i).then((r) => r.text()).then((t) => say(t + ' ' + Date.now()));
      fetch('/moved').then((r) => r.text()).then((t) => say(t));
      fetch('/nothing').then((r) => say(r.status));
      const request = new XMLHttpRequest();
      request.open('GET', '/api?x');
      request.onload = () => say(request.responseText);
      request.send();
      for (let i = 0; i < 4; i++) document.head.append(Object.assign(document.createElement('script'), { src: '/s.js?' + i }));
    </script><script src="/plain.js"></script><script type=module src="/module.js"></script>"""
    )
    site = session.site(
        {
            "/": document("Network", body),
            "/api": now,
            "/moved": redirect("/api?moved"),
            "/s.js": lambda call: Reply(f"say('script {list(call.query)}')", type="text/javascript"),
            "/plain.js": Reply("say('plain')", type="text/javascript"),
            "/module.js": Reply("import '/other.js'; say('module')", type="text/javascript"),
            "/other.js": Reply("say('other')", type="text/javascript"),
        }
    )
    with session.record():
        session.open(site, 900)
    assert gaps(session) == []
    moved = next(e for e in session.trace.exchanges if e.url.endswith("/api?moved"))
    assert moved.redirected_from is not None
    assert_same_again(session)


def test_what_a_page_sends_is_answered_and_declared_a_gap(session):
    body = (
        LOG
        + "<script>fetch('/echo', {method: 'POST', body: 'hello'}).then((r) => r.text()).then(say)</script>"
    )
    echo = lambda call: Reply(f"{call.body.decode()} {time.time()}", type="text/plain")  # noqa: E731
    site = session.site({"/": document("Post", body), "/echo": echo})
    with session.record():
        session.open(site, 600)
    assert gaps(session) == ["request-body"]
    assert_same(session)


def fill(page):
    page.get_by_label("Text").fill("Ada Lovelace")
    page.wait_for_timeout(300)
    page.get_by_label("Text").fill("Grace")
    page.get_by_label("Number").fill("42")


def keys(page):
    page.get_by_label("Notes").click()
    page.keyboard.type("Two lines\nand MORE, (with signs)!")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.get_by_label("Text").click()
    page.keyboard.press("Control+v")
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")


def choose(page):
    page.get_by_label("Agree").check()
    page.wait_for_timeout(300)
    page.get_by_label("Colour").select_option("Blue")
    page.wait_for_timeout(300)
    page.get_by_label("Colour").focus()
    page.keyboard.press("ArrowUp")


def other_alphabets(page):
    page.get_by_label("Notes").click()
    page.keyboard.insert_text("Grüße, 日本語, 👩‍💻 ")
    page.wait_for_timeout(300)
    page.keyboard.type("é ñ 漢")


def editable(page):
    page.get_by_label("Free").click()
    page.keyboard.press("End")
    page.keyboard.type(" and on")
    page.keyboard.insert_text(" ☃")
    page.wait_for_timeout(300)
    page.get_by_label("Free").fill("replaced")


def clicks(page):
    page.get_by_label("Agree").click()
    page.wait_for_timeout(600)
    page.get_by_label("Agree").click()
    page.wait_for_timeout(600)
    page.get_by_label("Agree").dblclick()
    page.mouse.click(400, 500, button="right")


@pytest.mark.parametrize(
    ("action", "kinds"),
    [
        (fill, {"insertText"}),
        (keys, {"keydown", "keyup", "down", "up"}),
        (choose, {"down", "select", "keydown"}),
        (other_alphabets, {"insertText", "keydown"}),
        (editable, {"insertText", "keydown"}),
        (clicks, {"down", "up"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_way_of_input(session, action, kinds):
    site = session.site({"/": document("Form", FORM)})
    with session.record():
        page = session.open(site, 300)
        action(page)
        page.wait_for_timeout(600)
        shown = page.inner_text("#log")
    assert shown
    assert kinds <= {act.raw["event"]["type"] for act in session.trace.acts if act.type == "input"}
    assert_same(session)


def test_scrolling_and_dragging(session):
    body = """<div id=box style="height:150px;overflow:auto;border:1px solid"><div style="height:900px">inside</div></div>
      <div id=chip style="position:absolute;left:30px;top:300px;width:80px;height:40px;background:teal"></div>
      <div style="height:2000px"></div><p id=log style="position:fixed;bottom:0"></p><script>
      const show = () => { log.textContent = [scrollY, box.scrollTop, chip.style.left].join() };
      addEventListener('scroll', show, true);
      chip.onpointerdown = (down) => { chip.setPointerCapture(down.pointerId);
        chip.onpointermove = (move) => { chip.style.left = move.clientX - 20 + 'px'; show(); };
        chip.onpointerup = () => { chip.onpointermove = null } };
    </script>"""
    site = session.site({"/": document("Moves", body)})
    with session.record():
        page = session.open(site, 300)
        page.mouse.move(70, 320)
        page.mouse.down()
        for x in range(80, 200, 20):
            page.mouse.move(x, 325)
        page.mouse.up()
        page.wait_for_timeout(400)
        page.mouse.move(200, 150)
        page.mouse.wheel(0, 120)
        page.wait_for_timeout(400)
        page.mouse.move(200, 500)
        page.mouse.wheel(0, 240)
        page.wait_for_timeout(500)
        assert page.inner_text("#log") == "240,120,160px"
    assert_same(session)


def test_a_drag_of_the_browsers_own(session):
    """WebDriver BiDi begins one and never drops: what the page hears of it is replayed all the same."""
    body = (
        LOG
        + """<p id=one draggable=true style="width:90px;background:gold">Drag me</p>
      <p id=two style="width:200px;height:80px;border:1px solid">Here</p><script>
      one.ondragstart = (event) => { event.dataTransfer.setData('text', 'one'); say('start'); };
      two.ondragover = (event) => event.preventDefault();
      two.ondrop = (event) => { event.preventDefault(); say('drop ' + event.dataTransfer.getData('text')); };
    </script>"""
    )
    site = session.site({"/": document("Drag", body)})
    with session.record():
        page = session.open(site, 300)
        page.locator("#one").hover()
        page.mouse.down()
        page.mouse.move(120, 150)
        page.locator("#two").hover()
        page.locator("#two").hover()
        page.mouse.up()
        page.wait_for_timeout(600)
    assert_same(session)


def test_going_through_documents(session):
    pages = {
        "/": document("First", "<a href=/second>Second</a>"),
        "/second": lambda call: document("Second", f"<a href=/moved>Third</a><p>{time.time()}</p>"),
        "/moved": redirect("/third"),
        "/third": document(
            "Third", "<form action=/found><input name=q aria-label=Query><button>Find</button></form>"
        ),
        "/found": lambda call: document(
            "Found", f"{call.query} {time.time()} <script>document.write(Math.random())</script>"
        ),
    }
    site = session.site(pages)
    with session.record():
        page = session.open(site, 300)
        page.click("a")
        page.wait_for_timeout(300)
        page.click("a")
        page.wait_for_timeout(300)
        page.get_by_label("Query").fill("hello")
        page.click("button")
        page.wait_for_timeout(400)
        page.reload()
        page.wait_for_timeout(400)
        page.go_back(wait_until="commit")
        page.wait_for_timeout(500)
    kinds = [act.type for act in session.trace.acts]
    assert [kind for kind in kinds if kind in ("navigate", "reload", "traverse")] == [
        "navigate",
        "reload",
        "traverse",
    ]
    assert gaps(session) == []
    assert_same_again(session)


def test_windows_files_and_workers(session):
    inside = "<button id=b onclick=\"this.textContent=Date.now()+' '+Math.random()\">inside</button>"
    body = (
        LOG
        + """<iframe src="/inside" width=300 height=120></iframe><input type=file id=file aria-label=File>
      <button onclick="window.open('/window')">Window</button><script>
      file.onchange = async () => say(file.files[0].name + ' ' + await file.files[0].text());
      const worker = new Worker(URL.createObjectURL(new Blob(['onmessage = (e) => postMessage(e.data * 2)'])));
      worker.onmessage = (event) => say('worker ' + event.data);
      worker.postMessage(21);
    </script>"""
    )
    site = session.site(
        {
            "/": document("Outside", body),
            "/inside": document("In", inside),
            "/window": document("Window", inside),
        }
    )
    with session.record():
        page = session.open(site, 400)
        page.get_by_label("File").set_input_files(
            files=[{"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"}]
        )
        page.wait_for_timeout(400)
        with page.expect_popup() as opened:
            page.get_by_role("button", name="Window").click()
        opened.value.locator("#b").click()
        opened.value.wait_for_timeout(500)
    assert gaps(session) == ["worker"]
    assert_same_again(session)


def test_a_secret_stays_out(session):
    site = session.site({"/": document("Login", "<form><input type=password aria-label=Password></form>")})
    with session.record():
        page = session.open(site, 300)
        page.get_by_label("Password").fill("hunter2-hunter2")
        page.wait_for_timeout(600)
    files = [path.read_bytes() for path in session.path.rglob("*") if path.is_file()]
    assert not any(b"hunter2-hunter2" in content for content in files)
    assert_same(session)


def test_a_recording_in_firefox_is_certified(session):
    site = session.site({"/": document("Form", FORM)})
    with session.record():
        page = session.open(site, 200)
        page.get_by_label("Text").fill("Ada")
        page.get_by_label("Agree").check()
        page.get_by_label("Notes").click()
        page.keyboard.type("x")
    session.close()
    certified = reenact.certify(session.path, times=2)
    assert certified.certification["verdict"] == "certified", certified.certification["unstable"]


def test_without_firefox_a_replay_says_what_to_do(session, monkeypatch):
    site = session.site({"/": document("Plain", "<p>Nothing</p>")})
    with session.record():
        session.open(site, 300)
    monkeypatch.setenv("REENACT_FIREFOX", "/nowhere/firefox")
    with pytest.raises(BrowserNotFound, match="REENACT_FIREFOX") as caught:
        reenact.replay(session.path)
    assert "\n" not in str(caught.value)


def test_a_running_server_is_refused_in_one_line(session):
    site = session.site({"/": document("Plain", "<p>Nothing</p>")})
    with session.record():
        session.open(site, 300)
    with pytest.raises(CouldNotRun, match="running server yet"):
        reenact.replay(session.path, network="live")
