"""From any earlier format version to the current one, one version at a time; newer ones are refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reenact.config import __version__
from reenact.errors import InvalidTrace, NewerTrace
from reenact.trace.validate import CURRENT_VERSION

Files = dict[str, dict[str, Any]]
"""The parsed JSON files of a trace, by file name."""

Migration = Callable[[Files], Files]
"""Turns the files of one version into those of the next. Unknown fields stay where they are."""

MIGRATIONS: Mapping[int, Migration] = {}
"""Version -> migration to the version after it. Version 1 is the first, so there is none yet."""


def check_version(trace: Mapping[str, Any], *, where: object, current: int = CURRENT_VERSION) -> int:
    """Return the format version of a parsed trace.json.

    Raises NewerTrace when it was written by a later reenact, InvalidTrace when there is no version.
    """
    version = trace.get("version")
    if type(version) is int and version > 10**9:
        version = None  # not a version anyone will write; and Python will not print any length of digits
    if type(version) is not int or version < 1:
        raise InvalidTrace(
            f"the trace names no format version: {where}, $.version is {version!r:.40}",
            hint="Restore the file or record again",
        )
    if version > current:
        environment = trace.get("environment")
        writer = environment.get("reenact") if isinstance(environment, dict) else None
        needed = f"reenact {writer} or later" if isinstance(writer, str) else "a newer reenact"
        raise NewerTrace(
            f"the trace is in format version {version}, "
            f"and reenact {__version__} reads up to version {current}: {where}",
            hint=f"Install {needed}",
        )
    return version


def migrate(
    files: Files,
    *,
    version: int,
    current: int = CURRENT_VERSION,
    migrations: Mapping[int, Migration] = MIGRATIONS,
) -> Files:
    """Return the files in version ``current``, passing through every version in between."""
    while version < current:
        files = migrations[version](files)
        version += 1
        for content in files.values():
            content["version"] = version
    return files
