"""Raw input becomes steps: what a person would say they did, each with the raw inputs it is made of.

The builder is fed in the order in which things happened. A step is put as soon as it begins and again, under
the same id, whenever it grows, so a recording that is killed has lost nothing but the sentence's last word.
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reenact.record import keys
from reenact.record.sentences import title
from reenact.record.targets import aimed, is_editable, same_place, same_target, tag

Json = dict[str, Any]
Put = Callable[[Json], object]

_CLICKS = ("click", "dblclick", "tripleclick")
_BUTTONS = ("left", "middle", "right", "back", "forward")
_DRAG_PX = 5.0
_SWIPE_PX = 10.0
_LONG_PRESS_MS = 500.0
_TOUCHES = frozenset({"tap", "swipe", "pinch"})
_STEPPED = frozenset({"slider", "spinbutton"})
"""Roles whose value arrow keys, clicks and drags change without typing."""


@dataclass(slots=True)
class _Open:
    """A step that may still grow, and what is needed to see whether an input continues it."""

    step: Json
    down: tuple[float, float] | None = None
    is_typed: bool = False
    """The value is what the keys said; the field itself has not been heard yet."""

    def grow(self, act: int) -> None:
        first, last = self.step["acts"]
        self.step["acts"] = [min(first, act), max(last, act)]


class StepBuilder:
    """Coalesces raw inputs into steps.

    ``put_step`` receives each step as JSON data, again after each change; ``now`` gives milliseconds since
    the session began, for steps that come without their own time. Not safe for several threads.
    """

    def __init__(self, put_step: Put, now: Callable[[], float]) -> None:
        self._put_step = put_step
        self._now = now
        self._count = 0
        self._first_url: str | None = None
        self._current: _Open | None = None
        self._recent: deque[_Open] = deque(maxlen=8)
        self._leading: int | None = None

    @property
    def count(self) -> int:
        """How many steps began so far."""
        return self._count

    @property
    def current(self) -> str | None:
        """The id of the latest step; None before the first."""
        return str(self._recent[-1].step["id"]) if self._recent else None

    @property
    def first_url(self) -> str | None:
        """The address at which the session began; None before the first step."""
        return self._first_url

    # ---- what the person does in a page

    def input(  # noqa: PLR0917 - one call site, fed from a message
        self,
        act_n: int,
        document: str | None,
        page: str,
        url: str | None,
        event: Mapping[str, Any],
        target: Mapping[str, Any] | None,
        time_ms: float,
    ) -> None:
        """Take one raw input event; ``target`` is what it was aimed at, as the page describes it."""
        place = {"page": page, "document": document, "url": url, "time": time_ms}
        handle = {
            "down": self._down,
            "up": self._up,
            "keydown": self._keydown,
            "keyup": self._grow,
            "wheel": self._wheel,
            "insertText": self._insert,
            "setValue": self._insert,
            "compose": self._insert,
            "commit": self._insert,
            "paste": self._paste,
            "select": self._select,
            "files": self._files,
            "drag": self._drag,
            "touch": self._touch,
            "scroll": self._scrolled,
            "resize": self._resize,
            "traverse": self._went,
        }.get(str(event.get("type")), self._lead)
        handle(act_n, place, event, aimed(target, event))

    def value(
        self,
        target: Mapping[str, Any] | None,
        value: str | Mapping[str, Any] | Sequence[Any] | None,
        checked: bool | None = None,  # noqa: FBT001 - as the page's message has it
    ) -> str | None:
        """Take what a field holds after an input changed it, and return the id of the step that did it.

        Text of a field, ``{"secret": NAME}``, or the chosen options of a list (one label, labels, or objects
        with ``label``); ``checked`` for check boxes and radio buttons. None if no step changed the field.
        """
        if checked is not None:
            return self._checked(target, checked=checked)
        if value is None:
            return None
        if tag(target) == "select":
            return self._chosen(
                target, dict(value) if isinstance(value, Mapping) else _choice(_labels(value))
            )
        if isinstance(value, (str, Mapping)):
            return self._filled(target, value)
        return None

    # ---- what happens to whole pages

    def navigate(self, act_n: int, page: str, url: str, document: str | None = None) -> str:
        """The person, or the script that drives the browser, opened an address; ``document`` came of it."""
        return self._whole(act_n, page, "navigate", url=url, document=document, value=url)

    def reload(self, act_n: int, page: str, url: str | None, document: str | None = None) -> str:
        """The page was loaded again."""
        return self._whole(act_n, page, "reload", url=url, document=document)

    def traverse(
        self, act_n: int, page: str, url: str | None, delta: int, document: str | None = None
    ) -> str:
        """The person went back (negative) or forward in the history."""
        kind = "back" if delta < 0 else "forward"
        return self._whole(act_n, page, kind, url=url, document=document, value=delta)

    def open_page(self, act_n: int, page: str, url: str | None = None) -> str:
        """A tab or window was opened by hand, not by the page."""
        return self._whole(act_n, page, "openPage", url=url)

    def close_page(self, act_n: int, page: str) -> str:
        """A tab or window was closed."""
        return self._whole(act_n, page, "closePage")

    def dialog(
        self, page: str, kind: str, *, message: str, accepted: bool, text: str | None = None
    ) -> str | None:
        """A dialog of the page (``alert``, ``confirm``, ``prompt``, ``beforeunload``) was answered.

        It belongs to the last act, whose effects asked for it; None before the first step.
        """
        if not self._recent:
            return None
        latest = self._recent[-1].step
        act = int(latest["acts"][1])
        place = {"document": latest["document"], "url": latest["url"]}
        return self._whole(
            act, page, "dialog", **place, value=text, dialog=kind, message=message, accepted=accepted
        )

    def signal(self, signal: Mapping[str, Any]) -> str | None:
        """Attach what an action set off (a request, an error) to the latest step; None before the first."""
        if not self._recent:
            return None
        latest = self._recent[-1]
        latest.step["signals"].append(dict(signal))
        return self._put(latest)

    def checkpoint(self, checkpoint_id: str) -> str | None:
        """Give a checkpoint to the latest step and return that step's id; None before the first step."""
        if not self._recent:
            return None
        latest = self._recent[-1]
        latest.step["checkpoint"] = checkpoint_id
        return self._put(latest)

    def flush(self) -> None:
        """End the step that is open: the next input begins a new one."""
        self._current = None

    # ---- beginning and growing

    def _begin(self, act: int, kind: str, place: Mapping[str, Any], **fields: Any) -> _Open:
        self._count += 1
        first = act if self._leading is None else min(self._leading, act)
        self._leading = None
        step: Json = {
            "id": f"s{self._count}",
            "type": kind,
            "title": "",
            **place,
            "target": None,
            "value": None,
            "acts": [first, act],
            "signals": [],
            "checkpoint": None,
            **fields,
        }
        self._first_url = self._first_url or step["url"]
        opened = _Open(step)
        self._current = opened
        self._recent.append(opened)
        self._put(opened)
        return opened

    def _put(self, opened: _Open) -> str:
        opened.step["title"] = title(opened.step)
        self._put_step(copy.deepcopy(opened.step))
        return str(opened.step["id"])

    def _extend(self, opened: _Open, act: int) -> None:
        opened.grow(act)
        self._leading = None
        self._put(opened)

    def _whole(
        self,
        act: int,
        page: str,
        kind: str,
        *,
        url: str | None = None,
        document: str | None = None,
        **fields: Any,
    ) -> str:
        place = {"page": page, "document": document, "url": url, "time": self._now()}
        step_id = str(self._begin(act, kind, place, **fields).step["id"])
        self.flush()
        return step_id

    def _lead(self, act: int, place: Json, _event: Mapping[str, Any], _target: Json | None) -> None:
        """Moves and lone modifiers lead up to the next action; with a button held they are of a drag."""
        current = self._current
        if current and current.down and current.step["page"] == place["page"]:
            current.grow(act)
        elif self._leading is None:
            self._leading = act

    def _grow(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        if self._current:
            self._extend(self._current, act)
        else:
            self._lead(act, place, event, target)

    def _continues(self, place: Mapping[str, Any], target: Json | None, *kinds: str) -> _Open | None:
        """Return the open step if it is one of ``kinds`` on the same element of the same document."""
        current = self._current
        if current is None or current.step["type"] not in kinds or not same_place(current.step, place):
            return None
        return current if same_target(current.step["target"], target) else None

    # ---- pointer

    def _down(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        clicks = int(event.get("clicks") or 1)
        where = (float(event.get("x") or 0), float(event.get("y") or 0))
        again = self._current if 2 <= clicks <= len(_CLICKS) else None
        if again and again.step["type"] == _CLICKS[clicks - 2] and same_place(again.step, place):
            again.step["type"] = _CLICKS[clicks - 1]
            again.down = where
            self._extend(again, act)
            return
        fields: Json = {"target": target}
        button = int(event.get("button") or 0)
        if button:
            fields["button"] = _BUTTONS[button] if button < len(_BUTTONS) else str(button)
        if held := keys.modifiers(event):
            fields["modifiers"] = list(held)
        self._begin(act, "click", place, **fields).down = where

    def _up(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        current = self._current
        if current is None or current.down is None:
            self._grow(act, place, event, target)
            return
        across = float(event.get("x") or 0) - current.down[0]
        down = float(event.get("y") or 0) - current.down[1]
        current.down = None
        if max(abs(across), abs(down)) > _DRAG_PX and current.step["type"] == "click":
            current.step.update(type="drag", drop=target, delta={"x": round(across, 2), "y": round(down, 2)})
        self._extend(current, act)

    def _wheel(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        across, down = float(event.get("dx") or 0), float(event.get("dy") or 0)
        current = self._current
        if current is None or current.step["type"] != "scroll" or not same_place(current.step, place):
            self._begin(act, "scroll", place, target=target, delta={"x": across, "y": down})
            return
        delta = current.step["delta"]
        current.step["delta"] = {"x": round(delta["x"] + across, 2), "y": round(delta["y"] + down, 2)}
        self._extend(current, act)

    def _scrolled(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        """A position that no wheel explains: by a scroll bar, or on the way to the next action."""
        current = self._current
        if event.get("bar") and current and current.down and current.step["type"] in ("click", "scroll"):
            current.step.update(type="scroll", delta={})
            self._extend(current, act)
        else:
            self._lead(act, place, event, target)

    def _drag(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        current = self._current
        if event.get("outside"):
            if event["phase"] != "drop":
                self._lead(act, place, event, target)
                return
            self._begin(act, "drop", place, target=target, value=_names(event))
        elif current is None or current.down is None:
            self._grow(act, place, event, target)
        else:
            x, y = float(event.get("x") or 0), float(event.get("y") or 0)
            delta = {"x": round(x - current.down[0], 2), "y": round(y - current.down[1], 2)}
            current.step.update(type="drag", drop=target, delta=delta)
            if event["phase"] in ("drop", "cancel"):
                # The mouse is let go, and the page hears of it by the drop alone.
                current.down = None
                current.step["given_up"] = event["phase"] == "cancel"
            self._extend(current, act)

    def _touch(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        current, points = self._current, event.get("points") or ()
        held = current is not None and current.step["type"] in _TOUCHES and current.down is not None
        if current is None or not held:
            if event["phase"] == "start" and points:
                where = (float(points[0]["x"]), float(points[0]["y"]))
                self._begin(act, "tap", place, target=target, delta={"x": 0, "y": 0}).down = where
            else:
                self._grow(act, place, event, target)
            return
        step, at = current.step, current.down or (0.0, 0.0)
        if len(points) > 1:
            step["type"] = "pinch"
        elif points and step["type"] != "pinch":
            step["delta"] = {axis: round(float(points[0][axis]) - at[i], 2) for i, axis in enumerate("xy")}
            if max(abs(step["delta"]["x"]), abs(step["delta"]["y"])) > _SWIPE_PX:
                step["type"] = "swipe"
        if event["phase"] in ("end", "cancel") and not points:
            current.down = None
            if step["type"] == "tap" and place["time"] - step["time"] >= _LONG_PRESS_MS:
                step["type"] = "longPress"
        self._extend(current, act)

    def _went(self, act: int, place: Json, event: Mapping[str, Any], _target: Json | None) -> None:
        delta = int(event.get("delta") or 0)
        self._begin(act, "back" if delta < 0 else "forward", place, value=delta)
        self.flush()

    def _resize(self, act: int, place: Json, event: Mapping[str, Any], _target: Json | None) -> None:
        size = {"width": round(event.get("width") or 0), "height": round(event.get("height") or 0)}
        self._begin(act, "resize", place, value=size)
        self.flush()

    # ---- keyboard

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

    def _repeated(self, place: Json, target: Json | None, value: str) -> _Open | None:
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

    # ---- lists and files

    def _select(self, act: int, place: Json, event: Mapping[str, Any], target: Json | None) -> None:
        value: object = _choice(_labels(event.get("options") or event.get("text") or ()))
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
            opened.step.update(type="upload", target=target, value=_names(event))
            self._extend(opened, act)
            return
        self._begin(act, "upload", place, target=target, value=_names(event))

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

    def _chosen(self, target: Mapping[str, Any] | None, value: object) -> str | None:
        for opened in reversed(self._recent):
            step = opened.step
            is_key = step["type"] == "press" and same_target(step["target"], target)
            is_select = step["type"] == "select" and same_target(step["target"], target)
            if not (is_key or is_select or _opened_list(step, target)):
                continue
            step.update(type="select", value=value)
            if not same_target(step["target"], target) and target is not None:
                step["target"] = {**target}
            return self._put(opened)
        return None

    def _filled(self, target: Mapping[str, Any] | None, value: str | Mapping[str, Any]) -> str | None:
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


def _names(event: Mapping[str, Any]) -> list[str]:
    return [str(file.get("name") or "") for file in event.get("files") or ()]


def _labels(options: object) -> list[str]:
    """Return the texts of chosen options, given as texts or as objects with ``label``."""
    if isinstance(options, str):
        return [options]
    given = options if isinstance(options, Sequence) else ()
    texts = [item.get("label", "") if isinstance(item, Mapping) else item for item in given]
    return [" ".join(str(text).split()) for text in texts]


def _choice(labels: list[str]) -> str | list[str]:
    return labels[0] if len(labels) == 1 else labels
