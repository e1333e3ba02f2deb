from __future__ import annotations

import base64

import pytest

from reenact.record.bodies import event_stream, header_pairs, posted_body, request_body, response_body


@pytest.mark.parametrize(
    ("text", "content_type", "expected", "served"),
    [
        ("plain", "text/html", b"plain", "text/html"),
        (
            "Zürich",
            "text/plain; charset=ISO-8859-1",
            "Zürich".encode("latin-1"),
            "text/plain; charset=ISO-8859-1",
        ),
        ("5 €", "text/plain; charset=iso-8859-1", b"5 \x80", "text/plain; charset=iso-8859-1"),
        ("Ж", 'text/html; charset="windows-1251"', b"\xc6", 'text/html; charset="windows-1251"'),
        ("日本", "text/html;charset=shift_jis", "日本".encode("shift_jis"), "text/html;charset=shift_jis"),
        ("ü", "text/html; charset=utf-8", b"\xc3\xbc", "text/html; charset=utf-8"),
        ("<meta charset=latin1>ü", "text/html", b"<meta charset=latin1>\xfc", "text/html"),
        ("ü", "text/html", b"\xc3\xbc", "text/html; charset=utf-8"),
        ("ü", "application/json", b"\xc3\xbc", "application/json"),
        ("ü", "text/css; charset=nonsense", b"\xc3\xbc", "text/css; charset=utf-8"),
        ("日", "text/css; charset=latin1", b"\xe6\x97\xa5", "text/css; charset=utf-8"),
    ],
)
def test_text_goes_back_to_the_bytes_it_came_from(text, content_type, expected, served):
    assert response_body({"body": text, "base64Encoded": False}, content_type) == (expected, served)


def test_binary_bodies_are_untouched():
    data = bytes(range(256))
    result = {"body": base64.b64encode(data).decode(), "base64Encoded": True}
    assert response_body(result, "image/png") == (data, "image/png")


def test_request_bodies():
    entry = {"bytes": base64.b64encode(b"\xff\x00").decode()}
    assert request_body({"hasPostData": True, "postDataEntries": [entry, entry]}) == b"\xff\x00\xff\x00"
    assert request_body({"hasPostData": True, "postDataEntries": [entry, {}]}) is None, "a file is missing"
    assert request_body({"hasPostData": True}) is None
    assert request_body({}) == b""
    assert posted_body({"postData": "ü"}) == b"\xc3\xbc"
    assert posted_body({"postData": "/wA=", "base64Encoded": True}) == b"\xff\x00"


def test_repeated_headers_are_told_apart():
    assert header_pairs({"Set-Cookie": "a=1\nb=2", "X": "y"}) == [
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "b=2"],
        ["X", "y"],
    ]


def test_an_event_stream_says_the_same_again():
    messages = [
        {"eventName": "message", "eventId": "", "data": "one\ntwo"},
        {"eventName": "end", "eventId": "7", "data": ""},
    ]
    assert event_stream(messages) == b"data: one\ndata: two\n\nid: 7\nevent: end\ndata: \n\n"
