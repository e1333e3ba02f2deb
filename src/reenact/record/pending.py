"""Requests of a recording that are under way: what the browser's events have told about them so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class PendingExchange:
    """One request and, as they come, the parts of its answer. A redirect makes a new one.

    ``time`` is milliseconds since the recording began, ``started`` and ``ended`` are the browser's monotonic
    seconds. ``dynamic``: a script of the page asked for it. ``body`` is None as long as the request has one
    that is not known. ``is_part``: its answer was given up while it came. ``done`` once it is written.
    """

    id: str
    request_id: str
    frame: str
    loader: str
    type: str
    method: str
    url: str
    time: float
    started: float
    headers: Mapping[str, str]
    body: bytes | None
    redirected_from: str | None
    position: int
    dynamic: bool = False
    response: Mapping[str, Any] | None = None
    status: int | None = None
    has_raw: bool = False
    raw_position: int = 0
    from_cache: bool = False
    failed: str | None = None
    answered_at: float = 0.0
    ended: float | None = None
    redirected: bool = False
    document: str | None = None
    done: bool = False
    is_part: bool = False
    messages: list[Mapping[str, Any]] = field(default_factory=list)
    record: dict[str, Any] | None = None

    @property
    def is_document(self) -> bool:
        """Whether this is a navigation of a page or a frame."""
        return self.type == "Document" and self.loader == self.request_id

    @property
    def is_revalidated(self) -> bool:
        """Whether the browser asked if its copy is still good, and it was; a page's own question is none."""
        return self.status == 304 and self.type not in ("Fetch", "XHR")

    def answered(self, response: Mapping[str, Any], at: float) -> None:
        """Take the response as the browser's events give it, and when it came."""
        self.response = response
        self.answered_at = at
        self.status = response["status"]

    def forget(self) -> None:
        """Drop what is not needed once the record is written; long sessions have many requests."""
        self.response, self.headers, self.body = None, {}, b""
        self.messages.clear()


@dataclass(slots=True)
class Chain:
    """What the browser knows under one request id: exchanges that redirect to each other, raw headers.

    Raw headers (``sent``, ``received``) come from another process than the other events, in the order of the
    exchanges but at any time, and not for every exchange: the browser says for which.
    """

    hops: list[PendingExchange] = field(default_factory=list)
    sent: list[Mapping[str, Any]] = field(default_factory=list)
    received: list[Mapping[str, Any]] = field(default_factory=list)

    def expect_raw(self, exchange: PendingExchange, *, expected: bool) -> None:
        """Note whether the response of an exchange has raw headers."""
        exchange.has_raw = expected
        exchange.raw_position = sum(1 for hop in self.hops[: exchange.position] if hop.has_raw)

    def raw_response(self, exchange: PendingExchange) -> Mapping[str, Any] | None:
        """Return the raw response headers event of an exchange, None when there is none (yet)."""
        if exchange.has_raw and exchange.raw_position < len(self.received):
            return self.received[exchange.raw_position]
        return None

    def was_sent(self, exchange: PendingExchange) -> bool:
        """Tell whether an exchange is known to have left the browser."""
        return exchange.position < len(self.sent)

    def request_headers(self, exchange: PendingExchange) -> Mapping[str, str]:
        """Return the headers an exchange was sent with, or was meant to be."""
        if exchange.position < len(self.sent):
            headers: Mapping[str, str] = self.sent[exchange.position]["headers"]
            return headers
        return exchange.headers

    def forget(self) -> None:
        """Drop the raw headers once every exchange is written."""
        if all(hop.done for hop in self.hops) and not self.hops[-1].redirected:
            self.sent.clear()
            self.received.clear()
