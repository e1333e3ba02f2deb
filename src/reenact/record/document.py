"""What the script of one document tells, turned into acts, steps and timeline entries."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

from reenact.record.session import RecordingState

_MODIFIERS = ((1, "Alt"), (2, "Control"), (4, "Meta"), (8, "Shift"))
_NOT_OF_THE_EVENT = ("target", "n")


class DocumentRecorder:
    """Takes the batches of one document's script.

    ``wants_checkpoint(ordinal, reason)`` is called, last of its batch, when the page has come to rest;
    ``told_socket`` with what goes through the WebSockets of workers.
    ``origin`` is where in the page's viewport a frame of another origin begins.
    """

    def __init__(
        self,
        state: RecordingState,
        page: str,
        identifier: str,
        told: Mapping[str, Any],
        *,
        wants_checkpoint: Callable[[int, str], None],
        told_socket: Callable[[str, str, str, str], None],
    ) -> None:
        self.id = identifier
        self.page = page
        self.url = str(told["url"])
        self.title = ""
        self.frozen: dict[int, tuple[int, str]] = {}
        self._neighbours: dict[int, dict[str, int]] = {}
        self.commands: str | None = None
        self.page_traverses = False
        self.page_leads = False
        """The page began a navigation by itself; told only where the browser does not tell it."""
        self.traversal: int | None = None
        """How many steps through the history led away from it; told only there, too."""
        self._state = state
        self._wants_checkpoint = wants_checkpoint
        self._told_socket = told_socket
        self.is_top = bool(told["top"])
        self.origin = (0.0, 0.0)
        self._acts: dict[int, tuple[int, dict[str, Any]]] = {}
        self._files: dict[tuple[int, int], list[str]] = {}
        self._steps: dict[int, str | None] = {}
        self._expected = 0
        state.writer.put(
            "document",
            identifier,
            {
                "page": page,
                "frame": None if told["top"] else str(told["place"]),
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
            case ["file", int(ordinal), int(index), str(data), last]:
                self._file(ordinal, index, data, is_last=bool(last))
            case ["dialog", str(kind), str(text), answer]:
                self._dialog(kind, text, answer)
            case ["gap", str(kind), str(detail)]:
                state.gap(kind, detail)
            case ["socket", str(name), str(what), str(first), str(second)]:
                self._told_socket(f"{self.id}/{name}", what, first, second)
            case ["traverses"]:
                self.page_traverses = True
            case ["leads"]:
                self.page_leads = True
            case ["traversal", int(delta)]:
                self.traversal = delta

    def _without_secrets(self, entries: list[Any]) -> list[Any]:
        # Names of resources, answers of prompts and of the surroundings: texts that others chose.
        for at in range(0, len(entries), 3):
            if entries[at] in ("L", "D", "K", "g"):
                entries[at + 1] = self._state.scrubbed(entries[at + 1])
            elif entries[at] == "s":
                entries[at + 1] = self._state.lives.once(entries[at + 1])
        return entries

    def _input(self, ordinal: int, raw: dict[str, Any]) -> None:
        event = {key: value for key, value in raw.items() if key not in _NOT_OF_THE_EVENT}
        event["modifiers"] = [name for bit, name in _MODIFIERS if raw.get("modifiers", 0) & bit]
        target = raw.get("target")
        if not self.is_top:
            _move(event, target, self.origin)
        fields = {"document": self.id, "ordinal": ordinal, "event": event}
        if ordinal in self._acts:
            act = self._acts[ordinal][0]
            self._acts[ordinal] = (act, fields)
            self._state.put_act(act, "input", self.page, **fields)
            return
        act = self._state.act("input", self.page, **fields)
        self._acts[ordinal] = (act, fields)
        self._state.steps.input(act, self.id, self.page, self.url, event, target, self._state.clock())

    def _file(self, ordinal: int, index: int, data: str, *, is_last: bool) -> None:
        """A part of a file that the person gave to the page."""
        parts = self._files.setdefault((ordinal, index), [])
        parts.append(data)
        if not is_last or ordinal not in self._acts:
            return
        act, fields = self._acts[ordinal]
        content = b"".join(base64.b64decode(part) for part in self._files.pop((ordinal, index)))
        fields["event"]["files"][index]["resource"] = self._state.writer.resource(content)
        self._state.put_act(act, "input", self.page, **fields)

    def _dialog(self, kind: str, message: str, answer: object) -> None:
        """A dialog that the person answered, in the middle of what the last input set off."""
        accepted = answer is not None and answer is not False
        text = answer if kind == "prompt" and isinstance(answer, str) else None
        self._state.steps.dialog(
            self.page, kind, message=message, accepted=accepted or kind == "alert", text=text
        )

    def _value(self, told: Mapping[str, Any]) -> None:
        value: Any = told.get("value")
        if "secret" in told:
            value = {"secret": told["secret"]}
        elif "options" in told:
            value = told["options"]
        self._state.steps.value(told.get("target"), value, told.get("checked"), told.get("before"))

    def _checkpoint(self, kind: str, ordinal: int, url: str, title: str) -> None:
        """A moment to compare: frozen for a picture, or a mere position that a replay will picture."""
        state = self._state
        identifier = state.next_checkpoint()
        act = state.act("checkpoint", self.page, document=self.id, ordinal=ordinal, checkpoint=identifier)
        self.url, self.title = str(url), str(title)
        self.frozen[ordinal] = (act, identifier)
        if ordinal in self._neighbours:
            self._put_act(ordinal)
        step = self._steps[ordinal] = state.steps.checkpoint(identifier)
        self.put_checkpoint(ordinal, step=step, reason="superseded", interim=kind == "frozen")

    def note_neighbours(self, ordinal: int, places: Mapping[str, int]) -> None:
        """Where the other documents of a picture stood, by their ids: ordinals of markers in their logs."""
        if places:
            self._neighbours[ordinal] = dict(places)
        # Its word that it stands still may be on its way yet.
        if places and ordinal in self.frozen:
            self._put_act(ordinal)

    def _put_act(self, ordinal: int) -> None:
        act, identifier = self.frozen[ordinal]
        fields: dict[str, Any] = {"document": self.id, "ordinal": ordinal, "checkpoint": identifier}
        if ordinal in self._neighbours:
            fields["neighbours"] = self._neighbours[ordinal]
        self._state.put_act(act, "checkpoint", self.page, **fields)

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


def _move(event: dict[str, Any], target: Any, origin: tuple[float, float]) -> None:
    """Bring the coordinates of a frame's event into the page's viewport."""
    box = target.get("box") if isinstance(target, dict) else None
    for place in (event, *(event.get("points") or ()), box):
        if place and "x" in place and event["type"] not in ("scroll", "resize"):
            place["x"], place["y"] = place["x"] + origin[0], place["y"] + origin[1]


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
