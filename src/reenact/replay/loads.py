"""What the timelines of a trace say of the loading of documents, scripts and style sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urldefrag, urljoin

from reenact.trace import Document

DOCUMENT_END = "document end"
"""What the script in the page calls the load of the rest of its document; see replaying.ts."""

_RUN_OR_STYLE = ("script ", "link ")
_LONGEST = 200
"""The script in the page cuts a name there; see events.ts."""


def loads_of(documents: Iterable[Document]) -> dict[tuple[str, str], str]:
    """By document and address, the name that the document's timeline gives to what was loaded from there."""
    loads = {}
    for document in documents:
        entries = document.entries
        for at in range(0, len(entries) - 2, 3):
            kind, name = entries[at], entries[at + 1]
            if kind != "L" or not isinstance(name, str) or not name.startswith(_RUN_OR_STYLE):
                continue
            address = name.partition(" ")[2]
            if 0 < len(address) < _LONGEST:
                loads[document.id, urldefrag(urljoin(document.url or "", address)).url] = address
    return loads


def ends_of(documents: Iterable[Document]) -> frozenset[str]:
    """Return the documents whose timeline tells when their parser came to the end."""
    return frozenset(document.id for document in documents if _has_end(document.entries))


def _has_end(entries: Sequence[object]) -> bool:
    return any(
        entries[at] == "E" and entries[at + 1] == "interactive" for at in range(0, len(entries) - 2, 3)
    )
