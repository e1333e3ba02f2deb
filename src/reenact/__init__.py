"""Record, replay and verify browser sessions."""

from __future__ import annotations

from reenact.config import __version__

__all__ = ["__version__"]
