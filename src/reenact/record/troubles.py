"""Requests that a person who looks for a cause wants to see with the step: failed, refused, slow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SLOW_MS = 1000.0
_LONG_BY_NATURE = frozenset({"eventsource", "websocket", "media", "ping"})
_GIVEN_UP = "net::ERR_ABORTED"


def trouble(exchange: Mapping[str, Any]) -> dict[str, Any] | None:
    """The signal of a finished exchange; None for one that went as it should.

    A request that the page itself gave up, by leaving or with an ``AbortController``, went as it should.
    """
    failed, status, duration = exchange["failed"], exchange["status"], float(exchange["duration"] or 0)
    if failed and failed != _GIVEN_UP:
        what = f"failed: {str(failed).removeprefix('net::')}"
    elif status is not None and status >= 400:
        what = f"{status} {exchange['status_text']}".strip()
    elif duration >= _SLOW_MS and not failed and exchange["type"] not in _LONG_BY_NATURE:
        what = f"took {duration / 1000:.1f} s"
    else:
        return None
    text = f"{exchange['method']} {exchange['url']}: {what}"
    return {"type": "request", "exchange": exchange["id"], "text": text}
