"""Text that came from a page, made safe to show: nothing in it may hide, reorder or break what stands around.

Escaping for HTML or XML is the writer's job and happens besides; this is about characters.
"""

from __future__ import annotations

import re

_NAMED = {
    0x061C: "ALM",
    0x200B: "ZWSP",
    0x200E: "LRM",
    0x200F: "RLM",
    0x2028: "LSEP",
    0x2029: "PSEP",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
}
_SHOWN: dict[int, str] = {
    **{code: f"⟦{name}⟧" for code, name in _NAMED.items()},
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    0x0D: " ",
    0x7F: "␡",
    **{code: f"⟦{code:02X}⟧" for code in range(0x80, 0xA0)},
    **{code: f"⟦TAG {code - 0xE0000:02X}⟧" for code in range(0xE0000, 0xE0080)},
}
# Half of a pair, or no character at all: neither can be written as UTF-8 or XML.
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    """The text with control, direction and invisible characters replaced by something one can see."""
    return _NO_CHARACTER.sub("\ufffd", text.translate(_SHOWN))


def clean(text: str) -> str:
    """The text for XML and logs: control characters gone, directions shown, only legal characters left."""
    return visible(_CONTROL.sub("", text))


def clip(text: str, limit: int = 300) -> str:
    """At most `limit` characters, and how many were left out."""
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text) - limit:,} more characters)"


def slug(text: str, limit: int = 40) -> str:
    """A plain file name out of any text: a-z, 0-9 and dashes, never empty."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:limit].strip("-") or "trace"
