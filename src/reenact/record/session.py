"""The state of one recording that all its pages share: the writer, the steps, the order of acts."""

from __future__ import annotations

import contextlib
import itertools
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reenact.browser.moving_pictures import MovingPictures
from reenact.errors import CouldNotRun, DiskFull, ReenactError
from reenact.record.fingerprint import Bases
from reenact.record.lives import SharedLives
from reenact.record.privacy import Redactor
from reenact.record.steps import StepBuilder
from reenact.record.stores import StoreChanges
from reenact.trace import TraceWriter

_log = logging.getLogger(__name__)


class RecordingState:
    """What is known so far. Handlers of browser events call in here; an error is kept, not thrown at them."""

    def __init__(self, writer: TraceWriter) -> None:
        self.writer = writer
        self.redactor = Redactor(Bases.random())
        self.steps = StepBuilder(self._put_step, self.clock)
        self.lives = SharedLives()
        self.pictures = MovingPictures()
        self.stores = StoreChanges(lambda: self.steps.current, self.steps.signal)
        self.failure: ReenactError | None = None
        self.ending = False
        self._begun = time.monotonic()
        self._acts = itertools.count()
        self._checkpoints = itertools.count(1)
        self._documents = itertools.count(1)
        self._exchanges = itertools.count(1)
        self._websockets = itertools.count(1)
        self._gaps = itertools.count(1)
        self._known_gaps: set[tuple[str, str]] = set()

    def clock(self) -> float:
        """Milliseconds since the recording began."""
        return round((time.monotonic() - self._begun) * 1000, 1)

    def guarded(self, work: Callable[[], None]) -> None:
        """Run a handler's work; the first error of ours ends the recording when it is stopped."""
        if self.failure is not None:
            return
        try:
            work()
        except ReenactError as error:
            self.failure = error
        except Exception as error:
            # A mistake of ours must not cost the session: the rest is recorded, and the trace says what is
            # missing.
            _log.exception("a message of the browser was not understood")
            self.gap("recorder", f"a message of the browser was not understood ({type(error).__name__})")

    # ---- names

    def next_document(self) -> str:
        """Return the next free id of a document."""
        return f"d{next(self._documents)}"

    def next_exchange(self) -> str:
        """Return the next free id of an exchange."""
        return f"e{next(self._exchanges)}"

    def next_websocket(self) -> str:
        """Return the next free id of a WebSocket."""
        return f"w{next(self._websockets)}"

    def next_checkpoint(self) -> str:
        """Return the next free id of a checkpoint."""
        return f"c{next(self._checkpoints)}"

    # ---- records

    def act(self, kind: str, page: str, **fields: Any) -> int:
        """Record the next thing that a replay has to do; return its number."""
        n = next(self._acts)
        self.put_act(n, kind, page, **fields)
        return n

    def put_act(self, n: int, kind: str, page: str, **fields: Any) -> None:
        """Record an act again, with what became known of it."""
        self.writer.put("act", f"a{n}", {"n": n, "type": kind, "page": page, **fields})

    def gap(self, kind: str, detail: str) -> None:
        """Declare something that could not be captured, once."""
        detail = self.redactor.scrub_text(detail)
        if (kind, detail) in self._known_gaps:
            return
        self._known_gaps.add((kind, detail))
        step = self.steps.current
        self.writer.put(
            "gap",
            f"g{next(self._gaps)}",
            {"kind": kind, "detail": detail, "step": step, "time": self.clock()},
        )

    def scrubbed(self, value: Any) -> Any:
        """``value`` with the secrets taken out of every text in it."""
        if isinstance(value, str):
            return self.redactor.scrub_text(value)
        if isinstance(value, Mapping):
            return {key: self.scrubbed(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.scrubbed(item) for item in value]
        return value

    def _put_step(self, step: Mapping[str, Any]) -> None:
        self.writer.put("step", str(step["id"]), self.scrubbed(step))


@contextlib.contextmanager
def tolerated() -> Iterator[None]:
    """A page may leave or close at any moment; what it was asked then has no answer, and no blame."""
    from playwright.sync_api import Error

    try:
        yield
    except DiskFull:
        raise
    except (Error, CouldNotRun):
        pass
