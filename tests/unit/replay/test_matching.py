from __future__ import annotations

import hashlib
from typing import Any

import pytest

from reenact.replay.matching import ExchangeIndex
from reenact.trace.records import Exchange


class Store:
    def __init__(self):
        self.resources: dict[str, bytes] = {}
        self.exchanges: list[Exchange] = []

    def add(
        self, url: str, method: str = "GET", body: bytes = b"", content_type: str = "", **fields: Any
    ) -> str:
        sha = hashlib.sha256(body).hexdigest()
        self.resources[sha] = body
        number = len(self.exchanges) + 1
        raw = {
            "id": f"e{number}",
            "method": method,
            "url": url,
            "type": "fetch",
            "time": float(number),
            "status": 200,
            "request": {
                "headers": [["Content-Type", content_type]] if content_type else [],
                "body": sha if body else None,
            },
            **fields,
        }
        self.exchanges.append(Exchange.of(raw))
        return raw["id"]

    def index(self, **standins: str) -> ExchangeIndex:
        return ExchangeIndex(self.exchanges, self.resources.__getitem__, standins=standins)


@pytest.fixture
def store():
    return Store()


def test_repeated_requests_get_their_answers_in_recorded_order_then_the_last_one(store):
    ids = [store.add("http://a.test/n") for _ in range(3)]
    index = store.index()
    found = [index.match("GET", "http://a.test/n") for _ in range(5)]
    assert [f.exchange.id for f in found] == [*ids, ids[2], ids[2]]
    assert [f.repeated for f in found] == [False, False, False, True, True]
    assert not any(f.near for f in found)


def test_order_is_the_order_of_the_requests_not_of_the_records(store):
    store.add("http://a.test/n", time=20.0)
    store.add("http://a.test/n", time=10.0)
    index = store.index()
    assert [index.match("GET", "http://a.test/n").exchange.id for _ in range(2)] == ["e2", "e1"]


def test_the_body_chooses(store):
    store.add("http://a.test/q", "POST", b'{"a":1}')
    store.add("http://a.test/q", "POST", b'{"a":2}')
    index = store.index()
    assert index.match("POST", "http://a.test/q", b'{"a":2}').exchange.id == "e2"
    assert index.match("POST", "http://a.test/q", b'{"a":1}').exchange.id == "e1"


def test_another_body_is_near_and_says_so(store):
    store.add("http://a.test/q", "POST", b"stamp=1")
    store.add("http://a.test/q", "POST", b"stamp=2")
    index = store.index()
    found = [index.match("POST", "http://a.test/q", b"stamp=9") for _ in range(3)]
    assert [f.exchange.id for f in found] == ["e1", "e2", "e2"]
    assert all(f.near for f in found)
    assert [f.repeated for f in found] == [False, False, True]


def test_a_post_more_often_than_recorded_is_near(store):
    store.add("http://a.test/pay", "POST", b"x")
    index = store.index()
    assert not index.match("POST", "http://a.test/pay", b"x").near
    again = index.match("POST", "http://a.test/pay", b"x")
    assert again.near
    assert again.repeated


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        ("http://a.test/x", "http://A.test:80/x#part"),
        ("https://a.test/x?q=1", "https://a.test:443/x?q=1"),
        ("http://a.test/", "http://a.test"),
        ("http://a.test/?q=1", "http://a.test?q=1"),
        ("http://a.test:8080/x", "http://a.test:8080/x"),
    ],
)
def test_one_address_written_differently(store, recorded, asked):
    store.add(recorded)
    assert store.index().match("GET", asked) is not None


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("POST", "http://a.test/x?q=1"),
        ("GET", "http://a.test/x?q=2"),
        ("GET", "http://a.test/x"),
        ("GET", "https://a.test/x?q=1"),
        ("GET", "http://a.test:81/x?q=1"),
        ("GET", "http://a.test/X?q=1"),
    ],
)
def test_what_is_different_is_not_answered(store, method, url):
    store.add("http://a.test/x?q=1")
    index = store.index()
    assert index.match(method, url) is None
    assert index.nearest(method, url) in ("http://a.test/x?q=1", "GET http://a.test/x?q=1")


def test_nearest_prefers_the_same_path_and_is_silent_when_nothing_is_alike(store):
    for i in range(50):
        store.add(f"http://a.test/item/{i}?view=full&session=1")
    store.add("http://a.test/list?page=1")
    index = store.index()
    assert (
        index.nearest("GET", "http://a.test/list?filter=very-long-and-different")
        == "http://a.test/list?page=1"
    )
    assert index.nearest("GET", "http://a.test/item/7?view=full&session=2").startswith(
        "http://a.test/item/7?"
    )
    assert index.nearest("GET", "ftp://zz") is None


def test_a_secret_that_was_typed_twice_is_one(store):
    form = "application/x-www-form-urlencoded"
    store.add("http://a.test/new", "POST", b"pw=%7Bsecret%3APW%7D&again=%7Bsecret%3APW%7D", form)
    index = store.index(PW="abcdefghij", AGAIN="klmnopqrst")
    match = index.match("POST", "http://a.test/new", b"pw=abcdefghij&again=klmnopqrst", form)
    assert match is not None
    assert not match.near


def test_stand_ins_count_as_the_secret(store):
    form = "application/x-www-form-urlencoded"
    store.add("http://a.test/in", "POST", b"user=ann&pw=%7Bsecret%3APW%7D", form)
    store.add("http://a.test/in", "POST", b'{"pw":"{secret:PW}"}', "application/json")
    store.add("http://a.test/in?pw=%7Bsecret%3APW%7D")
    index = store.index(PW="stand in/+1")
    assert not index.match("POST", "http://a.test/in", b"user=ann&pw=stand+in%2F%2B1", form).near
    assert not index.match("POST", "http://a.test/in", b'{"pw":"stand in\\/+1"}', "application/json").near
    assert index.match("GET", "http://a.test/in?pw=stand%20in/%2b1") is not None


def test_multipart_boundaries_do_not_matter_but_parts_do(store):
    def body(boundary: str, value: str) -> bytes:
        head = 'Content-Disposition: form-data; name="a"'
        return f"--{boundary}\r\n{head}\r\n\r\n{value}\r\n--{boundary}--".encode()

    store.add("http://a.test/up", "POST", body("----B1", "1"), "multipart/form-data; boundary=----B1")
    index = store.index()
    other = index.match(
        "POST", "http://a.test/up", body("----Zz9", "2"), "multipart/form-data; boundary=----Zz9"
    )
    assert other.near
    index = store.index()
    same = index.match(
        "POST", "http://a.test/up", body("----Zz9", "1"), "multipart/form-data; boundary=----Zz9"
    )
    assert not same.near


def test_a_navigation_prefers_a_document(store):
    store.add("http://a.test/", type="fetch")
    store.add("http://a.test/", type="document")
    index = store.index()
    assert index.match("GET", "http://a.test/", document=True).exchange.id == "e2"
    assert index.match("GET", "http://a.test/", document=True).exchange.id == "e1", "better than nothing"
    index = store.index()
    assert index.match("GET", "http://a.test/").exchange.id == "e1"


def test_what_was_broken_off_is_not_what_is_repeated(store):
    store.add("http://a.test/poll")
    store.add("http://a.test/poll", status=None, failed="net::ERR_ABORTED")
    index = store.index()
    found = [index.match("GET", "http://a.test/poll").exchange.id for _ in range(3)]
    assert found == ["e1", "e2", "e1"]


def test_what_the_browser_blocked_is_not_waited_for(store):
    store.add("http://a.test/x", status=None, failed="net::ERR_BLOCKED_BY_CSP")
    store.add("http://a.test/x")
    assert store.index().match("GET", "http://a.test/x").exchange.id == "e2"


def test_head_is_answered_by_get(store):
    store.add("http://a.test/x")
    assert store.index().match("HEAD", "http://a.test/x").exchange.id == "e1"


def test_a_request_too_many_does_not_take_what_a_later_document_will_ask_for(store):
    # A cache answered while recording and not in the replay: the next document would lose its script to this one.
    mine, later = (store.add("http://a.test/shell.js", initiator=each) for each in ("d1", "d2"))
    index = store.index()
    before = [index.match("GET", "http://a.test/shell.js", unborn={"d2"}) for _ in range(2)]
    assert [(f.exchange.id, f.repeated) for f in before] == [(mine, False), (mine, True)]
    after = index.match("GET", "http://a.test/shell.js")
    assert (after.exchange.id, after.repeated) == (later, False)
