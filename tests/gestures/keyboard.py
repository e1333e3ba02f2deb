"""Typing, shortcuts, composition, clipboard."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.gestures.scenario import Scenario, rest


def _typing(page: Page) -> None:
    page.get_by_label("Line").click()
    page.keyboard.type("Héllo wörld", delay=15)
    rest(page, 700)
    page.get_by_label("Area").click()
    page.keyboard.type("two", delay=15)
    page.keyboard.press("Enter")
    page.keyboard.type("lines", delay=15)
    rest(page, 700)
    page.get_by_label("Free").click()
    page.keyboard.type("rich ", delay=15)
    page.keyboard.press("Control+b")
    page.keyboard.type("text", delay=15)


def _emoji(page: Page) -> None:
    page.get_by_label("Line").click()
    page.keyboard.insert_text("😀 日本語")
    rest(page, 700)
    page.keyboard.type("a👍b", delay=15)


def _composition(page: Page) -> None:
    page.get_by_label("Line").click()
    session = page.context.new_cdp_session(page)
    for text in ("n", "ni", "に"):
        session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
        rest(page, 50)
    session.send("Input.insertText", {"text": "日"})
    rest(page, 700)
    page.keyboard.type("x")


def _shortcuts(page: Page) -> None:
    page.keyboard.press("Control+k")
    rest(page)
    page.keyboard.press("Shift+Alt+F2")
    rest(page)
    page.keyboard.down("ArrowRight")
    for _ in range(3):
        page.keyboard.down("ArrowRight")
    page.keyboard.up("ArrowRight")


def _editing(page: Page) -> None:
    field = page.get_by_label("Line")
    field.click()
    page.keyboard.type("abcdef", delay=15)
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Delete")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+z")
    rest(page)
    page.keyboard.press("Control+Shift+z")


def _clipboard(page: Page) -> None:
    page.get_by_label("Line").click()
    page.keyboard.type("carry me", delay=15)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    rest(page)
    page.get_by_label("Area").click()
    page.keyboard.press("Control+v")
    rest(page)
    page.keyboard.press("Control+v")
    rest(page)
    page.get_by_label("Line").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+x")


def _outside_clipboard(page: Page) -> None:
    assert page.context.browser is not None
    elsewhere = page.context.browser.new_context()
    other = elsewhere.new_page()
    other.set_content("<textarea>from elsewhere</textarea>")
    other.locator("textarea").press("Control+a")
    other.keyboard.press("Control+c")
    elsewhere.close()
    page.get_by_label("Line").click()
    page.keyboard.press("Control+v")
    rest(page)
    page.get_by_label("Free").click()
    page.keyboard.press("Control+v")


def _picture(page: Page) -> None:
    assert page.context.browser is not None
    elsewhere = page.context.browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    other = elsewhere.new_page()
    other.goto(page.url)
    other.evaluate("""async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 90, height: 40 });
      const pen = canvas.getContext('2d');
      for (let x = 0; x < 90; x += 3) { pen.fillStyle = `hsl(${x * 4} 80% 50%)`; pen.fillRect(x, x % 20, 3, 20); }
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    }""")
    elsewhere.close()
    page.get_by_label("Free").click()
    page.keyboard.press("Control+v")
    page.get_by_text("got").wait_for()


def _tabbing(page: Page) -> None:
    page.get_by_label("Line").click()
    page.keyboard.press("Tab")
    page.keyboard.type("x")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")


FIELDS = """<label>Line <input id=line></label><br><label>Area <textarea id=area rows=2></textarea></label>
<div id=free contenteditable aria-label=Free style="border:1px solid;min-height:1.5em">Start</div>"""

SCENARIOS = (
    Scenario(
        "typing",
        FIELDS,
        _typing,
        (
            'Clicked field "Line"',
            'Filled "Line" with Héllo wörld',
            'Clicked field "Area"',
            'Filled "Area" with two',
            'Pressed Enter in "Area"',
            'Filled "Area" with two lines',
            'Clicked "Free"',
            'Filled "Free" with Startrich',
            'Pressed Control+B in "Free"',
            'Filled "Free" with Startrich text',
        ),
    ),
    Scenario(
        "emoji",
        FIELDS,
        _emoji,
        ('Clicked field "Line"', 'Filled "Line" with 😀 日本語a👍b'),
    ),
    Scenario(
        "composition",
        FIELDS + "<p id=o></p><script>line.oninput = () => o.textContent = 'now ' + line.value</script>",
        _composition,
        ('Clicked field "Line"', 'Filled "Line" with 日x'),
        "now 日x",
    ),
    Scenario(
        "shortcuts and repeated keys",
        "<script>addEventListener('keydown', (e) => { if (e.ctrlKey) e.preventDefault() })</script>",
        _shortcuts,
        ("Pressed Control+K", "Pressed Alt+Shift+F2", "Held ArrowRight"),
        "keydown body ArrowRight repeat x3",
    ),
    Scenario(
        "editing and undo",
        FIELDS,
        _editing,
        ('Clicked field "Line"', 'Filled "Line" with bcdef', 'Pressed Control+A in "Line"', 'Cleared "Line"'),
    ),
    Scenario(
        "clipboard",
        FIELDS + "<p id=o></p><script>area.oninput = () => o.textContent = 'now ' + area.value</script>",
        _clipboard,
        (
            'Clicked field "Line"',
            'Filled "Line" with carry me',
            'Pressed Control+A in "Line"',
            'Pressed Control+C in "Line"',
            'Clicked field "Area"',
            'Filled "Area" with carry mecarry me',
            'Clicked field "Line"',
            'Pressed Control+A in "Line"',
            'Cleared "Line"',
        ),
        "now carry mecarry me",
    ),
    Scenario(
        "clipboard from outside",
        FIELDS + "<p id=o></p><script>line.oninput = () => o.textContent = 'now ' + line.value</script>",
        _outside_clipboard,
        (
            'Clicked field "Line"',
            'Filled "Line" with from elsewhere',
            'Clicked "Free"',
            'Filled "Free" with Startfrom elsewhere',
        ),
        "now from elsewhere",
    ),
    Scenario(
        "picture from the clipboard",
        """<div id=free contenteditable aria-label=Free style="min-height:60px;border:1px solid">Start</div><p id=o></p><script>
        free.onpaste = async (e) => { e.preventDefault(); const [file] = e.clipboardData.files;
          const picture = document.createElement('img'); picture.src = URL.createObjectURL(file); document.body.append(picture);
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
          o.textContent = 'got ' + file.type + ' ' + file.size + ' ' + digest.slice(0, 4).join('.') }</script>""",
        _picture,
        ('Clicked "Free"', 'Pressed Control+V in "Free"'),
        "got image/png",
    ),
    Scenario(
        "focus by Tab",
        FIELDS,
        _tabbing,
        (
            'Clicked field "Line"',
            'Pressed Tab in "Line"',
            'Filled "Area" with x',
            'Pressed Tab in "Area"',
            'Pressed Shift+Tab in "Free"',
        ),
    ),
)
