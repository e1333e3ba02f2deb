"""Lists, files, and what fields hold afterwards, as steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reenact.record import keys
from reenact.record.step_core import Json, StepCore
from reenact.record.targets import file_names, same_place, same_target, tag

_STEPPED = frozenset({"slider", "spinbutton"})
"""Roles whose value arrow keys, clicks and drags change without typing."""


class FieldSteps(StepCore):
    """What a person chooses, and which step a field's new value belongs to."""

    def _select(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        value: object = choice(chosen_labels(event.get("options") or event.get("text") or ()))
        if event.get("secret"):
            value = {"secret": event["secret"]}
        opened = self._current
        if opened and _opened_list(opened.step, target) and same_place(opened.step, place):
            # The click that opened the list is part of the choice.
            opened.step.update(type="select", target=target, value=value)
            self._extend(opened, act)
            return
        self._begin(act, "select", place, target=target, value=value)

    def _files(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        opened = self._current
        if opened and opened.step["type"] == "click" and same_place(opened.step, place):
            # The click that opened the choice of files is part of it.
            opened.step.update(type="upload", target=target, value=file_names(event))
            self._extend(opened, act)
            return
        self._begin(act, "upload", place, target=target, value=file_names(event))

    # ---- what fields hold afterwards

    def _checked(self, target: Mapping[str, Any] | None, *, checked: bool) -> str | None:
        kind = "check" if checked else "uncheck"
        for opened in reversed(self._recent):
            step = opened.step
            same = same_target(step["target"], target)
            by_key = step["type"] == "press" and (
                (step["value"] == "Space" and same)
                or ("Arrow" in str(step["value"]) and (step["target"] or {}).get("role") == "radio")
            )
            by_click = step["type"] in {"click", "tap"} and (same or tag(step["target"]) == "label")
            if not (by_key or by_click or (step["type"] == kind and same)):
                continue
            if target is not None and not same:
                step["target"] = {**target}
            step.update(type=kind, value=None)
            return self._put(opened)
        return None

    def _chosen(self, target: Mapping[str, Any] | None, value: object, before: str | None) -> str | None:
        for opened in reversed(self._recent):
            step = opened.step
            is_key = step["type"] == "press" and same_target(step["target"], target)
            is_select = step["type"] == "select" and same_target(step["target"], target)
            if not (is_key or is_select or _opened_list(step, target)):
                continue
            step.update(type="select", value=value)
            self._note_before(step, before)
            if not same_target(step["target"], target) and target is not None:
                step["target"] = {**target}
            return self._put(opened)
        return None

    def _note_before(self, step: Json, before: str | None) -> None:
        """What the field held before: what an earlier step left in it, or else what the page told."""
        if "before" in step or isinstance(step["value"], Mapping):
            return
        for opened in reversed(self._recent):
            earlier = opened.step
            if (
                earlier is not step
                and earlier["type"] == step["type"]
                and same_target(earlier["target"], step["target"])
            ):
                before = earlier["value"]
                break
        if isinstance(before, str):
            step["before"] = before

    def _filled(
        self, target: Mapping[str, Any] | None, value: str | Mapping[str, Any], before: str | None
    ) -> str | None:
        after_press: str | None = None
        for opened in reversed(self._recent):
            step = opened.step
            if not same_target(step["target"], target):
                continue
            if step["type"] == "fill" or _changes_value(step):
                if after_press and _is_of_the_press(after_press, value):
                    return None
                step.update(type="fill", value=dict(value) if isinstance(value, Mapping) else value)
                opened.is_typed = False
                self._note_before(step, before)
                return self._put(opened)
            if step["type"] == "press":
                # The page may tell what was typed only after the Enter that followed it.
                after_press = after_press or str(step["value"])
        return None


def _is_of_the_press(key: str, value: str | Mapping[str, Any]) -> bool:
    """Tell whether a value is what a key left behind (emptied, a new line), not what was typed before it."""
    return isinstance(value, str) and (value == "" or (key == "Enter" and value.endswith("\n")))


def _changes_value(step: Mapping[str, Any]) -> bool:
    """Tell whether a press, click or drag is one that gives a field another value without typing."""
    if (
        step["type"] in {"press", "click", "drag", "tap", "swipe"}
        and (step["target"] or {}).get("role") in _STEPPED
    ):
        return step["type"] != "press" or step["value"] not in {"Enter", "Tab", "Shift+Tab", "Escape"}
    *held, key = str(step["value"]).split("+")
    return step["type"] == "press" and keys.changes_by_shortcut(key, held)


def _opened_list(step: Mapping[str, Any], target: Mapping[str, Any] | None) -> bool:
    """Tell whether a click was on the list ``target``, or on an option in it."""
    if step["type"] not in {"click", "tap"}:
        return False
    return tag(step["target"]) == "option" or same_target(step["target"], target)


def chosen_labels(options: object) -> list[str]:
    """Return the texts of chosen options, given as texts or as objects with ``label``."""
    if isinstance(options, str):
        return [options]
    given = options if isinstance(options, Sequence) else ()
    texts = [item.get("label", "") if isinstance(item, Mapping) else item for item in given]
    return [" ".join(str(text).split()) for text in texts]


def choice(labels: list[str]) -> str | list[str]:
    """Return a single label by itself, as a list of one choice reads."""
    return labels[0] if len(labels) == 1 else labels
