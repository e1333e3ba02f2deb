"""What the browser's own parts of an interface tell a page of: each in its recorded place among all the others."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, document
from tests.browser.conftest import until

pytestmark = pytest.mark.browser

PARTS = """<style>
  body { font-size: 11px } #go { position: fixed; top: 5px; left: 400px }
  @keyframes fade { from { opacity: .2 } to { opacity: 1 } } .fades { animation: fade .4s .1s 3 }
  [popover] { transition: opacity .3s, display .3s allow-discrete; opacity: 0 } [popover]:popover-open { opacity: 1 }
  @starting-style { [popover]:popover-open { opacity: 0 } }
  #strip { overflow-x: auto; scroll-snap-type: x mandatory; display: flex; width: 200px }
  #strip > i { flex: 0 0 200px; height: 30px; scroll-snap-align: start; background: #ccc }
</style><button id=go>Go</button><div popover id=over>Over</div>
<details name=one id=first><summary>A</summary>a</details><details name=one id=second open><summary>B</summary>b</details>
<div id=strip><i>1</i><i>2</i><i>3</i></div><input id=field value=abc><input id=leaving><textarea id=area>text</textarea>
<div id=edited contenteditable>edit</div><div id=fading>fading</div><script>
  const at = () => ' ' + performance.now().toFixed(1);
  const hear = (target, ...types) => { for (const type of types)
    target.addEventListener(type, (event) => say((target.id ?? 'window') + ' ' + type + ' ' + (event.newState ?? '') + at())); };
  hear(over, 'toggle', 'beforetoggle', 'transitionend'); hear(first, 'toggle'); hear(second, 'toggle');
  hear(strip, 'scrollend', 'scrollsnapchange'); hear(leaving, 'blur', 'focusout'); hear(area, 'select');
  hear(fading, 'animationstart', 'animationiteration', 'animationend'); hear(window, 'popstate', 'hashchange', 'unhandledrejection');
  document.onselectionchange = () => say('selection' + at());
  let times = 0;
  go.onclick = () => {
    times++;
    over.togglePopover(); first.open = !first.open;
    fading.classList.toggle('fades');
    edited.focus(); document.execCommand('insertText', false, 'x'); area.select();
    // The first time code takes the focus away, then nobody does.
    leaving.style.display = ''; leaving.focus();
    setTimeout(() => {
      if (times === 2) { leaving.style.display = 'none'; leaving.blur(); say('left by code' + at()); leaving.style.display = ''; leaving.focus(); }
      leaving.style.display = 'none'; requestAnimationFrame(() => say('hidden' + at()));
    }, 50);
    const change = document.startViewTransition?.(() => { document.body.style.background = times % 2 ? '#eef' : '#fee'; });
    change?.ready.then(() => say('ready' + at())); change?.finished.then(() => say('finished' + at()));
    // Not before: what the browser shows of the page as it was, it takes in a frame of its own.
    (change?.finished ?? Promise.resolve()).then(() => strip.scrollTo({ left: times * 200, behavior: 'smooth' }));
    history.pushState({ times }, '', '#' + times);
    if (times === 2) history.back();
    Promise.reject(new Error('number ' + times)); queueMicrotask(() => say('micro' + at()));
  };
</script>"""


def test_parts_of_an_interface_tell_in_their_turn(session):
    site = session.site({"/": document("Parts", LOG + PARTS)})
    with session.record():
        page = session.open(site, 500)
        for _ in range(2):
            page.get_by_role("button").click()
            page.wait_for_timeout(1600)
        heard = {line.rpartition(" ")[0].strip() for line in page.inner_text("#log").splitlines()}
    assert {"leaving blur", "left by code", "fading animationiteration", "window unhandledrejection"} <= heard
    assert {"area select", "over transitionend", "window popstate", "strip scrollend"} <= heard
    assert session.assert_reproduced().skips == ()
    assert session.assert_reproduced().skips == ()


UNHEARD = """<details id=list open><summary>List</summary>text</details><script>
  // What the open list in the markup told is long over.
  setTimeout(() => list.addEventListener('toggle', (event) => say(`toggle ${event.oldState} ${event.newState}`)), 300);
</script>"""


def test_what_nobody_listened_for_is_not_heard_later(session):
    site = session.site({"/": document("Unheard", LOG + UNHEARD)})
    with session.record():
        page = session.open(site, 800)
        for _ in range(2):
            page.get_by_text("List").click()
            page.wait_for_timeout(400)
        told = page.inner_text("#log").splitlines()
    assert [line.strip() for line in told] == ["toggle open closed", "toggle closed open"]
    session.assert_reproduced()


DRAWN = """<style>
  select, ::picker(select) { appearance: base-select } ::picker(select) { opacity: 0; transition: opacity .4s }
  :open::picker(select) { opacity: 1 }
</style><select id=list aria-label=Size><button><selectedcontent></selectedcontent></button>
<option>Small<option>Medium<option>Large</select><script>
  const at = () => ' ' + performance.now().toFixed(1);
  for (const type of ['click', 'input', 'change']) list.addEventListener(type, () => say(type + ' ' + list.value + at()));
</script>"""


def test_a_list_that_is_drawn_in_the_page_is_chosen_from_once(session):
    """Its options are elements that a person clicks on (`appearance: base-select`), and hear of that."""
    site = session.site({"/": document("Drawn", DRAWN + LOG)})
    with session.record():
        page = session.open(site, 500)
        for name in ("Medium", "Large"):
            page.get_by_role("combobox").click()
            page.wait_for_timeout(700)
            page.get_by_role("option", name=name).click()
            page.wait_for_timeout(500)
        said = [line.split()[:2] for line in page.inner_text("#log").splitlines() if line.strip()]
    assert said.count(["change", "Large"]) == 1
    titles = [step.title for step in session.trace.steps]
    assert 'Selected "Large" in "Size"' in titles, titles
    session.assert_reproduced()


SNAPPING = """<style>
  #strip { display: flex; overflow-x: auto; scroll-snap-type: x mandatory; width: 400px; scroll-behavior: smooth }
  #strip > i { flex: 0 0 180px; height: 90px; margin-right: 8px; scroll-snap-align: center; background: #def }
</style><div id=strip><i>1</i><i>2</i><i>3</i><i>4</i><i>5</i></div>"""


def test_what_snaps_is_pictured_where_it_has_come_to(session):
    """It glides there when the wheel has rested, by a clock that nobody drives."""
    site = session.site({"/": document("Snapping", SNAPPING)})
    places = []
    with session.record():
        page = session.open(site, 600)
        page.locator("#strip").hover()
        for turned in (250, 130):
            page.mouse.wheel(turned, 0)
            page.wait_for_timeout(1600)
            places.append(page.evaluate("strip.scrollLeft"))
    assert not {250, 380} & set(places), "nothing snapped"
    for _ in range(3):
        session.assert_reproduced()


SKIPPED = """<style>i { display: block; content-visibility: auto; contain-intrinsic-size: 300px 600px }</style>
<button onclick="scrollTo(0, scrollY + 700)">Further</button><div id=all></div><script>
  const at = () => ' ' + performance.now().toFixed(1);
  revealed.then(say);
  for (let i = 0; i < 6; i++) {
    const skipped = document.createElement('i');
    skipped.textContent = 'Part ' + i;
    skipped.addEventListener('contentvisibilityautostatechange', (event) => say(i + ' ' + event.skipped + at()));
    all.append(skipped);
  }
</script><style>ol, button { position: fixed; top: 0; right: 0; columns: 3 } button { left: 0; width: 90px }</style>"""


# There before the first frame can be, however slow the parser.
REVEALED = """<script>const revealed = new Promise((tell) => addEventListener('pagereveal', (event) =>
  tell('reveal ' + event.viewTransition + ' ' + performance.now().toFixed(1))));</script>"""


def test_what_becomes_visible_tells_so_in_its_turn(session):
    site = session.site({"/": document("Skipped", LOG + SKIPPED, REVEALED)})
    with session.record():
        page = session.open(site, 700)
        for _ in range(3):
            page.get_by_role("button").click()
            page.wait_for_timeout(500)
        until(page, "5 false")
        until(page, "reveal null")
    for _ in range(2):
        assert session.assert_reproduced().skips == ()
