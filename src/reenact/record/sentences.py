"""A step as a sentence that a person understands: ``Clicked button "Sign in"``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Step = Mapping[str, Any]
Target = Mapping[str, Any]

_LONGEST = 80
_NOUNS = {
    "button": "button",
    "cell": "cell",
    "checkbox": "checkbox",
    "columnheader": "column header",
    "combobox": "list",
    "dialog": "dialog",
    "gridcell": "cell",
    "heading": "heading",
    "img": "image",
    "link": "link",
    "listbox": "list",
    "listitem": "list item",
    "menuitem": "menu item",
    "menuitemcheckbox": "menu item",
    "menuitemradio": "menu item",
    "option": "option",
    "radio": "radio button",
    "row": "row",
    "rowheader": "row header",
    "searchbox": "field",
    "slider": "slider",
    "spinbutton": "field",
    "switch": "switch",
    "tab": "tab",
    "textbox": "field",
    "treeitem": "tree item",
}
_TAGS = {"canvas": "canvas", "summary": "section", "video": "video", "audio": "player", "iframe": "frame"}
_CLICKS = {"click": "Clicked", "dblclick": "Double-clicked", "tripleclick": "Triple-clicked"}
_BUTTONS = {"right": "Right-clicked", "middle": "Middle-clicked"}


def title(step: Step) -> str:
    """Return one line of plain English for a step of any type, known or not. Secrets are never in it."""
    kind = str(step.get("type", ""))
    return _SENTENCES.get(kind, _anything)(step)


def called(target: Target | None) -> str | None:
    """Return the words, in quotes, by which a person would call a target; None if there are none."""
    if not target:
        return None
    name = target.get("name") or next(
        (
            locator["value"]
            for kind in ("label", "placeholder", "testid")
            for locator in target.get("locators") or ()
            if locator.get("kind") == kind
        ),
        None,
    )
    return f'"{_short(str(name))}"' if name else None


def _noun(target: Target) -> str | None:
    return _NOUNS.get(target.get("role") or "") or _TAGS.get(target.get("tag") or "")


def _thing(target: Target | None) -> str:
    """Return noun and name: ``button "Save"``, ``"Save"``, ``a button``, ``the page``."""
    if not target or target.get("tag") in {"body", "html"}:
        return "the page"
    noun, name = _noun(target), called(target)
    if name:
        return f"{noun} {name}" if noun else name
    if noun in {"canvas", "video"}:
        return f"the {noun}"
    if noun:
        return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
    return "an area of the page"


def _field(target: Target | None) -> str:
    return called(target) or "a field"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _is_secret(value: object) -> bool:
    return isinstance(value, Mapping) and "secret" in value


def _click(step: Step) -> str:
    verb = _BUTTONS.get(step.get("button") or "left") or _CLICKS[step["type"]]
    held = step.get("modifiers") or ()
    return f"{verb} {_thing(step.get('target'))}" + (f" holding {' and '.join(held)}" if held else "")


def _fill(step: Step) -> str:
    field, value = _field(step.get("target")), step.get("value")
    if _is_secret(value):
        return f"Filled {field} with a secret"
    text = _short(str(value or ""))
    return f"Filled {field} with {text}" if text else f"Cleared {field}"


def _press(step: Step) -> str:
    target, value = step.get("target"), step.get("value")
    verb = "Held" if step.get("repeats") else "Pressed"
    keys = "a secret key" if _is_secret(value) else str(value)
    if not target or target.get("tag") in {"body", "html"} or not called(target):
        return f"{verb} {keys}"
    field = target.get("editable") or target.get("role") in {"combobox", "searchbox", "spinbutton", "textbox"}
    return f"{verb} {keys} in {called(target)}" if field else f"{verb} {keys} on {_thing(target)}"


def _select(step: Step) -> str:
    value, field = step.get("value"), _field(step.get("target"))
    if _is_secret(value):
        return f"Selected a secret in {field}"
    chosen = list(value) if isinstance(value, (list, tuple)) else [value] if value else []
    names = ", ".join(f'"{_short(str(choice))}"' for choice in chosen)
    return f"Selected {names or 'nothing'} in {field}"


def _check(step: Step) -> str:
    return f"{'Checked' if step['type'] == 'check' else 'Unchecked'} {called(step.get('target')) or 'a box'}"


def _upload(step: Step) -> str:
    field = called(step.get("target"))
    return f"Uploaded {_files(step)}" + (f" to {field}" if field else "")


def _files(step: Step) -> str:
    value = step.get("value")
    names = (
        [str(name) for name in value] if isinstance(value, (list, tuple)) else [str(value)] if value else []
    )
    folders = {name.partition("/")[0] for name in names if "/" in name}
    if len(folders) == 1 and all("/" in name for name in names):
        return f"the folder {_short(folders.pop())} ({len(names)} file{'s' if len(names) > 1 else ''})"
    return ", ".join(_short(name) for name in names) or "nothing"


def _drop(step: Step) -> str:
    return f"Dropped {_files(step)} on {called(step.get('target')) or _thing(step.get('target'))}"


def _drag(step: Step) -> str:
    target, drop = step.get("target"), step.get("drop")
    what = called(target) or _thing(target)
    if step.get("given_up"):
        return f"Dragged {what} and gave up"
    if drop and called(drop) and called(drop) != called(target):
        return f"Dragged {what} onto {called(drop)}"
    delta = step.get("delta") or {}
    return f"Dragged {what} by {round(delta.get('x', 0))}, {round(delta.get('y', 0))} px"


def _scroll(step: Step) -> str:
    delta = step.get("delta") or {}
    across, down = round(delta.get("x", 0)), round(delta.get("y", 0))
    parts = []
    if down:
        parts.append(f"{'down' if down > 0 else 'up'} {abs(down)} px")
    if across:
        parts.append(f"{'right' if across > 0 else 'left'} {abs(across)} px")
    return f"Scrolled {' and '.join(parts)}" if parts else "Scrolled"


def _swipe(step: Step) -> str:
    delta = step.get("delta") or {}
    across, down = delta.get("x", 0), delta.get("y", 0)
    if abs(down) >= abs(across):
        way, pixels = ("down" if down > 0 else "up"), abs(down)
    else:
        way, pixels = ("right" if across > 0 else "left"), abs(across)
    return f"Swiped {way} {round(pixels)} px"


def _resize(step: Step) -> str:
    size = step.get("value") or {}
    return f"Resized the window to {size.get('width', 0)} x {size.get('height', 0)}"


def _traverse(step: Step) -> str:
    pages = abs(step.get("value") or 1)
    word = "back" if step["type"] == "back" else "forward"
    return f"Went {word}" + (f" {pages} pages" if pages > 1 else "")


def _dialog(step: Step) -> str:
    verb = "Accepted" if step.get("accepted", True) else "Dismissed"
    kind, message = step.get("dialog") or "dialog", step.get("message")
    if kind == "beforeunload":
        return "Left the page when asked" if verb == "Accepted" else "Stayed on the page when asked"
    return f"{verb} {kind}" + (f' "{_short(str(message))}"' if message else "")


def _anything(step: Step) -> str:
    target = step.get("target")
    return f"Did {step.get('type') or 'something'}" + (f" on {_thing(target)}" if target else "")


_SENTENCES: dict[str, Callable[[Step], str]] = {
    "click": _click,
    "dblclick": _click,
    "tripleclick": _click,
    "fill": _fill,
    "press": _press,
    "select": _select,
    "check": _check,
    "uncheck": _check,
    "upload": _upload,
    "drag": _drag,
    "scroll": _scroll,
    "back": _traverse,
    "forward": _traverse,
    "dialog": _dialog,
    "tap": lambda step: f"Tapped {_thing(step.get('target'))}",
    "longPress": lambda step: f"Pressed and held {_thing(step.get('target'))}",
    "swipe": _swipe,
    "pinch": lambda step: f"Pinched {_thing(step.get('target'))}",
    "drop": _drop,
    "resize": _resize,
    "zoom": lambda step: f"Zoomed the page to {step.get('value')} %",
    "hover": lambda step: f"Pointed at {_thing(step.get('target'))}",
    "navigate": lambda step: f"Opened {step.get('value') or step.get('url') or 'a page'}",
    "reload": lambda _: "Reloaded the page",
    "note": lambda step: f"Note: {step.get('value')}",
    "openPage": lambda _: "Opened a new tab",
    "closePage": lambda _: "Closed the tab",
}
