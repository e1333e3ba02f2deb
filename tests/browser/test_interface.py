"""What the browser's own parts of an interface tell a page of: each in its recorded place among all the others."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, document

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
