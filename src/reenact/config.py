"""Facts about this installation that every layer may read."""

from __future__ import annotations

__version__ = "0.1.0"
"""The version of reenact. It lives down here so that no layer has to import the package's top."""
