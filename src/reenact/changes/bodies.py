"""The fields of a request's body, as the server reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

Entries = list[tuple[str, str]]
_LARGEST = 2_000_000
_DEEPEST = 6


def form_entries(body: bytes, content_type: str) -> Entries | None:
    """Names and values of a form's body in order; None when it is none. A file is given by its name."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return [
            (name, value.replace("\r\n", "\n"))
            for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        ]
    if kind == "multipart/form-data" and len(body) <= _LARGEST:
        return _parts(body, content_type)
    return None


def json_fields(body: bytes, content_type: str) -> Mapping[str, Any] | None:
    """The object that a JSON body is; None when it is none."""
    if "json" not in content_type.lower() or len(body) > _LARGEST:
        return None
    value = json_value(body)
    return value if isinstance(value, Mapping) else None


def json_value(body: bytes) -> Any:
    """What a body says in JSON; None when it is not JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def leaves(value: Any, path: str = "", depth: int = 0) -> dict[str, str]:
    """The plain values in a JSON value by their path, ``address.city`` or ``tags.0``."""
    if isinstance(value, Mapping) and depth < _DEEPEST:
        inner = value.items()
    elif isinstance(value, list) and depth < _DEEPEST:
        inner = enumerate(value)  # type: ignore[assignment]
    else:
        return {path: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}
    found: dict[str, str] = {}
    for key, each in inner:
        found |= leaves(each, f"{path}.{key}" if path else str(key), depth + 1)
    return found


def _parts(body: bytes, content_type: str) -> Entries:
    message = BytesParser().parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    entries: Entries = []
    for part in message.get_payload() if message.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")  # type: ignore[union-attr]
        if name is None:
            continue
        file = part.get_filename()  # type: ignore[union-attr]
        content = part.get_payload(decode=True) or b""  # type: ignore[union-attr]
        text = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
        entries.append((str(name), str(file) if file is not None else text.replace("\r\n", "\n")))
    return entries
