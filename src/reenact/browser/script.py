"""The script that runs before the page's own code, in every frame, in recording and in replay."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

BUNDLE = "recorder.bundle.js"


@dataclass(frozen=True, slots=True)
class ScriptConfig:
    """What the script is told.

    ``token`` is the unguessable word of the session; ``bases`` those of the two rolling hashes; ``documents``
    maps a recorded document's id to its ``origin`` (epoch ms), ``seed``, ``log`` (JSON text), ``url`` and
    ``frame``; ``next`` is the document to expect where no answer names it; ``workers`` tells that scripts of
    workers are brought with ours in front of them, see `reenact.browser.workers`; ``deep`` tells the same of
    workers that are shared or made by workers. ``shared`` maps the name of each life of a shared worker to
    its log (JSON text). ``console`` has the script speak and hear without a protocol of the browser's, see
    `reenact.browser.mainworld`.
    """

    mode: Literal["record", "replay", "free"]
    token: str = field(default_factory=lambda: "rx" + secrets.token_hex(16))
    bases: Sequence[int] = (257, 263)
    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    next: str | None = None
    workers: bool = False
    deep: bool = False
    shared: Mapping[str, str] = field(default_factory=dict)
    console: bool = False


@cache
def bundle() -> str:
    """The source text of the script, as it is shipped."""
    return resources.files("reenact.browser").joinpath(BUNDLE).read_text(encoding="utf-8")


@cache
def script_sha256() -> str:
    """SHA-256 of the shipped script: it goes into every trace."""
    return hashlib.sha256(bundle().encode()).hexdigest()


def script_source(config: ScriptConfig) -> str:
    """The script with its configuration, to be run on every new document."""
    told: dict[str, Any] = {
        "mode": config.mode,
        "token": config.token,
        "bases": list(config.bases),
        "workers": config.workers,
        "deep": config.deep,
        "documents": {key: dict(value) for key, value in config.documents.items()},
    }
    if config.shared:
        told["shared"] = dict(config.shared)
    if config.console:
        told["console"] = True
    if config.next is not None:
        told["next"] = config.next
    return called_with(told)


def called_with(told: Mapping[str, Any]) -> str:
    """The script as a function that is called at once; it knows its own text, to start workers with it."""
    # JSON is a subset of JavaScript since ES2019, the two line separators included.
    return f"(function __source(__reenact) {{\n{bundle()}\n}})({json.dumps(told)});"
