"""How a secret is written in a trace, and how a known value is found in whatever encoding it travels in.

A trace never holds a secret. Where one stood, it holds the placeholder ``{secret:NAME}``; in a URL or a form
body the same text percent-encoded. Recording puts placeholders in, replay recognises them.
"""

from __future__ import annotations

import base64
import html
import re
from functools import lru_cache
from urllib.parse import quote

_NAME = r"[A-Za-z0-9_.\-]+"
_WRITTEN = re.compile(rb"(?:\{|%7[Bb])secret(?::|%3[Aa])(" + _NAME.encode() + rb")(?:\}|%7[Dd])")
_SHORT_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}


def placeholder(name: str, *, percent: bool = False) -> str:
    """Return the text that stands for the secret ``name``; percent-encoded for URLs and form bodies."""
    text = "{secret:" + re.sub(r"[^A-Za-z0-9_.\-]", "_", name) + "}"
    return quote(text, safe="") if percent else text


def nameless(data: bytes) -> bytes:
    """Return ``data`` with every placeholder as ``{secret}``, however it was encoded.

    Who types the same secret into two fields has one name for it in what the page then sends.
    """
    return _WRITTEN.sub(rb"{secret}", data) if b"secret" in data else data


def names_in(data: bytes) -> set[str]:
    """Return the names of the secrets ``data`` has placeholders for."""
    return {match.group(1).decode() for match in _WRITTEN.finditer(data)} if b"secret" in data else set()


def replace(data: bytes, value: str, written: bytes) -> bytes:
    """Return ``data`` with every occurrence of ``value`` replaced by ``written``.

    Found are the value as it is, percent-encoded once or twice, as a form value, with JSON escapes, with HTML
    character references, any mixture of these, and in base64 at any alignment. An empty value is never found.
    """
    if not value:
        return data
    data = encoded_pattern(value).sub(lambda _: written, data)
    for core in base64_cores(value):
        if core in data:
            data = data.replace(core, written)
    return data


def occurs(data: bytes, value: str) -> bool:
    """Tell whether ``value`` is in ``data`` in any of the encodings `replace` knows."""
    if not value:
        return False
    if any(core in data for core in base64_cores(value)):
        return True
    return encoded_pattern(value).search(data) is not None


@lru_cache(maxsize=256)
def encoded_pattern(value: str) -> re.Pattern[bytes]:
    """Return a pattern that finds ``value`` with each character in any of its usual encodings."""
    return re.compile(b"".join(_character(character) for character in value))


@lru_cache(maxsize=256)
def base64_cores(value: str) -> tuple[bytes, ...]:
    """Return the runs of base64 that ``value`` leaves at each alignment, in both alphabets.

    Characters that also depend on what stands before or after the value are cut off. Values too short for a
    run of eight characters give none: such a run would be found by chance.
    """
    data = value.encode("utf-8", "surrogatepass")
    cores: list[bytes] = []
    for shift in range(3):
        padded = base64.b64encode(b"\0" * shift + data)
        whole = (shift + len(data)) * 8 // 6
        core = padded[-(-shift * 8 // 6) : whole]
        if len(core) >= 8:
            cores += [core, core.replace(b"+", b"-").replace(b"/", b"_")]
    return tuple(dict.fromkeys(cores))


def _character(character: str) -> bytes:
    """Return a pattern for one character in any of its encodings."""
    raw = character.encode("utf-8", "surrogatepass")
    forms = [re.escape(raw), b"".join(b"%%(?:25)?%b" % _hex(f"{byte:02x}") for byte in raw)]
    units = character.encode("utf-16-be", "surrogatepass")
    escaped = (units[i : i + 2].hex() for i in range(0, len(units), 2))
    forms.append(b"".join(rb"\\+u%b" % _hex(unit) for unit in escaped))
    point = ord(character)
    forms.append(b"&#(?:0*%d|[xX]0*%b);" % (point, _hex(f"{point:x}")))
    if short := _SHORT_ESCAPES.get(character):
        forms.append(rb"\\+" + re.escape(short.encode()))
    if (named := html.escape(character)) != character:
        forms.append(re.escape(named.encode()))
    if character == " ":
        forms.append(rb"\+")
    if 0x80 <= point <= 0xFF:
        forms.append(re.escape(character.encode("latin-1")))
        forms.append(b"%%%b" % _hex(f"{point:02x}"))
    return b"(?:" + b"|".join(forms) + b")"


def _hex(digits: str) -> bytes:
    """Return a pattern for hexadecimal digits in either case."""
    return "".join(f"[{d}{d.upper()}]" if d.isalpha() else d for d in digits).encode()
