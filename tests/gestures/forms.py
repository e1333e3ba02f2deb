"""Fields of every type, lists, boxes, files, submits."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page
from tests.gestures.scenario import Scenario, rest


def _types(page: Page) -> None:
    for label, value in (
        ("Date", "2026-03-04"),
        ("Time", "10:30"),
        ("Colour", "#ff8800"),
        ("Range", "30"),
        ("Number", "7.5"),
        ("Search", "find"),
        ("Mail", "a@b.example"),
        ("Month", "2026-05"),
    ):
        page.get_by_label(label, exact=True).fill(value)
        rest(page)


def _typed_types(page: Page) -> None:
    # The first of its parts, the month.
    page.get_by_label("Date", exact=True).click(position={"x": 8, "y": 8})
    page.keyboard.type("03042026", delay=15)
    rest(page, 700)
    page.get_by_label("Number").click()
    page.keyboard.type("12", delay=15)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    rest(page, 700)
    page.get_by_label("Range").focus()
    page.keyboard.press("ArrowRight")
    rest(page)
    box = page.get_by_label("Number").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 10, box["y"] + 7)


def _boxes(page: Page) -> None:
    page.get_by_label("Agree").click()
    rest(page)
    page.get_by_text("Agree", exact=True).click()
    rest(page)
    page.get_by_label("Second").check()
    rest(page)
    page.get_by_label("Second").press("ArrowUp")
    rest(page)
    page.get_by_label("Agree").press("Space")


def _lists(page: Page) -> None:
    page.get_by_label("One").select_option("Blue")
    rest(page)
    page.get_by_label("Many").select_option(["Cat", "Cow"])
    rest(page)
    page.get_by_label("Many").get_by_text("Dog").click()
    rest(page)
    page.get_by_label("Many").get_by_text("Cow").click(modifiers=["Control"])


def _native_list(page: Page) -> None:
    page.get_by_label("One").click()
    rest(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def _files(page: Page) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.txt", Path(folder) / "second.csv"
        first.write_text("the first file")
        second.write_text("a,b\n1,2\n")
        with page.expect_file_chooser() as chooser:
            page.get_by_label("File").click()
        chooser.value.set_files([first, second])
        rest(page)
        page.locator("#hidden").set_input_files(second)
        rest(page, 600)


def _spinner(page: Page) -> None:
    box = page.get_by_label("Number").bounding_box()
    assert box is not None
    page.mouse.move(round(box["x"] + box["width"] - 10), round(box["y"] + 7))
    page.mouse.down()
    rest(page, 750)
    page.mouse.up()


def _folder(page: Page) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "photos" / "2026"
        inside.mkdir(parents=True)
        (inside / "a.txt").write_text("first")
        (inside.parent / "b.txt").write_text("second")
        page.get_by_label("Folder").set_input_files(inside.parent)
        rest(page, 600)


def _submit(page: Page) -> None:
    page.get_by_label("Name").fill("")
    page.get_by_role("button").click()
    rest(page)
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Name").press("Enter")
    page.get_by_text("Thank you").wait_for()
    rest(page)


def _datalist(page: Page) -> None:
    page.get_by_label("City").click()
    page.keyboard.type("Ber", delay=20)
    rest(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


READ = "<p id=o></p><script>oninput = onchange = (e) => o.textContent = e.target.id + ' is ' + e.target.value</script>"

SCENARIOS = (
    Scenario(
        "field types",
        "".join(
            f"<label>{label} <input type={kind} id={kind}></label> "
            for label, kind in (
                ("Date", "date"),
                ("Time", "time"),
                ("Colour", "color"),
                ("Range", "range"),
                ("Number", "number"),
                ("Search", "search"),
                ("Mail", "email"),
                ("Month", "month"),
            )
        )
        + READ,
        _types,
        (
            'Filled "Date" with 2026-03-04',
            'Filled "Time" with 10:30',
            'Filled "Colour" with #ff8800',
            'Filled "Range" with 30',
            'Filled "Number" with 7.5',
            'Filled "Search" with find',
            'Filled "Mail" with a@b.example',
            'Filled "Month" with 2026-05',
        ),
        "month is 2026-05",
    ),
    Scenario(
        "field types by keyboard",
        "<label>Date <input type=date id=date></label> <label>Number <input type=number id=number></label>"
        "<label>Range <input type=range id=range></label>" + READ,
        _typed_types,
        (
            'Clicked field "Date"',
            'Filled "Date" with 2026-03-04',
            'Clicked field "Number"',
            'Filled "Number" with 12',
            'Filled "Number" with 13',
            'Filled "Number" with 14',
            'Filled "Range" with 51',
            'Filled "Number" with 15',
        ),
        "number is 15",
    ),
    Scenario(
        "boxes and radio buttons",
        "<label>Agree <input type=checkbox id=agree></label><br><label>First <input type=radio name=r id=first></label>"
        "<label>Second <input type=radio name=r id=second></label>",
        _boxes,
        ('Checked "Agree"', 'Unchecked "Agree"', 'Checked "Second"', 'Checked "First"', 'Checked "Agree"'),
    ),
    Scenario(
        "lists",
        "<label>One <select id=one><option>Red<option>Green<option>Blue</select></label>"
        "<label>Many <select id=many multiple><option>Cat<option>Dog<option>Cow</select></label>" + READ,
        _lists,
        (
            'Selected "Blue" in "One"',
            'Selected "Cat", "Cow" in "Many"',
            'Selected "Dog" in "Many"',
            'Selected "Dog", "Cow" in "Many"',
        ),
    ),
    Scenario(
        "a native list",
        "<label>One <select id=one><option>Red<option>Green<option>Blue</select></label>" + READ,
        _native_list,
        ('Selected "Blue" in "One"',),
        "one is Blue",
    ),
    Scenario(
        "files",
        "<label>File <input type=file multiple id=file></label><input type=file id=hidden hidden><pre id=o></pre><script>"
        "onchange = async (e) => { const texts = await Promise.all([...e.target.files].map((f) => f.text()));"
        " o.textContent += [...e.target.files].map((f, i) => f.name + ' ' + f.size + ' ' + texts[i]).join(';') + '!' }</script>",
        _files,
        ('Uploaded first.txt, second.csv to "File"', "Uploaded second.csv"),
        "first.txt 14 the first file;second.csv 8 a,b",
    ),
    Scenario(
        "a spinner that is held",
        "<label>Number <input type=number id=number value=3></label>" + READ,
        _spinner,
        ('Filled "Number" with …',),
        "number is ",
    ),
    Scenario(
        "a folder",
        "<label>Folder <input type=file webkitdirectory id=folder></label><p id=o></p><script>"
        "onchange = (e) => o.textContent = [...e.target.files].map((f) => f.webkitRelativePath).sort().join(', ')</script>",
        _folder,
        ('Uploaded the folder photos (2 files) to "Folder"',),
        "photos/2026/a.txt, photos/b.txt",
    ),
    Scenario(
        "submit",
        '<form action="/thanks"><label>Name <input name=name required></label><button>Send</button></form>',
        _submit,
        (
            'Cleared "Name"',
            'Clicked button "Send"',
            'Filled "Name" with Ada',
            'Pressed Enter in "Name"',
        ),
        "Thank you",
        pages={"/thanks": "<!doctype html><title>Thanks</title><h1>Thank you</h1>"},
    ),
    Scenario(
        "datalist",
        "<label>City <input list=cities id=city></label><datalist id=cities><option>Berlin<option>Bern<option>Rome</datalist>"
        + READ,
        _datalist,
        (
            'Clicked list "City"',
            'Filled "City" with Ber',
            'Pressed ArrowDown in "City"',
            'Pressed Enter in "City"',
        ),
    ),
)
