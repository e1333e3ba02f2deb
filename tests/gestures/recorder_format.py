"""The steps of a trace as a flow of Chrome's Recorder, as far as that format has words for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reenact.trace import Step, Target, Trace

Json = dict[str, Any]

_BUTTONS = {
    "left": "primary",
    "middle": "auxiliary",
    "right": "secondary",
    "back": "back",
    "forward": "forward",
}


class NoStepType(Exception):
    """The format has no type of step for what the person did."""


def flow(trace: Trace, *, touch: bool = False) -> Json:
    """Return the whole trace as a flow; `touch` is whether the screen can be touched."""
    pages, frames = [step.page for step in trace.steps], _Frames()
    steps: list[Json] = []
    for step in trace.steps:
        where: Json = {} if step.page == pages[0] else {"target": step.url}
        if step.target and step.target.frame:
            where["frame"] = frames.path(step.target.frame)
        made = [{**where, **part} for part in _parts(step, _keys(trace, step), touch=touch)]
        # What is let go of afterwards does not lead anywhere.
        next(part for part in reversed(made) if part["type"] != "keyUp").update(_navigation(step))
        steps += made
    return {"title": "A trace", "steps": steps}


def _parts(step: Step, keys: list[Json], *, touch: bool) -> list[Json]:
    match step.type:
        case "navigate" | "reload":
            return [{"type": "navigate", "url": step.url}]
        case "click" | "dblclick" | "check" | "uncheck" | "tap":
            held = keys if step.raw.get("modifiers") else []
            down = [key for key in held if key["type"] == "keyDown"]
            return [*down, _click(step), *(key for key in held if key["type"] == "keyUp")]
        case "hover":
            return [{"type": "hover", "selectors": _selectors(step.target)}]
        case "fill" | "select":
            if not isinstance(step.value, str):
                raise NoStepType("select several" if step.type == "select" else "fill with a secret")
            return [{"type": "change", "selectors": _selectors(step.target), "value": step.value}]
        case "press":
            return keys
        case "scroll":
            delta = step.raw["delta"]
            return [
                {
                    "type": "scroll",
                    "selectors": _selectors(step.target),
                    "x": delta.get("x", 0),
                    "y": delta.get("y", 0),
                }
            ]
        case "resize":
            screen = {"deviceScaleFactor": 1, "isMobile": False, "hasTouch": touch, "isLandscape": False}
            return [{"type": "setViewport", **step.value, **screen}]
        case "closePage":
            return [{"type": "close"}]
    raise NoStepType(step.type)


def _click(step: Step) -> Json:
    target = step.target
    made: Json = {
        "type": "doubleClick" if step.type == "dblclick" else "click",
        "selectors": _selectors(target),
        "button": _BUTTONS[step.raw.get("button", "left")],
        **_offset(target),
    }
    if step.type == "tap":
        made["deviceType"] = "touch"
    return made


def _offset(target: Target | None) -> Json:
    """The place inside the element; its middle where a key did it."""
    offset: Mapping[str, float] | None = target.offset if target else None
    box = (target.box if target else None) or {"width": 0, "height": 0}
    at = offset or {"x": box["width"] / 2, "y": box["height"] / 2}
    return {"offsetX": at["x"], "offsetY": at["y"]}


def _keys(trace: Trace, step: Step) -> list[Json]:
    """Return the keys of a step, in the order in which they went down and up."""
    types = {"keydown": "keyDown", "keyup": "keyUp"}
    first, last = step.acts or (0, -1)
    acts = [act for act in trace.acts if first <= act.n <= last and act.type == "input"]
    events = [act.raw["event"] for act in acts if act.page == step.page]
    return [{"type": types[event["type"]], "key": event["key"]} for event in events if event["type"] in types]


def _selectors(target: Target | None) -> list[list[str]]:
    """Return every locator as a selector, in the trace's order; a list leads through shadow roots."""
    found: list[list[str]] = []
    for locator in target.locators if target else ():
        match locator.kind:
            case "css":
                selector = locator.value.split(" >> ")
            case "role" | "label":
                selector = [f"aria/{locator.value}"]
            case "text":
                selector = [f"text/{locator.value}"]
            case "testid":
                selector = [f'[data-testid="{locator.value}"]']
            case _:
                selector = [f'[{locator.kind}="{locator.value}"]']
        if selector not in found:
            found.append(selector)
    return found


def _navigation(step: Step) -> Json:
    """What the runner has to wait for; a window that opens is not the page's own navigation."""
    kinds = {signal["type"] for signal in step.signals}
    if step.type == "navigate" or "navigation" not in kinds or "popup" in kinds:
        return {}
    return {"assertedEvents": [{"type": "navigation"}]}


class _Frames:
    """Numbers for frames: the format counts them, in the order in which the trace names them."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], list[Any]] = {}

    def path(self, selectors: tuple[Any, ...]) -> list[int]:
        numbers: list[int] = []
        for depth, selector in enumerate(selectors):
            siblings = self._known.setdefault(selectors[:depth], [])
            if selector not in siblings:
                siblings.append(selector)
            numbers.append(siblings.index(selector))
        return numbers
