"""Names of keys and what they do in a field: enough to tell typing from pressing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_ORDER = ("Control", "Alt", "Meta", "Shift")
_BITS = (("Alt", 1), ("Control", 2), ("Meta", 4), ("Shift", 8))
_CARET = frozenset({"ArrowLeft", "ArrowRight", "Home", "End"})
_ERASING = frozenset({"Backspace", "Delete"})
_CHANGING = frozenset({"v", "x", "y", "z"})
_ALONE = frozenset(
    {"Alt", "AltGraph", "CapsLock", "Control", "Dead", "Fn", "Meta", "NumLock", "Process", "Shift"}
)


def modifiers(event: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the held modifiers of an event, given as names or as bits, in the order they are named."""
    held = event.get("modifiers") or ()
    names: Iterable[str] = [name for name, bit in _BITS if held & bit] if isinstance(held, int) else held
    return tuple(name for name in _ORDER if name in set(names))


def combination(key: str, held: Iterable[str]) -> str:
    """Return the name of a key press as Playwright spells it: ``Enter``, ``Shift+Tab``, ``Control+A``."""
    names = [name for name in held if name != key]
    if len(key) == 1:
        # A printable key with Shift says it by itself: "A", "?".
        names = [name for name in names if name != "Shift"] if names in ([], ["Shift"]) else names
        key = "Space" if key == " " else key.upper() if names and key.isalpha() else key
    return "+".join([*names, key])


def is_modifier(key: str) -> bool:
    """Tell whether a key does nothing until another one follows."""
    return key in _ALONE


def is_character(key: str, held: Iterable[str]) -> bool:
    """Tell whether a key press writes a character."""
    return len(key) == 1 and not {"Control", "Meta"} & set(held)


def begins_typing(key: str, held: Iterable[str]) -> bool:
    """Tell whether a key press in a text field changes its text."""
    return is_character(key, held) or (key in _ERASING and "Meta" not in set(held))


def continues_typing(key: str, held: Iterable[str]) -> bool:
    """Tell whether a key press in a field that is being typed into belongs to the typing."""
    return begins_typing(key, held) or key in _CARET or changes_by_shortcut(key, held)


def changes_by_shortcut(key: str, held: Iterable[str]) -> bool:
    """Tell whether a shortcut changes a field's text: paste, cut, undo, redo."""
    return key.lower() in _CHANGING and bool({"Control", "Meta"} & set(held))
