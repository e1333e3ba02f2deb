"""A document in parts, where its parser has paused: what a task saw then had no more of it.

The scripts that stop a parser are counted in the bytes of the document as the recorder counts them in the
page. Where the two do not agree (a script has written some, another encoding), there is one part.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence

from reenact.replay.loads import Pauses

_TAG = re.compile(rb"""<(/?)([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*+)>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?""")
_COMMENT_END = re.compile(rb"--!?>")
_AS_TEXT = frozenset(
    (b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes", b"noscript")
)
"""Elements whose content is text for a parser, where scripts run (HTML, "parsing HTML fragments")."""

_TYPES = (None, b"", b"text/javascript", b"application/javascript")


def parts_of(body: bytes, pauses: Pauses) -> list[tuple[int, bytes]]:
    """Return what a document begins with, and each part that comes later, with the number of its script."""
    found = list(_scripts(body)) if pauses.before else []
    if len(found) != pauses.scripts:
        return [(0, body)]
    begins = [(0, 0), *((number, found[number]) for number in pauses.before if found[number] > 0)]
    ends = [*(at for _, at in begins[1:]), len(body)]
    return [(number, body[at:end]) for (number, at), end in zip(begins, ends, strict=True)]


class KeptBack:
    """The parts of documents that their timelines have not come to yet; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places: dict[str, list[str]] = {}

    def keep(self, document: str, scripts: Sequence[int]) -> list[str]:
        """Remember the parts that begin with these scripts; return what they wait for, and the end."""
        places = [f"script {number}" for number in scripts]
        with self._lock:
            self._places[document] = places
        return [f"{document} {place}" for place in (*places, "end")]

    def take(self, document: str, place: str) -> str | None:
        """The part that ``place`` asks for ("more": the next one); None where it is there already."""
        with self._lock:
            places = self._places.get(document, [])
            wanted = places[0] if place == "more" and places else place
            if wanted not in places:
                return None
            self._places[document] = [other for other in places if other != wanted]
            return wanted


def _scripts(body: bytes) -> Iterator[int]:
    """Where the tags of scripts begin that stop the parser; ends where it cannot tell. Linear in the body."""
    at, templates = body.find(b"<"), 0
    while at >= 0:
        if body.startswith(b"<!--", at):
            end = _COMMENT_END.search(body, at + 4)
            if end is None:
                return
            at = body.find(b"<", end.end())
            continue
        if not body[at + 1 : at + 3].strip(b"/")[:1].isalpha():
            at = body.find(b"<", at + 1)
            continue
        tag = _TAG.match(body, at)
        if tag is None:
            return
        closes, name, after = bool(tag[1]), tag[2].lower(), tag.end()
        if name == b"template":
            templates = max(0, templates + (-1 if closes else 1))
        elif name in _AS_TEXT and not closes:
            end = re.compile(rb"</" + name + rb"[\s/>]", re.IGNORECASE).search(body, after)
            if end is None:
                return
            if name == b"script" and templates == 0 and _stops(tag[3], body[after : end.start()]):
                yield at
            after = end.start()
        at = body.find(b"<", after)


def _stops(attributes: bytes, text: bytes) -> bool:
    told: dict[bytes, bytes] = {}
    for attribute in _ATTRIBUTE.finditer(attributes):
        told.setdefault(attribute[1].lower(), (attribute[2] or b"").strip(b"\"'"))
    if b"async" in told or b"defer" in told or told.get(b"type") not in _TYPES:
        return False
    return b"src" in told or text != b""
