"""What a session changed, as the pages show it: who, where, which fields, and what the server said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reenact.changes import Change, FieldChange
from reenact.evidence.text import clip

_EMPTY = "empty"
_GRANTED = ("permission", "role", "group")


@dataclass(frozen=True, slots=True)
class Row:
    """One field; ``old`` is None where the recording does not show it, ``verb`` what happened to ``new``."""

    label: str
    old: str | None
    new: str
    verb: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change as the templates show it. ``tone`` is "done" or "refused"; ``anchor`` leads to its step."""

    anchor: str | None
    step: int | None
    subject: str
    by: str
    tone: str
    outcome: str
    answer: str
    request: str
    rows: tuple[Row, ...]


def change_views(changes: Sequence[Change], places: Mapping[str, tuple[str, int]]) -> tuple[ChangeView, ...]:
    """The changes of a session; ``places`` are anchor and number of each step by its id."""
    return tuple(_view(change, places.get(change.step or "", (None, None))) for change in changes)


def _view(change: Change, place: tuple[str | None, int | None]) -> ChangeView:
    return ChangeView(
        anchor=place[0],
        step=place[1],
        subject=clip(change.subject or change.url, 160),
        by=clip(change.by or "", 80),
        tone="done" if change.outcome == "accepted" else "refused",
        outcome=change.outcome.capitalize(),
        answer=clip(change.answer, 200),
        request=clip(f"{change.method} {change.url}", 300),
        rows=tuple(row for field in change.fields for row in _rows(field)),
    )


def _rows(field: FieldChange) -> list[Row]:
    label = clip(field.label, 120)
    if field.added or field.removed:
        gives = any(word in field.label.lower() for word in _GRANTED)
        done, undone = ("granted", "withdrawn") if gives else ("added", "removed")
        return [
            *(Row(label, None, clip(value), done) for value in field.added),
            *(Row(label, None, clip(value), undone) for value in field.removed),
        ]
    return [
        Row(label, None if field.old is None else clip(field.old) or _EMPTY, clip(field.new or "") or _EMPTY)
    ]
