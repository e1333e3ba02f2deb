"""What a session changed, read from its archive: which requests carried it, which fields it touched."""

from __future__ import annotations

from reenact.changes.find import changes_of
from reenact.changes.records import Change, FieldChange, Outcome

__all__ = ["Change", "FieldChange", "Outcome", "changes_of"]
