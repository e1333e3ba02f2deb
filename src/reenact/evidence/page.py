"""Rendering of self-contained pages: all text escaped and visible, nothing loaded, nothing foreign executed.

The Content Security Policy names our one style and our one script by digest and forbids everything else, so
even markup that slipped through escaping could neither run nor call out.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reenact.evidence.text import clip, visible
from reenact.evidence.words import clock, count, pixels, seconds


def render(template: str, **values: Any) -> bytes:
    """A page, UTF-8. `template` is one of our own files; everything in `values` is taken for hostile."""
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _environment().get_template(template)
    html = page.render(policy=policy, style=Markup(style), script=Markup(script), **values)  # noqa: S704
    return html.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reenact.evidence"),
        autoescape=True,  # not select_autoescape: it decides by file name
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clip": clip,
        "clock": clock,
        "count": count,
        "pixels": pixels,
        "seconds": seconds,
    }
    return environment


def _shown(value: Any) -> Any:
    """Every value a template prints passes here; Markup is our own and stays as it is."""
    return value if value is None or isinstance(value, Markup) else visible(str(value))


@cache
def _asset(name: str) -> str:
    return (resources.files("reenact.evidence") / "templates" / name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
