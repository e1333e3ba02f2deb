"""Sessions of many documents: nothing is lost where one page takes the place of another."""

from __future__ import annotations

import contextlib
import socket

import pytest
from fixtures.pages.site import LOG, Reply, document, redirect
from playwright.sync_api import Error as PlaywrightError

pytestmark = pytest.mark.browser

NOW = "<p id=now></p><script>now.textContent = new Date().toISOString() + ' ' + Math.random()</script>"


def rest(page, milliseconds=350):
    page.wait_for_timeout(milliseconds)


def test_links_forms_and_redirects(session):
    names = []

    def added(call):
        names.append(call.form["name"])
        return redirect("/list", {"temp": 302, "see": 303, "keep": 307}[call.form["how"]])

    def listing(call):
        items = "".join(f"<li>{name}" for name in names)
        return document("List", f"<p>{call.method}</p><ul>{items}</ul><a href=/form?how=see>Add</a>{NOW}")

    def form(call):
        return document(
            "Form",
            f"<form method=post action=/add><input type=hidden name=how value={call.query['how']}>"
            f"<label>Name <input name=name></label><button>Save</button></form>{NOW}",
        )

    site = session.site({"/list": listing, "/form": form, "/add": added})
    with session.record():
        page = session.context.new_page()
        page.goto(f"{site.url}/form?how=temp")
        rest(page)
        page.get_by_label("Name").click()
        page.keyboard.type("Ada")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Add").click()
        page.get_by_label("Name").click()
        page.keyboard.type("Grace")
        page.keyboard.press("Enter")
        page.get_by_text("Grace").wait_for()
        rest(page)
        page.goto(f"{site.url}/form?how=keep")
        page.get_by_label("Name").click()
        page.keyboard.type("Joan")
        page.get_by_role("button", name="Save").click()
        page.get_by_text("POST").wait_for()
        rest(page)
    session.assert_whole()
    trace = session.trace
    assert [step.type for step in trace.steps] == [
        "navigate", "click", "fill", "click", "click", "click", "fill", "press", "navigate", "click", "fill", "click",
    ]  # fmt: skip
    assert [d.url.removeprefix(site.url) for d in trace.documents] == [
        "/form?how=temp", "/list", "/form?how=see", "/list", "/form?how=keep", "/list",
    ]  # fmt: skip
    order = [act.document for act in trace.acts if act.document]
    assert order == sorted(order, key=lambda name: int(name[1:])), (
        "acts of a later document before an earlier one's"
    )
    session.assert_reproduced()


def test_a_link_to_where_nobody_answers(session):
    """The browser's own page names the reason, which is that of the recording; and back is back."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
    site = session.site({"/": document("Links", f'<a href="{address}">Refused</a>')})
    with session.record():
        page = session.open(site, 300)
        page.get_by_role("link").click()
        page.wait_for_timeout(1500)
        page.go_back()
        page.wait_for_timeout(500)
    result = session.replay()
    assert result.verdict == "reproduced", (result.first_divergence, [s.text for s in result.skips])
    assert not result.skips


def test_meta_refresh_reload_and_location(session):
    refresh = '<meta http-equiv="refresh" content="0; url=/second">'
    site = session.site(
        {
            "/first": document("First", NOW, refresh),
            "/second": document(
                "Second", f"<button onclick=\"location.assign('/third')\">Third</button>{NOW}"
            ),
            "/third": document("Third", f"<button onclick=\"location = '/fourth'\">Fourth</button>{NOW}"),
            "/fourth": document("Fourth", f"<button onclick='location.reload()'>Again</button>{NOW}"),
        }
    )
    with session.record():
        page = session.context.new_page()
        page.goto(f"{site.url}/first")
        page.get_by_role("heading", name="Second").wait_for()
        rest(page)
        page.reload()
        rest(page)
        page.get_by_role("button").click()
        page.get_by_role("heading", name="Third").wait_for()
        rest(page)
        page.get_by_role("button").click()
        page.get_by_role("heading", name="Fourth").wait_for()
        rest(page)
        with page.expect_navigation():
            page.get_by_role("button").click()
        rest(page)
    session.assert_whole()
    assert [step.type for step in session.trace.steps] == ["navigate", "reload", "click", "click", "click"]
    assert len(session.trace.documents) == 6
    session.assert_reproduced()


@pytest.mark.parametrize("how", ["driver", "page"])
def test_back_and_forward(session, how):
    buttons = (
        "<button onclick='history.back()'>Back</button><button onclick='history.forward()'>Forward</button>"
    )
    site = session.site(
        {f"/{n}": document(f"Page {n}", f"<a href=/{n + 1}>Next</a>{buttons}{NOW}") for n in range(1, 4)}
    )
    with session.record():
        page = session.context.new_page()
        page.goto(f"{site.url}/1")
        rest(page)
        for n in (2, 3):
            page.get_by_role("link", name="Next").click()
            page.get_by_role("heading", name=f"Page {n}").wait_for()
            rest(page)
        for name, n in (("Back", 2), ("Back", 1), ("Forward", 2)):
            if how == "driver":
                page.go_back() if name == "Back" else page.go_forward()
            else:
                page.get_by_role("button", name=name).click()
            page.get_by_role("heading", name=f"Page {n}").wait_for()
            rest(page)
    session.assert_whole()
    kinds = [step.type for step in session.trace.steps]
    assert kinds[:3] == ["navigate", "click", "click"]
    assert kinds[3:] == (["back", "back", "forward"] if how == "driver" else ["click"] * 3)
    session.assert_reproduced()


def test_back_from_a_page_that_nobody_looked_at(session):
    """History counts from the page that is shown: it has to have come, though nothing was done in it."""
    site = session.site(
        {f"/{n}": document(f"Page {n}", f"<a href=/{n + 1}>Next</a>{NOW}") for n in (1, 2, 3)}
    )
    with session.record():
        page = session.context.new_page()
        page.goto(f"{site.url}/1")
        rest(page)
        page.get_by_role("link", name="Next").click()
        page.get_by_role("heading", name="Page 2").wait_for()
        rest(page)
        page.get_by_role("link", name="Next").click()
        page.wait_for_url("**/3", wait_until="commit")
        page.go_back()
        page.get_by_role("heading", name="Page 2").wait_for()
        rest(page)
    assert [d.url.removeprefix(site.url) for d in session.trace.documents] == ["/1", "/2", "/3", "/2"]
    assert not [act for act in session.trace.acts if act.document == "d3" and act.type == "checkpoint"]
    session.assert_reproduced()


def test_history_inside_one_document(session):
    script = """<button id=add>Add</button><button onclick="history.back()">Undo</button><p id=at>0</p><script>
      const show = () => { at.textContent = (history.state ?? 0) + ' ' + location.hash };
      add.onclick = () => { const n = (history.state ?? 0) + 1; history.pushState(n, '', '#' + n); show(); };
      onpopstate = show;
    </script>"""
    site = session.site({"/": document("Spa", script)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page)
        for _ in range(3):
            page.get_by_role("button", name="Add").click()
            rest(page)
        page.go_back()
        rest(page)
        page.go_forward()
        rest(page)
        page.get_by_role("button", name="Undo").click()
        rest(page)
        assert page.inner_text("#at") == "2 #2"
    session.assert_whole()
    assert len(session.trace.documents) == 1
    session.assert_reproduced()


OPENERS = {
    "script": "<button onclick=\"window.open('/pop', 'pop', 'width=400,height=300').given = 1\">Open</button>",
    "link": "<a role=button target=_blank href=/pop>Open</a>",
}


@pytest.mark.parametrize("opened_by", OPENERS)
def test_a_popup(session, opened_by):
    opener = OPENERS[opened_by]
    pop = f"<button onclick='this.textContent = \"Clicked \" + window.given'>In the popup</button>{NOW}"
    site = session.site({"/": document("Opener", opener + NOW), "/pop": document("Popup", pop)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page)
        with page.expect_popup() as opened:
            page.get_by_role("button").click()
        popup = opened.value
        popup.get_by_role("button").wait_for()
        rest(popup)
        popup.get_by_role("button").click()
        rest(popup)
        popup.close()
        rest(page)
        page.get_by_role("heading").click()
        rest(page)
    session.assert_whole()
    trace = session.trace
    assert [page.opener for page in trace.pages] == [None, "p1"]
    assert [step.page for step in trace.steps if step.type == "click"] == ["p1", "p2", "p1"]
    session.assert_reproduced()


CLOSERS = {
    "click": "<button onclick='window.close()'>Close</button>",
    "mousedown": "<button onmousedown='window.close()'>Close</button>",
    "keydown": "<input autofocus onkeydown='window.close()'>",
    "keyup": "<input autofocus onkeyup='window.close()'>",
}


@pytest.mark.parametrize("closed_by", CLOSERS)
def test_a_popup_that_closes_itself(session, closed_by):
    pop = CLOSERS[closed_by] + NOW
    site = session.site({"/": document("Opener", OPENERS["script"] + NOW), "/pop": document("Popup", pop)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page)
        with page.expect_popup() as opened:
            page.get_by_role("button").click()
        popup = opened.value
        popup.locator("button, input").wait_for()
        rest(popup)
        # The page may be gone before the driver has been told that a key or a button went up.
        with popup.expect_event("close"), contextlib.suppress(PlaywrightError):
            if closed_by in ("click", "mousedown"):
                popup.get_by_role("button").click(no_wait_after=True)
            elif closed_by == "keydown":
                popup.keyboard.down("Escape")
            else:
                popup.keyboard.press("Escape")
        rest(page)
        page.get_by_role("heading").click()
        rest(page)
    session.assert_whole()
    session.assert_reproduced()


def test_what_a_document_hears_as_it_is_left_is_not_waited_for(session):
    """It hears of it when the next one comes, which comes when its own timeline is at its end."""
    hears = """<script>
      for (const type of ['visibilitychange', 'pagehide'])
        addEventListener(type, () => localStorage.setItem(type, 'heard'), true);
      say(['visibilitychange', 'pagehide'].map((type) => localStorage.getItem(type)).join());
    </script>"""
    pages = {
        "/": document("One", f"{LOG}{hears}<a href=/two>Next</a>"),
        "/two": document("Two", f"{LOG}{hears}<a href=/>Back</a>"),
    }
    site = session.site(pages)
    with session.record():
        page = session.open(site, 400)
        for name in ("Next", "Back"):
            page.get_by_role("link", name=name).click()
            rest(page)
        assert "heard,heard" in page.inner_text("#log")
    session.assert_reproduced()


def test_sixty_clicks_that_navigate_at_once(session):
    def page_of(call):
        n = int(call.query.get("n", 0))
        return document(f"Page {n}", f"<a href='/?n={n + 1}'>Next {n}</a>{NOW}")

    site = session.site({"/": page_of})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        for n in range(60):
            page.get_by_role("link", name=f"Next {n}", exact=True).click()
        page.get_by_role("heading", name="Page 60").wait_for()
        rest(page)
    session.assert_whole()
    trace = session.trace
    assert [step.title for step in trace.steps if step.type == "click"] == [
        f'Clicked link "Next {n}"' for n in range(60)
    ]
    assert len(session.inputs("down")) == len(session.inputs("up")) == 60
    assert len(trace.documents) == 61
    session.assert_reproduced()


def test_a_click_that_navigates_while_the_page_is_busy(session):
    busy = """<a href=/after>Go</a><script>
      document.querySelector('a').onclick = () => { const end = performance.now() + 40; while (performance.now() < end); };
      setInterval(() => { document.title = 'tick ' + Date.now() }, 5);
      onbeforeunload = () => { sessionStorage.left = 'at ' + Date.now() };
    </script>"""
    after = document("After", "<p id=left></p><script>left.textContent = sessionStorage.left</script>")
    site = session.site({"/": document("Busy", busy), "/after": after})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page, 1000)
        page.get_by_role("link").click()
        page.get_by_role("heading", name="After").wait_for()
        rest(page, 1000)
    session.assert_whole()
    session.assert_reproduced()


def test_keys_while_the_page_is_being_left(session):
    """Nothing but input reaches a document whose successor is on its way: no tree of it can be asked for."""
    first = LOG + "<a href=/next id=link>Next</a><script>onkeydown = (event) => say(event.key);</script>"
    site = session.site({
        "/": document("First", first),
        "/next": Reply(document("Next", "<button onclick='this.textContent = 1'>Count</button>"), delay=0.4),
    })  # fmt: skip
    with session.record(name="left"):
        page = session.open(site, 500)
        box = page.locator("#link").bounding_box()
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("a")
        page.get_by_text("Count").click()
        page.wait_for_timeout(600)
    assert 'Pressed ArrowDown on link "Next"' in session.titles()
    assert session.assert_reproduced().seconds < 20


def test_a_document_that_is_written_again_is_heard_and_reproduced(session):
    # document.open() on a complete document takes away every listener, ours as well.
    body = f"""<button id=again>Write</button>{NOW}<script>
      again.onclick = () => {{
        document.open();
        document.write('<title>Written</title><button>Count</button><input aria-label=Field><p id=sum>0</p>');
        document.close();
        document.querySelector('button').onclick = () => document.querySelector('#sum').append(Math.random());
      }};
    </script>"""
    site = session.site({"/": document("First", body)})
    with session.record():
        page = session.open(site, 400)
        page.get_by_role("button", name="Write").click()
        rest(page)
        page.get_by_role("button", name="Count").click()
        rest(page)
        page.get_by_label("Field").click()
        page.keyboard.type("heard")
        rest(page, 700)
    titles = [step.title for step in session.trace.steps]
    assert titles[1:] == [
        'Clicked button "Write"',
        'Clicked button "Count"',
        'Clicked field "Field"',
        'Filled "Field" with heard',
    ]
    session.assert_reproduced()


def test_a_window_that_is_gone_before_it_could_be_recorded_is_a_gap(session):
    opener = "<button onclick=\"window.open('/gone')\">Open</button>"
    site = session.site({"/": document("Opener", opener), "/gone": "<script>close()</script>"})
    with session.record():
        page = session.open(site, 400)
        page.get_by_role("button").click()
        rest(page, 900)
    [gap] = session.trace.gaps
    assert gap.kind == "window"
    assert gap.detail.startswith("a window closed before it could be recorded")


RULES = '{"MODE": [{"source": "list", "urls": ["/next"], "eagerness": "immediate"}]}'
IN_MARKUP = f"<script type=speculationrules>{RULES}</script>"
BY_CODE = f"""<script>
  const rules = document.createElement('script');
  rules.type = 'speculationrules'; rules.textContent = '{RULES}';
  document.head.append(rules);
  if (rules.type !== 'speculationrules' || HTMLScriptElement.supports('speculationrules')) document.title = 'told';
</script>"""


@pytest.mark.parametrize("mode", ["prefetch", "prerender"])
@pytest.mark.parametrize("rules", [IN_MARKUP, BY_CODE], ids=["markup", "code"])
def test_a_document_comes_when_it_is_asked_for_and_not_ahead(session, rules, mode):
    following = "<p id=p></p><script>p.textContent = Math.random() + ' ' + performance.now()</script><a href=/>Back</a>"
    body = rules.replace("MODE", mode) + "<a href=/next>Next</a>"
    site = session.site({"/": document("First", body), "/next": document("Next", following)})
    with session.record():
        page = session.open(site, 700)
        asked = [call.path for call in site.calls]
        page.get_by_role("link", name="Next").click()
        page.wait_for_timeout(600)
        page.get_by_role("link", name="Back").click()
        page.wait_for_timeout(600)
    assert "/next" not in asked
    assert not session.trace.gaps
    session.assert_reproduced()
