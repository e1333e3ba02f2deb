"""From what the browser's protocol says about a body to the bytes a replay has to send."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterable, Mapping
from typing import Any

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
_META = re.compile(r"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
_META_WITHIN = 1024


def response_body(result: Mapping[str, Any], content_type: str) -> tuple[bytes, str]:
    """Return the bytes of a ``Network.getResponseBody`` result, and the Content-Type to serve them with.

    The protocol gives text already decoded, so it is encoded again the way the page declared it. Text that
    declares nothing and is not ASCII is served as UTF-8, and says so, since the browser guessed then.
    """
    text = result["body"]
    if result.get("base64Encoded"):
        return base64.b64decode(text), content_type
    if text.isascii():
        return text.encode("ascii"), content_type
    declared = _CHARSET.search(content_type) or (
        _META.search(text[:_META_WITHIN]) if "html" in content_type.lower() else None
    )
    if declared:
        try:
            # What browsers call Latin-1 or ASCII is windows-1252.
            name = codecs.lookup(declared.group(1)).name
            return text.encode("cp1252" if name in ("iso8859-1", "ascii") else name), content_type
        except (LookupError, UnicodeEncodeError):
            pass
    data = text.encode("utf-8", "replace")
    if "json" in content_type.lower() or not content_type:
        return data, content_type
    return data, _CHARSET.sub("", content_type).rstrip("; ") + "; charset=utf-8"


def request_body(request: Mapping[str, Any]) -> bytes | None:
    """Return the body of a CDP ``Request``; None when it has one that the event does not hold in full."""
    entries = request.get("postDataEntries") or []
    if entries and all("bytes" in entry for entry in entries):
        return b"".join(base64.b64decode(entry["bytes"]) for entry in entries)
    if not request.get("hasPostData"):
        return b""
    return None


def posted_body(result: Mapping[str, Any]) -> bytes:
    """Return the bytes of a ``Network.getRequestPostData`` result."""
    text: str = result["postData"]
    if result.get("base64Encoded"):
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error:
            pass
    return text.encode("utf-8", "surrogatepass")


def event_stream(messages: Iterable[Mapping[str, Any]]) -> bytes:
    """Return an event stream that gives a page the ``Network.eventSourceMessageReceived`` messages again."""
    lines: list[str] = []
    for message in messages:
        if message.get("eventId"):
            lines.append(f"id: {message['eventId']}")
        if message.get("eventName") not in (None, "", "message"):
            lines.append(f"event: {message['eventName']}")
        lines += [f"data: {line}" for line in str(message.get("data", "")).split("\n")]
        lines.append("")
    return "".join(line + "\n" for line in lines).encode()


def header_pairs(headers: Mapping[str, str]) -> list[list[str]]:
    """Return CDP headers as name and value pairs; the protocol joins repeated ones with a line break."""
    return [[name, part] for name, value in headers.items() for part in str(value).split("\n")]
