"""The trees that the browser builds inside of controls: placeholders, thumbs, the content of details.

No page reaches them, and no document tells what moves in them; see ``inside.ts``. The DevTools protocol gives
each: the script tells which controls it means, and gets their trees.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Generator, Mapping
from typing import Any

from reenact.browser.commands import call_command

Question = tuple[str, dict[str, Any]]
Answers = list[Mapping[str, Any]]

_GROUP = "reenact-controls"


def look_inside(commands: str, send: Callable[[str, dict[str, Any]], Mapping[str, Any]]) -> None:
    """Give the script the trees that it asks for. ``commands``: the remote object id of its commands."""
    steps = _steps(commands)
    with contextlib.suppress(StopIteration):
        questions = next(steps)
        while True:
            questions = steps.send([send(*question) for question in questions])


async def look_inside_async(
    commands: str, send: Callable[[str, dict[str, Any]], Awaitable[Mapping[str, Any]]]
) -> None:
    """`look_inside`, with questions under way side by side."""
    steps = _steps(commands)
    with contextlib.suppress(StopIteration):
        questions = next(steps)
        while True:
            questions = steps.send(await asyncio.gather(*(send(*question) for question in questions)))


def _steps(commands: str) -> Generator[list[Question], Answers, None]:
    """What to ask, each time all at once."""
    (found,) = yield [_kept(call_command(commands, "controls") | {"returnByValue": False})]
    (listed,) = yield [
        ("Runtime.getProperties", {"objectId": found["result"]["objectId"], "ownProperties": True})
    ]
    controls = [each["value"]["objectId"] for each in listed.get("result", ()) if each["name"].isdigit()]
    described = yield [("DOM.describeNode", {"objectId": control, "depth": 0}) for control in controls]
    roots = [root for each in described for root in each["node"].get("shadowRoots", ())]
    resolved = yield [
        ("DOM.resolveNode", {"backendNodeId": root["backendNodeId"], "objectGroup": _GROUP})
        for root in roots
        if root.get("shadowRootType") == "user-agent"
    ]
    yield [_kept(_hand_over(commands, [each["object"]["objectId"] for each in resolved]))]
    yield [("Runtime.releaseObjectGroup", {"objectGroup": _GROUP})]


def _kept(parameters: dict[str, Any]) -> Question:
    """A call whose answer is kept until all is over."""
    return "Runtime.callFunctionOn", parameters | {"objectGroup": _GROUP}


def _hand_over(commands: str, trees: list[str]) -> dict[str, Any]:
    """Parameters of ``Runtime.callFunctionOn`` that give the script these trees."""
    return {
        "objectId": commands,
        "functionDeclaration": "function (...trees) { this('insides', trees) }",
        "arguments": [{"objectId": tree} for tree in trees],
    }
