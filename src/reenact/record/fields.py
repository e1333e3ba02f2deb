"""The fields of what a page sends: form values, JSON strings, parts of multipart bodies.

`rewrite` visits each whole field with its name and its decoded value and lets the caller put other text
there, leaving every other byte as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

Visitor = Callable[[str, str], str | None]
"""Called with a field's name ("" when it has none) and its value; returns replacing text, or None to keep."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_NAME_BEFORE = re.compile(r'("(?:[^"\\]|\\.)*")\s*:\s*$')
_PART_NAME = re.compile(rb'name="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_BOUNDARY = re.compile(r'boundary="?([^";,\s]+)', re.IGNORECASE)
_FORM = re.compile(rb"[^=&\s{\"<]*=[^&\s]*(?:&[^=&\s]*(?:=[^&\s]*)?)*\Z")
_LONGEST_NAME = 200


def rewrite(body: bytes, content_type: str, visit: Visitor) -> bytes:
    """Return ``body`` with the fields rewritten that ``visit`` gives new text for.

    The kind of body is taken from ``content_type`` and, when that says nothing, from the body. A body of no
    known kind is visited as one field without a name.
    """
    kind = content_type.lower()
    if "multipart/" in kind and (match := _BOUNDARY.search(content_type)):
        return _multipart(body, match.group(1).encode(), visit)
    if "x-www-form-urlencoded" in kind:
        return pairs(body, visit)
    if "json" in kind or body.lstrip()[:1] in (b"{", b"[", b'"'):
        return _json(body, visit)
    if _FORM.match(body):
        return pairs(body, visit)
    new = visit("", body.decode("utf-8", "replace"))
    return body if new is None else new.encode()


def pairs(data: bytes, visit: Visitor) -> bytes:
    """Rewrite ``name=value&name=value`` as in a form body or the query of a URL; new text goes in encoded."""
    result = []
    for pair in data.split(b"&"):
        name, equals, value = pair.partition(b"=")
        new = visit(_decoded(name), _decoded(value)) if equals else None
        result.append(pair if new is None else name + b"=" + _quoted(new))
    return b"&".join(result)


def _json(body: bytes, visit: Visitor) -> bytes:
    """Rewrite the strings of a JSON text that are values."""
    text = body.decode("utf-8", "surrogateescape")

    def replaced(match: re.Match[str]) -> str:
        if text[match.end() : match.end() + 20].lstrip().startswith(":"):
            return match.group()
        try:
            value = json.loads(match.group(), strict=False)
        except ValueError:
            return match.group()
        named = _NAME_BEFORE.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
        new = visit(named.group(1)[1:-1] if named else "", value)
        return match.group() if new is None else json.dumps(new)

    return _STRING.sub(replaced, text).encode("utf-8", "surrogateescape")


def _multipart(body: bytes, boundary: bytes, visit: Visitor) -> bytes:
    """Rewrite the parts of a multipart body that are text fields."""
    parts = body.split(b"--" + boundary)
    for i, part in enumerate(parts):
        head, blank, content = part.partition(b"\r\n\r\n")
        if not blank or b"filename" in head:
            continue
        named = _PART_NAME.search(head)
        name = named.group(1) if named else b""
        value = content.removesuffix(b"\r\n")
        new = visit(name.decode("utf-8", "replace"), value.decode("utf-8", "replace"))
        if new is not None:
            parts[i] = head + blank + new.encode() + b"\r\n"
    return (b"--" + boundary).join(parts)


def _decoded(data: bytes) -> str:
    return unquote_to_bytes(data.replace(b"+", b" ")).decode("utf-8", "replace")


def _quoted(text: str) -> bytes:
    return text.replace("{", "%7B").replace(":", "%3A").replace("}", "%7D").encode()
