"""From a recorded exchange to the response the replay proxy sends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from reenact.trace.headers import header
from reenact.trace.records import Exchange

Headers = list[tuple[str, str]]

_LEAST_PATIENCE, _MOST_PATIENCE = 0.2, 2.0
DOCUMENT_TIMING = "rx"
"""Name of the Server-Timing entry whose description is the id of the document a response creates."""

# Connection matters are ours; bodies are stored decoded; and nothing may reach beyond this replay, be it into
# the browser's cache, to a reporting server, or to another protocol or port.
_DROPPED = frozenset({
    "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te",
    "trailer", "transfer-encoding", "upgrade", "content-length", "content-encoding",
    "strict-transport-security", "alt-svc", "report-to", "reporting-endpoints", "nel", "public-key-pins",
    "expect-ct",
})  # fmt: skip


def response_headers(
    headers: Iterable[tuple[str, str]], *, document: str | None, recorded_at: datetime
) -> Headers:
    """Return the headers to send for recorded ones.

    ``document`` is the id of the document the response creates, None when it creates none. ``recorded_at`` is
    when the session was recorded: what is "in the future" in a cookie is meant from there.
    """
    kept: Headers = []
    headers = list(headers)
    for name, value in headers:
        lower = name.lower()
        if lower == "date":
            recorded_at = _date(value) or recorded_at
    for name, value in headers:
        lower = name.lower()
        if lower == "set-cookie":
            kept.append((name, session_cookie(value, recorded_at=recorded_at)))
        elif lower not in _DROPPED:
            kept.append((name, value))
    # A page may show the headers of what it fetched, so they stay; the replaying browser's cache is off.
    if document is not None:
        kept = [(name, value) for name, value in kept if name.lower() != "cache-control"]
        kept.append(("Cache-Control", "no-store"))
        kept.append(("Server-Timing", f'{DOCUMENT_TIMING};desc="{document}"'))
    return kept


def session_cookie(header: str, *, recorded_at: datetime) -> str:
    """Return a Set-Cookie header that holds as long as the replay, whenever that takes place.

    Deleting a cookie stays deleting it.
    """
    pair, *attributes = (part.strip() for part in header.split(";"))
    kept, deletes, aged = [pair], False, False
    for attribute in attributes:
        name, _, value = attribute.partition("=")
        match name.strip().lower():
            case "max-age":
                # Max-Age wins over Expires, wherever it stands.
                aged = True
                deletes = value.strip().startswith("-") or value.strip().strip("0") == ""
            case "expires":
                expires = _date(value)
                if not aged and expires is not None:
                    deletes = expires <= recorded_at
            case _:
                kept.append(attribute)
    if deletes:
        kept.append("Max-Age=0")
    return "; ".join(kept)


def preflight_headers(origin: str, method: str, headers: str) -> Headers:
    """Return what lets a cross-origin request through that was let through when recording."""
    answer = [
        ("Access-Control-Allow-Origin", origin or "*"),
        ("Access-Control-Allow-Methods", method or "*"),
        ("Access-Control-Allow-Private-Network", "true"),
        ("Access-Control-Max-Age", "0"),
        ("Cache-Control", "no-store"),
    ]
    if headers:
        answer.append(("Access-Control-Allow-Headers", headers))
    if origin and origin != "*":
        answer.append(("Access-Control-Allow-Credentials", "true"))
    return answer


def has_body(method: str, status: int) -> bool:
    """Tell whether a response to ``method`` with ``status`` has a body at all, if only an empty one."""
    return method != "HEAD" and status >= 200 and status not in (204, 304)


def was_given_up(exchange: Exchange) -> bool:
    """Tell whether the page or the browser gave the request up."""
    return exchange.failed == "net::ERR_ABORTED"


def was_broken_off(exchange: Exchange) -> bool:
    """Tell whether that was before anything came back."""
    return exchange.status is None and was_given_up(exchange)


def patience(exchange: Exchange) -> float:
    """Seconds in which a replay should give up a request that recording saw broken off.

    What a page gives up in the same breath (an effect that runs twice, an XHR that is aborted) may never come
    here at all: then it is the next one of its kind that waits.
    """
    if exchange.duration is None:
        return _MOST_PATIENCE
    return min(_MOST_PATIENCE, max(_LEAST_PATIENCE, 2 * exchange.duration / 1000))


def announced_length(exchange: Exchange) -> str | None:
    """What the response said of its length, if it did; of what came packed it is another than is sent now."""
    length = header(exchange.response_headers, "content-length")
    is_packed = bool(header(exchange.response_headers, "content-encoding"))
    return length if length.isdigit() and not is_packed else None


def stays_open(exchange: Exchange) -> bool:
    """Tell whether the response is an event stream that nobody had ended when its page or recording did."""
    return exchange.type == "eventsource" and exchange.status == 200 and not exchange.duration


def failed(exchange: Exchange) -> bool:
    """Tell whether the recorded request got no response."""
    return exchange.status is None or not 200 <= exchange.status <= 999


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text.strip())
    except (ValueError, IndexError, TypeError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
