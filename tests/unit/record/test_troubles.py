"""Which requests are shown with a step."""

from __future__ import annotations

import pytest

from reenact.record.troubles import trouble

FINE = {
    "id": "e1",
    "method": "GET",
    "url": "http://a.test/x",
    "type": "fetch",
    "status": 200,
    "status_text": "OK",
    "failed": None,
    "duration": 12.0,
}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, None),
        ({"status": 304}, None),
        ({"status": 404, "status_text": "Not Found"}, "404 Not Found"),
        ({"status": 503, "status_text": ""}, "503"),
        ({"status": None, "failed": "net::ERR_NAME_NOT_RESOLVED"}, "failed: ERR_NAME_NOT_RESOLVED"),
        ({"status": None, "failed": "net::ERR_ABORTED", "duration": 5000}, None),
        ({"duration": 2345.6}, "took 2.3 s"),
        ({"duration": 60_000, "type": "eventsource"}, None),
        ({"duration": None}, None),
    ],
)
def test_failed_refused_and_slow_ones_are(fields, said):
    signal = trouble({**FINE, **fields})
    assert (signal and signal["text"]) == (said and f"GET http://a.test/x: {said}")
