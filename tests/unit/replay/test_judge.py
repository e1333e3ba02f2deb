"""A difference in words: what a person would say who saw both pictures."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from reenact.compare import Region
from reenact.replay.judge import Shown, _in_words

PAGE = "http://127.0.0.1:8000/payments"
SMALL, LARGE = Region(3, 4, 10, 12, 90), Region(500, 60, 80, 20, 1114)


def words(changes, *, url=PAGE, regions=(SMALL, LARGE)):
    return _in_words(
        1204, regions, changes, SimpleNamespace(url=PAGE, aria="a" * 64), Shown(b"", url, "", [])
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (['- cell "€206.32"', '+ cell "€206.07"'], 'Cell "€206.32" is now "€206.07"'),
        (["- text: Total 3", "+ text: Total 4"], 'Text "Total 3" is now "Total 4"'),
        (
            ["- text: Somebody else has to approve it.", '+ button "Approve payment"'],
            'Gone: text "Somebody else has to approve it."; new: button "Approve payment"',
        ),
        (['+ button "Delete"'], 'New on the page: button "Delete"'),
        (['- heading "Totals" [level=2]'], 'No longer on the page: heading "Totals" [level=2]'),
        ([], "The same content looks different"),
    ],
)
def test_first_change_is_named(changes, said):
    assert words(changes).startswith(said)
    assert words(changes).endswith("1,204 pixels differ in 2 places (most in 80 × 20 at 500, 60)")
    assert "more" not in words(changes)


def test_further_changes_are_counted():
    changes = ['- cell "1"', '+ cell "2"', '- cell "3"', '+ cell "4"', '- cell "5"', '+ cell "6"']
    assert words(changes, regions=[LARGE]) == (
        'Cell "1" is now "2"; and 2 more changes; 1,204 pixels differ in 1 place (80 × 20 at 500, 60)'
    )


def test_a_line_that_only_moved_is_not_the_change():
    changes = ["- listitem", "- text: 18", "+ listitem", "+ text: 69"]
    assert words(changes).startswith('Text "18" is now "69"; 1,204')


def test_another_page_is_named_first():
    assert words(['+ button "Sign in"'], url="http://127.0.0.1:9999/sign-in").startswith(
        "The page is http://127.0.0.1:9999/sign-in, not http://127.0.0.1:8000/payments"
    )
    assert words([], url="http://127.0.0.1:9999/payments").startswith("The same content")


def test_what_was_not_read_is_not_called_the_same():
    blind = SimpleNamespace(url=PAGE, aria=None)
    assert (
        _in_words(7, [SMALL], [], blind, Shown(b"", PAGE, "", []))
        == "It looks different: 7 pixels differ in 1 place (10 × 12 at 3, 4)"
    )
    assert words([]).startswith("The same content")
