"""One change: who sent what from where, what became of it, and the fields with their old and new values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["accepted", "not accepted", "refused", "failed", "unanswered"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change.

    ``old`` is None where the recording does not show what was there before. Of a field with several values,
    ``added`` and ``removed`` say more than the two.
    """

    name: str
    label: str
    old: str | None
    new: str | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A request that was to change something.

    ``step`` is the step that caused it, ``exchange`` the request in the archive. ``subject`` is the title of
    the page that it was sent from, ``by`` who was signed in, as far as the session shows it. ``answer`` is
    what the server said, in a few words.
    """

    step: str | None
    exchange: str
    method: str
    url: str
    subject: str | None
    by: str | None
    outcome: Outcome
    answer: str
    fields: tuple[FieldChange, ...]
