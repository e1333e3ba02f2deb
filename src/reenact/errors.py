"""The errors that cross package borders, and the exit code each one ends a command with.

A message says what went wrong and where (``what: where``); the hint says what to do. ``str(error)``
is both on one line, with control characters taken out, so text that came from a page or a file can
neither break the line nor colour a terminal.
"""

from __future__ import annotations

EXIT_VERIFIED = 0
EXIT_DIFFERS = 1
EXIT_USAGE = 2
EXIT_COULD_NOT_RUN = 3
EXIT_INVALID = 4
EXIT_NOTHING_SELECTED = 5
EXIT_INTERRUPTED = 130


class ReenactError(Exception):
    """Base of every error reenact raises on purpose.

    ``message`` is "what: where"; ``hint`` is what to do about it, or None. ``exit_code`` is what a
    command that meets this error exits with.
    """

    exit_code: int = EXIT_COULD_NOT_RUN

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        parts = [self.message, self.hint] if self.hint else [self.message]
        return ". ".join(_one_line(part).rstrip(".") for part in parts)


class UsageError(ReenactError):
    """The request itself is wrong: a path that does not exist, options that contradict each other."""

    exit_code = EXIT_USAGE


class CouldNotRun(ReenactError):
    """The request is right, the machine could not carry it out: no browser, no network, disk full."""

    exit_code = EXIT_COULD_NOT_RUN


class BrowserNotFound(CouldNotRun):
    """No browser that reenact can drive was found, or the one named does not start."""


class UnreachableUrl(CouldNotRun):
    """The address to record or to replay against does not answer."""


class DiskFull(CouldNotRun):
    """There is no room left to write. What was acknowledged before is kept and can be recovered."""


class InvalidTrace(ReenactError):
    """A trace or evidence that cannot be trusted: truncated, foreign, damaged or tampered with."""

    exit_code = EXIT_INVALID


class NewerTrace(InvalidTrace):
    """The trace was written by a later reenact, in a format version this one does not know."""


class NothingSelected(ReenactError):
    """The selection is valid and empty: there was nothing to do."""

    exit_code = EXIT_NOTHING_SELECTED


def _one_line(text: str) -> str:
    """Return ``text`` on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
