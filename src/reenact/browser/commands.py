"""How Python calls the script in a page: by the DevTools protocol, out of reach of the page.

The script listens on its window for an event whose name only we know. ``getEventListeners`` of the
inspector's console API gives that listener as a remote object, whatever the page has patched; it is then
called directly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reenact.errors import CouldNotRun


class PageGone(CouldNotRun):
    """The document that was asked is no longer there: the page went on or was closed."""


def find_commands(token: str, context: int) -> dict[str, Any]:
    """Parameters of ``Runtime.evaluate`` that give the script's commands in an execution context."""
    return {
        "expression": f"getEventListeners(window)[{json.dumps(token)}][0].listener",
        "includeCommandLineAPI": True,
        "contextId": context,
    }


def found_commands(result: Mapping[str, Any]) -> str:
    """The remote object id out of the answer to `find_commands`."""
    object_id = result.get("result", {}).get("objectId")
    if not object_id:
        raise PageGone("the page's recorder does not answer")
    return str(object_id)


def call_command(object_id: str, name: str, *arguments: Any) -> dict[str, Any]:
    """Parameters of ``Runtime.callFunctionOn`` that call a command and wait for its answer."""
    return {
        "objectId": object_id,
        "functionDeclaration": "function (n, a, b, c) { return this(n, a, b, c) }",
        "arguments": [{"value": value} for value in (name, *arguments)],
        "returnByValue": True,
        "awaitPromise": True,
    }


def command_answer(result: Mapping[str, Any]) -> Any:
    """The value out of the answer to `call_command`."""
    if "exceptionDetails" in result:
        details = result["exceptionDetails"]
        text = details.get("exception", {}).get("description") or details.get("text", "")
        raise CouldNotRun(
            f"the script in the page failed: {text.splitlines()[0] if text else 'no reason given'}"
        )
    return result.get("result", {}).get("value")
