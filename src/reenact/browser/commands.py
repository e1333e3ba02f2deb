"""How Python calls the script in a page: by the DevTools protocol, out of reach of the page.

The script listens on its window for an event whose name only we know. ``DOMDebugger.getEventListeners`` gives
that listener as a remote object, whatever the page has patched; it is then called directly. The console's own
``getEventListeners`` fills an array in the page, so that a setter on ``Array.prototype`` sees it, and can end
the renderer (measured with Chromium 150).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reenact.errors import CouldNotRun


class PageGone(CouldNotRun):
    """The document that was asked is no longer there: the page went on or was closed."""


def find_window(context: int) -> dict[str, Any]:
    """Parameters of ``Runtime.evaluate`` that give the window of an execution context."""
    return {"expression": "this", "contextId": context, "objectGroup": "reenact"}


def find_listeners(result: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of ``DOMDebugger.getEventListeners`` out of the answer to `find_window`."""
    object_id = result.get("result", {}).get("objectId")
    if not object_id:
        raise PageGone("the page's recorder does not answer")
    return {"objectId": object_id}


def found_commands(result: Mapping[str, Any], token: str) -> str:
    """The remote object id of the script's commands, out of the answer to `find_listeners`."""
    for listener in result.get("listeners", ()):
        if listener.get("type") == token and "objectId" in listener.get("handler", {}):
            return str(listener["handler"]["objectId"])
    raise PageGone("the page's recorder does not answer")


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
