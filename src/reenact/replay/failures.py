"""Documents that never came: the browser shows a page of its own instead, which names the reason.

The archive breaks all answers off in one way, which no browser tries again. So that the page of the browser
names what it named in the recording, the browser is told the reason when such an answer has broken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reenact.trace.records import Exchange

_REASONS = {
    "net::ERR_ACCESS_DENIED": "AccessDenied",
    "net::ERR_ADDRESS_UNREACHABLE": "AddressUnreachable",
    "net::ERR_BLOCKED_BY_CLIENT": "BlockedByClient",
    "net::ERR_BLOCKED_BY_RESPONSE": "BlockedByResponse",
    "net::ERR_CONNECTION_ABORTED": "ConnectionAborted",
    "net::ERR_CONNECTION_CLOSED": "ConnectionClosed",
    "net::ERR_CONNECTION_FAILED": "ConnectionFailed",
    "net::ERR_CONNECTION_REFUSED": "ConnectionRefused",
    "net::ERR_CONNECTION_RESET": "ConnectionReset",
    "net::ERR_FAILED": "Failed",
    "net::ERR_INTERNET_DISCONNECTED": "InternetDisconnected",
    "net::ERR_NAME_NOT_RESOLVED": "NameNotResolved",
    "net::ERR_TIMED_OUT": "TimedOut",
}
"""Chromium's names of errors, as DevTools calls them (``Network.ErrorReason``)."""


def failures_of(exchanges: Iterable[Exchange]) -> Mapping[str, str]:
    """Return, by address, why a document did not come, for the reasons that the browser can be told."""
    return {
        exchange.url: _REASONS[exchange.failed]
        for exchange in exchanges
        if (exchange.type or "").lower() == "document" and exchange.failed in _REASONS
    }
