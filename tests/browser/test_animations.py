"""What moves while a picture is taken stands in the replay where it stood in the recording."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest
from fixtures.pages.site import Reply, document

pytestmark = pytest.mark.browser

BOX = "<style>div{width:500px;height:300px;background:rgb(0,0,0)}%s</style><button id=b>Press</button><div id=d></div>"


def replay_clicks(session, body, clicks):
    site = session.site({"/": document("Moving", body)})
    with session.record():
        page = session.open(site, 500)
        for _ in range(clicks):
            page.get_by_role("button").click()
            page.wait_for_timeout(2200)
    session.assert_reproduced()


def moments_of(trace):
    """Of each checkpoint at which something moved: what, and where it stood."""
    return [
        entries[i + 1][1:]
        for entries in (document.entries for document in trace.documents)
        for i in range(0, len(entries), 3)
        if entries[i] == "C" and len(entries[i + 1]) > 1
    ]


def test_transition_that_turned_back_half_way(session):
    """Where it turned depends on when the browser drew what: the trace says with which value it began anew."""
    # The way back is a long one: what is about to rest is waited for.
    style = (
        "div{transition:background-color 18s linear} .on{transition-duration:4s;background:rgb(255,255,255)}"
    )
    body = BOX % style + (
        "<script>b.onclick = () => { d.className = 'on'; setTimeout(() => { d.className = ''; }, 700); };</script>"
    )
    replay_clicks(session, body, 2)
    moments = moments_of(session.trace)
    assert moments, "no picture was taken while something moved"
    assert all(key == "background-color@div" for key, _ in moments)


def test_transitions_that_turn_back_after_a_frame_or_two(session):
    """How far each had come is what its end depends on: as a hover does that passes, or a button that is disabled."""
    style = "button.x{transition:all .3s} button.x:disabled{opacity:.3}"
    body = (
        f"<style>{style}</style><button class=x id=b>Button</button><ol id=log style='columns:6'></ol>"
        """<script>
      const note = (text) => log.append(Object.assign(document.createElement('li'), { textContent: text }));
      for (const type of ['transitionrun', 'transitionend', 'transitioncancel'])
        b.addEventListener(type, (event) => note(type.slice(10) + ' ' + event.elapsedTime.toFixed(3)));
      const later = (frames, run) => (frames ? requestAnimationFrame(() => later(frames - 1, run)) : setTimeout(run));
      let turn = 0;
      const next = () => {
        b.disabled = true;
        later(2 + turn % 3, () => {
          for (let i = 0, sum = 0; i < 2e5; i++) sum += i;
          b.disabled = false;
          if (++turn < 6) setTimeout(next, 500);
        });
      };
      addEventListener('click', next);
    </script>"""
    )
    site = session.site({"/": document("Turning", body)})
    with session.record():
        page = session.open(site, 500)
        page.get_by_role("heading").click()
        page.wait_for_timeout(4500)
        text = page.inner_text("#log")
    assert text.count("cancel") >= 3, text
    assert text.count("end") >= 3, text
    session.assert_reproduced()


def test_animation_of_the_style_sheet_and_of_a_script(session):
    style = "@keyframes go{to{margin-left:300px}} .on{animation:go 5s linear infinite}"
    body = BOX % style + (
        "<p id=p>text</p><script>b.onclick = () => { d.className = 'on';"
        " p.animate([{opacity: 0}, {opacity: 1}], {duration: 3000, iterations: Infinity}); };</script>"
    )
    replay_clicks(session, body, 1)


def test_motion_that_is_soon_over_is_waited_for(session):
    """The picture that tells most is of where things come to rest; a longer motion is taken on its way."""
    body = BOX % "div{transition:width 1500ms linear} .on{width:100px}" + (
        "<script>b.onclick = () => { d.className = d.className ? '' : 'on'; };</script>"
    )
    replay_clicks(session, body, 2)
    assert not moments_of(session.trace)


def test_what_scripts_do_with_animations(session):
    """Seeking, other rates, turning back, stopping: the replay moves on from there, and shows the page no other state."""
    names = ("seek", "rate", "held", "back", "sync", "ends")
    boxes = "".join(
        f"<p id={name} style='width:40px;height:30px;margin:4px;background:teal'></p>" for name in names
    )
    script = """
      const slide = (element) => element.animate({ transform: ['none', 'translateX(600px)'] }, { duration: 20000, fill: 'both' });
      const [seek, rate, held, back, sync, ends] = [...document.querySelectorAll('p')].slice(0, 6).map(slide);
      held.pause();
      sync.startTime = document.timeline.currentTime - 5000;
      const say = (...told) => { out.textContent += told.join(' ') + '; '; };
      ends.finished.then(() => say('ended'));
      ends.ready.then(() => say('ready'));
      b.onclick = () => {
        seek.currentTime = 12000;
        Object.assign(rate, { playbackRate: 3, currentTime: 3000 });
        held.currentTime = 7000;
        back.currentTime = 15000;
        back.reverse();
        setTimeout(() => held.play(), 200);
        setTimeout(() => ends.finish(), 400);
        setTimeout(() => seek.pause(), 700);
        setTimeout(() => { for (const one of [seek, rate, held, back, sync, ends]) {
          say(one.playState, one.currentTime, one.startTime, one.effect.getComputedTiming().progress);
        } say(document.timeline.currentTime); }, 900);
      };
    """
    body = f"{boxes}<button id=b>Press</button><p id=out></p><script>{script}</script>"
    site = session.site({"/": document("Scripted", body)})
    with session.record():
        page = session.open(site, 500)
        page.get_by_role("button").click()
        page.wait_for_timeout(600)
        page.mouse.click(700, 400)
        page.wait_for_timeout(700)
        page.mouse.click(710, 410)
        page.wait_for_timeout(400)
        said = page.locator("#out").inner_text()
    assert "ended" in said, said
    assert "paused" in said, said
    # On a busy machine a recording may show an edge that moved a fraction of a pixel in another shade.
    steps = session.replay().steps
    assert [step.changed_pixels for step in steps if step.changed_pixels] == [], steps
    assert all(step.verdict != "missing" for step in steps)


def test_motion_of_what_has_left_the_page_comes_to_its_end(session):
    """Nothing shows it any more, and the page waits for it."""
    body = (
        BOX % ""
        + """<p id=p>waits</p><script>b.onclick = async () => {
          const animation = d.animate([{opacity: 1}, {opacity: 0}], {duration: 400});
          animation.onfinish = () => { p.textContent += ' heard'; };
          setTimeout(() => d.remove(), 150);
          await animation.finished;
          p.textContent += ' over';
        };</script>"""
    )
    site = session.site({"/": document("Leaving", body)})
    with session.record():
        page = session.open(site, 400)
        page.get_by_role("button").click()
        page.wait_for_timeout(1200)
        assert "heard" in page.inner_text("p")
        assert "over" in page.inner_text("p")
    assert session.assert_reproduced().skips == ()


def test_motion_that_goes_by_scrolling_stands_where_that_puts_it(session):
    body = """<style>
      @keyframes grow { from { width: 0 } to { width: 100% } }
      #bar { position: fixed; top: 0; left: 0; height: 10px; background: red; animation: grow linear; animation-timeline: scroll() }
      #box { width: 100px; height: 100px; background: blue; margin: 500px 0 3000px; animation: grow linear; animation-timeline: view() }
      </style><div id=bar></div><button style="position: fixed; top: 30px">Press</button><div id=box></div>"""
    site = session.site({"/": document("Scrolling", body)})
    with session.record():
        page = session.open(site, 400)
        page.get_by_role("button").click()
        page.wait_for_timeout(500)
        page.mouse.move(300, 300)
        page.mouse.wheel(0, 350)
        page.wait_for_timeout(900)
    assert session.assert_reproduced().skips == ()


def test_what_the_browser_draws_by_its_own_clock_is_declared(session):
    body = (
        "<progress></progress><marquee>Along</marquee><progress value=0.4></progress><button>Press</button>"
    )
    site = session.site({"/": document("Waiting", body)})
    with session.record():
        page = session.open(site, 700)
        page.get_by_role("button").click()
        page.wait_for_timeout(900)
    masked = {region.what for point in session.trace.checkpoints for region in point.unstable}
    assert masked == {"progress", "marquee"}
    session.assert_reproduced()


def test_animated_pictures(session):
    """Each would show a moment of its own in every picture of the session."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><rect width="20" height="60">'
        '<animate attributeName="width" values="0;200" dur="0.9s" repeatCount="indefinite"/></rect></svg>'
    )
    inline = base64.b64encode(_apng()).decode()
    body = f"<button>Press</button><img src=/a.svg><img src=data:image/png;base64,{inline}>{svg}"
    site = session.site(
        {"/": document("Pictures", body), "/a.svg": Reply(svg, type="image/svg+xml")},
    )
    with session.record():
        page = session.open(site, 500)
        for _ in range(3):
            page.get_by_role("button").click()
            page.wait_for_timeout(700)
    session.assert_reproduced()


def _apng() -> bytes:
    """Eight grey squares of 60 pixels, 70 ms each, for ever (PNG, third edition)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    parts = [
        chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 60, 8, 0, 0, 0, 0)),
        chunk(b"acTL", struct.pack(">II", 8, 0)),
    ]
    number = 0
    for frame in range(8):
        parts.append(chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, 60, 60, 0, 0, 70, 1000, 0, 0)))
        data = zlib.compress((b"\0" + bytes([frame * 30]) * 60) * 60)
        number += 1
        if frame == 0:
            parts.append(chunk(b"IDAT", data))
        else:
            parts.append(chunk(b"fdAT", struct.pack(">I", number) + data))
            number += 1
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


LAYERS = """<style>
  .bar { position: absolute; left: 100px; top: 130px; width: 400px; height: 90px; background: #eee; transition: transform .3s }
  .bar.moved { transform: translateX(30px) }
  .tip { position: absolute; top: 150px; background: #333; color: #fff; padding: 8px 12px; border-radius: 4px;
         box-shadow: 0 1px 6px rgba(0, 0, 0, .35); z-index: 100; font-size: 13px }
  .tip::after { content: ''; position: absolute; left: 100%; top: 8px; border: 7px solid transparent; border-left-color: #333 }
  .list { overflow: auto; height: 150px; margin-top: 150px }
</style><button id=go>Go</button><div class=bar id=bar>Bar</div><div class=list><div style="height: 900px">List</div></div><script>
  let count = 0;
  const tip = (top) => {
    const made = Object.assign(document.createElement('div'), { className: 'tip', textContent: 'Show in outline' });
    made.style.cssText = `top: ${top}px; left: ${140 + 90 * count++}px`;
    document.body.append(made);
    return made;
  };
  go.onmouseenter = () => tip(260).animate([{ opacity: 0 }, { opacity: 1 }], 150);
  go.onclick = () => {
    bar.classList.toggle('moved');
    setTimeout(() => {
      const made = tip(150);
      let frame = made.style.opacity = 0;
      const step = () => { made.style.opacity = ++frame / 10; if (frame < 10) requestAnimationFrame(step); };
      requestAnimationFrame(step);
    }, 60);
  };
</script>"""


def test_layers_are_those_of_the_page_and_not_of_its_past(session):
    """A shadow over something that moved a moment ago: its edges show which layers the browser chose, and when."""
    site = session.site({"/": document("Layers", LAYERS)})
    with session.record(name="layers"):
        page = session.open(site, 600)
        for _ in range(2):
            page.click("#go")
            page.wait_for_timeout(900)
    session.assert_reproduced()


# Each width is written down as it was read, to the last digit: in frames, between them, by an observer, after a picture.
READ = """<style>
  div { width: 200px; height: 9px; background: teal } ol { columns: 8; font-size: 9px; line-height: 10px; margin: 0 }
  #frame, #timer, #observer { transition: width 500ms ease } .on > div { width: 500px !important }
  @keyframes turn { to { width: 400px } } #endless { animation: turn 2s linear infinite alternate }
</style><button id=go>Go</button>
<section id=all><div id=frame></div><div id=timer></div><div id=observer></div></section>
<div id=endless></div><div id=script></div><ol id=log></ol><script>
  const width = (element) => element.getBoundingClientRect().width.toFixed(3);
  const note = (text) => log.append(Object.assign(document.createElement('li'), { textContent: text }));
  new ResizeObserver((entries) => note('o' + entries[0].contentRect.width.toFixed(3))).observe(observer);
  go.onclick = () => {
    all.classList.toggle('on');
    const frames = (left) => {
      note('f' + width(frame) + ' e' + width(endless) + ' s' + width(script));
      if (left > 0) requestAnimationFrame(() => frames(left - 1));
    };
    frames(25);
    for (let i = 0; i < 15; i++) setTimeout(() => note('t' + width(timer)), 20 * i);
    script.animate([{ width: '20px' }, { width: '450px' }], { duration: 400, easing: 'ease-in' });
  };
</script>"""


def test_bars_that_slide_and_stretch_are_drawn_as_the_browser_moves_them(session):
    """A compositor chooses anew how finely to draw what it has moved itself, and not what code has placed."""
    style = """
      .bar{position:relative;height:4px;width:700px;margin:20px;overflow:hidden;content-visibility:auto;contain:strict}
      .bar,i{background:#e6e0e9} i{position:absolute;inset:0;left:-55%;animation:slide 2s infinite linear}
      u{position:absolute;inset:0;background:#6750a4;animation:stretch 2s infinite linear}
      i,u{transform-origin:left center}
      @keyframes slide{25%{transform:translateX(38%)}48%{transform:translateX(84.4%)}100%{transform:translateX(160%)}}
      @keyframes stretch{0%,100%{transform:scaleX(.08)}19%{transform:scaleX(.457)}44%{transform:scaleX(.728)}}
    """
    body = f"<style>{style}</style><button>Press</button><div class=bar><i><u></u></i></div>"
    replay_clicks(session, body, 4)
    assert len(moments_of(session.trace)) >= 4


def test_what_code_reads_of_what_moves(session):
    site = session.site({"/": document("Read", READ)})
    with session.record():
        page = session.open(site, 300)
        for _ in range(2):
            page.get_by_role("button").click()
            page.wait_for_timeout(1100)
        lines = page.inner_text("#log").split()
    assert len({line for line in lines if line[0] in "fo"}) > 10
    session.assert_reproduced()
    session.assert_reproduced()


def test_what_timers_read_of_what_a_script_moves(session):
    """No event tells that it began, and no frame of the page comes."""
    body = """<style>div { width: 200px; height: 9px; background: teal } ol { columns: 6; font-size: 9px }</style>
    <button id=go>Go</button><div id=box></div><ol id=log></ol><script>
      go.onclick = () => {
        box.animate([{ width: '20px' }, { width: '450px' }], { duration: 500, easing: 'ease-in-out' });
        for (let i = 1; i < 25; i++) setTimeout(() => {
          const text = box.getBoundingClientRect().width.toFixed(3);
          log.append(Object.assign(document.createElement('li'), { textContent: text }));
        }, 17 * i);
      };
    </script>"""
    site = session.site({"/": document("Script", body)})
    with session.record():
        page = session.open(site, 300)
        for _ in range(2):
            page.get_by_role("button").click()
            page.wait_for_timeout(900)
        assert len(set(page.inner_text("#log").split())) > 10
    session.assert_reproduced()


# A portal is put in by the same press that begins a ripple: it listens on the body, before the ripple tells that it began.
RIPPLE = """<style>@keyframes grow { from { opacity: .1 } to { opacity: 1 } } .ripple { animation: grow 300ms }</style>
<div id=root><button>Open</button><p id=here></p></div><ol id=log style="columns: 4"></ol><script>
  const note = (text) => log.append(Object.assign(document.createElement('li'), { textContent: text }));
  root.addEventListener('animationstart', (event) => note('root ' + event.target.id));
  let turn = 0;
  root.onmousedown = () => {
    here.append(Object.assign(document.createElement('i'), { className: 'ripple', id: 'i' + turn, textContent: 'o' }));
    const place = document.body;
    for (const capture of [true, false])
      setTimeout(() => {
        for (let until = performance.now() + 25; performance.now() < until;);
        place.addEventListener('animationstart', (event) => note('body ' + capture + ' ' + event.target.id), capture);
      });
    turn++;
  };
</script>"""


def test_who_begins_to_listen_right_after_something_began_to_move(session):
    site = session.site({"/": document("Ripple", RIPPLE)})
    with session.record():
        page = session.open(site, 500)
        for _ in range(3):
            page.get_by_role("button").click()
            page.wait_for_timeout(700)
        text = page.inner_text("#log")
    assert "body true i0" in text, "the browser drew a frame before the page listened"
    session.assert_reproduced()


def test_a_size_that_goes_on_while_nobody_takes_a_picture(session):
    """The second click comes before the picture of the first: nothing stood still for it."""
    body = """<style>div { height: 9px; background: teal; animation: turn 2s linear infinite alternate } ol { columns: 8; font-size: 9px }
      @keyframes turn { from { width: 200px } to { width: 400px } }</style>
    <button id=go>Go</button><div id=box></div><ol id=log></ol><script>
      let left = 0;
      new ResizeObserver(([entry]) => {
        if (left-- > 0) log.append(Object.assign(document.createElement('li'), { textContent: entry.contentRect.width.toFixed(2) }));
      }).observe(box);
      go.onclick = () => { left = 40; };
    </script>"""
    with session.record():
        page = session.open(session.site({"/": document("Size", body)}), 700)
        for _ in range(3):
            page.get_by_role("button").click()
            page.wait_for_timeout(60)
        page.wait_for_timeout(1500)
        assert len(set(page.inner_text("#log").split())) > 5
    session.assert_reproduced()


INSIDE = {
    "placeholder": (
        "<input placeholder='Search for anything' id=c>",
        "::placeholder",
        "opacity:.1",
        "opacity:1",
    ),
    "thumb": (
        "<input type=range id=c>",
        "::-webkit-slider-thumb",
        "-webkit-appearance:none;width:20px;height:20px;background:rgb(255,255,255)",
        "background:rgb(0,0,0)",
    ),
    "details": (
        "<details id=c open><summary>More</summary>Text</details>",
        "::details-content",
        "height:10px",
        "height:90px",
    ),
    "bar": (
        "<progress id=c value=.5></progress>",
        "::-webkit-progress-value",
        "background:rgb(255,255,255)",
        "background:rgb(0,0,0)",
    ),
}


@pytest.mark.parametrize("kind", INSIDE)
def test_what_moves_inside_of_a_control(session, kind):
    """No document tells of it: the browser builds a control of elements of its own."""
    control, part, off, on = INSIDE[kind]
    flat = "progress,input[type=range]{appearance:none;background:gold}"
    style = f"{flat} #c{part}{{{off};transition:all 1.5s linear}} .on #c{part}{{{on}}}"
    body = (
        f"<style>{style} button{{display:block}}</style>{control}<button id=b>Press</button>"
        "<script>b.onclick = () => document.body.classList.toggle('on')</script>"
    )
    replay_clicks(session, body, 3)


DECLARED = """<style>button{display:block}</style>
<div id=host><template shadowrootmode=open>
  <style>p{width:300px;height:60px;background:rgb(0,0,0);transition:background-color 3s linear} p.on{background:rgb(255,255,255)}</style>
  <p id=p></p>
  <div><template shadowrootmode=open><style>
    i{display:block;width:60px;height:60px;background:navy;animation:go 7s linear infinite} @keyframes go{to{margin-left:400px}}
  </style><i></i></template></div>
</template></div><div id=later></div><button id=b>Press</button><script>
  b.onclick = () => host.shadowRoot.getElementById('p').classList.toggle('on');
  later.setHTMLUnsafe(`<div><template shadowrootmode=open><style>
    u{display:block;width:40px;height:40px;background:green;animation:go 5s linear infinite} @keyframes go{to{margin-left:300px}}
  </style><u></u></template></div>`);
</script>"""


def test_what_moves_in_shadow_trees_of_the_markup(session):
    replay_clicks(session, DECLARED, 2)
    moving = {key for moments in moments_of(session.trace) for key in moments[::2]}
    assert moving >= {"go@i", "go@u"}, moving


TAKEN_AWAY = """<style>
  dialog { opacity: 0; translate: 0 -30px }
  dialog, ::backdrop { transition: .4s allow-discrete; transition-property: opacity, translate, background-color, display, overlay }
  [open] { opacity: 1; translate: 0 } ::backdrop { background: #0000 } [open]::backdrop { background: #0009 }
  @starting-style { [open] { opacity: 0; translate: 0 -30px } [open]::backdrop { background: #0000 } }
</style><button onclick="d.showModal()">Open</button><dialog id=d><button onclick="d.close()">Close</button></dialog>
<ol id=log style="columns:5;font-size:10px"></ol><script>
  for (const type of ['transitionend', 'transitioncancel']) d.addEventListener(type, (event) => {
    const what = `${type.slice(10)} ${event.propertyName} ${event.pseudoElement}`;
    log.append(Object.assign(document.createElement('li'), { textContent: `${what} ${performance.now().toFixed(1)}` }));
  });
  %s
</script>"""


@pytest.mark.parametrize(
    "frames", ["", "(function loop() { requestAnimationFrame(loop); })();"], ids=["", "frames"]
)
def test_what_takes_an_element_away_ends_or_is_called_off_with_all_that_moves_there(session, frames):
    """Which of the two depends on whether somebody waits for the frame (Chromium 156)."""
    site = session.site({"/": document("Taken away", TAKEN_AWAY % frames)})
    with session.record():
        page = session.open(site, 500)
        for name in ("Open", "Close") * 2:
            page.get_by_role("button", name=name).click()
            page.wait_for_timeout(900)
        assert page.inner_text("#log").count("end opacity") >= 2
    for _ in range(2):
        assert session.assert_reproduced().skips == ()
