"""Clicks of every kind, hovering, paths."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.gestures.scenario import Scenario, drag, middle, rest


def _clicks(page: Page) -> None:
    page.locator("#a").click()
    rest(page)
    page.locator("#a").dblclick()
    rest(page)
    page.locator("#text").click(click_count=3)
    rest(page)
    page.locator("#a").click(button="right")
    rest(page)
    page.locator("#a").click(button="middle")


def _modifiers(page: Page) -> None:
    page.locator("#a").click(modifiers=["Shift"])
    rest(page)
    page.locator("#a").click(modifiers=["Control", "Alt"])


def _menu(page: Page) -> None:
    page.locator("#menu").hover()
    rest(page)
    page.locator("#entry").click()


def _slider(page: Page) -> None:
    x, y = middle(page, "#range")
    drag(page, (x, y), (x + 60, y))


def _drawing(page: Page) -> None:
    x, y = middle(page, "#canvas")
    page.mouse.move(x - 60, y - 20)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(x - 60 + step * 6, y - 20 + (step % 5) * 8)
    page.mouse.up()


def _selection(page: Page) -> None:
    box = page.locator("#text").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    drag(page, (box["x"] + 5, y), (box["x"] + 150, y))


def _vanishing(page: Page) -> None:
    page.locator("#gone").click()
    rest(page)
    page.locator("#pressed").click()


def _svg(page: Page) -> None:
    page.locator("circle").click()
    rest(page)
    drag(page, middle(page, "rect"), (300, 260))


def _overlay(page: Page) -> None:
    page.mouse.move(*middle(page, "#under"))
    page.mouse.down()
    page.mouse.up()


def _dialog(page: Page) -> None:
    page.locator("summary").click()
    rest(page)
    page.locator("#open").click()
    rest(page)
    page.locator("#close").click()
    rest(page)
    page.locator("#toggle").click()
    rest(page)
    page.keyboard.press("Escape")


def _scrolling(page: Page) -> None:
    page.mouse.move(*middle(page, "#inner"))
    page.mouse.wheel(0, 80)
    page.mouse.wheel(0, 40)
    rest(page)
    page.mouse.move(600, 500)
    page.mouse.wheel(0, 200)
    rest(page)
    page.mouse.wheel(50, 0)


def _keyboard_scrolling(page: Page) -> None:
    page.locator("h1").click()
    rest(page)
    for key in ("PageDown", "ArrowDown", "Space", "Home", "End"):
        page.keyboard.press(key)
        rest(page)


def _virtual_list(page: Page) -> None:
    page.mouse.move(*middle(page, "#list"))
    for _ in range(5):
        page.mouse.wheel(0, 300)
        rest(page, 60)
    rest(page)
    page.get_by_text("Row 77", exact=True).click()


def _nested(page: Page) -> None:
    page.mouse.move(*middle(page, "#inner"))
    page.mouse.wheel(0, 90)
    rest(page)
    page.mouse.move(*middle(page, "#outer"))
    page.mouse.wheel(0, 120)
    rest(page)
    page.mouse.move(*middle(page, "h1"))
    page.mouse.wheel(0, 60)


def _momentum(page: Page) -> None:
    page.mouse.move(300, 200)
    for distance in (12, 40, 66, 80, 61, 44, 30, 19, 11, 6, 3, 1):
        page.mouse.wheel(0, distance)
        rest(page, 16)


def _sticky(page: Page) -> None:
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 700)
    rest(page)
    page.get_by_role("button", name="Always here").click()


def _right_to_left(page: Page) -> None:
    page.mouse.move(*middle(page, "#strip"))
    page.mouse.wheel(-150, 0)
    rest(page)
    page.get_by_role("button").click()
    rest(page)
    page.get_by_role("textbox").click()
    page.keyboard.type("abc", delay=15)
    rest(page, 700)


def _zoomed(page: Page) -> None:
    page.get_by_role("button").click()
    rest(page)
    x, y = middle(page, "#range")
    drag(page, (x, y), (x + 60, y))


def _pen(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    x, y = middle(page, "#canvas")
    pen = {"pointerType": "pen", "button": "left", "tiltX": 30, "tiltY": -12, "twist": 45}
    session.send("Input.dispatchMouseEvent", {**pen, "type": "mouseMoved", "x": x, "y": y, "button": "none"})
    session.send(
        "Input.dispatchMouseEvent",
        {**pen, "type": "mousePressed", "x": x, "y": y, "buttons": 1, "clickCount": 1, "force": 0.4},
    )
    for step in range(1, 6):
        moved = {
            "type": "mouseMoved",
            "x": x + step * 8,
            "y": y + step * 3,
            "buttons": 1,
            "force": 0.4 + step / 10,
        }
        session.send("Input.dispatchMouseEvent", {**pen, **moved})
        rest(page, 30)
    session.send(
        "Input.dispatchMouseEvent",
        {**pen, "type": "mouseReleased", "x": x + 40, "y": y + 15, "clickCount": 1},
    )


SCENARIOS = (
    Scenario(
        "clicks",
        "<button id=a>Press</button><p id=text>Some words to mark</p>",
        _clicks,
        (
            'Clicked button "Press"',
            'Double-clicked button "Press"',
            'Triple-clicked "Some words to mark"',
            'Right-clicked button "Press"',
            'Middle-clicked button "Press"',
        ),
        "contextmenu a button2",
    ),
    Scenario(
        "clicks with modifiers",
        "<button id=a>Press</button>",
        _modifiers,
        ('Clicked button "Press" holding Shift', 'Clicked button "Press" holding Control and Alt'),
        "click a ctrl+alt",
    ),
    Scenario(
        "hover menu",
        """<style>#menu ul{display:none}#menu:hover ul{display:block}</style>
        <div id=menu>Menu<ul><li><a href="#done" id=entry>Entry</a></ul></div>""",
        _menu,
        ('Clicked link "Entry"',),
        "click entry",
    ),
    Scenario(
        "slider",
        "<label>Volume <input type=range id=range></label><output id=o></output>"
        "<script>range.oninput = () => o.textContent = 'volume ' + range.value</script>",
        _slider,
        ('Filled "Volume" with 100',),
        "volume 100",
    ),
    Scenario(
        "drawing on a canvas",
        """<canvas id=canvas width=300 height=150 style="border:1px solid"></canvas><script>
        const pen = canvas.getContext('2d'); let on = false;
        canvas.onpointerdown = (e) => { on = true; canvas.setPointerCapture(e.pointerId); pen.moveTo(e.offsetX, e.offsetY) };
        canvas.onpointermove = (e) => { if (on) { pen.lineTo(e.offsetX, e.offsetY); pen.stroke() } };
        canvas.onpointerup = () => on = false;</script>""",
        _drawing,
        ("Dragged the canvas by 114, 32 px",),
        "pointerup canvas",
    ),
    Scenario(
        "text selection",
        "<p id=text>Many words that somebody wants to mark with the mouse</p><p id=o></p>"
        "<script>document.onselectionchange = () => o.textContent = 'marked ' + getSelection()</script>",
        _selection,
        ('Dragged "Many words that somebody wants to mark with the mouse" by 145, 0 px',),
        "marked ",
    ),
    Scenario(
        "elements that vanish",
        """<button id=gone onclick="this.remove()">Gone</button>
        <button id=pressed onpointerdown="this.outerHTML = '<button id=pressed>Replaced</button>'">Pressed</button>""",
        _vanishing,
        ('Clicked button "Gone"', 'Clicked button "Pressed"'),
        "Replaced",
    ),
    Scenario(
        "svg",
        """<svg width=400 height=200><circle id=c cx=50 cy=50 r=30 onclick="c.setAttribute('fill', 'red')"><title>Dot</title></circle>
        <rect id=r x=150 y=20 width=60 height=60 fill=teal /></svg><script>
        r.onpointerdown = (e) => { r.setPointerCapture(e.pointerId);
          r.onpointermove = (m) => { r.setAttribute('x', m.clientX - 60); r.setAttribute('y', m.clientY - 120) };
          r.onpointerup = () => r.onpointermove = null };</script>""",
        _svg,
        ('Clicked "Dot"', "Dragged an area of the page by …"),
        "click c",
    ),
    Scenario(
        "overlaid element",
        """<div style="position:relative"><button id=under>Under</button>
        <div id=over style="position:absolute;inset:0;background:#0082"></div></div>""",
        _overlay,
        ("Clicked an area of the page",),
        "click over",
    ),
    Scenario(
        "details, dialog, popover",
        """<details><summary>More</summary>Inside</details>
        <button id=open onclick="box.showModal()">Open</button>
        <dialog id=box>Modal <button id=close onclick="box.close()">Close</button></dialog>
        <button id=toggle popovertarget=pop>Pop</button><div id=pop popover>Popover</div>""",
        _dialog,
        (
            'Clicked section "More"',
            'Clicked button "Open"',
            'Clicked button "Close"',
            'Clicked button "Pop"',
            'Pressed Escape on button "Pop"',
        ),
        "close box",
    ),
    Scenario(
        "wheel",
        """<div id=outer style="height:200px;overflow:auto;border:1px solid"><div style="height:60px">outer</div>
        <div id=inner style="height:90px;overflow:auto;border:1px solid"><div style="height:150px">inner</div></div>
        <div style="height:400px"></div></div><div style="height:1500px;width:1500px"></div>""",
        _scrolling,
        ("Scrolled down 120 px", "Scrolled down 200 px and right 50 px"),
        "scroll inner",
    ),
    Scenario(
        "scrolling by keyboard",
        "<style>body{height:3000px;background:linear-gradient(#fff,#08c)}</style>",
        _keyboard_scrolling,
        (
            'Clicked heading "scrolling by keyboard"',
            "Pressed PageDown",
            "Pressed ArrowDown",
            "Pressed Space",
            "Pressed Home",
            "Pressed End",
        ),
    ),
    Scenario(
        "virtual list",
        """<div id=list style="height:200px;overflow:auto;border:1px solid"><div id=space style="height:20000px;position:relative"></div></div>
        <script>
        const draw = () => { const first = Math.floor(list.scrollTop / 20); space.replaceChildren();
          for (let i = first; i < first + 11; i++) { const row = document.createElement('div'); row.textContent = 'Row ' + i;
            row.style.cssText = 'position:absolute;top:' + i * 20 + 'px'; row.onclick = () => row.style.color = 'red';
            space.append(row) } };
        list.addEventListener('scroll', () => requestAnimationFrame(draw)); draw();</script>""",
        _virtual_list,
        ("Scrolled down 1500 px", 'Clicked "Row 77"'),
        "Row 75",
    ),
    Scenario(
        "nested containers",
        """<style>#outer{height:260px;overflow:auto;border:1px solid} #inner{height:120px;overflow:auto;background:#eef}</style>
        <div id=outer><div id=inner><div style="height:400px">Inner</div></div><div style="height:500px">Outer</div></div>
        <div style="height:900px"></div>""",
        _nested,
        ("Scrolled down 90 px", "Scrolled down 120 px", "Scrolled down 60 px"),
        unheard=("scroll",),
    ),
    Scenario(
        "touchpad with momentum",
        "<div style='height:3000px;background:linear-gradient(#fff,#00f)'></div>",
        _momentum,
        ("Scrolled down 373 px",),
        unheard=("scroll",),
    ),
    Scenario(
        "sticky element",
        """<header style="position:sticky;top:0;background:#fff"><button onclick="o.textContent = 'pressed ' + ++n">Always
        here</button><span id=o></span></header><div style="height:3000px">Long</div><script>let n = 0</script>""",
        _sticky,
        ("Scrolled down 700 px", 'Clicked button "Always here"'),
        "pressed 1",
        unheard=("scroll",),
    ),
    Scenario(
        "right-to-left page",
        """<div dir=rtl><div id=strip style="overflow:auto;width:300px"><div style="width:900px;background:linear-gradient(90deg,#fff,#0a0)">
        נע</div></div><button onclick="o.textContent = 'pressed'">לחץ</button><input aria-label=שדה><p id=o></p></div>""",
        _right_to_left,
        ("Scrolled left 150 px", 'Clicked button "לחץ"', 'Clicked field "שדה"', 'Filled "שדה" with abc'),
        "pressed",
        unheard=("scroll",),
    ),
    Scenario(
        "zoomed page",
        """<style>body{zoom:1.5} #t{transform:scale(.8) rotate(3deg);width:300px}</style><div id=t>
        <button onclick="o.textContent = 'pressed'">Press</button><label>Volume <input type=range id=range></label></div><p id=o></p>
        <script>range.oninput = () => o.textContent = 'volume ' + range.value</script>""",
        _zoomed,
        ('Clicked button "Press"', 'Filled "Volume" with …'),
        "volume",
    ),
    Scenario(
        "pen",
        """<canvas id=canvas width=300 height=150 style="border:1px solid"></canvas><p id=o></p><script>
        const g = canvas.getContext('2d');
        for (const type of ['pointerdown', 'pointermove', 'pointerup']) canvas.addEventListener(type, (e) => {
          g.fillRect(e.offsetX, e.offsetY, 4 + e.pressure * 10, 4);
          if (e.buttons) o.textContent = [e.pointerType, e.pressure.toFixed(2), e.tiltX, e.tiltY, e.twist].join(' ');
        });</script>""",
        _pen,
        ("Dragged the canvas by 40, 15 px",),
        "pen 0.90 30 -12 45",
    ),
)
