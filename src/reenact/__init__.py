"""Record a browser session once. Reenact it anywhere. Prove what happened."""

from __future__ import annotations

# First the packages `record` and `replay`, then the functions that take their names here: Python binds a
# package to its parent when it is first imported, and never again.
import reenact.record
import reenact.replay  # noqa: F401
from reenact.api import certify, compare_images, launch, load, record, replay
from reenact.config import __version__
from reenact.errors import (
    BrowserNotFound,
    CouldNotRun,
    InvalidTrace,
    NewerTrace,
    NothingSelected,
    ReenactError,
    UnreachableUrl,
    UsageError,
)

__all__ = [
    "BrowserNotFound",
    "CouldNotRun",
    "InvalidTrace",
    "NewerTrace",
    "NothingSelected",
    "ReenactError",
    "UnreachableUrl",
    "UsageError",
    "__version__",
    "certify",
    "compare_images",
    "launch",
    "load",
    "record",
    "replay",
]
