"""The documents that a picture shows beside the one that asks for it: frames of other origins, the page.

Each has a timeline of its own. For a picture all of them stand still, and each writes down where: a replay
brings them to the same moment again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reenact.errors import CouldNotRun
from reenact.record.document import DocumentRecorder
from reenact.record.frames import origin_of


class Neighbours:
    """The documents that a page shows now. ``call`` asks the script in one, by its execution context."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call
        self._shown: dict[int, DocumentRecorder] = {}

    def begin(self, context: int, document: DocumentRecorder) -> None:
        """A document has come; one of the page itself takes the place of everything."""
        if document.is_top:
            self._shown.clear()
        self._shown[context] = document

    @property
    def shown(self) -> list[int]:
        """Their contexts."""
        return list(self._shown)

    def origins(self, context: int, still: Still) -> Counter[str]:
        """The origins of the frames among the document that asks and those that stand still for it."""
        pictured = [self._shown[one] for one in (context, *still.contexts) if one in self._shown]
        return Counter(origin_of(document.url) for document in pictured if not document.is_top)

    @contextmanager
    def still(self, context: int) -> Iterator[Still]:
        """All but one of them stand still."""
        still = Still()
        for other in [other for other in self._shown if other != context]:
            if self._ask(other, "join"):
                still.contexts.append(other)
        try:
            yield still
        finally:
            self.leave(still)

    def mark(self, still: Still, pictures: Sequence[str]) -> None:
        """The picture comes: have each write down where it stands, and where one of these pictures moves."""
        for context in still.contexts:
            if told := self._ask(context, "mark", pictures):
                still.places[self._shown[context].id] = int(told["n"])
                still.unstable += [(context, place) for place in told["unstable"]]

    def leave(self, still: Still) -> bool:
        """Let them go on; False when the picture proves nothing, since something happened in one."""
        left = [bool(self._ask(context, "leave")) for context in still.contexts]
        still.contexts.clear()
        return all(left)

    def _ask(self, context: int, command: str, *arguments: object) -> Any:
        from playwright.sync_api import Error

        try:
            return self._call(context, command, *arguments)
        except (Error, CouldNotRun):
            # A frame that was taken away has no answer.
            self._shown.pop(context, None)
            return None


class Still:
    """Documents that stand still: where each of them is, and what plays in it by the real clock."""

    def __init__(self) -> None:
        self.contexts: list[int] = []
        self.places: dict[str, int] = {}
        self.unstable: list[tuple[int, Any]] = []
