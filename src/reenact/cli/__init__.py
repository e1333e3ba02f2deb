"""The command line. Nothing is imported before the command that needs it is known."""

from __future__ import annotations

from reenact.cli.main import main

__all__ = ["main"]
