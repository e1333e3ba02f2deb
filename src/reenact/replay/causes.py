"""What a timeline did not find, in words that a QA engineer understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_KINDS = {
    "T": "timer {id} never came due",
    "R": "the page asked for no animation frame",
    "I": "idle callback {id} was never asked for",
    "M": "message {id} of a message channel never came",
    "W": "message {id} of a worker never came",
    "m": "message {id} of a shared worker never came",
    "c": "connection {id} to a shared worker was never made",
    "w": "worker {id} did not do again what it did",
    "b": "event {id} of a database never came",
    "Q": "message {id} of a broadcast channel never came",
    "U": "the state {id} of a WebSocket or event stream never came",
    "V": "event {id} of a WebSocket or event stream never came",
    "X": "event {id} of a request (XMLHttpRequest) never came",
    "Y": "state {id} of a request (XMLHttpRequest) never came",
    "G": "event {id} of a file reader never came",
    "J": "event {id} of a picture, script, frame or font never came",
    "H": "event {id} of the page never came",
    "F": "the answer to fetch number {id} never came",
    "B": "response body number {id} never came",
    "S": "chunk number {id} of a response never came",
    "P": "promise number {id} of the browser was never settled",
    "O": "observer {id} saw no change",
    "L": "{id} was never loaded",
    "K": "question number {id} to the surroundings (position, permission, clipboard) was never asked",
    "Z": "the document never became {id}",
    "E": "the event {id} never happened",
}


def skipped_in_words(skip: Mapping[str, Any], url: str) -> str:
    """The first entry of a log that did not fit, with its moment in the document's own time."""
    pattern = _KINDS.get(str(skip["kind"]), "entry {id} did not fit")
    seconds = float(skip["ticks"]) / 10_000
    return f"{pattern.format(id=skip['id'])}, {seconds:.1f} s into {url}"
