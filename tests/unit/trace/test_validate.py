from __future__ import annotations

import copy
import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reenact.trace import TraceWriter
from reenact.trace import validate as v

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["click", "s1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "n", "x"]), inner)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, request):
    from itertools import chain

    conftest = next(p for p in request.config.pluginmanager.get_plugins() if hasattr(p, "record_session"))
    writer = TraceWriter.create(tmp_path_factory.mktemp("v") / "a.reenact")
    conftest.record_session(writer)
    trace = writer.finish()
    files = {
        name: json.loads((trace.path / f"{name}.json").read_text())
        for name in ("trace", "timeline", "network")
    }
    paths = {name: list(chain([()], _paths(content))) for name, content in files.items()}
    return files, paths


def _paths(value, path=()):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _paths(item, (*path, key))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_compiled_schema_and_jsonschema_agree(whole, data):
    files, paths = whole
    name = data.draw(st.sampled_from(sorted(files)))
    value = copy.deepcopy(files[name])
    path = data.draw(st.sampled_from(paths[name]))
    holder = value
    for key in path[:-1]:
        holder = holder[key]
    if not path:
        value = data.draw(JSON)
    elif isinstance(holder, dict) and data.draw(st.booleans()):
        del holder[path[-1]]
    else:
        holder[path[-1]] = data.draw(JSON)
    assert v.is_valid(value, name) == v.oracle(name).is_valid(value), (path, value)


def test_the_schema_is_one_and_uses_only_what_is_compiled():
    schema = v.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    annotations = {"$schema", "$id", "title", "description", "$defs"}

    def keywords(node):
        yield from node
        for keyword in ("properties", "$defs"):
            for part in node.get(keyword, {}).values():
                yield from keywords(part)
        if "items" in node:
            yield from keywords(node["items"])
        for part in node.get("anyOf", ()):
            yield from keywords(part)

    assert set(keywords(schema)) <= annotations | v._MAKERS.keys()
    for name in schema["$defs"]:
        v.is_valid({}, name)


@pytest.mark.parametrize(
    ("kind", "value", "where"),
    [
        (
            "step",
            {"id": "s1", "type": "click", "title": "", "page": "p1", "time": 1},
            "$: 'target' is a required",
        ),
        (
            "step",
            {"id": "s 1", "type": "x", "title": "", "page": "p1", "time": 1},
            "$.id: 's 1' does not match",
        ),
        ("act", {"n": True, "type": "x"}, "$.n: True is not of type 'integer'"),
        ("act", {"n": 1.0, "type": "x"}, "$.n: 1.0 is not of type 'integer'"),
        ("checkpoint", {"id": "c1", "step": None, "page": "p1", "screenshot": "abc"}, "$.screenshot: 'abc'"),
        ("gap", {"kind": "", "detail": "x" * 9999}, "$.kind"),
        ("session", {"environment": {"viewport": {"width": 0, "height": 1}}}, "$.environment.viewport.width"),
    ],
)
def test_what_is_wrong_is_named(kind, value, where):
    found = v.fault(value, kind)
    assert found.startswith(where)
    assert len(found) < 250


def test_unknown_types_and_fields_are_welcome():
    assert v.is_valid(
        {"id": "s1", "type": "telepathy", "title": "", "page": "p1", "time": 1, "x": [{}]}, "step"
    )
