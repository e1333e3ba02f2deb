"""Two sessions are told of one request, and not at the same time."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

from reenact.record.unseen import UnseenRequests

URL = "http://a.test/shell.js"


class Network:
    def __init__(self):
        self.seen = Counter()
        self.told = []

    def times_seen(self, method, url):
        return self.seen[method, url]

    def on_event(self, name, params):
        self.told.append(name)
        if name == "Network.requestWillBeSent":
            self.seen[params["request"]["method"], params["request"]["url"]] += 1


def request():
    response = SimpleNamespace(status=200, status_text="OK", body=lambda: b"code", headers_array=list)
    return SimpleNamespace(
        method="GET",
        url=URL,
        response=lambda: response,
        resource_type="script",
        is_navigation_request=lambda: False,
        all_headers=dict,
        post_data=None,
    )


def test_what_the_own_session_is_told_a_moment_later_is_not_taken_twice():
    network = Network()
    unseen = UnseenRequests(network, lambda: network.seen.update({("GET", URL): 1}))
    assert not unseen.take(request(), "frame")
    assert network.told == []


def test_what_the_own_session_is_never_told_is_taken():
    network = Network()
    unseen = UnseenRequests(network, lambda: None)
    assert unseen.take(request(), "frame")
    assert network.told == [
        "Network.requestWillBeSent",
        "Network.responseReceived",
        "Network.loadingFinished",
    ]
    network.seen["GET", URL] += 1
    assert not unseen.take(request(), "frame")
