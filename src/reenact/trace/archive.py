"""Where the bytes of a trace lie: a folder, or one zip file. Both are read as if they came from an enemy.

Nothing of an archive is ever unpacked to the disk on the way, and no link in a folder is followed.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reenact.errors import InvalidTrace, UsageError
from reenact.trace.durable import read_regular, reading, sync_folder, write_file

FILES = ("trace.json", "timeline.json", "network.json")
"""The JSON files of a trace."""

SHA256 = re.compile(r"[0-9a-f]{64}")
"""What a digest looks like, as a whole."""

_RESOURCE = re.compile(r"resources/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_UNSAFE = re.compile(r"^/|^[A-Za-z]:|\\|(^|/)\.\.?(/|$)|//|[\x00-\x1f\x7f]")
_ALREADY_PACKED = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"wOF2",
    b"wOFF",
    b"PK\x03\x04",
    b"\x1f\x8b",
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_RATIO_COUNTS_FROM = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a trace may demand of the reader. Sizes are bytes; ``ratio`` is unpacked over packed."""

    entries: int = 100_000
    entry: int = 256 << 20
    total: int = 2 << 30
    ratio: int = 200


class Source(Protocol):
    """Where the files of one trace are read from."""

    path: Path

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, None if there is none. Raises InvalidTrace, CouldNotRun."""

    def resources(self) -> set[str]:
        """Return the SHA-256 of every resource that is there (its bytes are not looked at)."""


def resource_name(sha256: str) -> str:
    """Return the name of a resource's file within a trace. Raises UsageError for what is no SHA-256."""
    if not SHA256.fullmatch(sha256):
        raise UsageError(
            f"not a SHA-256: {sha256[:80]!r}", hint="Resources are named by 64 hexadecimal digits"
        )
    return f"resources/{sha256[:2]}/{sha256}"


class Folder:
    """A trace as a folder."""

    def __init__(self, path: Path, *, limits: Limits) -> None:
        self.path = path
        self._limits = limits

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file of the folder, None if there is none."""
        path = self.path / name
        try:
            with reading(path):
                data = read_regular(path, limit=self._limits.entry)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if data is None:
            raise InvalidTrace(
                f"not a plain file of at most {self._limits.entry >> 20} MiB: {path}",
                hint="Restore the trace from where it came",
            )
        return data

    def resources(self) -> set[str]:
        """Return the SHA-256 of every resource in the folder."""
        found: set[str] = set()
        root = self.path / "resources"
        try:
            with reading(root), os.scandir(root) as parts:
                for part in parts:
                    if part.is_dir(follow_symlinks=False):
                        names = (path.name for path in Path(part.path).iterdir())
                        found.update(n for n in names if _RESOURCE.fullmatch(f"resources/{part.name}/{n}"))
        except (FileNotFoundError, NotADirectoryError):
            return set()
        return found


class Archive:
    """A trace as one zip file, with the trace at its root or in one folder at its root.

    Opening it checks every name and size against ``limits`` and raises InvalidTrace.
    """

    def __init__(self, path: Path, *, limits: Limits) -> None:
        self.path = path
        with reading(path):
            file = path.open("rb")
        try:
            self._zip = zipfile.ZipFile(file)
            self._members = self._check(self._zip.infolist(), limits)
        except InvalidTrace:
            file.close()
            raise
        except Exception as error:
            # zipfile raises a dozen classes for bytes that are no zip; all mean the same to the reader.
            file.close()
            raise self._damaged(str(error)) from None

    def read(self, name: str) -> bytes | None:
        """Return the bytes of an entry, None if there is none."""
        member = self._members.get(name)
        if member is None:
            return None
        try:
            return self._zip.read(member)
        except Exception as error:
            raise self._damaged(f"{name}, {error}") from None

    def resources(self) -> set[str]:
        """Return the SHA-256 of every resource in the archive."""
        return {match[2] for match in map(_RESOURCE.fullmatch, self._members) if match}

    def _check(self, members: list[zipfile.ZipInfo], limits: Limits) -> dict[str, zipfile.ZipInfo]:
        if len(members) > limits.entries:
            raise self._hostile(f"{len(members)} entries, more than {limits.entries}")
        names: set[str] = set()
        total = end = 0
        for member in sorted(members, key=lambda member: member.header_offset):
            name = member.filename
            mode = member.external_attr >> 16
            # zipfile cuts a name at NUL; the name as it was stored tells.
            if _UNSAFE.search(member.orig_filename) or _UNSAFE.search(name):
                raise self._hostile(f"unsafe name {name!r:.80}")
            if name.casefold() in names:
                raise self._hostile(f"the same name twice, {name!r:.80}")
            if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
                raise self._hostile(f"{name!r:.80} is a link or a device")
            if member.flag_bits & 0x1 or member.compress_type not in {
                zipfile.ZIP_STORED,
                zipfile.ZIP_DEFLATED,
            }:
                raise self._hostile(f"{name!r:.80} is encrypted or packed in an unusual way")
            if member.header_offset < end:
                raise self._hostile(f"{name!r:.80} overlaps the entry before it")
            end = member.header_offset + member.compress_size
            names.add(name.casefold())
            total += member.file_size
            if member.file_size > limits.entry or total > limits.total:
                most = f"{limits.entry >> 20} MiB an entry or {limits.total >> 20} MiB in all"
                raise self._hostile(f"it unpacks to more than {most}")
            packed = max(1, member.compress_size)
            if member.file_size > max(_RATIO_COUNTS_FROM, packed * limits.ratio):
                raise self._hostile(f"{name!r:.80} unpacks to more than {limits.ratio} times its size")
        return self._without_top_folder({m.filename: m for m in members if not m.is_dir()})

    @staticmethod
    def _without_top_folder(members: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        tops = {name.partition("/")[0] for name in members}
        if "trace.json" in members or len(tops) != 1:
            return members
        return {name.partition("/")[2]: member for name, member in members.items()}

    def _hostile(self, what: str) -> InvalidTrace:
        return InvalidTrace(
            f"the archive is not safe to read, {what}: {self.path}", hint="Pack the trace again"
        )

    def _damaged(self, reason: str) -> InvalidTrace:
        return InvalidTrace(
            f"the archive is damaged: {self.path}, {reason[:120].lower() or 'not a zip file'}",
            hint="Get it again from where it came",
        )


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files of a trace below ``folder`` and bring them to the disk. Raises OSError."""
    folders = {folder}
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files:
        path = folder / name
        for parent in [path.parent, path.parent.parent]:
            if parent != folder.parent:
                folders.add(parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, data)
    for made in sorted(folders, reverse=True):
        sync_folder(made)


def write_archive(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip of the files at ``path`` and bring it to the disk. Raises OSError.

    The same files give the same bytes: names sorted by the caller, no times, no owner.
    """
    with path.open("xb") as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in files:
                member = zipfile.ZipInfo(name, date_time=_EPOCH)
                member.create_system = 3
                member.external_attr = (stat.S_IFREG | 0o644) << 16
                packed = data.startswith(_ALREADY_PACKED)
                member.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                archive.writestr(member, data)
        file.flush()
        os.fsync(file.fileno())
