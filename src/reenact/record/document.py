"""What the script of one document tells, turned into acts, steps and timeline entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from reenact.record.session import RecordingState

_MODIFIERS = ((1, "Alt"), (2, "Control"), (4, "Meta"), (8, "Shift"))
_NOT_OF_THE_EVENT = ("target", "n")


class DocumentRecorder:
    """Takes the batches of one document's script.

    ``wants_checkpoint(ordinal, reason)`` is called, last of its batch, when the page has come to rest.
    """

    def __init__(
        self,
        state: RecordingState,
        page: str,
        identifier: str,
        told: Mapping[str, Any],
        wants_checkpoint: Callable[[int, str], None],
    ) -> None:
        self.id = identifier
        self.page = page
        self.url = str(told["url"])
        self.title = ""
        self.frozen: dict[int, tuple[int, str]] = {}
        self.commands: str | None = None
        self.page_traverses = False
        self._state = state
        self._wants_checkpoint = wants_checkpoint
        self._acts: dict[int, int] = {}
        self._steps: dict[int, str | None] = {}
        self._expected = 0
        state.writer.put(
            "document",
            identifier,
            {
                "page": page,
                "frame": None if told["top"] else "frame",
                "url": state.scrubbed(self.url),
                "origin_time": told["origin"],
                "seed": told["seed"],
            },
        )

    def take(self, sequence: int, messages: list[list[Any]]) -> None:
        """Take one batch. A batch that never came is a gap, one that came twice is ignored."""
        if sequence < self._expected:
            return
        if sequence > self._expected:
            self._state.gap("events", f"{sequence - self._expected} batches of {self.url} never arrived")
        self._expected = sequence + 1
        wanted: tuple[int, str] | None = None
        for message in messages:
            match message:
                case ["checkpoint", int(ordinal), str(reason)]:
                    wanted = (ordinal, reason)
                case _:
                    self._message(message)
        self._state.writer.commit()
        if wanted:
            self._wants_checkpoint(*wanted)

    def _message(self, message: list[Any]) -> None:
        state = self._state
        match message:
            case ["entries", list(entries)]:
                state.writer.extend(self.id, self._without_secrets(entries))
            case ["in", int(ordinal), dict(raw)]:
                self._input(ordinal, raw)
            case ["value", dict(told)]:
                self._value(told)
            case ["secret", element, name, length, first, second]:
                state.redactor.learn(f"{self.id}/{element}", name, length, first, second)
            case ["frozen" | "position" as kind, int(ordinal), url, title]:
                self._checkpoint(kind, ordinal, url, title)
            case ["kept", int(ordinal)] if ordinal in self.frozen:
                # The person went on before the picture was taken; the moment itself stands in the log.
                self.put_checkpoint(ordinal, step=self._steps[ordinal], reason="superseded", interim=False)
            case ["dialog", kind, text, answer]:
                state.steps.signal(
                    {"type": "dialog", "kind": kind, "message": state.scrubbed(text), "answer": answer}
                )
            case ["gap", str(kind), str(detail)]:
                state.gap(kind, detail)
            case ["traverses"]:
                self.page_traverses = True

    def _without_secrets(self, entries: list[Any]) -> list[Any]:
        # Only names of resources and answers of prompts are texts that a page or a person chose.
        for at in range(0, len(entries), 3):
            if entries[at] in ("L", "D") and isinstance(entries[at + 1], str):
                entries[at + 1] = self._state.redactor.scrub_text(entries[at + 1])
        return entries

    def _input(self, ordinal: int, raw: dict[str, Any]) -> None:
        event = {key: value for key, value in raw.items() if key not in _NOT_OF_THE_EVENT}
        event["modifiers"] = [name for bit, name in _MODIFIERS if raw.get("modifiers", 0) & bit]
        fields = {"document": self.id, "ordinal": ordinal, "event": event}
        known = self._acts.get(ordinal)
        if known is not None:
            self._state.put_act(known, "input", self.page, **fields)
            return
        act = self._acts[ordinal] = self._state.act("input", self.page, **fields)
        target = raw.get("target")
        self._state.steps.input(act, self.id, self.page, self.url, event, target, self._state.clock())

    def _value(self, told: Mapping[str, Any]) -> None:
        value: Any = told.get("value")
        if "secret" in told:
            value = {"secret": told["secret"]}
        elif "options" in told:
            value = told["options"]
        self._state.steps.value(told.get("target"), value, told.get("checked"))

    def _checkpoint(self, kind: str, ordinal: int, url: str, title: str) -> None:
        """A moment to compare: frozen for a picture, or a mere position that a replay will picture."""
        state = self._state
        identifier = state.next_checkpoint()
        act = state.act("checkpoint", self.page, document=self.id, ordinal=ordinal, checkpoint=identifier)
        self.url, self.title = str(url), str(title)
        self.frozen[ordinal] = (act, identifier)
        step = self._steps[ordinal] = state.steps.checkpoint(identifier)
        self.put_checkpoint(ordinal, step=step, reason="superseded", interim=kind == "frozen")

    def put_checkpoint(self, ordinal: int, **fields: Any) -> None:
        """Record a checkpoint, or what became known of it."""
        act, identifier = self.frozen[ordinal]
        state = self._state
        content = {
            "page": self.page,
            "document": self.id,
            "act": act,
            "url": state.scrubbed(self.url),
            "title": state.scrubbed(self.title),
            "time": state.clock(),
            **fields,
        }
        state.writer.put("checkpoint", identifier, content)


def parse_batch(payload: str) -> tuple[int, list[list[Any]]] | None:
    """A batch out of the text a binding was called with; None for what the script did not write."""
    try:
        parsed = json.loads(payload)
    except ValueError:
        return None
    match parsed:
        case [int(sequence), list(messages)] if all(
            isinstance(message, list) and message for message in messages
        ):
            return sequence, messages
    return None
