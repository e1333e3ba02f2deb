"""What the timelines of a trace say of the loading of documents, scripts, style sheets and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from reenact.trace import Document
from reenact.trace.records import Exchange

_NO_TASKS = frozenset("-NLgtDEf")
"""Kinds of entries that a parser leaves while it goes on; before any other it has made a pause.

So it has before a picture that comes, whose load is of no script and no style sheet.
"""

_FRAME = "document in frame "
_RUN_OR_STYLE = ("script ", "script[type=module] ", "link ", "module ", "preload ")
_SCRIPT = ("script ",)
_SHOWN = ("img ", "css ")
"""What the page shows when it comes, and no code runs for it: pictures, fonts and backgrounds of styles."""
_LONGEST = 200
"""The script in the page cuts a name there; see events.ts."""


@dataclass(frozen=True, slots=True)
class FrameLoad:
    """The document of a frame: whose timeline tells of it, and what that calls its coming.

    ``then`` is what it calls the coming of the content and the end, where it tells of these.
    """

    document: str
    name: str
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pauses:
    """Where the parser of a document has paused: before which of its scripts, of how many."""

    scripts: int
    before: tuple[int, ...]


Due = AbstractSet[tuple[str, str]]
"""Loads that have an entry in a timeline: its document, and the address."""


def place_of(document_url: str | None, name: str) -> str:
    """Return what waits for the load that a timeline calls ``name``: an address, or a part of a document.

    A timeline may have two names for one address: of the element, and of the module that came from there.
    """
    kind, _, address = name.partition(" ")
    return address if kind == "document" else urldefrag(urljoin(document_url or "", address)).url


def waits_of(documents: Sequence[Document], exchanges: Iterable[Exchange]) -> frozenset[tuple[str, str]]:
    """Return the loads that can wait for their turn: scripts, what is shown, what scripts asked for."""
    asked: dict[tuple[str, str], bool] = {}
    shown: set[tuple[str, str]] = set()
    for exchange in exchanges:
        key = (exchange.initiator or "", exchange.url)
        asked[key] = exchange.dynamic and asked.get(key, True)
        # The style sheet that imports another one would wait for it.
        if (exchange.type or "").lower() != "stylesheet":
            shown.add(key)
    of_scripts = frozenset(key for key in _loads(documents, _RUN_OR_STYLE) if asked.get(key, False))
    return of_scripts | (_loads(documents, (*_SCRIPT, *_SHOWN)) & shown)


def _loads(documents: Iterable[Document], kinds: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    loads: set[tuple[str, str]] = set()
    for document in documents:
        entries = document.entries
        for at in range(0, len(entries) - 2, 3):
            kind, name = entries[at], entries[at + 1]
            if kind != "L" or not isinstance(name, str) or not name.startswith(kinds):
                continue
            if 0 < len(name.partition(" ")[2]) < _LONGEST:
                loads.add((document.id, place_of(document.url, name)))
    return frozenset(loads)


def pauses_of(documents: Iterable[Document]) -> dict[str, Pauses]:
    """By id, where the parsers have paused of the documents whose timeline tells when they end."""
    return {document.id: _pauses(document.entries) for document in documents if _has_end(document.entries)}


def frames_of(documents: Iterable[Document]) -> dict[str, list[FrameLoad | None]]:
    """By address, the frames that share a document's timeline, in the order in which they came.

    None stands for one that cannot be told from another of the same address in its document.
    """
    frames: dict[str, list[FrameLoad | None]] = {}
    for document in documents:
        events = {
            str(document.entries[at + 1])
            for at in range(0, len(document.entries) - 2, 3)
            if document.entries[at] == "E"
        }
        of_document: dict[str, list[FrameLoad]] = {}
        for event in sorted(event for event in events if event.startswith(_FRAME)):
            place, _, address = event.removeprefix(_FRAME).partition(" ")
            is_told = f"interactive in frame {place}" in events
            then = (f"body in frame {place}", f"end in frame {place}") if is_told else ()
            if address.startswith("http") and len(address) < _LONGEST:
                load = FrameLoad(document.id, event.partition(" ")[2], then)
                of_document.setdefault(urldefrag(address).url, []).append(load)
        for address, loads in of_document.items():
            frames.setdefault(address, []).extend(loads if len(loads) == 1 else [None] * len(loads))
    return frames


def _has_end(entries: Sequence[object]) -> bool:
    return any(
        entries[at] == "E" and entries[at + 1] == "interactive" for at in range(0, len(entries) - 2, 3)
    )


def _pauses(entries: Sequence[object]) -> Pauses:
    scripts, before, is_paused = 0, [], False
    for at in range(0, len(entries) - 2, 3):
        kind, told = entries[at], entries[at + 1]
        if kind not in _NO_TASKS or (kind == "L" and str(told).startswith(_SHOWN)):
            is_paused = True
        elif kind == "E" and told == "script":
            if is_paused:
                before.append(scripts)
            scripts, is_paused = scripts + 1, False
    return Pauses(scripts, tuple(before))
