"""Where a command may write, found out before the minutes that lead there."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from reenact.errors import UsageError

EVIDENCE_HOME = Path("reenact-evidence")
"""Where evidence goes when nobody said where, below the working folder."""


def new_evidence_folder() -> Path:
    """A folder for the evidence of one run that does not exist yet, named after the time."""
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    folder = EVIDENCE_HOME / stamp
    number = 1
    while folder.exists():
        number += 1
        folder = EVIDENCE_HOME / f"{stamp}-{number}"
    return folder


def require_new_folder(folder: Path) -> None:
    """Raise `UsageError` when ``folder`` exists: evidence is written once."""
    if os.path.lexists(folder):
        raise UsageError(
            f"The evidence folder exists: {folder}", hint="Evidence is written once; name a new one"
        )
    require_writable(folder)


def require_writable(path: Path) -> None:
    """Raise `UsageError` when a file or folder cannot be made at ``path``."""
    if path.is_file() and os.access(path, os.W_OK):
        return
    parent = path if path.is_dir() else path.absolute().parent
    while not parent.exists() and parent != parent.parent:
        parent = parent.parent
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise UsageError(f"Nothing can be written at {path}", hint=f"Check the rights of {parent}")
