"""Mouse, wheel, drags and fingers as steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reenact.record import keys
from reenact.record.step_core import Json, StepCore
from reenact.record.targets import file_names, same_place

_CLICKS = ("click", "dblclick", "tripleclick")
_BUTTONS = ("left", "middle", "right", "back", "forward")
_DRAG_PX = 5.0
_SWIPE_PX = 10.0
_ELSEWHERE_PX = 40.0
_LONG_PRESS_MS = 500.0
_SAME_SCALE = 0.001
_TOUCHES = frozenset({"tap", "swipe", "pinch"})


class PointerSteps(StepCore):
    """What a person does with a pointer, and with the window."""

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
        where = (float(event.get("x") or 0), float(event.get("y") or 0))
        goes_on = current is not None and current.step["type"] == "scroll" and same_place(current.step, place)
        if current is None or not goes_on or _apart(current.at, where) > _ELSEWHERE_PX:
            self._begin(act, "scroll", place, target=target, delta={"x": across, "y": down}).at = where
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
            self._begin(act, "drop", place, target=target, value=file_names(event))
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
        scale = float(event.get("scale") or self.scale)
        if abs(scale - self._scales.get(place["page"], self.scale)) > _SAME_SCALE:
            self._begin(act, "zoom", place, value=round(100 * scale / self.scale))
        else:
            size = {"width": round(event.get("width") or 0), "height": round(event.get("height") or 0)}
            self._begin(act, "resize", place, value=size)
        self._scales[place["page"]] = scale
        self.flush()


def _apart(one: tuple[float, float] | None, other: tuple[float, float]) -> float:
    return 0.0 if one is None else max(abs(one[0] - other[0]), abs(one[1] - other[1]))
