"""Headers as a trace holds them: pairs of name and value, in order."""

from __future__ import annotations

from collections.abc import Iterable


def header(headers: Iterable[Iterable[str]], name: str) -> str:
    """Return the first value of a header, "" when there is none."""
    return next((value for key, value in headers if key.lower() == name), "")
