"""What inputs are aimed at, as the page describes it: comparing descriptions, and the place that was hit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_editable(target: Mapping[str, Any] | None) -> bool:
    """Tell whether a person can type text into a target."""
    return bool(target and target.get("editable"))


def tag(target: Mapping[str, Any] | None) -> str | None:
    """Return the tag name of a target."""
    return target.get("tag") if target else None


def aimed(target: Mapping[str, Any] | None, event: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the target with the place inside it that a pointer event hit."""
    if target is None:
        return None
    result = {**target}
    box, x, y = target.get("box"), event.get("x"), event.get("y")
    if box and isinstance(x, (int, float)) and isinstance(y, (int, float)):
        result["offset"] = {"x": round(x - box["x"], 2), "y": round(y - box["y"], 2)}
    return result


def same_place(step: Mapping[str, Any], place: Mapping[str, Any]) -> bool:
    """Tell whether a step and an input belong to one document of one page."""
    return bool(step["page"] == place["page"] and step["document"] == place["document"])


def same_target(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    """Tell whether two descriptions are of one element: by what one sees, by CSS and name, or by place."""
    if one is None or other is None:
        return one is other
    if one.get("tag") != other.get("tag") or list(one.get("frame") or ()) != list(other.get("frame") or ()):
        return False
    mine = [_identity(locator) for locator in one.get("locators") or ()]
    shared = [locator for locator in other.get("locators") or () if _identity(locator) in mine]
    if any(locator.get("kind") != "css" for locator in shared):
        return True
    # The next page of a wizard may have another field at the same path and place.
    same_name = one.get("name") == other.get("name") and one.get("role") == other.get("role")
    return same_name and bool(shared or (one.get("box") is not None and one.get("box") == other.get("box")))


def _identity(locator: Mapping[str, Any]) -> tuple[object, ...]:
    return (locator.get("kind"), locator.get("value"), locator.get("role"))


def file_names(event: Mapping[str, Any]) -> list[str]:
    """Return the names of the files that an input gave to the page, with the path within a folder of them."""
    return [str(file.get("folder") or file.get("name") or "") for file in event.get("files") or ()]
