"""What a request changes: the fields of its body against the form, or the object, that they came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reenact.changes.bodies import Entries, leaves
from reenact.changes.forms import Control, Form
from reenact.changes.records import FieldChange

_HIDDEN = "a secret"
_SILENT = frozenset({"hidden", "submit", "button", "reset", "image"})
_MOST = 60
_LONGEST = 300


def changed_in_form(form: Form, entries: Entries) -> tuple[FieldChange, ...]:
    """The fields of a form whose values are not the ones it came with, in its own order."""
    sent: dict[str, list[str]] = {}
    for name, value in entries:
        sent.setdefault(name, []).append(value)
    changes = [
        _changed(control, sent.get(control.name, []))
        for control in form.controls.values()
        if control.kind not in _SILENT
    ]
    known = form.controls.keys()
    changes += [
        FieldChange(name, name, None, _text(values)) for name, values in sent.items() if name not in known
    ]
    return tuple(change for change in changes if change is not None)[:_MOST]


def sent_alone(entries: Entries) -> tuple[FieldChange, ...]:
    """The fields of a body whose form the recording does not hold."""
    return tuple(FieldChange(name, name, None, _shown(value)) for name, value in entries if value)[:_MOST]


def changed_in_object(before: Any, after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """The plain values of a JSON object that are not those of the one before, None for a new one."""
    old = {} if before is None else leaves(_best(before, after))
    return tuple(
        FieldChange(path, path, _shown(old[path]) if path in old else None, _shown(value))
        for path, value in leaves(after).items()
        if path not in old or old[path] != value
    )[:_MOST]


def _best(value: Any, like: Mapping[str, Any]) -> Any:
    """The object itself or one inside it, whichever has most in common: APIs like to wrap what they send."""
    inner = (
        [each for each in value.values() if isinstance(each, Mapping)] if isinstance(value, Mapping) else []
    )
    return max(
        [value, *inner], key=lambda each: len(set(each) & set(like)) if isinstance(each, Mapping) else -1
    )


def _changed(control: Control, sent: list[str]) -> FieldChange | None:
    old, new = control.values, sent
    if control.kind == "file":
        return FieldChange(control.name, control.label, None, _text(new)) if any(new) else None
    if control.kind == "password":
        return FieldChange(control.name, control.label, None, _HIDDEN) if any(new) else None
    if old == new or (not any(old) and not any(new)):
        return None
    if control.kind == "checkbox" and len(control.texts) == 1:
        return FieldChange(control.name, control.label, "on" if old else "off", "on" if new else "off")
    shown = control.texts
    before, after = ([shown.get(value, value) for value in values] for values in (old, new))
    if control.kind in {"multiple", "checkbox"}:
        added = tuple(_shown(text) for text in after if text not in before)
        removed = tuple(_shown(text) for text in before if text not in after)
        if not added and not removed:
            return None
        return FieldChange(control.name, control.label, _text(before), _text(after), added, removed)
    return FieldChange(control.name, control.label, _text(before), _text(after))


def _text(values: list[str]) -> str:
    return _shown(", ".join(values))


def _shown(text: str) -> str:
    if text.startswith("{secret:") and text.endswith("}"):
        return _HIDDEN
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
