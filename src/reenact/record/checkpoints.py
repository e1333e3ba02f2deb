"""The pictures of one page: everything that one shows stands still, is pictured, and goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol

from reenact.record.document import DocumentRecorder
from reenact.record.neighbours import Neighbours
from reenact.record.session import RecordingState, tolerated

_TOLD_MS = 5
_TOLD_WAITS = 200
_MOST_LACKING = 20


class Pictured(Protocol):
    """What the page of any browser gives for a picture. A context is that of one of its documents."""

    def call(self, context: int, name: str, *arguments: Any) -> Any:
        """Ask the script in a document."""

    def look_inside(self, context: int) -> None:
        """Give the script in a document the trees of the controls that it asks for."""

    def screenshot(self) -> bytes:
        """A PNG of the viewport, in device pixels."""

    def accessibility(self, weight: float) -> str | None:
        """The accessibility tree of a page of this weight, a line for each node."""

    def origin(self, context: int) -> tuple[float, float]:
        """Where the viewport of a frame begins in that of the page, in CSS pixels."""

    def foreign_frames(self) -> list[str]:
        """The origins of the frames that have a timeline of their own; "" for one that has not come yet."""

    def look_at_stores(self) -> None:
        """Tell the step that is going on what it has changed in cookies and storage."""

    def rest(self, milliseconds: float) -> None:
        """Let what the page says come in."""


class Checkpoints:
    """Takes the pictures that the documents of a page ask for, one after the other."""

    def __init__(self, state: RecordingState, page: Pictured) -> None:
        self._state = state
        self._page = page
        self._documents: dict[int, DocumentRecorder] = {}
        self._wanted: dict[int, tuple[int, str]] = {}
        self._current: DocumentRecorder | None = None
        self._taking: DocumentRecorder | None = None
        self._neighbours = Neighbours(page.call)
        self._lacked = 0
        self._silent: Counter[str] = Counter()
        self._over = False

    def begin(self, context: int, document: DocumentRecorder) -> None:
        """A document has come."""
        self._documents[context] = document
        self._neighbours.begin(context, document)
        if document.is_top:
            self._silent.clear()
            self._current = document

    def finish(self) -> None:
        """The recording ends: what a picture that is being taken shows is in the logs only in part."""
        self._over = True

    @property
    def shown(self) -> list[int]:
        """The contexts of the documents that the page shows."""
        return self._neighbours.shown

    @property
    def is_taking(self) -> bool:
        """Whether a picture is being taken."""
        return self._taking is not None

    @property
    def is_busy(self) -> bool:
        """Whether a picture of the page's own document is being taken."""
        return self._taking is not None and self._taking is self._current

    def want(self, context: int, ordinal: int, reason: str) -> None:
        """A document wants its picture now, or as soon as one that is being taken is done."""
        self._wanted[context] = (ordinal, reason)
        # A document that left may never answer; the one after it gets its picture all the same.
        before = self._taking
        if self.is_busy or (before is not None and not before.is_top):
            return
        try:
            # On a busy machine the page may want the next one before it has heard that we took up this one.
            while self._wanted:
                context = next(context for context in self._documents if context in self._wanted)
                self._taking = self._documents[context]
                with tolerated():
                    self._take(context, *self._wanted.pop(context))
        finally:
            self._taking = before

    def _take(self, context: int, ordinal: int, reason: str) -> None:
        document, page = self._documents[context], self._page
        picture: bytes | None = None
        tree: str | None = None
        pictures = self._state.pictures.addresses
        with self._neighbours.still(context) as still:
            held = page.call(context, "freeze", ordinal, pictures)
            if held and held.get("controls"):
                page.look_inside(context)
                held = page.call(context, "freeze", ordinal, pictures)
            if not held:
                return
            try:
                self._neighbours.mark(still, pictures)
                if self._over:
                    return
                document.note_neighbours(ordinal, still.places)
                picture = page.screenshot()
                tree = page.accessibility(held.get("weight", 0))
            finally:
                lacks = self._lacks_frames(self._neighbours.origins(context, still))
                alone = self._neighbours.leave(still) and not lacks
                clean = bool(page.call(context, "thaw", alone))
        if picture is None or not clean:
            return
        with tolerated():
            page.look_at_stores()
        if not self._is_told(document, ordinal):
            return
        state = self._state
        fields: dict[str, Any] = {"screenshot": state.writer.resource(picture), "source": "recording"}
        if places := [(context, place) for place in held.get("unstable", ())] + still.unstable:
            fields["unstable"] = [self._unstable(*each) for each in places]
        if tree is not None:
            fields["aria"] = state.writer.resource(state.redactor.scrub(tree.encode()))
        step = state.steps.checkpoint(document.frozen[ordinal][1])
        document.put_checkpoint(ordinal, step=step, reason=reason, interim=False, **fields)
        state.writer.commit()

    def _lacks_frames(self, pictured: Counter[str]) -> bool:
        """Whether the page has a frame of which nobody has heard: the picture shows it at no known moment.

        On a busy machine it may be about to be heard of; one that never speaks is not waited for for ever.
        """
        lacking = Counter(self._page.foreign_frames()) - pictured - self._silent
        if not lacking:
            self._lacked = 0
            return False
        self._lacked += 1
        if self._lacked < _MOST_LACKING:
            return True
        self._silent += lacking
        return False

    def _is_told(self, document: DocumentRecorder, ordinal: int) -> bool:
        """Whether the document has told of its checkpoint; a busy recorder may be about to hear of it."""
        for _ in range(_TOLD_WAITS):
            if ordinal in document.frozen:
                return True
            self._page.rest(_TOLD_MS)
        return False

    def _unstable(self, context: int, told: tuple[int, int, int, int, str]) -> Mapping[str, Any]:
        """Where something plays by the real clock, in pixels of the picture."""
        x, y, width, height, what = told
        left, top = (0.0, 0.0) if self._documents[context].is_top else self._page.origin(context)
        return {"x": x + int(left), "y": y + int(top), "width": width, "height": height, "what": str(what)}
