"""The trace: format, journal, archive and migrations. No browser and no images here.

``TraceWriter`` records one, ``load`` opens one (and recovers what a kill interrupted), ``pack`` makes
one file of it.
"""

from __future__ import annotations

from reenact.trace.archive import Limits
from reenact.trace.model import Trace
from reenact.trace.opening import load, pack, recover
from reenact.trace.records import (
    Act,
    Checkpoint,
    Document,
    Exchange,
    Gap,
    Locator,
    Page,
    Step,
    Target,
    Unstable,
    WebSocket,
)
from reenact.trace.writer import TraceWriter

__all__ = [
    "Act",
    "Checkpoint",
    "Document",
    "Exchange",
    "Gap",
    "Limits",
    "Locator",
    "Page",
    "Step",
    "Target",
    "Trace",
    "TraceWriter",
    "Unstable",
    "WebSocket",
    "load",
    "pack",
    "recover",
]
