"""What the timelines of a trace say of the loading of documents, scripts and style sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urldefrag, urljoin

from reenact.trace import Document
from reenact.trace.records import Exchange

DOCUMENT_END = "document end"
"""What the script in the page calls the load of the rest of its document; see replaying.ts."""

_RUN_OR_STYLE = ("script ", "link ", "module ", "preload ")
_LONGEST = 200
"""The script in the page cuts a name there; see events.ts."""


def loads_of(documents: Iterable[Document]) -> dict[tuple[str, str], str]:
    """By document and address, the name that the document's timeline gives to what was loaded from there."""
    loads: dict[tuple[str, str], str] = {}
    for document in documents:
        entries = document.entries
        for at in range(0, len(entries) - 2, 3):
            kind, name = entries[at], entries[at + 1]
            if kind != "L" or not isinstance(name, str) or not name.startswith(_RUN_OR_STYLE):
                continue
            address = name.partition(" ")[2]
            if 0 < len(address) < _LONGEST:
                # A module that a link preloads and `import` asks for as well is there when it first comes.
                loads.setdefault((document.id, urldefrag(urljoin(document.url or "", address)).url), address)
    return loads


def waits_of(due: Mapping[tuple[str, str], str], exchanges: Iterable[Exchange]) -> dict[tuple[str, str], str]:
    """Return those loads of ``due`` that only scripts of the page asked for: they can wait for their turn."""
    asked: dict[tuple[str, str], bool] = {}
    for exchange in exchanges:
        key = (exchange.initiator or "", exchange.url)
        asked[key] = exchange.dynamic and asked.get(key, True)
    return {key: name for key, name in due.items() if asked.get(key, False)}


def ends_of(documents: Iterable[Document]) -> frozenset[str]:
    """Return the documents whose timeline tells when their parser came to the end."""
    return frozenset(document.id for document in documents if _has_end(document.entries))


def _has_end(entries: Sequence[object]) -> bool:
    return any(
        entries[at] == "E" and entries[at + 1] == "interactive" for at in range(0, len(entries) - 2, 3)
    )
