"""What the browser itself does: dialogs, downloads, permissions, history, windows, devices."""

from __future__ import annotations

from fixtures.pages.site import Call, Reply, document
from playwright.sync_api import Page
from tests.gestures.scenario import Scenario, middle, rest


def _dialogs(page: Page) -> None:
    def answer(dialog) -> None:
        if dialog.type == "prompt":
            dialog.accept("Ada")
        elif "really" in dialog.message:
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", answer)
    for name in ("Alert", "Confirm", "Prompt"):
        page.get_by_role("button", name=name).click()
        rest(page)


def _leaving(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Field").click()
    page.keyboard.type("x")
    rest(page, 700)
    page.get_by_role("link").click()
    page.get_by_text("Other side").wait_for()
    rest(page)


def _staying(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.get_by_label("Field").click()
    page.keyboard.type("x")
    rest(page, 700)
    page.get_by_role("link").click()
    rest(page)
    page.get_by_label("Field").click()


def _download(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Report").click()
    download.value.path()
    rest(page)
    page.get_by_role("button", name="After").click()


def _geolocation(page: Page) -> None:
    page.get_by_role("button").click()
    page.get_by_text("position ").wait_for()
    rest(page)


def _resize(page: Page) -> None:
    page.set_viewport_size({"width": 600, "height": 500})
    rest(page, 600)
    page.get_by_role("button").click()
    rest(page)
    page.set_viewport_size({"width": 1000, "height": 700})
    rest(page, 600)


def _storage(page: Page) -> None:
    page.get_by_role("button").click()
    rest(page)
    page.reload()
    rest(page)
    page.get_by_role("button").click()


def _fullscreen(page: Page) -> None:
    page.get_by_role("button").click()
    rest(page, 600)
    page.get_by_role("button").click()
    rest(page, 600)


def _touch(page: Page) -> None:
    page.get_by_role("button").tap()
    rest(page)
    session = page.context.new_cdp_session(page)
    for kind, y in (
        ("touchStart", 400),
        ("touchMove", 350),
        ("touchMove", 300),
        ("touchMove", 250),
        ("touchEnd", 0),
    ):
        points = [] if kind == "touchEnd" else [{"x": 200, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        rest(page, 30)
    rest(page, 600)


def _long_press(page: Page) -> None:
    x, y = middle(page, "button")
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    rest(page, 800)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    rest(page)


def _pinch(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 90), ("touchEnd", 0)):
        points = (
            [{"x": 300 - apart, "y": 250, "id": 0}, {"x": 300 + apart, "y": 250, "id": 1}] if apart else []
        )
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        rest(page, 40)
    rest(page)


def _signed_in(page: Page) -> None:
    page.get_by_role("link").click()
    page.get_by_text("Behind the door").wait_for()
    rest(page)


def _routes(page: Page) -> None:
    for name in ("Hash", "Push"):
        page.get_by_role("button", name=name).click()
        rest(page)
    page.go_back()
    rest(page)
    page.go_back()
    rest(page)


def _guarded(call: Call) -> Reply:
    if call.headers.get("Authorization", "").startswith("Basic "):
        return Reply(document("Guarded", "Behind the door"))
    return Reply("no", 401, {"WWW-Authenticate": 'Basic realm="door"'})


def _windows(page: Page) -> None:
    with page.expect_popup() as opened:
        page.get_by_role("link").click()
    other = opened.value
    other.get_by_role("button").click()
    rest(other)
    page.bring_to_front()
    page.get_by_role("button").click()
    rest(page)
    other.get_by_role("button").click()
    rest(other)


def _bfcache(page: Page) -> None:
    page.get_by_label("Field").fill("kept")
    rest(page)
    page.get_by_role("link").click()
    page.get_by_text("Other side").wait_for()
    rest(page)
    page.go_back()
    rest(page)
    page.get_by_label("Field").click()


def _rotate(page: Page) -> None:
    page.set_viewport_size({"width": 500, "height": 900})
    rest(page)
    page.get_by_role("button").click()


def _print(page: Page) -> None:
    page.get_by_role("button").click()
    rest(page, 600)
    page.get_by_text("Text").click()


def _fragments(page: Page) -> None:
    page.get_by_role("link", name="Second").click()
    rest(page)
    page.get_by_role("button", name="Back").click()
    rest(page)


SCENARIOS = (
    Scenario(
        "dialogs",
        """<button onclick="alert('Hello'); o.textContent += ' alerted'">Alert</button>
        <button onclick="o.textContent += ' confirmed ' + confirm('really?')">Confirm</button>
        <button onclick="o.textContent += ' name ' + prompt('Who?', 'you')">Prompt</button><p id=o></p>""",
        _dialogs,
        (
            'Clicked button "Alert"',
            'Accepted alert "Hello"',
            'Clicked button "Confirm"',
            'Dismissed confirm "really?"',
            'Clicked button "Prompt"',
            'Accepted prompt "Who?"',
        ),
        "alerted confirmed false name Ada",
    ),
    Scenario(
        "leaving with a question",
        "<label>Field <input></label><a href=/other>Away</a><script>onbeforeunload = (e) => e.preventDefault()</script>",
        _leaving,
        ('Clicked field "Field"', 'Filled "Field" with x', 'Clicked link "Away"', "Left the page when asked"),
        "Other side",
        pages={"/other": document("Other", "Other side")},
    ),
    Scenario(
        "staying after a question",
        "<label>Field <input></label><a href=/other>Away</a><script>onbeforeunload = (e) => e.preventDefault()</script>",
        _staying,
        (
            'Clicked field "Field"',
            'Filled "Field" with x',
            'Clicked link "Away"',
            "Stayed on the page when asked",
            'Clicked field "Field"',
        ),
        pages={"/other": document("Other", "Other side")},
    ),
    Scenario(
        "downloads",
        """<a href=/report.csv download>Report</a>
        <button onclick="this.textContent = 'Done'">After</button>""",
        _download,
        ('Clicked link "Report"', 'Clicked button "After"'),
        "Done",
        pages={
            "/report.csv": Reply(
                "a,b\n1,2\n",
                type="text/csv",
                headers={"Content-Disposition": "attachment; filename=report.csv"},
            )
        },
    ),
    Scenario(
        "geolocation",
        """<button onclick="navigator.geolocation.getCurrentPosition((p) => o.textContent = 'position ' + p.coords.latitude,
        (e) => o.textContent = 'position error ' + e.code)">Where</button><p id=o></p>""",
        _geolocation,
        ('Clicked button "Where"',),
        "position 52.5",
        context={"geolocation": {"latitude": 52.5, "longitude": 13.4}, "permissions": ["geolocation"]},
    ),
    Scenario(
        "geolocation refused",
        """<button onclick="navigator.geolocation.getCurrentPosition((p) => o.textContent = 'position ' + p.coords.latitude,
        (e) => o.textContent = 'position error ' + e.code)">Where</button><p id=o></p>""",
        _geolocation,
        ('Clicked button "Where"',),
        "position error 1",
    ),
    Scenario(
        "window resized",
        '<button onclick="this.textContent = innerWidth">Width</button><p id=o></p>'
        "<script>onresize = () => o.textContent += ' ' + innerWidth + 'x' + innerHeight</script>",
        _resize,
        ("Resized the window to 600 x 500", 'Clicked button "Width"', "Resized the window to 1000 x 700"),
        "1000x700",
    ),
    Scenario(
        "storage",
        "<button onclick=\"localStorage.n = +(localStorage.n ?? 0) + 1; document.cookie = 'n=' + localStorage.n; show()\">Count</button><p id=o></p>"
        "<script>const show = () => o.textContent = 'n ' + localStorage.n + ' ' + document.cookie; show()</script>",
        _storage,
        ('Clicked button "Count"', "Reloaded the page", 'Clicked button "Count"'),
        "n 2 n=2",
    ),
    Scenario(
        "full screen",
        '<button onclick="document.fullscreenElement ? document.exitFullscreen() : document.body.requestFullscreen()">Full</button>',
        _fullscreen,
        ('Clicked button "Full"', 'Clicked button "Full"'),
        "fullscreenchange",
    ),
    Scenario(
        "touch",
        "<button>Tap</button><style>body{padding-bottom:2000px}</style>",
        _touch,
        ('Tapped button "Tap"', "Swiped up 150 px"),
        "touchstart",
        context={"has_touch": True},
        unheard=(
            "scroll",
            "touchmove",
        ),  # how many there are depends on the frames that the browser found time for
    ),
    Scenario(
        "long press",
        "<button style='touch-action:none;user-select:none'>Hold</button>",
        _long_press,
        ('Pressed and held button "Hold"',),
        "touchend button",
        context={"has_touch": True},
    ),
    Scenario(
        "pinch",
        """<div id=area style="touch-action:none;width:600px;height:300px;background:#def"></div><p id=o></p><script>
        area.ontouchmove = (e) => { const [a, b] = e.touches; if (b) o.textContent = 'apart ' + Math.round(b.clientX - a.clientX) };
        </script>""",
        _pinch,
        ("Pinched an area of the page",),
        "apart 180",
        context={"has_touch": True},
    ),
    Scenario(
        "sign-in of the browser's own",
        "<a href=/guarded>Door</a>",
        _signed_in,
        ('Clicked link "Door"',),
        "Behind the door",
        pages={"/guarded": _guarded},
        context={"http_credentials": {"username": "ada", "password": "canary-5512"}},
    ),
    Scenario(
        "routes of a single page",
        """<button onclick="location.hash = 'one'">Hash</button><button onclick="history.pushState(1, '', '/pushed'); show()">Push</button>
        <p id=o></p><script>const show = () => o.textContent += ' ' + location.pathname + location.hash;
        onhashchange = onpopstate = show</script>""",
        _routes,
        ('Clicked button "Hash"', 'Clicked button "Push"', "Went back", "Went back"),
        "/pushed",
    ),
    Scenario(
        "two windows",
        "<a href=/other target=_blank>Open</a><button onclick=\"this.textContent = 'Here'\">First</button>",
        _windows,
        (
            'Clicked link "Open"',
            'Clicked button "Second"',
            'Clicked button "First"',
            'Clicked button "There"',
        ),
        pages={"/other": document("Other", "<button onclick=\"this.textContent = 'There'\">Second</button>")},
    ),
    Scenario(
        "back to a page that was left",
        "<label>Field <input></label><a href=/other>Away</a>",
        _bfcache,
        ('Filled "Field" with kept', 'Clicked link "Away"', "Went back", 'Clicked field "Field"'),
        pages={"/other": document("Other", "Other side")},
    ),
    Scenario(
        "device turned",
        """<button onclick="o.textContent = innerWidth + ' by ' + innerHeight + ' ' + screen.orientation.type.split('-')[0]">
        Size</button><p id=o></p><script>matchMedia('(orientation: portrait)').onchange = (e) => {
          document.body.style.background = e.matches ? '#fed' : '#def' }</script>""",
        _rotate,
        ("Resized the window to 500 x 900", 'Clicked button "Size"'),
        "500 by 900",
    ),
    Scenario(
        "printing",
        """<p>Text</p><button onclick="print(); o.textContent += ' printed'">Print</button><p id=o></p><script>
        onbeforeprint = () => o.textContent += ' before'; onafterprint = () => o.textContent += ' after';</script>""",
        _print,
        ('Clicked button "Print"', 'Clicked "Text"'),
        "printed",
    ),
    Scenario(
        "fragments and going back by script",
        """<a href="#first">First</a> <a href="#second">Second</a><button style="position:fixed;right:0" onclick="history.back()">Back</button><p id=o></p><div style="height:900px"></div><p id=second>Here</p>
        <script>onhashchange = () => o.textContent += ' now ' + location.hash; onpopstate = () => o.textContent += ' pop'</script>""",
        _fragments,
        ('Clicked link "Second"', 'Clicked button "Back"'),
        "now #second",
        unheard=("scroll",),
    ),
)
