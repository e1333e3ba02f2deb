"""The network side of a recording: what one page asked for and what it got, from its CDP Network events.

It only listens. Intercepting would double the time of every request; reading a body after it arrived
costs the page nothing. Whatever could not be had becomes a gap.
"""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from reenact.errors import ReenactError
from reenact.record.bodies import (
    event_stream,
    header_pairs,
    posted_body,
    request_body,
    response_body,
)
from reenact.record.navigations import Navigations
from reenact.record.pending import Chain, PendingExchange
from reenact.record.privacy import Redactor
from reenact.record.streams import Streams
from reenact.trace.headers import header

EVENTS = (
    "Network.requestWillBeSent",
    "Network.requestWillBeSentExtraInfo",
    "Network.requestServedFromCache",
    "Network.responseReceived",
    "Network.responseReceivedExtraInfo",
    "Network.dataReceived",
    "Network.loadingFinished",
    "Network.loadingFailed",
    "Network.eventSourceMessageReceived",
)
"""The CDP events a `NetworkRecorder` wants to see."""

Send = Callable[[str, dict[str, Any]], Mapping[str, Any]]

_RESOURCE_BUFFER = 256 * 1024 * 1024
_BUFFERS = {"maxTotalBufferSize": 4 * _RESOURCE_BUFFER, "maxResourceBufferSize": _RESOURCE_BUFFER}
_BODILESS = frozenset({204, 205, 304})
_BACKGROUND = frozenset({"EventSource", "Ping", "Preflight", "CSPViolationReport", "Media"})
"""Types that a page being quiet does not wait for: they may go on for ever, or nobody sees them."""


def keep_bodies(send: Send) -> None:
    """Have bodies outlive the page that asked for them, for all its sessions; ``send``: of a silent one.

    A session that keeps them itself is not told what of an answer came before it asked for the rest. Older
    browsers do not know it, and it ends when a session of the page is detached; then a body can be lost when
    a page leaves very fast.
    """
    with contextlib.suppress(Exception):
        send("Network.configureDurableMessages", dict(_BUFFERS))


class NetworkRecorder:
    """Makes exchange records from the Network events of one CDP session.

    ``send`` runs a CDP command and returns its result, and may be called inside an event's handler;
    ``put_exchange(id, record)`` stores a record, again when it changed; ``put_resource(bytes)`` returns a
    digest; ``gap(kind, detail)`` notes what is missing; ``clock()`` gives milliseconds since the recording
    began; ``next_id()`` gives ids that no other recorder of the recording gives.
    """

    def __init__(
        self,
        send: Send,
        put_exchange: Callable[[str, dict[str, Any]], None],
        put_resource: Callable[[bytes], str],
        gap: Callable[[str, str], None],
        *,
        redactor: Redactor,
        clock: Callable[[], float],
        next_id: Callable[[], str] | None = None,
    ) -> None:
        counter = itertools.count(1)
        self._send = send
        self._put_exchange = put_exchange
        self._put_resource = put_resource
        self._gap = gap
        self._redactor = redactor
        self._clock = clock
        self._next_id = next_id or (lambda: f"e{next(counter)}")
        self._requests: dict[str, Chain] = {}
        self._streams = Streams(send)
        self._navigations = Navigations()
        self._cached: dict[str, tuple[str, int, str]] = {}
        self._open: set[PendingExchange] = set()
        self._noted: set[tuple[str, str]] = set()
        self._closed = False
        self._seen: Counter[tuple[str, str]] = Counter()

    @property
    def in_flight(self) -> int:
        """How many requests are waited for: begun, not over, and not of the kind that stays open."""
        return sum(1 for e in self._open if e.ended is None and e.type not in _BACKGROUND)

    @property
    def unread(self) -> int:
        """How many answers are over whose bodies are still being read."""
        return sum(1 for e in self._open if e.ended is not None)

    def enable(self) -> None:
        """Turn the events on, with room for bodies to be read late; after the handlers are registered."""
        self._send("Network.enable", {**_BUFFERS, "maxPostDataSize": _RESOURCE_BUFFER})

    def on_event(self, method: str, params: Mapping[str, Any]) -> None:
        """Take one CDP event. Raises only our own errors, such as a full disk."""
        if self._closed:
            return
        try:
            self._on_event(method, params)
        except ReenactError:
            raise
        except Exception as error:
            # An event that a browser of another version words differently must not end the recording.
            self._gap("network-event", f"{method}: {type(error).__name__}: {error}")

    def _on_event(self, method: str, params: Mapping[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self._will_be_sent(params)
            case _:
                request = self._requests.get(params.get("requestId", ""))
                if method.endswith("ExtraInfo"):
                    self._extra(method, params)
                elif request and request.hops:
                    self._progress(method, request.hops[-1], params)

    def times_seen(self, method: str, url: str) -> int:
        """How many requests for this address were seen to begin."""
        return self._seen[method, url.partition("#")[0]]

    def document_exchange(self, frame_id: str, url: str, *, loader_id: str | None = None) -> str | None:
        """Return the id of the exchange that brought the document which now runs in a frame.

        By ``loader_id`` when the caller has it; otherwise the latest navigation of the frame to ``url`` that
        no document was assigned to. None for documents that came without a request (about:blank, srcdoc).
        """
        found = self._navigations.find(frame_id, url.partition("#")[0], loader_id)
        return found.id if found else None

    def assign_document(
        self, frame_id: str, url: str, document: str, *, loader_id: str | None = None
    ) -> str | None:
        """Note that ``document`` (such as "d7") was created by the exchange `document_exchange` finds.

        Returns the exchange's id, or None. Requests the document made get it as their ``initiator``.
        """
        found = self._navigations.find(frame_id, url.partition("#")[0], loader_id)
        if found is None:
            return None
        for exchange in self._navigations.assign(found, document):
            if exchange.record is not None:
                self._put(exchange, exchange.record)
        return found.id

    def settle(self) -> None:
        """Write what is over and still waits for its raw headers, which sometimes never come."""
        for exchange in [e for e in self._open if e.ended is not None]:
            self._complete(exchange)

    def finish(self) -> None:
        """Write everything that is left, while the session still answers. Later events are ignored."""
        self.settle()
        for exchange in sorted(self._open, key=lambda e: e.time):
            if exchange.ended is None:
                exchange.ended = exchange.started
                exchange.failed = None if exchange.type == "EventSource" else "net::ERR_ABORTED"
            self._complete(exchange)
        self._closed = True

    def _will_be_sent(self, params: Mapping[str, Any]) -> None:
        sent = params["request"]
        request_id = params["requestId"]
        request = self._requests.setdefault(request_id, Chain())
        before = request.hops[-1] if request.hops else None
        if before and params.get("redirectResponse"):
            before.redirected = True
            before.answered(params["redirectResponse"], params["timestamp"])
            before.ended = params["timestamp"]
            request.expect_raw(before, expected=bool(params.get("redirectHasExtraInfo")))
            self._advance(before)
        url = sent["url"].partition("#")[0]
        if not url.startswith(("http://", "https://")):
            if url.startswith("file:"):
                self._note("unsupported-url", url)
            return
        exchange = PendingExchange(
            id=self._next_id(),
            request_id=request_id,
            frame=params.get("frameId", ""),
            loader=params.get("loaderId", ""),
            type=params.get("type", "Other"),
            method=sent["method"],
            url=url,
            time=self._clock(),
            started=params["timestamp"],
            headers=sent.get("headers", {}),
            body=request_body(sent),
            redirected_from=before.id if before and params.get("redirectResponse") else None,
            position=len(request.hops),
            dynamic=params.get("initiator", {}).get("type") == "script",
        )
        self._seen[exchange.method, exchange.url] += 1
        request.hops.append(exchange)
        self._open.add(exchange)
        if exchange.is_document:
            self._navigations.add(exchange)
        if exchange.body is None:
            self._read_posted(exchange)

    def _read_posted(self, exchange: PendingExchange) -> None:
        try:
            body = posted_body(self._send("Network.getRequestPostData", {"requestId": exchange.request_id}))
        except Exception as error:
            self._missing("request-body", exchange, error)
            body = b""
        exchange.body = body
        self._advance(exchange)

    def _extra(self, method: str, params: Mapping[str, Any]) -> None:
        # These come from another process than the other events, so they may also come first.
        request = self._requests.setdefault(params["requestId"], Chain())
        if method == "Network.requestWillBeSentExtraInfo":
            request.sent.append(params)
            return
        request.received.append(params)
        for exchange in list(request.hops):
            self._advance(exchange)

    def _progress(self, method: str, exchange: PendingExchange, params: Mapping[str, Any]) -> None:
        match method:
            case "Network.requestServedFromCache":
                exchange.from_cache = True
            case "Network.responseReceived":
                exchange.answered(params["response"], params["timestamp"])
                exchange.type = params.get("type", exchange.type)
                chain = self._requests[exchange.request_id]
                # The browser announces raw headers for its memory cache, too, and never sends them.
                announced = bool(params.get("hasExtraInfo")) and not exchange.from_cache
                chain.expect_raw(exchange, expected=announced)
                if not exchange.from_cache:
                    self._streams.follow(exchange.request_id, exchange.type, params["response"])
            case "Network.dataReceived":
                self._streams.received(params)
            case "Network.eventSourceMessageReceived":
                exchange.messages.append(params)
            case "Network.loadingFinished":
                exchange.ended = params["timestamp"]
                self._advance(exchange)
                if exchange.is_document:
                    self._abandon(exchange)
            case "Network.loadingFailed":
                exchange.ended = params["timestamp"]
                exchange.failed = params.get("errorText") or "net::ERR_FAILED"
                self._advance(exchange)

    def _abandon(self, navigation: PendingExchange) -> None:
        """Give up what the page asked for that a navigation has replaced: its events never come."""
        for exchange in list(self._open):
            if (
                exchange.ended is None
                and exchange.loader != navigation.loader
                and exchange.started < navigation.answered_at
                and self._navigations.replaces(navigation, exchange)
            ):
                exchange.ended = navigation.answered_at
                exchange.failed = "net::ERR_ABORTED"
                self._complete(exchange)

    def _advance(self, exchange: PendingExchange) -> None:
        """Complete an exchange when everything that was announced for it is there."""
        if exchange.ended is None or exchange.body is None or exchange.done:
            return
        if exchange.has_raw and self._requests[exchange.request_id].raw_response(exchange) is None:
            return
        self._complete(exchange)

    def _complete(self, exchange: PendingExchange) -> None:
        """Read the body and write the record. Reading lets other events in, so this may run twice at once."""
        response = self._response(exchange)
        if exchange.done:
            return
        exchange.done = True
        self._open.discard(exchange)
        redactor = self._redactor
        chain = self._requests[exchange.request_id]
        gone = exchange.status is None and exchange.failed == "net::ERR_ABORTED"
        if exchange.redirected_from and gone and not chain.was_sent(exchange):
            return  # A redirect that the page asked not to follow.
        headers = header_pairs(chain.request_headers(exchange))
        body = exchange.body or b""
        if body:
            body = redactor.scrub_request(body, header(headers, "content-type"))
        exchange.record = {
            "id": exchange.id,
            "method": exchange.method,
            "url": redactor.scrub_url(exchange.url),
            "type": exchange.type.lower(),
            "request": {
                "headers": redactor.request_headers(headers),
                "body": self._put_resource(body) if body else None,
            },
            "status": exchange.status,
            "status_text": exchange.response.get("statusText", "") if exchange.response else "",
            "response": response,
            "document": None,
            "initiator": None,
            "dynamic": exchange.dynamic,
            "redirected_from": exchange.redirected_from,
            "failed": exchange.failed,
            "from_cache": exchange.from_cache,
            "time": round(exchange.time, 1),
            "duration": round(((exchange.ended or exchange.started) - exchange.started) * 1000, 1),
        }
        self._put(exchange, exchange.record)
        exchange.forget()
        chain.forget()
        self._navigations.remember(exchange)

    def _put(self, exchange: PendingExchange, record: dict[str, Any]) -> None:
        record["document"] = exchange.document
        record["initiator"] = self._navigations.initiator(exchange)
        self._put_exchange(exchange.id, record)

    def _response(self, exchange: PendingExchange) -> dict[str, Any] | None:
        """Return the response part of a record, reading the body; None when there was no response."""
        answer = exchange.response
        if answer is None:
            return None
        headers = header_pairs(answer.get("headers", {}))
        raw = self._requests[exchange.request_id].raw_response(exchange)
        if raw is not None:
            raw_headers = header_pairs(raw["headers"])
            if raw.get("statusCode", answer["status"]) == answer["status"]:
                headers = raw_headers
            else:
                # The cache's answer, confirmed by a 304: only the cookies are news.
                headers += [pair for pair in raw_headers if pair[0].lower() == "set-cookie"]
        if answer.get("fromDiskCache") or answer.get("fromPrefetchCache"):
            exchange.from_cache = True
        if answer.get("fromServiceWorker"):
            self._note("service-worker", exchange.url)
        content_type = header(headers, "content-type")
        if exchange.is_revalidated and not content_type:
            content_type = str(answer.get("mimeType", ""))
        stored, size, served_type = self._body(exchange, answer, content_type)
        if served_type != header(headers, "content-type"):
            headers = [[n, v] for n, v in headers if n.lower() != "content-type"]
            headers.append(["Content-Type", served_type])
        if exchange.is_revalidated and stored:
            # The page got what it had before; a replay, which has nothing, must give it.
            exchange.status, exchange.response = 200, {**answer, "statusText": "OK"}
        told = {"headers": self._redactor.response_headers(headers), "body": stored, "size": size}
        return told | {"part": True} if exchange.is_part else told

    def _body(
        self, exchange: PendingExchange, answer: Mapping[str, Any], content_type: str
    ) -> tuple[str | None, int, str]:
        """Store the body of a response; returns its digest, its size and the Content-Type that fits it."""
        bodiless = exchange.method == "HEAD" or (
            answer["status"] in _BODILESS and not exchange.is_revalidated
        )
        # What comes under this number now belongs to where it went.
        if exchange.redirected:
            return None, 0, content_type
        part = self._streams.take(exchange.request_id)
        if exchange.done or bodiless or exchange.type == "Preflight":
            return None, 0, content_type
        if exchange.type == "EventSource":
            body = event_stream(exchange.messages)
        elif exchange.failed and part.body:
            body, exchange.is_part = part.body, not part.is_whole
            if part.blank:
                unread = f"{part.blank} of {len(body)} bytes came unread, and are blanks here"
                self._lost("body", exchange, unread)
        else:
            try:
                result = self._send("Network.getResponseBody", {"requestId": exchange.request_id})
            except Exception as error:
                if (exchange.from_cache or exchange.is_revalidated) and exchange.url in self._cached:
                    # The cache of a page that was left gives nothing, but it had this from an earlier answer.
                    return self._cached[exchange.url]
                length = header(header_pairs(answer.get("headers", {})), "content-length")
                if not exchange.done and length != "0":
                    self._missing("body", exchange, error)
                return None, 0, content_type
            body, content_type = response_body(result, content_type)
        if exchange.is_revalidated and not body and exchange.url in self._cached:
            return self._cached[exchange.url]
        if exchange.done or not body:
            return None, 0, content_type
        body = self._redactor.scrub(body, content_type)
        stored = self._put_resource(body), len(body), content_type
        self._cached[exchange.url] = stored
        return stored

    def _missing(self, kind: str, exchange: PendingExchange, error: Exception) -> None:
        self._lost(kind, exchange, (str(error).splitlines() or [type(error).__name__])[0])

    def _lost(self, kind: str, exchange: PendingExchange, reason: str) -> None:
        self._gap(kind, self._redactor.scrub_text(f"{exchange.method} {exchange.url}: {reason}"))

    def _note(self, kind: str, url: str) -> None:
        """Note a gap once per kind and address."""
        if (kind, url) not in self._noted:
            self._noted.add((kind, url))
            self._gap(kind, self._redactor.scrub_url(url))
