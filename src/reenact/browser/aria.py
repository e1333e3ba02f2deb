"""The accessibility tree of a page as lines of text: what a screen reader would find, and a diff can show.

Chromium's own tree (``Accessibility.getFullAXTree``) gives password fields as bullets, never as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_SILENT = frozenset(
    {"none", "generic", "InlineTextBox", "LineBreak", "RootWebArea", "GenericContainer", "ListMarker"}
)
_STATES = (
    "checked",
    "disabled",
    "expanded",
    "focused",
    "invalid",
    "level",
    "pressed",
    "readonly",
    "required",
    "selected",
)
_LONGEST = 200


def aria_lines(nodes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Lines such as ``- button "Save" [disabled]``, indented by two spaces a level."""
    by_id = {node["nodeId"]: node for node in nodes}
    children = {child for node in by_id.values() for child in node.get("childIds", ())}
    lines: list[str] = []
    stack = [(identifier, 0, "") for identifier in reversed([i for i in by_id if i not in children])]
    while stack:
        identifier, depth, above = stack.pop()
        node = by_id.get(identifier)
        if node is None:
            continue
        line, name = _line(node, above)
        if line is not None:
            lines.append("  " * depth + line)
        inner = depth + 1 if line is not None else depth
        stack.extend((child, inner, name or above) for child in reversed(node.get("childIds", ())))
    return lines


def _line(node: Mapping[str, Any], above: str) -> tuple[str | None, str]:
    """The line of one node, None when it says nothing, and its name."""
    role = _value(node.get("role"))
    name = " ".join(str(_value(node.get("name")) or "").split())[:_LONGEST]
    if node.get("ignored") or role in _SILENT:
        return None, ""
    if role == "StaticText":
        # Text that only repeats the name of what holds it.
        return (None, "") if not name or name in above else (f"- text: {name}", name)
    parts = [f"- {role}"]
    if name:
        parts.append(f'"{name}"')
    parts.extend(_states(node))
    value = _value(node.get("value"))
    if value not in (None, ""):
        parts.append(f": {str(value)[:_LONGEST]}")
    return " ".join(parts), name


def _states(node: Mapping[str, Any]) -> Iterable[str]:
    for entry in node.get("properties", ()):
        name, value = entry.get("name"), _value(entry.get("value"))
        if name in _STATES and value not in (False, None, "false", ""):
            yield f"[{name}]" if value is True or value == "true" else f"[{name}={value}]"


def _value(wrapped: Any) -> Any:
    return wrapped.get("value") if isinstance(wrapped, Mapping) else None
