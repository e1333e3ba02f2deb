from __future__ import annotations

import pytest

from reenact.cli.text import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Clicked button “Save”", "Clicked button “Save”"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("two\r\nlines\tand  more", "two lines and more"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("a\x00b\x07\x9b", r"a\x00b\x07\x9b"),
        ("half \ud800", r"half \ud800"),
        ("[bold]markup[/bold]", "[bold]markup[/bold]"),
        (3, "3"),
    ],
)
def test_a_terminal_obeys_nothing_in_it(text, shown):
    assert plain(text) == shown


def test_long_text_is_cut():
    assert plain("x" * 50, limit=10) == "x" * 9 + "…"
