"""How Python hears and calls the script where a browser has no DevTools protocol: Firefox.

Messages come through the browser's console, in the order in which they were said, also those of a page that
is leaving. A command is an event in the page; see recorder_js/src/mainworld.ts. Everything here is text and
plain values, for the synchronous and the asynchronous Playwright alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from reenact.browser.commands import PageGone

COMMAND = """([token, key, ask]) => {
  const detail = { key, ask };
  dispatchEvent(new CustomEvent(token, { detail }));
  if (detail.heard !== true) return null;
  return Promise.resolve(detail.answer).then((answer) => ({ answer: answer === undefined ? null : answer }));
}"""
"""Calls a command of the document ``key``; its answer in an object, or null where it is not there."""

ELEMENT = """([token, key, ask]) => {
  const detail = { key, ask };
  dispatchEvent(new CustomEvent(token, { detail }));
  return detail.answer ?? null;
}"""
"""The same of a command that answers with an element, which stays in the page."""


def command(token: str, key: str, name: str, *arguments: Any) -> list[Any]:
    """The argument of `COMMAND` and `ELEMENT`."""
    return [token, key, [name, *arguments]]


def command_answer(result: Mapping[str, Any] | None) -> Any:
    """The value out of what `COMMAND` gave. Raises `PageGone` when the document was not there to answer."""
    if result is None:
        raise PageGone("the page's recorder does not answer")
    return result["answer"]


class Messages:
    """Tells our messages from whatever else a console is given, and gives each document a number."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._numbers: dict[str, int] = {}
        self._keys: dict[int, str] = {}
        self._next = itertools.count(1)

    def read(self, text: str) -> dict[str, Any] | None:
        """What the script said, as the event that a DevTools binding would raise; None for anything else."""
        token, _, rest = text.partition(" ")
        key, _, payload = rest.partition(" ")
        if token != self._token or not payload:
            return None
        if key not in self._numbers:
            self._numbers[key] = next(self._next)
            self._keys[self._numbers[key]] = key
        return {"name": token, "payload": payload, "executionContextId": self._numbers[key]}

    def key(self, number: int) -> str:
        """The name of a document that has spoken."""
        return self._keys[number]
