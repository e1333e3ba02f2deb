"""Which recorded exchange answers a request of the replay."""

from __future__ import annotations

import difflib
import hashlib
import re
import threading
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from reenact.trace.headers import header
from reenact.trace.placeholder import nameless, placeholder, replace
from reenact.trace.records import Exchange

_BOUNDARY = re.compile(r"boundary=\"?([^\";,\s]+)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
_REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS"})
_NEAREST_AMONG = 400
_FIXED_BOUNDARY = b"reenact-boundary"


@dataclass(frozen=True, slots=True)
class Match:
    """The exchange that answers a request.

    ``near`` when the recorded request had another body, or all of its kind were already used and the method
    is not one that may be repeated. ``repeated`` when the last recorded answer is given once more.
    """

    exchange: Exchange
    near: bool = False
    repeated: bool = False


@dataclass(slots=True)
class _Recorded:
    exchange: Exchange
    body: bytes
    used: bool = False


@dataclass(slots=True)
class _Requests:
    """The recorded requests of one method and URL, in recorded order."""

    recorded: list[_Recorded] = field(default_factory=list)


class ExchangeIndex:
    """The recorded exchanges, given out in recorded order. Thread-safe.

    ``read`` gives the bytes of a resource. ``standins`` maps the name of each secret to the text that replay
    types instead of it; in requests it counts as the secret's placeholder.
    """

    def __init__(
        self,
        exchanges: Iterable[Exchange],
        read: Callable[[str], bytes],
        *,
        standins: Mapping[str, str] | None = None,
    ) -> None:
        self._standins = dict(standins or {})
        self._lock = threading.Lock()
        self._index: dict[tuple[str, str], _Requests] = {}
        for exchange in sorted(exchanges, key=lambda e: e.time or 0.0):
            # What the browser itself blocked never went out, and will not in replay.
            if exchange.status is None and (exchange.failed or "").startswith("net::ERR_BLOCKED_BY"):
                continue
            content_type = header(exchange.request_headers, "content-type")
            body = read(exchange.request_body) if exchange.request_body else b""
            key = (exchange.method.upper(), self.normal_url(exchange.url))
            self._index.setdefault(key, _Requests()).recorded.append(
                _Recorded(exchange, self._digest(body, content_type))
            )

    def match(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        content_type: str = "",
        *,
        document: bool | None = None,
        unborn: Container[str] = (),
    ) -> Match | None:
        """Return what answers a request, and count it as used; None when nothing does.

        First the next unused exchange of the same method, URL and body; then, for methods without effect, the
        last used one again; then any of the same method and URL, marked as near. ``document`` says whether
        the request wants a document (None: unknown): of exchanges that fit otherwise, those are preferred
        that were or were not one. What only a document in ``unborn`` asked for is not used up yet.
        """
        method = method.upper()
        digest = self._digest(body, content_type)
        with self._lock:
            requests = self._index.get((method, self.normal_url(url)))
            if requests is None and method == "HEAD":
                requests = self._index.get(("GET", self.normal_url(url)))
            if requests is None:
                return None
            same = [r for r in requests.recorded if r.body == digest]
            ours = [r for r in same if r.exchange.initiator not in unborn]
            if unused := _first_unused(ours, document=document):
                unused.used = True
                return Match(unused.exchange)
            if same and method in _REPEATABLE:
                return Match(_last(ours or same, document=document).exchange, repeated=True)
            if unused := _first_unused(requests.recorded, document=document):
                unused.used = True
                return Match(unused.exchange, near=True)
            return Match(
                _last(same or requests.recorded, document=document).exchange, near=True, repeated=True
            )

    def nearest(self, method: str, url: str) -> str | None:
        """Return the recorded URL that looks most like ``url``, with its method when that differs."""
        method, url = method.upper(), self.normal_url(url)
        path = url.partition("?")[0]
        keys = sorted(self._index, key=lambda key: (key[0] != method, key[1].partition("?")[0] != path))
        urls = {known: known_method for known_method, known in reversed(keys[:_NEAREST_AMONG])}
        same_path = [known for known in urls if known.partition("?")[0] == path]
        close = difflib.get_close_matches(url, same_path or urls, n=1, cutoff=0.0 if same_path else 0.6)
        if not close:
            return None
        return close[0] if urls[close[0]] == method else f"{urls[close[0]]} {close[0]}"

    def hosts(self) -> frozenset[str]:
        """Return the host names that occur in the archive."""
        return frozenset(urlsplit(url).hostname or "" for _, url in self._index)

    def normal_url(self, url: str) -> str:
        """Return a URL as the index knows it: no fragment, no default port, placeholders for stand-ins."""
        scheme, mark, rest = url.partition("#")[0].partition("://")
        authority, slash, path = rest.partition("/")
        if not mark:
            return self._without_secrets(url.encode()).decode("utf-8", "replace")
        if "?" in authority:
            authority, question, query = authority.partition("?")
            slash, path = "/", question + query
        authority = authority.rpartition("@")[2].lower()
        host, colon, port = authority.rpartition(":")
        if colon and port == str(_DEFAULT_PORTS.get(scheme.lower())):
            authority = host
        normal = f"{scheme.lower()}://{authority}{slash or '/'}{path}"
        return self._without_secrets(normal.encode("utf-8", "replace")).decode("utf-8", "replace")

    def _digest(self, body: bytes, content_type: str) -> bytes:
        """Return a digest of a body without what differs in every run: boundaries and secrets."""
        if not body:
            return b""
        if "multipart/" in content_type.lower() and (found := _BOUNDARY.search(content_type)):
            body = body.replace(found.group(1).encode(), _FIXED_BOUNDARY)
        return hashlib.sha256(self._without_secrets(body)).digest()

    def _without_secrets(self, data: bytes) -> bytes:
        for name, standin in sorted(self._standins.items(), key=lambda item: -len(item[1])):
            data = replace(data, standin, placeholder(name).encode())
        return nameless(data)


def _first_unused(recorded: Iterable[_Recorded], *, document: bool | None) -> _Recorded | None:
    unused = [r for r in recorded if not r.used]
    fitting = [r for r in unused if document is None or (r.exchange.type == "document") == document]
    return next(iter(fitting or unused), None)


def _last(recorded: Iterable[_Recorded], *, document: bool | None) -> _Recorded:
    """Return the last that has an answer to give; one that was broken off has none."""
    every = list(recorded)
    answered = [r for r in every if r.exchange.status is not None] or every
    fitting = [r for r in answered if document is None or (r.exchange.type == "document") == document]
    return (fitting or answered)[-1]
