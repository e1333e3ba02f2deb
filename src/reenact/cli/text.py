"""Text from pages, traces and files, made safe for a terminal."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def plain(text: object, *, limit: int = 2000) -> str:
    r"""``text`` on one line, with nothing in it that a terminal obeys.

    Line breaks and tabs become blanks; escapes, other control characters and those that turn the direction of
    writing become a visible ``\x1b`` or ``\u202e``. What is longer than ``limit`` characters is cut.
    """
    shown: list[str] = []
    for character in str(text):
        if character in "\t\r\n\v\f":
            shown.append(" ")
        elif unicodedata.category(character) in _HIDDEN:
            code = ord(character)
            shown.append(f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
        else:
            shown.append(character)
    line = " ".join("".join(shown).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
