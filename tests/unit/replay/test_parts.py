"""Where a document is cut: before the scripts at which its parser paused, never elsewhere."""

from __future__ import annotations

import time

import pytest

from reenact.replay.loads import Pauses
from reenact.replay.parts import parts_of

SCRIPTS = [
    "<script>1</script>",
    "<SCRIPT type=text/javascript src='/a>b.js'></SCRIPT >",
    '<script type="">"</scrip" + "<script>"</script>',
    "<script nomodule\nsrc=/a.js></script>",
    "<script type=application/javascript>2</script>",
]
NONE = [
    "text < 3 </ a <3>",
    "<!-- <script>no</script> -->",
    "<script async src=/b.js></script>",
    "<script defer=defer src=/b.js></script>",
    "<script type=module>3</script>",
    "<script></script>",
    "<script type='importmap'>{}</script>",
    "<template><p><template><script>4</script></template><script>5</script></template>",
    "<textarea><script>6</script></textarea><title><script></title>",
    "<noscript><script>7</script></noscript><style>a:after { content: '<script>' }</style>",
    "<p title='<script>' data-a=\"<script>\">",
]


def page():
    text = "<!doctype html><body>"
    for at in range(max(len(SCRIPTS), len(NONE))):
        text += NONE[at % len(NONE)] + "é" + SCRIPTS[at % len(SCRIPTS)]
    return text.encode()


@pytest.mark.parametrize("before", [(0,), (3,), tuple(range(11)), (10,)])
def test_each_part_begins_with_the_script_that_its_parser_paused_at(before):
    parts = parts_of(page(), Pauses(11, before))
    assert b"".join(part for _, part in parts) == page()
    assert [number for number, _ in parts] == [0, *before]
    for number, part in parts[1:]:
        assert part.decode().startswith(SCRIPTS[number % len(SCRIPTS)])


def test_a_document_that_begins_with_a_script_has_no_empty_part():
    assert parts_of(b"<script>1</script><script>2</script>", Pauses(2, (0, 1))) == [
        (0, b"<script>1</script>"),
        (1, b"<script>2</script>"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<script>1</script>",
        "<script>1</script>" * 3,
        "<script>1</script><script>2</script>".encode("utf-16"),
        b"",
        b"<script>1</script><!-- <script>2</script>",
        b"<script>1</script><p title='<script>2</script>",
    ],
    ids=["one too few", "one too many", "another encoding", "empty", "open comment", "open quote"],
)
def test_a_document_with_other_scripts_than_the_timeline_is_one_part(body):
    body = body.encode() if isinstance(body, str) else body
    assert parts_of(body, Pauses(2, (1,))) == [(0, body)]


@pytest.mark.parametrize(
    "piece", [b"<a '", b"<a ", b"<!--", b"<", b"<script>", b"<a b=\"'", b"<template>", b"</"]
)
def test_a_hostile_document_costs_no_more_than_its_length(piece):
    def once(body):
        begun = time.perf_counter()
        parts_of(body, Pauses(2, (1,)))
        return time.perf_counter() - begun

    def seconds(count):
        return min(once(piece * count) for _ in range(3))

    # Quadratic would be two hundred and fifty-six times as much.
    assert seconds(40_000) < 100 * max(seconds(2_500), 0.0005)
