"""What layout brings a page without an input: its observers, and events of a mouse that rests."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, document

pytestmark = pytest.mark.browser

# The notice pushes the button away from the mouse, which rests; the page counts and draws by when it heard of that.
HOVER = """<div id=notice></div><button id=go style="width:120px;height:30px">Go</button><div id=under>Below</div><script>
  const at = () => Math.round(performance.now()) % 1000;
  setInterval(() => { document.title = 'Hover ' + at(); }, 9);
  for (const type of ['mouseleave', 'pointerout', 'mouseenter', 'pointerover'])
    go.addEventListener(type, (event) => setTimeout(() => say(type + ' ' + at() + ' ' + (event.relatedTarget ?? {}).id), 3));
  go.onclick = () => setTimeout(() => { notice.style.height = notice.style.height ? '' : '90px'; }, 40);
  under.onmouseover = () => say('below ' + at());
</script>"""

# Between two frames the box takes sizes that a frame of the replay may see and one of the recording did not.
SIZES = """<div id=box style="width:10px;height:20px;background:teal"></div><p id=far style="margin-top:2000px">Far</p>
<button id=go style="position:fixed;top:60px;left:20px">Go</button><script>
  const at = () => Math.round(performance.now()) % 1000;
  const sizes = new ResizeObserver((entries) => {
    say(entries.map((one) => one.target.id + ' ' + one.contentRect.width).join() + ' ' + at());
    if (box.offsetWidth < 15) box.style.width = '15px';
  });
  sizes.observe(box);
  const seen = new IntersectionObserver((entries) => {
    say(entries.map((one) => one.target.id + ' ' + one.isIntersecting + ' ' + Math.round(one.time) % 1000).join());
  }, { threshold: [0, 0.5] });
  seen.observe(far); seen.observe(box);
  go.onclick = () => {
    let width = 20;
    const grow = () => { box.style.width = width + 'px'; if ((width += 7) < 120) setTimeout(grow, 3); };
    grow();
    setTimeout(() => { far.style.marginTop = far.style.marginTop === '0px' ? '2000px' : '0px'; }, 11);
    Promise.resolve().then(() => { sizes.unobserve(box); sizes.observe(box); });
  };
</script>"""


def kinds(trace, ending):
    return [
        str(entries[i + 1])
        for entries in (recorded.entries for recorded in trace.documents)
        for i in range(0, len(entries), 3)
        if entries[i] == "H" and str(entries[i + 1]).endswith(ending)
    ]


def test_what_layout_moves_away_from_a_resting_mouse(session):
    site = session.site({"/": document("Hover", HOVER + LOG)})
    with session.record():
        page = session.open(site, 500)
        for turn in range(3):
            page.get_by_role("button").click()
            # A busy machine takes its time, and so does the move that follows.
            page.locator("li", has_text="mouseleave").nth(turn).wait_for()
            page.wait_for_timeout(300)
            page.mouse.move(300, 250)
            page.wait_for_timeout(200)
    session.assert_reproduced()
    assert kinds(session.trace, ":mouseleave"), "the mouse left the button by itself"


# A press is captured by the list, and its release lets go: what the button then hears comes before the release.
CAPTURED = """<div id=list><button id=go style="width:120px;height:30px">Go</button></div><script>
  for (const element of [list, go]) for (const type of ['pointerover', 'pointerout', 'mouseover', 'mouseout', 'pointerup'])
    element.addEventListener(type, (event) => say(element.id + ' ' + type + ' ' + event.target.id));
  go.onpointerdown = (event) => list.setPointerCapture(event.pointerId);
</script>"""

# It passes under a mouse that rests.
PASSING = """<style>@keyframes pass { from { left: -90px } to { left: 700px } }
#box { position: absolute; top: 90px; left: 700px; width: 80px; height: 60px; background: teal } .on { animation: pass 900ms linear }
</style><div id=box></div><button id=go>Go</button><script>
  for (const type of ['mouseenter', 'mouseleave'])
    box.addEventListener(type, (event) => say(type + ' ' + Math.round(performance.now()) % 1000));
  go.onclick = () => setTimeout(() => box.classList.add('on'), 300);
</script>"""


def test_a_release_lets_go_of_what_had_caught_the_pointer(session):
    site = session.site({"/": document("Captured", CAPTURED + LOG)})
    with session.record():
        page = session.open(site, 300)
        for _ in range(2):
            page.get_by_role("button").click()
            page.wait_for_timeout(500)
        assert "go pointerover" in page.inner_text("#log")
    assert kinds(session.trace, ":pointerover"), "the mouse rested"
    assert session.assert_reproduced().skips == ()


# The mouse goes into a frame, there and back: where it was last it knows from the frame.
ENTERED = """<button id=go style="width:120px;height:30px">Go</button><br><iframe id=inner src="about:blank" width=400 height=120></iframe>
<script>
  inner.contentDocument.write('<body style="margin:0;height:110px">Inner</body>');
  inner.contentDocument.close();
  for (const type of ['mouseenter', 'mouseleave'])
    inner.contentDocument.body.addEventListener(type, () => say(type + ' ' + Math.round(performance.now()) % 1000));
</script>"""


def test_a_mouse_that_comes_back_from_a_frame(session):
    site = session.site({"/": document("Entered", ENTERED + LOG)})
    with session.record():
        page = session.open(site, 400)
        for _ in range(3):
            page.get_by_role("button").click()
            page.wait_for_timeout(300)
            page.mouse.move(200, 170, steps=3)
            page.wait_for_timeout(300)
        page.get_by_role("button").click()
        page.wait_for_timeout(400)
        assert page.inner_text("#log").count("mouseleave") == 3
    assert not kinds(session.trace, ":mouseleave"), "each leave is of a move"
    session.assert_reproduced()


# Text that is marked beyond an edge scrolls for as long as the button is held, by the browser's own clock.
MARKED = """<div id=box style="height:120px;width:300px;overflow:auto;font:16px/20px monospace"></div><p>Below</p><script>
  for (let i = 0; i < 60; i++) box.append(Object.assign(document.createElement('div'), { textContent: 'Line number ' + i }));
  // The page takes its time for each step: so long the browser scrolls on.
  box.onscroll = () => { for (let i = 0, sum = 0; i < 4e7; i++) sum += i; };
</script>"""


def test_marking_text_beyond_an_edge_scrolls_as_far_as_it_did(session):
    site = session.site({"/": document("Marked", MARKED)})
    with session.record():
        page = session.open(site, 500)
        box = page.locator("#box").bounding_box()
        page.mouse.move(box["x"] + 60, box["y"] + 30)
        page.mouse.down()
        for y in (60, 100, 130, 140):
            page.mouse.move(box["x"] + 80, box["y"] + y)
            page.wait_for_timeout(60)
        page.wait_for_timeout(500)
        page.mouse.up()
        page.wait_for_timeout(600)
        assert page.evaluate("box.scrollTop") > 30, "the browser did not scroll"
    session.assert_reproduced()


UPWARDS = """<table></table><style>td { padding: 6px 24px }</style><script>
  for (let i = 0; i < 60; i++) {
    const row = document.querySelector('table').insertRow();
    for (let j = 0; j < 6; j++) row.insertCell().textContent = `Cell ${i} ${j}`;
  }
  scrollTo(0, 900);
</script>"""


def test_marking_text_up_to_the_edge_of_a_page_marks_as_much_as_it_did(session):
    site = session.site({"/": document("Upwards", UPWARDS)})
    with session.record():
        page = session.open(site, 700)
        page.mouse.move(330, 120)
        page.mouse.down()
        for x, y in ((320, 90), (290, 60), (250, 30), (210, 12), (190, 6)):
            page.mouse.move(x, y)
        page.wait_for_timeout(350)
        page.mouse.up()
        page.wait_for_timeout(600)
        assert page.evaluate("scrollY") < 850, "the browser did not scroll"
    for _ in range(3):
        session.assert_reproduced()


LEAVING = """<div id=box style="height:60px;width:300px;overflow:auto"><div style="height:400px">Long</div></div>
<form action="/there"><button onpointerdown="box.focus({ preventScroll: true }); box.scrollTop = 40">Leave</button></form>"""


def test_a_release_that_leaves_a_page_which_scrolled_since_the_press(session):
    site = session.site({"/": document("Leaving", LEAVING), "/there": document("There", "<p>There</p>")})
    with session.record():
        page = session.open(site, 500)
        page.get_by_role("button").hover()
        page.mouse.down()
        page.wait_for_timeout(250)
        page.mouse.up()
        page.wait_for_url("**/there*")
        page.wait_for_timeout(500)
    types = [act.raw["event"]["type"] for act in session.trace.acts if act.type == "input"]
    assert types[-3:] == ["down", "scroll", "up"]
    session.assert_reproduced()


# What is pressed gives way to another: the next press comes with the events of having come to that.
GIVING_WAY = """<div id=all></div><script>
  const put = (turn) => {
    all.innerHTML = '<button style="width:120px;height:30px">Turn ' + turn + '</button>';
    all.firstChild.onclick = () => { const now = performance.now(); say(turn + ' at ' + now); put(turn + 1); };
    all.firstChild.onpointerover = () => say('over ' + turn + ' at ' + performance.now());
  };
  put(0);
</script>"""


def test_presses_while_a_picture_is_due_on_what_has_come_under_the_mouse(session):
    site = session.site({"/": document("Giving way", GIVING_WAY + LOG)})
    with session.record():
        page = session.open(site, 600)
        x, y = 60, page.get_by_role("button").bounding_box()["y"] + 15
        page.mouse.move(x, y)
        page.wait_for_timeout(600)
        for _ in range(6):
            page.mouse.down()
            page.mouse.up()
        page.wait_for_timeout(600)
        assert "over 6" in page.inner_text("#log")
    acts = [act for act in session.trace.acts if act.type in ("checkpoint", "input")]
    told = [("A" if act.type == "input" else "C", act.ordinal) for act in acts]
    entries = session.trace.documents[0].entries
    numbers = [
        (entries[at], entries[at + 1] if entries[at] == "A" else entries[at + 1][0])
        for at in range(0, len(entries), 3)
        if entries[at] in "AC"
    ]
    assert [one for one in numbers if one in told] == told
    session.assert_reproduced()


def test_what_moves_passes_under_a_resting_mouse(session):
    site = session.site({"/": document("Passing", PASSING + LOG)})
    with session.record():
        page = session.open(site, 300)
        page.get_by_role("button").focus()
        page.mouse.move(300, 120)
        page.keyboard.press("Enter")
        page.wait_for_timeout(1700)
        assert page.inner_text("#log").count("mouse") == 2
    assert session.assert_reproduced().skips == ()


# Each frame of the transition has another width, of which the document in it hears.
WIDENING = """<style>iframe { width: 200px; height: 60px; transition: width 500ms linear } .on { width: 600px }</style>
<iframe id=inner srcdoc="<p>Inner"></iframe><button id=go>Go</button><ol id=log style="columns: 4"></ol><script>
  let heard = false;
  const listen = () => inner.contentWindow.addEventListener('resize', () => setTimeout(() => {
    log.append(Object.assign(document.createElement('li'), { textContent: inner.contentWindow.innerWidth }));
  }, 1));
  go.onclick = () => { if (!heard) listen(); heard = true; inner.classList.toggle('on'); };
</script>"""


def test_a_frame_that_widens_hears_of_each_width(session):
    site = session.site({"/": document("Widening", WIDENING)})
    with session.record():
        page = session.open(site, 300)
        for _ in range(2):
            page.get_by_role("button").click()
            page.wait_for_timeout(1000)
    assert len(kinds(session.trace, ":resize")) > 9
    assert session.assert_reproduced().skips == ()


def test_moves_of_the_mouse_are_not_told_twice(session):
    """What a real move raises comes with its input, and stands nowhere else."""
    site = session.site({"/": document("Hover", HOVER + LOG)})
    with session.record():
        page = session.open(site, 500)
        button = page.get_by_role("button").bounding_box()
        for x in (60, 300, 80, 400):
            page.mouse.move(x, button["y"] + 9)
            page.wait_for_timeout(150)
    session.assert_reproduced()
    assert not kinds(session.trace, ":mouseleave")


def test_observers_of_size_and_visibility(session):
    site = session.site({"/": document("Sizes", SIZES + LOG)})
    with session.record():
        page = session.open(site, 500)
        for _ in range(3):
            page.get_by_role("button").click()
            page.wait_for_timeout(500)
    session.assert_reproduced()


# Each frame of the transition has another size, and what is made of it runs on: one that is missed would be waited for.
GROWING = """<style>#box{width:100px;height:20px;background:teal;transition:height 500ms linear} .on{height:320px!important}</style>
<div id=box></div><button id=go style="position:fixed;top:60px;left:220px">Go</button><script>
  let told = 0;
  new ResizeObserver(() => { told++; setTimeout(() => { document.title = 'Heard ' + told; }, 5); }).observe(box);
  go.onclick = () => box.classList.toggle('on');
</script>"""


def test_an_observer_sees_each_frame_of_a_transition(session):
    site = session.site({"/": document("Growing", GROWING)})
    with session.record():
        page = session.open(site, 300)
        for _ in range(2):
            page.get_by_role("button").click()
            page.wait_for_timeout(900)
        assert int(page.title().split(" ")[1]) > 20
    assert session.assert_reproduced().skips == ()
