from __future__ import annotations

import base64
import html
import json
import random
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode

import pytest

from reenact.record.fingerprint import Bases
from reenact.record.privacy import Redactor, SecretLeak

SECRET = 'Zürich&"7 +%<x>/\\😀'


def page_hash(text: str, base: int) -> int:
    """What the page's script computes: over UTF-16 code units, in steps that are exact in a double."""
    data = text.encode("utf-16-le")
    result = 0
    for i in range(0, len(data), 2):
        product = result * base + int.from_bytes(data[i : i + 2], "little")
        assert product < 2**53
        result = product % (2**31 - 1)
    return result


def learn(redactor: Redactor, value: str, name: str = "PASSWORD", element: str = "e1") -> None:
    first, second = redactor.bases.first, redactor.bases.second
    redactor.learn(
        element, name, len(value.encode("utf-16-le")) // 2, page_hash(value, first), page_hash(value, second)
    )


@pytest.fixture
def redactor() -> Redactor:
    redactor = Redactor()
    learn(redactor, SECRET)
    return redactor


MULTIPART = "multipart/form-data; boundary=----X1"


def multipart(value: str) -> bytes:
    return (
        '------X1\r\nContent-Disposition: form-data; name="user"\r\n\r\nann\r\n'
        f'------X1\r\nContent-Disposition: form-data; name="pw"\r\n\r\n{value}\r\n------X1--\r\n'
    ).encode()


BODIES = {
    "form": (urlencode({"user": "ann", "pw": SECRET}).encode(), "application/x-www-form-urlencoded"),
    "json": (json.dumps({"user": "ann", "pw": SECRET}).encode(), "application/json"),
    "json utf-8": (json.dumps({"pw": SECRET}, ensure_ascii=False).encode(), "application/json"),
    "json inside json": (json.dumps({"q": json.dumps({"pw": SECRET})}).encode(), "application/json"),
    "multipart": (multipart(SECRET), MULTIPART),
    "plain text": (f"login ann {SECRET} now".encode(), "text/plain"),
    "no type": (f"ann:{SECRET}".encode(), ""),
    "base64": (base64.b64encode(f"ann:{SECRET}".encode()), "text/plain"),
    "json with base64": (
        json.dumps({"auth": base64.b64encode(f"u:{SECRET}".encode()).decode()}).encode(),
        "application/json",
    ),
    "lower-case percent": (quote(SECRET, safe="").lower().replace("z%", "Z%", 1).encode(), "text/plain"),
    "html": (f"<input value='{html.escape(SECRET)}'>".encode(), "text/html"),
    "inside a longer field": (
        urlencode({"blob": f"x={SECRET};"}).encode(),
        "application/x-www-form-urlencoded",
    ),
}


@pytest.mark.parametrize("kind", BODIES)
def test_an_unknown_value_is_found_by_its_fingerprint_alone(redactor, kind):
    body, content_type = BODIES[kind]
    scrubbed = redactor.scrub_request(body, content_type)
    assert b"PASSWORD" in scrubbed
    watcher = Redactor()
    watcher.know("X", SECRET)
    assert watcher.scrub(scrubbed) == scrubbed, "the value is still there in some encoding"


@pytest.mark.parametrize("kind", BODIES)
def test_a_known_value_is_found_in_responses(kind):
    redactor = Redactor()
    redactor.know("PASSWORD", SECRET)
    body, content_type = BODIES[kind]
    assert b"PASSWORD" in redactor.scrub(b"<p>" + body, content_type)


def test_everything_else_stays_as_it_was(redactor):
    body = urlencode([("a", "1 2"), ("pw", SECRET), ("b", "ü")]).encode()
    scrubbed = redactor.scrub_request(body, "application/x-www-form-urlencoded")
    assert scrubbed == b"a=1+2&pw=%7Bsecret%3APASSWORD%7D&b=%C3%BC"
    raw = b'{ "user" : "ann",\n "pw":' + json.dumps(SECRET).encode() + b', "n": 1.50}'
    scrubbed = redactor.scrub_request(raw, "application/json")
    assert scrubbed == b'{ "user" : "ann",\n "pw":"{secret:PASSWORD}", "n": 1.50}'
    assert redactor.scrub_request(multipart(SECRET), MULTIPART) == multipart("{secret:PASSWORD}")
    binary = random.Random(1).randbytes(100_000)
    assert redactor.scrub(binary, "image/png") == binary


def test_urls_and_texts(redactor):
    url = f"https://x.test/a?u=ann&pw={quote_plus(SECRET)}#top"
    assert redactor.scrub_url(url) == "https://x.test/a?u=ann&pw=%7Bsecret%3APASSWORD%7D#top"
    assert redactor.scrub_text(url) == redactor.scrub_url(url)
    assert redactor.scrub_url(f"https://x.test/reset/{quote(SECRET, safe='')}").endswith("%7D")
    assert redactor.scrub_text(f"You typed {SECRET}!") == "You typed {secret:PASSWORD}!"
    assert redactor.scrub_text("nothing here") == "nothing here"


@pytest.mark.parametrize("value", ["7", "no"])
def test_a_value_of_one_or_two_characters_counts_as_a_whole_field_only(value):
    redactor = Redactor()
    learn(redactor, value, "PIN")
    body = urlencode({"pin": value, "text": f"a{value}b"}).encode()
    scrubbed = redactor.scrub_request(body, "application/x-www-form-urlencoded")
    assert scrubbed == f"pin=%7Bsecret%3APIN%7D&text=a{value}b".encode()
    page = f"<p>{value} a{value}</p>".encode()
    assert redactor.scrub(page, "text/html") == page
    assert redactor.weak == {"PIN"}


def test_an_ordinary_word_as_password_does_not_eat_the_user_name():
    redactor = Redactor()
    learn(redactor, "admin")
    form = "application/x-www-form-urlencoded"
    assert redactor.scrub_request(b"username=admin&password=admin", form) == (
        b"username=admin&password=%7Bsecret%3APASSWORD%7D"
    )
    assert redactor.scrub_request(b'{"user":"admin","password":"admin"}', "application/json") == (
        b'{"user":"admin","password":"{secret:PASSWORD}"}'
    )
    page = b"<title>admin</title><a href=/admin/>"
    assert redactor.scrub(page, "text/html") == page
    assert redactor.scrub_url("http://x.test/admin/?q=admin") == "http://x.test/admin/?q=admin"


def test_what_was_typed_before_is_found_too():
    redactor = Redactor()
    for end in range(1, 13):
        learn(redactor, "hunter2hunter"[:end])
    scrubbed = redactor.scrub_request(b'{"draft":"hunter2h"}', "application/json")
    assert scrubbed == b'{"draft":"{secret:PASSWORD}"}'


def test_a_cleared_field_searches_for_nothing(redactor):
    redactor.learn("e1", "PASSWORD", 0, 0, 0)
    assert redactor.scrub_request(b"a=b", "") == b"a=b"


def test_two_secrets_one_inside_the_other():
    redactor = Redactor()
    learn(redactor, "abcd1234", "SHORT", "a")
    learn(redactor, "abcd1234-efgh", "LONG", "b")
    scrubbed = redactor.scrub_request(b"x=abcd1234&y=abcd1234-efgh", "application/x-www-form-urlencoded")
    assert scrubbed == b"x=%7Bsecret%3ASHORT%7D&y=%7Bsecret%3ALONG%7D"


def test_headers(redactor):
    sent = [["Cookie", "a=b"], ["authorization", "Basic x"], ["X-CSRF-Token", "t"], ["Accept", "*/*"],
            ["Referer", f"http://x.test/?p={quote_plus(SECRET)}"], [":path", "/"]]  # fmt: skip
    assert redactor.request_headers(sent) == [
        ["X-CSRF-Token", "{masked}"],
        ["Accept", "*/*"],
        ["Referer", "http://x.test/?p=%7Bsecret%3APASSWORD%7D"],
    ]
    got = [["Set-Cookie", "sid=s3cr3t; Path=/; HttpOnly"], ["Set-Cookie", "theme=dark; Path=/"],
           ["Set-Cookie", "sid=s3cr3t; HttpOnly; Secure"], ["Content-Type", "text/html"]]  # fmt: skip
    kept = redactor.response_headers(got)
    assert kept[1] == ["Set-Cookie", "theme=dark; Path=/"]
    assert kept[3] == ["Content-Type", "text/html"]
    rule = [["Access-Control-Allow-Credentials", "true"]]
    assert redactor.response_headers(rule) == rule, "or no page could read the answer in a replay"
    first, second = kept[0][1], kept[2][1]
    assert first.endswith("; Path=/; HttpOnly")
    assert "s3cr3t" not in first
    assert first.split(";")[0] == second.split(";")[0], "the same cookie keeps one pseudonym"
    other = Redactor().response_headers(got[:1])
    assert other[0][1] != first, "the pseudonym says nothing outside of its recording"


def test_the_final_gate_finds_any_encoding(redactor, tmp_path: Path):
    redactor.scrub_request(*BODIES["form"])
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "trace.json").write_text('{"title":"fine {secret:PASSWORD}"}')
    redactor.final_gate([tmp_path])
    (tmp_path / "a" / "resource").write_bytes(b"....." + base64.b64encode(b"q" + SECRET.encode()) + b"...")
    with pytest.raises(SecretLeak, match="resource") as caught:
        redactor.final_gate([tmp_path])
    assert SECRET not in str(caught.value)


def test_bases_that_a_double_cannot_multiply_are_refused():
    with pytest.raises(ValueError, match="base"):
        Bases(2**22, 70_000)


def test_nothing_is_found_where_nothing_is():
    redactor = Redactor(Bases(70_001, 80_021))
    learn(redactor, "correct horse")
    text = "".join(random.Random(3).choices("abcdefghij klmnop", k=60_000))
    assert redactor.scrub(text.encode(), "text/plain") == text.encode()
    assert redactor.masked == frozenset()
