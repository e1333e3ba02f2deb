from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from reenact.evidence import words
from reenact.evidence.text import clean, clip, slug, visible
from reenact.replay.result import CheckpointResult, Miss, Skip
from reenact.trace import Unstable


def test_each_verdict_is_a_sentence(good, changed, diverged):
    assert words.sentence(good) == "All 3 steps look exactly as recorded."
    assert words.sentence(changed) == (
        '2 of 3 steps look different. First: step 2, Clicked button "B2". The label is another one.'
    )
    assert words.sentence(diverged) == (
        'Step 2 of 3 could not be carried out: Clicked button "B2". No such button. '
        "1 step before it was as recorded."
    )


def test_what_is_not_compared_is_said(result, step):
    place = Unstable(10, 20, 320, 180, "video")
    check = CheckpointResult("c1", "identical", exact_pixels=0, changed_pixels=0, unstable=(place,))
    sentence = words.sentence(result(step(1), step(2, checkpoints=(check,))))
    assert sentence == "All 2 steps look exactly as recorded. Not compared in 1 step: video."
    assert words.pixels(check) == "Identical to the pixel outside of 1 place not compared (video)"


def test_what_no_picture_shows_is_said(result, step):
    asked = Miss("GET", "https://app.example/x")
    sentence = words.sentence(result(step(1), misses=(asked,), near=(asked, asked), skips=(Skip("timer 3"),)))
    assert sentence == (
        "As recorded. No picture shows this: 1 request without an answer, "
        "2 requests that sent something else, 1 event that did not happen again."
    )


def test_one_changed_step_takes_the_singular(result, step):
    one = result(step(1, changed=True), step(2), verdict="changed")
    assert words.sentence(one).startswith("1 of 2 steps looks different. First: step 1, ")


def test_tolerated_steps_are_never_called_exact(result, step):
    sentence = words.sentence(result(step(1), step(2, changed=True, verdict="tolerated")))
    assert sentence == "1 of 2 steps look exactly as recorded; 1 within the configured tolerance."


def test_without_pictures_nothing_is_said_to_look_the_same(result, step):
    sentence = words.sentence(result(step(1, checkpoints=()), step(2, checkpoints=())))
    assert "look exactly" not in sentence
    assert "no picture" in sentence


def test_incomparable_names_what_is_other_and_accuses_nobody(result, step):
    other = result(
        step(1),
        verdict="incomparable",
        environment={"browser": {"name": "firefox", "version": "140"}},
        recorded_environment={"browser": {"name": "chromium", "version": "156"}},
    )
    sentence = words.sentence(other)
    assert "nothing is said about the application" in sentence
    assert "Chromium 156 recorded, Firefox 140 now" in sentence


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], "incomparable"),
        (["reproduced"], "reproduced"),
        (["reproduced", "incomparable"], "incomparable"),
        (["incomparable", "changed"], "changed"),
        (["changed", "diverged", "reproduced"], "diverged"),
    ],
)
def test_a_run_is_as_good_as_its_gravest_trace(result, verdicts, expected):
    assert words.overall(result(verdict=verdict) for verdict in verdicts) == expected


def test_a_run_counts_its_verdicts(good, changed, diverged):
    assert words.run_sentence([good, changed, diverged, good]) == (
        "Of 4 traces: 1 diverged, 1 changed, 2 reproduced."
    )
    assert words.run_sentence([changed]) == words.sentence(changed)


@pytest.mark.parametrize(
    ("exact", "visibly", "verdict", "expected"),
    [
        (0, 0, "identical", "Identical to the pixel"),
        (1, 1, "changed", "1 pixel differs"),
        (1204, 1204, "changed", "1,204 pixels differ"),
        (1204, 31, "changed", "1,204 pixels differ, 31 of them visibly"),
        (2505, 0, "changed", "2,505 pixels differ, too faintly for the eye"),
        (None, None, "missing", "No picture to compare"),
    ],
)
def test_pixels_in_words(exact, visibly, verdict, expected):
    assert words.pixels(CheckpointResult("c", verdict, exact, visibly)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.42, "0.42 s"), (41.24, "41.2 s"), (185, "3 min 05 s"), (3700, "1 h 01 min")],
)
def test_durations(value, expected):
    assert words.seconds(value) == expected


def test_moments_are_utc_whatever_comes_in():
    local = datetime(2025, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert words.moment(local) == "28 Feb 2025, 23:30:00 UTC"
    assert words.moment("2025-02-28T23:30:00Z") == words.moment(local)
    assert words.moment(datetime(2025, 2, 28, 23, 30, tzinfo=UTC)) == words.moment(local)
    assert words.moment("yesterday") == "yesterday"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain ä 漢 🎉 עברית", "plain ä 漢 🎉 עברית"),
        ("a\u202egnp.exe", "a⟦RLO⟧gnp.exe"),
        ("a\u2066b\u2069", "a⟦LRI⟧b⟦PDI⟧"),
        ("a\x00b\x1b[31m", "a␀b␛[31m"),
        ("zero\u200bwidth\ufeff", "zero⟦ZWSP⟧width⟦BOM⟧"),
        ("half \ud83d pair \uffff", "half \ufffd pair \ufffd"),
        ("tag \U000e0041", "tag ⟦TAG 41⟧"),
        ("c1 \x9b", "c1 ⟦9B⟧"),
    ],
)
def test_hidden_characters_become_visible(text, expected):
    assert visible(text) == expected
    visible(text).encode("utf-8")


def test_clean_text_has_no_control_characters_left():
    assert clean("a\x00b\x1b[31mc\td\n\x85\u202e") == "ab[31mc\td\n⟦RLO⟧"


def test_long_text_says_how_much_is_missing():
    assert clip("x" * 10, 10) == "x" * 10
    assert clip("x" * 1010, 10) == "x" * 10 + "… (1,000 more characters)"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Approve a payment", "approve-a-payment"),
        ("../../etc/passwd", "etc-passwd"),
        ("漢字", "trace"),
        ("", "trace"),
    ],
)
def test_file_names_hold_nothing_dangerous(name, expected):
    assert slug(name) == expected
