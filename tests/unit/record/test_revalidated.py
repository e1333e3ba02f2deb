"""A copy that the browser had and the server confirmed (304) is in the archive as what the page got: the copy."""

from __future__ import annotations

import pytest

from reenact.record.fingerprint import Bases
from reenact.record.network import NetworkRecorder
from reenact.record.privacy import Redactor

URL = "http://app.test/app.js"
CONFIRMED = {"Last-Modified": "Mon, 02 Nov 2026 10:00:00 GMT"}


class Browser:
    """Answers questions about bodies, and feeds a recorder the events of one request after the other."""

    def __init__(self):
        self.bodies = {}
        self.records = {}
        self.stored = {}
        self.gaps = []
        self.recorder = NetworkRecorder(
            self.send,
            lambda key, record: self.records.__setitem__(key, dict(record)),
            self.store,
            lambda kind, detail: self.gaps.append((kind, detail)),
            redactor=Redactor(Bases.random()),
            clock=lambda: 1.0,
        )

    def send(self, method, parameters):
        if method == "Network.getResponseBody":
            body = self.bodies[parameters["requestId"]]
            if body is None:
                raise RuntimeError("No resource with given identifier found")
            return {"body": body, "base64Encoded": False}
        return {}

    def store(self, data):
        self.stored[str(len(self.stored))] = data
        return str(len(self.stored) - 1)

    def request(self, name, status, headers, body, kind="Script"):
        self.bodies[name] = body
        common = {"requestId": name, "loaderId": "L", "frameId": "F", "type": kind, "timestamp": 1.0}
        sent = {"url": URL, "method": "GET", "headers": {}}
        answer = {
            "url": URL,
            "status": status,
            "statusText": "",
            "headers": headers,
            "mimeType": "text/javascript",
        }
        self.recorder.on_event("Network.requestWillBeSent", {**common, "request": sent})
        self.recorder.on_event("Network.responseReceived", {**common, "response": answer})
        self.recorder.on_event("Network.loadingFinished", {**common, "timestamp": 2.0})
        return list(self.records.values())[-1]


@pytest.mark.parametrize("body", ["run()", "", None], ids=["given", "empty", "gone"])
def test_the_copy_is_kept(body):
    browser = Browser()
    browser.request("1", 200, {"Content-Type": "text/javascript; charset=utf-8"}, "run()")
    record = browser.request("2", 304, CONFIRMED, body)
    assert (record["status"], record["status_text"]) == (200, "OK")
    assert browser.stored[record["response"]["body"]] == b"run()"
    assert dict(record["response"]["headers"])["Content-Type"].startswith("text/javascript")
    assert browser.gaps == []


def test_a_copy_that_cannot_be_had_is_a_gap():
    browser = Browser()
    record = browser.request("1", 304, CONFIRMED, None)
    assert record["response"]["body"] is None
    assert [kind for kind, _ in browser.gaps] == ["body"]


def test_a_page_that_asks_by_itself_gets_its_304():
    browser = Browser()
    browser.request("1", 200, {"Content-Type": "text/javascript"}, "run()")
    record = browser.request("2", 304, CONFIRMED, None, kind="Fetch")
    assert record["status"] == 304
    assert record["response"]["body"] is None
