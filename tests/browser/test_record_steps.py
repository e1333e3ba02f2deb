"""Every way to act on a page is one step, replays once, and has the same effect."""

from __future__ import annotations

import pytest
from fixtures.pages.site import document

import reenact

pytestmark = pytest.mark.browser

# What every event left behind stands on the page, so that a replay that does more or less of it looks different.
FORM = """
<label>Text <input id=text></label><label>Number <input id=number type=number></label><br>
<label>Notes <textarea id=notes rows=2></textarea></label>
<label>Agree <input type=checkbox id=agree></label>
<label>Colour <select id=colour><option>Red<option>Green<option>Blue</select></label>
<div id=free contenteditable aria-label=Free style="border:1px solid;min-height:24px;width:300px">Start</div>
<p id=log style="font:12px monospace"></p>
<script>
  const counts = {};
  for (const type of ['input', 'change', 'click', 'keydown', 'beforeinput', 'focusin']) {
    addEventListener(type, (event) => {
      const key = type + ' ' + event.target.id;
      counts[key] = (counts[key] ?? 0) + 1;
      log.textContent = Object.entries(counts).map(([k, n]) => k + ':' + n).join(', ') + ' | '
        + [text.value, number.value, notes.value, agree.checked, colour.value, free.textContent].join(' / ');
    });
  }
</script>"""


def rest(page, milliseconds=350):
    page.wait_for_timeout(milliseconds)


def fill(page):
    page.get_by_label("Text").fill("Ada Lovelace")
    rest(page)
    page.get_by_label("Text").fill("Grace")


def fill_number(page):
    page.get_by_label("Number").fill("42")


def check(page):
    page.get_by_label("Agree").check()
    rest(page)
    page.get_by_label("Agree").uncheck()
    rest(page)
    page.get_by_label("Agree").set_checked(True)


def select_option(page):
    page.get_by_label("Colour").select_option("Blue")
    rest(page)
    page.get_by_label("Colour").select_option("Green")


def select_by_keyboard(page):
    page.get_by_label("Colour").focus()
    page.keyboard.press("ArrowDown")
    rest(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("r")


def press(page):
    page.get_by_label("Text").click()
    page.keyboard.type("abc")
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Control+x")
    page.get_by_label("Text").press("z")
    page.keyboard.press("Tab")


def type_keys(page):
    page.get_by_label("Notes").click()
    page.keyboard.type("Two lines\nand MORE, (with signs)!", delay=15)


def other_alphabets(page):
    page.get_by_label("Notes").click()
    page.keyboard.insert_text("Grüße, 日本語, 👩‍💻 ")
    rest(page)
    page.keyboard.type("é ñ 漢")


def editable(page):
    page.get_by_label("Free").click()
    page.keyboard.press("End")
    page.keyboard.type(" and on")
    page.keyboard.press("Enter")
    page.keyboard.type("next")
    page.keyboard.insert_text(" ☃")
    rest(page)
    page.get_by_label("Free").fill("replaced")


ACTIONS = {
    fill: ["fill"],
    fill_number: ["fill"],
    check: ["check", "uncheck", "check"],
    select_option: ["select", "select"],
    select_by_keyboard: ["select"],
    press: ["click", "fill"],
    type_keys: ["click", "fill"],
    other_alphabets: ["click", "fill"],
    editable: ["click", "press", "fill", "press", "fill"],
}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_each_way_of_input(session, action):
    site = session.site({"/": document("Form", FORM)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page, 200)
        action(page)
        rest(page, 600)
        shown = page.inner_text("#log")
    session.assert_whole()
    types = [step.type for step in session.trace.steps][1:]
    assert types[: len(ACTIONS[action])] == ACTIONS[action], session.titles()
    assert shown
    session.assert_reproduced()


def test_scrolling_and_dragging(session):
    body = """<div id=box style="height:150px;overflow:auto;border:1px solid"><div style="height:900px">inside</div></div>
      <div id=chip style="position:absolute;left:30px;top:300px;width:80px;height:40px;background:teal"></div>
      <input type=range id=range style="position:absolute;left:300px;top:300px;width:200px"><output id=o></output>
      <div style="height:2000px"></div><p id=log style="position:fixed;bottom:0"></p><script>
      const show = () => { log.textContent = [scrollY, box.scrollTop, chip.style.left, range.value].join() };
      addEventListener('scroll', show, true);
      range.oninput = show;
      chip.onpointerdown = (down) => { chip.setPointerCapture(down.pointerId);
        chip.onpointermove = (move) => { chip.style.left = move.clientX - 20 + 'px'; show(); };
        chip.onpointerup = () => { chip.onpointermove = null } };
    </script>"""
    site = session.site({"/": document("Moves", body)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page, 200)
        page.mouse.move(70, 320)
        page.mouse.down()
        for x in range(80, 200, 20):
            page.mouse.move(x, 325)
        page.mouse.up()
        rest(page)
        page.mouse.move(400, 312)
        page.mouse.down()
        page.mouse.move(450, 312, steps=4)
        page.mouse.up()
        rest(page)
        page.mouse.move(200, 150)
        page.mouse.wheel(0, 120)
        page.mouse.wheel(0, 60)
        rest(page)
        page.mouse.move(200, 500)
        page.mouse.wheel(0, 240)
        rest(page)
        assert page.inner_text("#log") != ""
    session.assert_whole()
    kinds = [step.type for step in session.trace.steps]
    assert kinds[0] == "navigate"
    assert kinds.count("scroll") == 2, "turning the wheel goes on; turned elsewhere, it is another step"
    assert kinds.count("drag") + kinds.count("fill") == 2
    session.assert_reproduced()


def test_a_fast_script_is_recorded_whole_and_certified(session):
    """No pauses: most moments are only positions in the log, which the certification gives their pictures."""
    site = session.site({"/": document("Form", FORM)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        page.get_by_label("Text").fill("Ada")
        page.get_by_label("Agree").check()
        page.get_by_label("Colour").select_option("Blue")
        for _ in range(5):
            page.get_by_label("Notes").click()
            page.keyboard.type("x")
        page.get_by_label("Text").press("End")
    session.assert_whole()
    trace = session.trace
    clicks = [step for step in trace.steps if step.type == "click"]
    assert len(clicks) == 5
    assert {step.id for step in trace.steps} <= {checkpoint.step for checkpoint in trace.checkpoints}
    session.close()
    certified = reenact.certify(session.path, times=2)
    assert certified.certification["verdict"] == "certified", certified.certification["unstable"]
    assert all(checkpoint.screenshot for checkpoint in certified.checkpoints)


def test_keys_between_typing_are_steps_that_have_their_moment(session):
    """What goes on with typing has one picture with it; a key that is a step of its own is no part of it."""
    site = session.site({"/": document("Form", FORM)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page)
        page.get_by_label("Notes").click()
        rest(page)
        for key in ("End", "a", "ArrowLeft", "B", "Enter", "c", "Control+a", "d", "Backspace", "e"):
            page.keyboard.press(key)
        rest(page, 800)
    trace = session.trace
    titles = [step.title for step in trace.steps if step.type in ("press", "fill")]
    assert [title.partition(" ")[0] for title in titles] == ["Pressed", "Filled"] * 3, titles
    assert all(step.checkpoint for step in trace.steps)
    session.assert_whole()
    session.assert_reproduced()


def test_keys_pressed_in_a_field_that_takes_none_are_steps_with_a_picture_each(session):
    body = """<input aria-label=Date readonly value=monday><p id=log></p><script>
      addEventListener('keydown', (e) => log.textContent += e.key)</script>"""
    site = session.site({"/": document("Date", body)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page)
        page.get_by_label("Date").click()
        rest(page)
        for key in ("a", "b", "Backspace"):
            page.keyboard.press(key)
            rest(page)
    steps = [step for step in session.trace.steps if step.type == "press"]
    assert [step.title.split(" ")[1] for step in steps] == ["a", "b", "Backspace"]
    assert all(step.checkpoint for step in steps)
    session.assert_whole()
    session.assert_reproduced()


def test_a_form_that_the_browser_fills_in_is_filled_in_again_and_a_gap(session):
    body = """<form><label>Name <input id=name autocomplete=name></label><label>Mail <input autocomplete=email></label>
      <label>Street <textarea autocomplete=street-address></textarea></label></form><p id=log></p><script>
      addEventListener('change', (e) => log.textContent += ` ${e.target.autocomplete}=${e.target.value}`, true)</script>"""
    site = session.site({"/": document("Address", body)})
    known = {
        "NAME_FULL": "Ada Lovelace",
        "EMAIL_ADDRESS": "ada@example.com",
        "ADDRESS_HOME_STREET_ADDRESS": "1 Main St",
    }
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        rest(page, 900)
        page.locator("#name").click()
        rest(page)
        devtools = session.context.new_cdp_session(page)
        devtools.send("DOM.enable")
        root = devtools.send("DOM.getDocument")["root"]["nodeId"]
        node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "#name"})["nodeId"]
        field = devtools.send("DOM.describeNode", {"nodeId": node})["node"]["backendNodeId"]
        address = {"fields": [{"name": name, "value": value} for name, value in known.items()]}
        devtools.send("Autofill.trigger", {"fieldId": field, "address": address})
        rest(page, 700)
        filled = page.inner_text("#log")
    assert filled == "name=Ada Lovelace email=ada@example.com street-address=1 Main St"
    assert [step.title for step in session.trace.steps][2:] == [
        'Filled "Name" with Ada Lovelace',
        'Filled "Mail" with ada@example.com',
        'Filled "Street" with 1 Main St',
    ]
    assert [gap.kind for gap in session.trace.gaps] == ["autofill"]
    result = session.replay()
    assert result.verdict in ("reproduced", "changed"), result.first_divergence
    assert [step.verdict for step in result.steps][:2] == ["identical"] * 2
