"""Writing that survives a kill, a power cut and a full disk, with our own errors for what goes wrong."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reenact.errors import CouldNotRun, DiskFull

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def writing(path: Path, *, kept: str) -> Iterator[None]:
    """Turn an OSError of the block into DiskFull or CouldNotRun that names ``path``.

    ``kept`` tells the reader what is safe all the same, and how to get at it.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(f"no room left on the disk: {path}", hint=f"Free some space. {kept}") from error
        reason = (error.strerror or str(error)).lower()
        raise CouldNotRun(f"cannot write, {reason}: {path}", hint=f"Make it writable. {kept}") from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into CouldNotRun that names ``path``; absence is left to the caller."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CouldNotRun(f"cannot read, {reason}: {path}", hint="Make it readable and try again") from error


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte; a plain ``os.write`` may stop early. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def write_file(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write a whole new file at ``path``, or leave nothing there: by a hidden file and one rename.

    Raises OSError. With ``sync`` the bytes are on the disk before the name is; the name itself is
    durable after ``sync_folder`` of the parent.
    """
    hidden = path.with_name(f".{path.name}.tmp")
    try:
        descriptor = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
        try:
            write_all(descriptor, data)
            if sync:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        hidden.replace(path)
    except BaseException:
        with suppress(OSError):
            hidden.unlink()
        raise


def sync_file(path: Path) -> None:
    """Return once the bytes of the file are on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


sync_folder = sync_file
"""Return once the names in the folder are on the disk. Raises OSError."""


def read_regular(path: Path, *, limit: int) -> bytes | None:
    """Return the bytes of a regular file, or None for a link, a pipe, a device or more than ``limit`` bytes.

    A trace may come from anywhere, so nothing in its folder is followed or waited for. Raises OSError.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            return None
        raise
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def put_in_place(made: Path, target: Path, *, leftover: Path) -> None:
    """Rename ``made`` to ``target``; what stood there before goes to ``made`` or ``leftover``.

    At no moment is there anything at ``target`` but the old whole or the new whole (on file systems
    that cannot exchange two names, there is one moment with nothing there). Raises OSError.
    """
    if target.exists() and not _exchange(made, target):
        target.rename(leftover)
    if not target.exists():
        made.rename(target)
    sync_folder(target.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step (Linux); False where the system or file system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0
