from __future__ import annotations

from typing import Any

import pytest

from reenact.record.keys import combination
from reenact.record.sentences import title
from reenact.record.steps import StepBuilder

Json = dict[str, Any]


def element(name: str, role: str | None = "textbox", tag: str = "input", **fields: Any) -> Json:
    locators = [{"kind": "role", "role": role, "value": name}, {"kind": "css", "value": f"#{name}"}]
    box = {"x": 100, "y": 50, "width": 80, "height": 20}
    editable = {"editable": True} if role in {"textbox", "searchbox", "spinbutton"} else {}
    return {
        "tag": tag,
        "role": role,
        "name": name,
        "locators": locators,
        "box": box,
        "frame": [],
        **editable,
        **fields,
    }


SIGN_IN = element("Sign in", "button", "button")
SEARCH = element("Search", "searchbox")
AMOUNT = element("Amount", "spinbutton")
PASSWORD = element("Password")
APPROVE = element("Can approve", "checkbox")
ROLE = element("Role", "combobox", "select")
BODY = element("", None, "body")


class Session:
    """A person at work: each call is one raw input, in the order of acts."""

    def __init__(self) -> None:
        self.puts: list[Json] = []
        self.builder = StepBuilder(self.puts.append, lambda: 7.0)
        self.acts = 0
        self.document = "d1"
        self.page = "p1"

    @property
    def steps(self) -> list[Json]:
        return list({step["id"]: step for step in self.puts}.values())

    @property
    def kinds(self) -> list[str]:
        return [step["type"] for step in self.steps]

    @property
    def last(self) -> Json:
        return self.steps[-1]

    def act(self, kind: str, target: Json | None = None, **event: Any) -> None:
        event = {"type": kind, "modifiers": [], **event}
        self.builder.input(
            self.acts, self.document, self.page, "https://a.test/", event, target, float(self.acts * 10)
        )
        self.acts += 1

    def click(self, target: Json, *, x: float = 110, y: float = 60, clicks: int = 1, **event: Any) -> None:
        self.act("move", None, x=x, y=y)
        self.act("down", target, x=x, y=y, clicks=clicks, **event)
        self.act("up", target, x=x, y=y, clicks=clicks, **event)

    def press(self, key: str, target: Json | None, *modifiers: str, **event: Any) -> None:
        self.act("keydown", target, key=key, modifiers=list(modifiers), **event)
        self.act("keyup", target, key=key, modifiers=list(modifiers))

    def type(self, text: str, target: Json) -> None:
        for character in text:
            self.press(character, target)


@pytest.fixture
def session() -> Session:
    return Session()


def test_a_click_is_put_when_it_begins_and_owns_the_moves_before_it(session):
    session.act("move")
    session.act("move")
    session.act("down", SIGN_IN, x=110, y=60, button=0, clicks=1)
    assert [step["type"] for step in session.puts] == ["click"]
    session.act("up", SIGN_IN, x=111, y=61, button=0, clicks=1)
    step = session.last
    assert (step["id"], step["acts"], step["time"]) == ("s1", [0, 3], 20.0)
    assert step["target"]["offset"] == {"x": 10, "y": 10}
    assert step["title"] == 'Clicked button "Sign in"'
    assert (step["page"], step["document"], step["url"]) == ("p1", "d1", "https://a.test/")
    assert (step["value"], step["signals"], step["checkpoint"]) == (None, [], None)


def test_moves_alone_make_no_step(session):
    session.act("move")
    session.act("hover")
    assert session.builder.checkpoint("c1") is None
    assert session.steps == []


def test_a_second_and_a_third_click_replace_the_first(session):
    session.click(SIGN_IN)
    session.click(SIGN_IN, clicks=2)
    assert session.kinds == ["dblclick"]
    assert session.last["acts"] == [0, 5]
    session.click(SIGN_IN, clicks=3)
    assert session.kinds == ["tripleclick"]
    session.document = "d2"
    session.click(SIGN_IN, clicks=2)
    assert session.kinds == ["tripleclick", "click"]


def test_other_buttons_and_held_keys_are_told(session):
    session.click(SIGN_IN, button=2)
    session.click(element("Help", "link", "a"), modifiers=["Shift", "Control"])
    assert session.steps[0]["button"] == "right"
    assert [step["title"] for step in session.steps] == [
        'Right-clicked button "Sign in"',
        'Clicked link "Help" holding Control and Shift',
    ]


def test_modifiers_may_come_as_bits(session):
    session.act("keydown", BODY, key="k", modifiers=2 | 8)
    assert session.last["value"] == "Control+Shift+K"


def test_down_far_up_is_a_drag(session):
    card, column = element("Card 7", None, "div"), element("Done", None, "section")
    session.act("down", card, x=100, y=50, button=0)
    session.act("move", x=150, y=60)
    session.act("up", column, x=300, y=62, button=0)
    step = session.last
    assert (step["type"], step["acts"], step["drop"]["name"]) == ("drag", [0, 2], "Done")
    assert step["title"] == 'Dragged "Card 7" onto "Done"'
    session.act("down", card, x=100, y=50)
    session.act("up", card, x=104, y=53)
    assert session.last["type"] == "click"


def test_typing_becomes_one_fill_with_the_final_value(session):
    session.click(AMOUNT)
    session.type("25", AMOUNT)
    assert session.last["value"] == "25"
    session.builder.value(AMOUNT, "25")
    session.press("Backspace", AMOUNT)
    session.press("ArrowLeft", AMOUNT)
    session.press("Shift", AMOUNT)
    session.type("9", AMOUNT)
    session.builder.value(AMOUNT, "250.00")
    assert session.kinds == ["click", "fill"]
    assert session.last["acts"] == [3, 14]
    assert session.last["title"] == 'Filled "Amount" with 250.00'


def test_a_fill_ends_when_something_else_is_done(session):
    session.type("a", SEARCH)
    session.builder.flush()
    session.type("b", SEARCH)
    session.type("c", AMOUNT)
    session.document = "d2"
    session.type("d", AMOUNT)
    session.page = "p2"
    session.type("e", AMOUNT)
    assert [step["value"] for step in session.steps] == ["a", "b", "c", "d", "e"]


def test_the_same_field_is_known_again_when_some_locators_changed(session):
    session.type("a", SEARCH)
    session.type("b", {**SEARCH, "locators": SEARCH["locators"][1:]})
    assert session.kinds == ["fill"]
    session.type("c", {**SEARCH, "frame": ["#inner"]})
    assert session.kinds == ["fill", "fill"]


def test_a_secret_is_only_a_name(session):
    session.act("keydown", PASSWORD, secret="PASSWORD")
    session.act("keyup", PASSWORD)
    session.act("insertText", PASSWORD, secret="PASSWORD")
    session.builder.value(PASSWORD, {"secret": "PASSWORD"})
    assert session.kinds == ["fill"]
    assert session.last["value"] == {"secret": "PASSWORD"}
    assert session.last["title"] == 'Filled "Password" with a secret'


def test_keys_that_do_not_write_are_pressed(session):
    session.type("tea", SEARCH)
    session.press("Enter", SEARCH)
    session.press("Tab", SEARCH, "Shift")
    session.press("Escape", BODY)
    session.press("a", SEARCH, "Control")
    session.press("j", BODY)
    session.press("ArrowDown", SEARCH)
    session.press(" ", SIGN_IN)
    assert [step["title"] for step in session.steps[1:]] == [
        'Pressed Enter in "Search"',
        'Pressed Shift+Tab in "Search"',
        "Pressed Escape",
        'Pressed Control+A in "Search"',
        "Pressed j",
        'Pressed ArrowDown in "Search"',
        'Pressed Space on button "Sign in"',
    ]


def test_what_was_typed_may_be_told_only_after_enter(session):
    session.type("te", SEARCH)
    session.act("keydown", SEARCH, key="Enter")
    session.builder.value(SEARCH, "tea")
    assert session.steps[0]["value"] == "tea"
    session.builder.value(SEARCH, "")
    assert [(step["type"], step["value"]) for step in session.steps] == [("fill", "tea"), ("press", "Enter")]


def test_pasting_is_a_fill(session):
    session.press("v", SEARCH, "Control")
    session.builder.value(SEARCH, "pasted")
    assert (session.kinds, session.last["value"]) == (["fill"], "pasted")


def test_text_from_a_tool_is_a_fill(session):
    session.act("insertText", SEARCH, text="whole words")
    assert (session.kinds, session.last["value"]) == (["fill"], "whole words")
    session.act("setValue", element("Colour", None), text="#ff0000")
    assert session.last["title"] == 'Filled "Colour" with #ff0000'


def test_sliders_and_arrows_in_numbers_are_fills_too(session):
    volume = element("Volume", "slider")
    del volume["locators"][0]
    session.click(volume)
    session.builder.value(volume, "70")
    session.press("ArrowUp", AMOUNT)
    session.builder.value(AMOUNT, "3")
    assert [step["title"] for step in session.steps] == ['Filled "Volume" with 70', 'Filled "Amount" with 3']


def test_boxes_are_checked_by_click_by_label_and_by_key(session):
    session.click(APPROVE)
    session.builder.value(APPROVE, None, checked=True)
    session.click(
        element("Can approve", None, "label", locators=[], box={"x": 1, "y": 1, "width": 1, "height": 1})
    )
    session.builder.value(APPROVE, None, checked=False)
    session.press(" ", APPROVE)
    session.builder.value(APPROVE, None, checked=True)
    assert session.kinds == ["check", "uncheck", "check"]
    assert session.steps[1]["target"]["tag"] == "input"
    assert session.steps[1]["title"] == 'Unchecked "Can approve"'


def test_a_value_that_nobody_entered_changes_nothing(session):
    session.click(SIGN_IN)
    assert session.builder.value(SEARCH, "by the page") is None
    assert session.builder.value(APPROVE, None, checked=True) is None
    assert session.kinds == ["click"]


def test_choosing_from_a_list(session):
    session.click(ROLE)
    session.act("select", ROLE, options=[{"index": 2, "label": " Manager\n"}])
    session.builder.value(ROLE, "Manager")
    assert session.kinds == ["select"]
    assert session.last["title"] == 'Selected "Manager" in "Role"'
    assert session.last["acts"] == [0, 3]
    session.click(SIGN_IN)
    session.press("ArrowDown", ROLE)
    session.builder.value(ROLE, [{"index": 3, "label": "Clerk"}])
    session.press("ArrowDown", ROLE)
    session.builder.value(ROLE, "Auditor")
    assert session.kinds == ["select", "click", "select"]
    assert session.last["value"] == "Auditor"


def test_an_option_that_is_clicked_is_chosen_in_its_list(session):
    teams = element("Teams", "listbox", "select")
    session.click(element("Red", "option", "option"))
    session.builder.value(teams, ["Red", "Blue"])
    assert (session.kinds, session.last["target"]["name"]) == (["select"], "Teams")
    assert session.last["title"] == 'Selected "Red", "Blue" in "Teams"'


def test_a_run_of_the_wheel_is_one_scroll(session):
    for _ in range(4):
        session.act("wheel", BODY, x=5, y=5, dx=0, dy=100)
        session.act("move")
    session.act("wheel", BODY, dx=-20, dy=0)
    assert session.kinds == ["scroll"]
    assert session.last["acts"] == [0, 8]
    assert session.last["title"] == "Scrolled down 400 px and left 20 px"


def test_a_window_is_resized_and_a_page_is_zoomed(session):
    session.builder.scale = 2.0
    session.act("resize", width=600, height=500, scale=2.0)
    session.act("resize", width=480, height=400, scale=2.5)
    session.act("resize", width=800, height=400, scale=2.5)
    session.act("resize", width=1000, height=500, scale=2.0)
    assert [step["title"] for step in session.steps] == [
        "Resized the window to 600 x 500",
        "Zoomed the page to 125 %",
        "Resized the window to 800 x 400",
        "Zoomed the page to 100 %",
    ]


def test_files_are_uploaded(session):
    session.act("files", element("Invoice", "button"), files=[{"name": "a.pdf"}, {"name": "b.pdf"}])
    assert session.last["title"] == 'Uploaded a.pdf, b.pdf to "Invoice"'


def test_pages_are_opened_reloaded_and_left(session):
    builder = session.builder
    builder.navigate(0, "p1", "http://a.test/", "d1")
    builder.reload(1, "p1", "http://a.test/", "d2")
    builder.traverse(2, "p1", "http://a.test/", -1, "d3")
    builder.traverse(3, "p1", "http://a.test/", 2, "d4")
    builder.open_page(4, "p2")
    builder.close_page(5, "p2")
    builder.dialog("p1", "confirm", message="Delete?", accepted=False)
    assert [(step["type"], step["title"]) for step in session.steps] == [
        ("navigate", "Opened http://a.test/"),
        ("reload", "Reloaded the page"),
        ("back", "Went back"),
        ("forward", "Went forward 2 pages"),
        ("openPage", "Opened a new tab"),
        ("closePage", "Closed the tab"),
        ("dialog", 'Dismissed confirm "Delete?"'),
    ]
    assert session.steps[0]["time"] == 7.0
    assert (builder.count, builder.current, builder.first_url) == (7, "s7", "http://a.test/")


def test_signals_and_checkpoints_belong_to_the_latest_step(session):
    assert session.builder.signal({"type": "request"}) is None
    session.click(SIGN_IN)
    assert session.builder.signal({"type": "request"}) == "s1"
    session.builder.flush()
    assert session.builder.checkpoint("c1") == "s1"
    assert (session.last["signals"], session.last["checkpoint"]) == ([{"type": "request"}], "c1")


def test_what_was_put_does_not_change_afterwards(session):
    session.act("down", SIGN_IN, x=1, y=1)
    first = session.puts[0]
    session.act("up", SIGN_IN, x=1, y=1)
    session.builder.signal({"type": "request"})
    assert (first["acts"], first["signals"]) == ([0, 0], [])
    assert "offset" not in SIGN_IN


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        ("Enter", (), "Enter"),
        ("a", ("Control",), "Control+A"),
        ("A", ("Shift",), "A"),
        ("?", ("Shift",), "?"),
        ("T", ("Control", "Shift"), "Control+Shift+T"),
        (" ", (), "Space"),
        ("Tab", ("Shift",), "Shift+Tab"),
        ("Shift", ("Shift",), "Shift"),
    ],
)
def test_combinations_are_named_as_playwright_names_them(key, held, name):
    assert combination(key, held) == name


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"type": "click", "target": None}, "Clicked the page"),
        ({"type": "click", "target": {"tag": "canvas", "locators": []}}, "Clicked the canvas"),
        ({"type": "click", "target": {"tag": "div", "locators": []}}, "Clicked an area of the page"),
        ({"type": "click", "target": {"tag": "img", "role": "img", "name": ""}}, "Clicked an image"),
        (
            {
                "type": "click",
                "target": {"tag": "a", "role": "link", "locators": [{"kind": "testid", "value": "home"}]},
            },
            'Clicked link "home"',
        ),
        ({"type": "fill", "target": None, "value": ""}, "Cleared a field"),
        ({"type": "fill", "target": {"name": "Note"}, "value": "two\nlines"}, 'Filled "Note" with two lines'),
        ({"type": "select", "target": {"name": "Role"}, "value": []}, 'Selected nothing in "Role"'),
        (
            {"type": "select", "target": {"name": "Plan"}, "value": {"secret": "PLAN"}},
            'Selected a secret in "Plan"',
        ),
        ({"type": "scroll"}, "Scrolled"),
        ({"type": "hover", "target": {"role": "tab", "name": "Users"}}, 'Pointed at tab "Users"'),
        ({"type": "somethingNew", "target": {"name": "X"}}, 'Did somethingNew on "X"'),
        ({}, "Did something"),
    ],
)
def test_any_step_has_a_sentence(step, sentence):
    assert title(step) == sentence


def test_long_values_are_cut():
    assert len(title({"type": "fill", "target": {"name": "Note"}, "value": "x" * 500})) < 110
