"""What of a replay has to wait for its turn, as the timelines tell it."""

from __future__ import annotations

from types import SimpleNamespace

from reenact.replay.loads import FrameLoad, Pauses, frames_of, pauses_of, place_of, waits_of

SITE = "http://a.test"


def shown(identifier, *entries, path="/shop/"):
    flat = [part for kind, argument in entries for part in (kind, argument, 0)]
    return SimpleNamespace(id=identifier, url=SITE + path, frame=None, entries=flat)


def asked(path, *, dynamic=True, document="d1", kind="Other"):
    return SimpleNamespace(url=SITE + path, dynamic=dynamic, initiator=document, type=kind)


def test_loads_that_wait_are_known_by_document_and_address():
    document = shown(
        "d1",
        ("T", 1),
        ("L", "script /a.js"),
        ("L", "link ./b.css#part"),
        ("L", f"module {SITE}/c.js"),
        ("L", "img /d.png"),
        ("L", "script " + "x" * 200),
    )
    paths = ("/a.js", "/shop/b.css", "/c.js", "/d.png", "/e.js")
    assert waits_of([document], [asked(path) for path in paths]) == {
        ("d1", SITE + path) for path in paths[:4]
    }


def test_of_what_the_parser_asked_for_style_sheets_alone_do_not_wait():
    """The parser waits for a script, and the timeline says when; a style sheet may import others."""
    document = shown(
        "d1",
        *[("L", f"script /{name}.js") for name in "abc"],
        ("L", "link /s.css"),
        ("L", "img /d.png"),
        ("L", "img /e.png"),
    )
    exchanges = [
        asked("/a.js"),
        asked("/b.js"),
        asked("/b.js", dynamic=False),
        asked("/a.js", document="d2"),
        asked("/s.css", dynamic=False),
        asked("/d.png", dynamic=False),
    ]
    assert waits_of([document], exchanges) == {("d1", f"{SITE}/{name}") for name in ("a.js", "b.js", "d.png")}


def test_all_names_of_a_load_have_one_place():
    names = ("module http://a.test/a.js", "script[type=module] ../a.js", "script /a.js", "preload /a.js#x")
    assert {place_of(f"{SITE}/shop/", name) for name in names} == {f"{SITE}/a.js"}
    assert place_of(f"{SITE}/shop/", "document end in frame 2") == "end in frame 2"
    assert place_of(None, f"document in frame 0 {SITE}/a#1") == f"in frame 0 {SITE}/a#1"


def test_a_style_sheet_that_another_imports_does_not_wait():
    """The one that imports it is not loaded before, and comes first in the timeline."""
    document = shown("d1", ("L", "link /a.css"), ("L", f"css {SITE}/b.css"), ("L", f"css {SITE}/c.woff2"))
    exchanges = [
        asked("/a.css", dynamic=False, kind="Stylesheet"),
        asked("/b.css", dynamic=False, kind="Stylesheet"),
        asked("/c.woff2", dynamic=False, kind="Font"),
    ]
    assert waits_of([document], exchanges) == {("d1", f"{SITE}/c.woff2")}


def test_a_document_whose_end_no_timeline_tells_is_not_kept_open():
    first = shown("d1", ("E", "script"), ("E", "interactive"))
    others = [shown("d2", ("E", "script"), path="/b"), shown("d3", path="/c")]
    assert pauses_of([first, *others]) == {"d1": Pauses(1, ())}


def test_a_parser_has_paused_where_its_timeline_tells_of_something_else():
    script, end = ("E", "script"), ("E", "interactive")
    document = shown(
        "d1", script, ("L", "script /a.js"), script, ("T", 1), ("-", 0), script, script, ("A", 1), script, end
    )
    assert pauses_of([document]) == {"d1": Pauses(5, (2, 4))}


def test_frames_wait_for_their_turn_and_end_in_it():
    document = shown(
        "d1",
        ("E", f"document in frame 1 {SITE}/talk?b"),
        ("E", f"document in frame 0 {SITE}/talk?a"),
        ("E", "document in frame 2 about:blank"),
        ("E", "interactive in frame 0"),
    )
    assert frames_of([document]) == {
        f"{SITE}/talk?b": [FrameLoad("d1", f"in frame 1 {SITE}/talk?b", ())],
        f"{SITE}/talk?a": [
            FrameLoad("d1", f"in frame 0 {SITE}/talk?a", ("body in frame 0", "end in frame 0"))
        ],
    }


def test_frames_of_one_address_do_not_wait_for_each_other():
    """Which of them asks first is not known: one would wait for what the other is told."""
    together = shown("d1", ("E", f"document in frame 0 {SITE}/a#1"), ("E", f"document in frame 1 {SITE}/a#2"))
    alone = shown("d2", ("E", f"document in frame 0 {SITE}/a"))
    assert frames_of([together, alone]) == {
        f"{SITE}/a": [None, None, FrameLoad("d2", f"in frame 0 {SITE}/a", ())]
    }
