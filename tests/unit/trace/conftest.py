from __future__ import annotations

import json
from pathlib import Path

import pytest

from reenact.trace import Trace, TraceWriter

PNG = b"\x89PNG\r\n\x1a\n not really a picture"


def record_session(writer: TraceWriter) -> None:
    """A small session with one of everything."""
    writer.put(
        "session", "facts", {"name": "Checkout", "actor": "qa@example.com", "start_url": "http://shop/"}
    )
    writer.put("page", "p1", {"opener": None})
    writer.put(
        "document", "d1", {"page": "p1", "url": "http://shop/", "seed": 7, "origin_time": 1700000000000.5}
    )
    writer.extend("d1", ["timer", 1, 16.5])
    screenshot, body = writer.resource(PNG), writer.resource(b"<h1>Shop</h1>")
    writer.put("exchange", "e1", {
        "method": "GET", "url": "http://shop/", "type": "document", "status": 200, "status_text": "OK",
        "request": {"headers": [["Accept", "text/html"]], "body": None},
        "response": {"headers": [["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"]], "body": body, "size": 13},
        "document": "d1", "time": 1.5, "duration": 20.25,
    })  # fmt: skip
    writer.put(
        "act", "a0", {"n": 0, "type": "navigate", "page": "p1", "document": None, "url": "http://shop/"}
    )
    writer.put("act", "a1", {"n": 1, "type": "input", "page": "p1", "document": "d1", "ordinal": 0, "x": 5})
    writer.put("step", "s1", {
        "type": "click", "title": 'Clicked button "Buy"', "page": "p1", "document": "d1", "time": 812.5,
        "url": "http://shop/", "acts": [1, 1], "checkpoint": "c1",
        "signals": [{"type": "navigation", "url": "http://shop/cart"}],
        "target": {
            "tag": "button", "role": "button", "name": "Buy", "frame": [],
            "locators": [
                {"kind": "role", "value": "Buy", "role": "button"}, {"kind": "css", "value": "#buy"},
            ],
            "box": {"x": 1, "y": 2, "width": 30, "height": 40}, "offset": {"x": 3, "y": 4},
        },
    })  # fmt: skip
    writer.put("step", "s2", {
        "type": "fill", "title": "Filled password", "page": "p1", "time": 900,
        "value": {"secret": "PASSWORD"},
        "target": None,
    })  # fmt: skip
    writer.put("checkpoint", "c1", {
        "step": "s1", "page": "p1", "document": "d1", "act": 1, "url": "http://shop/", "title": "Shop",
        "time": 950, "screenshot": screenshot, "source": "recording", "reason": "settled",
    })  # fmt: skip
    writer.put("gap", "g1", {"kind": "closed-shadow-root", "detail": "<x-menu>", "step": "s1"})
    writer.extend("d1", ["frame", 2, 0.5])
    writer.commit()


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    writer = TraceWriter.create(tmp_path / "checkout.reenact")
    record_session(writer)
    return writer.finish()


def edit(trace: Path, name: str, change) -> None:
    """Change one of the JSON files by hand, keeping the stated digests true."""
    import hashlib

    file = trace / name
    content = json.loads(file.read_text())
    change(content)
    file.write_text(json.dumps(content))
    if name != "trace.json":
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        edit(trace, "trace.json", lambda top: top["integrity"]["files"].update({name: digest}))


@pytest.fixture
def session():
    return record_session


@pytest.fixture(name="edit")
def edit_fixture():
    return edit
