"""Fingerprints of secrets: the page sends these instead of what was typed in a masked field.

A fingerprint is the length of the value in UTF-16 code units and two rolling hashes of them,
``h = (h * base + unit) mod (2**31 - 1)`` from 0, one per base. Rolling, so that the value can be found inside
a longer text without being known. They stay in memory and are never written.
"""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

MODULUS = 2**31 - 1
_LARGEST_BASE = 2**22
"""Below this, ``h * base + unit`` is exact in a JavaScript number."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Length in UTF-16 code units and the two rolling hashes of a value nobody has told us."""

    length: int
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Bases:
    """The two bases of one session's hashes; the page's script gets the same two."""

    first: int
    second: int

    def __post_init__(self) -> None:
        for base in (self.first, self.second):
            if not 2**16 < base < _LARGEST_BASE:
                raise ValueError(f"hash base {base} is not between 65537 and {_LARGEST_BASE - 1}")

    @classmethod
    def random(cls) -> Bases:
        """Return bases that no page can guess."""
        span = _LARGEST_BASE - 2**16 - 1
        return cls(2**16 + 1 + secrets.randbelow(span), 2**16 + 1 + secrets.randbelow(span))

    def of(self, text: str) -> Fingerprint:
        """Return the fingerprint of ``text``, as the page's script would."""
        values = units(text)
        return Fingerprint(len(values), fold(values, self.first), fold(values, self.second))

    def find(self, text: str, wanted: Iterable[Fingerprint]) -> set[str]:
        """Return the parts of ``text`` that have one of the ``wanted`` fingerprints.

        Costs about 0.2 microseconds per character and distinct length.
        """
        by_length: dict[int, list[Fingerprint]] = {}
        for print_ in wanted:
            by_length.setdefault(print_.length, []).append(print_)
        found: set[str] = set()
        values = units(text) if by_length else array("H")
        for length, prints in by_length.items():
            for start in self._windows(values, length, {print_.first for print_ in prints}):
                part = values[start : start + length]
                if Fingerprint(length, fold(part, self.first), fold(part, self.second)) in prints:
                    found.add(part.tobytes().decode("utf-16", "surrogatepass"))
        return found

    def _windows(self, values: array[int], length: int, hashes: set[int]) -> list[int]:
        """Return where windows of ``length`` start whose first hash is one of ``hashes``."""
        if not 0 < length <= len(values):
            return []
        base, modulus = self.first, MODULUS
        leaving = pow(base, length, modulus)
        rolling = fold(values[:length], base)
        starts = [0] if rolling in hashes else []
        for start, (enters, leaves) in enumerate(zip(values[length:], values, strict=False), 1):
            rolling = (rolling * base + enters - leaves * leaving) % modulus
            if rolling in hashes:
                starts.append(start)
        return starts


def units(text: str) -> array[int]:
    """Return the UTF-16 code units of ``text``, in the machine's byte order."""
    values = array("H")
    values.frombytes(text.encode("utf-16", "surrogatepass")[2:])
    return values


def fold(values: Iterable[int], base: int) -> int:
    """Return the rolling hash of some code units."""
    result = 0
    for unit in values:
        result = (result * base + unit) % MODULUS
    return result
