"""Keys and text as steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reenact.record import keys
from reenact.record.step_core import Json, Open, StepCore
from reenact.record.targets import is_editable, tag


class KeySteps(StepCore):
    """What a person types, presses and pastes."""

    def _keydown(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        if event.get("secret"):
            self._typed(act, place, {"secret": event["secret"]}, target)
            return
        key, held = str(event.get("key") or ""), keys.modifiers(event)
        if keys.is_modifier(key):
            self._modifier(act, place, event, target)
        elif is_editable(target) and (
            keys.begins_typing(key, held)
            or (keys.continues_typing(key, held) and self._continues(place, target, "fill"))
        ):
            self._typed(act, place, key if keys.is_character(key, held) else "", target)
        elif event.get("repeat") and (held_key := self._repeated(place, target, keys.combination(key, held))):
            held_key.step["repeats"] = held_key.step.get("repeats", 0) + 1
            self._extend(held_key, act)
        elif open_list := self._continues(place, target, "select") if tag(target) == "select" else None:
            self._extend(open_list, act)
        else:
            self._begin(act, "press", place, target=target, value=keys.combination(key, held))

    def _repeated(self, place: Json, target: Json | None, value: str) -> Open | None:
        pressed = self._continues(place, target, "press")
        return pressed if pressed and pressed.step["value"] == value else None

    def _modifier(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        if typing := self._continues(place, target, "fill"):
            self._extend(typing, act)
        else:
            self._lead(act, place, event, target)

    def _typed(self, act: int, place: Json, text: str | Json, target: Json | None) -> None:
        """Take characters for a field: the next of a fill, or the first of a new one."""
        typing = self._continues(place, target, "fill")
        if typing is None:
            self._begin(act, "fill", place, target=target, value=text).is_typed = True
            return
        if isinstance(text, Mapping):
            typing.step["value"] = text
        elif typing.is_typed and isinstance(typing.step["value"], str):
            typing.step["value"] += text
        self._extend(typing, act)

    def _insert(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        text: str | Json = str(event.get("text") or "")
        if event.get("type") == "compose":
            # Each text of a composition takes the place of the one before; the field tells what came of it.
            text = ""
        if event.get("secret"):
            text = {"secret": event["secret"]}
        if event.get("type") == "setValue":
            self._begin(act, "fill", place, target=target, value=text)
        else:
            self._typed(act, place, text, target)

    def _paste(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        if not is_editable(target):
            self._lead(act, place, event, target)
            return
        contents = event.get("clipboard") or {}
        secret = contents.get("secret")
        self._typed(act, place, {"secret": secret} if secret else str(contents.get("text") or ""), target)
