"""Whether a value keeps to the schema, and if not, where it breaks it.

The schema file is the contract. Checking it with a general validator takes seconds for a long
session, so it is compiled once into plain functions that answer yes or no; only a value that is
refused is looked at again by ``jsonschema``, for the words. Steps and acts are dispatched by their
``type`` (see ``discriminator`` in the schema), never tried one by one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, reduce
from importlib.resources import files
from math import isfinite
from typing import Any, cast

Check = Callable[[Any], bool]
"""Tells whether a value keeps to one part of the schema."""

CURRENT_VERSION = 1
"""The trace format version this package writes; it reads this and every earlier one."""

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of the current format version, as shipped with the package."""
    path = files("reenact.trace").joinpath(f"schema/trace-{CURRENT_VERSION}.schema.json")
    return cast("dict[str, Any]", json.loads(path.read_text("utf-8")))


def is_valid(value: Any, definition: str) -> bool:
    """Tell whether ``value`` keeps to ``$defs/<definition>`` of the schema."""
    return _named(f"#/$defs/{definition}")(value)


def fault(value: Any, definition: str) -> str | None:
    """Return None if ``value`` is valid, otherwise what breaks the schema: "JSON path: reason"."""
    return None if is_valid(value, definition) else explain(value, definition)


def explain(value: Any, definition: str) -> str:
    """Return "JSON path: reason" for a value that breaks the schema (slow: by the general validator)."""
    error = next(oracle(definition).iter_errors(value), None)
    if error is None:
        return "$: does not keep to the schema"
    reason = str(error.message)
    return f"{error.json_path}: {reason if len(reason) <= 160 else reason[:157] + '...'}"


def oracle(definition: str) -> Any:
    """Return a ``jsonschema`` validator for ``$defs/<definition>`` that knows ``discriminator``.

    As everywhere in the trace, 1.0 is no integer, infinity no number, and no line end slips past a
    pattern's ``$`` (in Python's it does).
    """
    import jsonschema

    def dispatch(validator: Any, rule: Any, instance: Any, _: Any) -> Iterator[Any]:
        name = instance.get(rule["propertyName"]) if isinstance(instance, dict) else None
        if isinstance(name, str) and name in rule["mapping"]:
            yield from validator.descend(instance, {"$ref": rule["mapping"][name]})

    def match(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[Any]:
        if isinstance(instance, str) and not _whole(pattern).fullmatch(instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")

    extend: Any = jsonschema.validators.extend
    base: Any = jsonschema.Draft202012Validator
    types = base.TYPE_CHECKER.redefine_many(
        {
            "integer": lambda _, value: type(value) is int,
            "number": lambda _, value: type(value) is int or (type(value) is float and isfinite(value)),
        }
    )
    extended = extend(base, {"discriminator": dispatch, "pattern": match}, type_checker=types)
    return extended({"$defs": schema()["$defs"], "$ref": f"#/$defs/{definition}"})


@cache
def _named(reference: str) -> Check:
    node = schema()
    for key in reference.removeprefix("#/").split("/"):
        node = node[key]
    return _compile(node)


def _compile(node: Mapping[str, Any]) -> Check:
    """Return one function for all keywords of ``node``."""
    checks = [make(node) for keyword, make in _MAKERS.items() if keyword in node]
    if not checks:
        return lambda _: True
    return reduce(_both, checks)


def _both(first: Check, second: Check) -> Check:
    return lambda value: first(value) and second(value)


def _type(node: Mapping[str, Any]) -> Check:
    names = [node["type"]] if isinstance(node["type"], str) else node["type"]
    # JSON text gives exactly these classes, so the class itself is looked up (True is not a number).
    allowed = frozenset(kind for name in names for kind in _TYPES[name])
    if float in allowed:
        # JSON text may hold 1e999, which is read as infinity and can never be written again.
        return lambda value: type(value) in allowed and (type(value) is not float or isfinite(value))
    return lambda value: type(value) in allowed


def _const(node: Mapping[str, Any]) -> Check:
    expected, kind = node["const"], type(node["const"])
    return lambda value: type(value) is kind and value == expected


def _enum(node: Mapping[str, Any]) -> Check:
    allowed = node["enum"]
    return lambda value: (value is None or type(value) is str) and value in allowed


def _pattern(node: Mapping[str, Any]) -> Check:
    match = _whole(node["pattern"]).fullmatch
    return lambda value: type(value) is not str or match(value) is not None


def _whole(pattern: str) -> re.Pattern[str]:
    """Return what matches, as a whole, what the schema's pattern between ``^`` and ``$`` means."""
    return re.compile(pattern.removeprefix("^").removesuffix("$"))


def _minimum(node: Mapping[str, Any]) -> Check:
    least = node["minimum"]
    return lambda value: type(value) not in {int, float} or value >= least


def _min_length(node: Mapping[str, Any]) -> Check:
    least = node["minLength"]
    return lambda value: type(value) is not str or len(value) >= least


def _min_items(node: Mapping[str, Any]) -> Check:
    least = node["minItems"]
    return lambda value: type(value) is not list or len(value) >= least


def _max_items(node: Mapping[str, Any]) -> Check:
    most = node["maxItems"]
    return lambda value: type(value) is not list or len(value) <= most


def _items(node: Mapping[str, Any]) -> Check:
    check = _compile(node["items"])
    return lambda value: type(value) is not list or all(map(check, value))


def _required(node: Mapping[str, Any]) -> Check:
    names = frozenset(node["required"])
    return lambda value: type(value) is not dict or names <= value.keys()


def _properties(node: Mapping[str, Any]) -> Check:
    checks = {name: _compile(part) for name, part in node["properties"].items()}

    def check(value: Any) -> bool:
        if type(value) is not dict:
            return True
        for name, item in value.items():
            part = checks.get(name)
            if part is not None and not part(item):
                return False
        return True

    return check


def _any_of(node: Mapping[str, Any]) -> Check:
    checks = [_compile(part) for part in node["anyOf"]]
    return lambda value: any(check(value) for check in checks)


def _discriminator(node: Mapping[str, Any]) -> Check:
    name = node["discriminator"]["propertyName"]
    checks = {kind: _named(target) for kind, target in node["discriminator"]["mapping"].items()}

    def check(value: Any) -> bool:
        kind = value.get(name) if type(value) is dict else None
        part = checks.get(kind) if type(kind) is str else None
        return part is None or part(value)

    return check


def _ref(node: Mapping[str, Any]) -> Check:
    return _named(node["$ref"])


_MAKERS: Mapping[str, Callable[[Mapping[str, Any]], Check]] = {
    "$ref": _ref,
    "type": _type,
    "const": _const,
    "enum": _enum,
    "pattern": _pattern,
    "minimum": _minimum,
    "minLength": _min_length,
    "minItems": _min_items,
    "maxItems": _max_items,
    "items": _items,
    "required": _required,
    "properties": _properties,
    "anyOf": _any_of,
    "discriminator": _discriminator,
}
"""Every keyword the schema may use; a test makes sure that it uses no other."""
