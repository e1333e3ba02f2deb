"""JSON text as the trace writes it: readable in git, byte for byte the same for the same value.

One value a line, indented by one blank; what holds only plain values stays on one line when it is
short, and a list of numbers or of timeline entries always does.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any

_WIDTH = 100
_COMPACT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).encode
_TIGHT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def parse(data: bytes) -> Any:
    """Return the value of strict JSON text: UTF-8, no NaN. Raises ValueError with a short reason."""
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None


def line(value: Any) -> bytes:
    """Return the value as JSON on one line, without the newline. Raises ValueError if JSON cannot hold it."""
    try:
        return _bytes(_TIGHT(value))
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def dump(value: Any) -> bytes:
    """Return the value as readable JSON text with a trailing newline. Raises ValueError as ``line``."""
    parts: list[str] = []
    try:
        _write(value, "\n", parts)
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    parts.append("\n")
    return _bytes("".join(parts))


def _write(value: Any, newline: str, parts: list[str]) -> None:
    """Append the text of ``value``; ``newline`` carries the indentation it stands at."""
    if type(value) is str:
        parts.append(encode_basestring(value))
        return
    if not isinstance(value, dict | list) or not value:
        parts.append(_COMPACT(value))
        return
    items: Any = value.values() if isinstance(value, dict) else value
    if _is_flat(items):
        text = _COMPACT(value)
        if len(text) <= _WIDTH or (isinstance(value, list) and type(value[0]) is not str):
            parts.append(text)
            return
    inner = newline + " "
    between = inner
    if isinstance(value, dict):
        parts.append("{")
        for key, item in value.items():
            parts.append(f"{between}{encode_basestring(key)}: ")
            _write(item, inner, parts)
            between = "," + inner
        parts.append(newline + "}")
    else:
        parts.append("[")
        for item in value:
            parts.append(between)
            _write(item, inner, parts)
            between = "," + inner
        parts.append(newline + "]")


def _is_flat(items: Any) -> bool:
    return {dict, list}.isdisjoint(map(type, items))


def _bytes(text: str) -> bytes:
    # A lone surrogate has no UTF-8 form; its backslash form is exactly JSON's escape for it.
    return text.encode("utf-8", errors="backslashreplace")


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
