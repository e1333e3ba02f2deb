"""The finished trace: its parts as typed views, its resources by SHA-256, and changing it without risk."""

from __future__ import annotations

import copy
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

from reenact.errors import InvalidTrace, UsageError
from reenact.trace import jsontext
from reenact.trace.archive import (
    FILES,
    Archive,
    Folder,
    Limits,
    Source,
    resource_name,
    write_archive,
    write_folder,
)
from reenact.trace.assemble import attached_resources, attachment_places, render, resource_slots
from reenact.trace.durable import put_in_place, sync_folder, writing
from reenact.trace.migrate import Files
from reenact.trace.records import Act, Checkpoint, Document, Exchange, Gap, Page, Step, WebSocket
from reenact.trace.validate import fault


class Trace:
    """A trace that was opened; made by ``load``. The views are made when first asked for and never change."""

    def __init__(self, source: Source, files: Files, *, is_migrated: bool = False) -> None:
        self._source = source
        self._files = files
        self._is_migrated = is_migrated

    def __repr__(self) -> str:
        return f"Trace({str(self.path)!r}, {len(self.raw['steps'])} steps, {self.status})"

    @property
    def path(self) -> Path:
        """The folder or zip file it lies in."""
        return self._source.path

    @property
    def raw(self) -> Mapping[str, Any]:
        """The whole of trace.json, with what this version does not know. Not to be changed."""
        return self._files["trace.json"]

    @property
    def id(self) -> str:
        """The UUID of the session."""
        return cast("str", self.raw["id"])

    @property
    def name(self) -> str:
        """What the session was called."""
        return cast("str", self.raw["name"])

    @property
    def actor(self) -> str | None:
        """Who recorded it, if that was said."""
        return self.raw.get("actor")

    @property
    def status(self) -> Literal["complete", "incomplete"]:
        """Whether the recording was stopped in order ("complete") or recovered after a kill."""
        return cast("Literal['complete', 'incomplete']", self.raw["status"])

    @property
    def started(self) -> str:
        """When the recording started, ISO 8601 in UTC."""
        return cast("str", self.raw["started"])

    @property
    def ended(self) -> str | None:
        """When the recording ended, ISO 8601 in UTC."""
        return self.raw.get("ended")

    @property
    def seconds(self) -> float:
        """How long the session took."""
        return self.raw.get("seconds") or 0.0

    @property
    def start_url(self) -> str | None:
        """Where the session started."""
        return self.raw.get("start_url")

    @property
    def environment(self) -> Mapping[str, Any]:
        """Browser, system, viewport, fonts ... it was recorded with."""
        return cast("Mapping[str, Any]", self.raw["environment"])

    @property
    def certification(self) -> Mapping[str, Any] | None:
        """What replaying it against itself showed; None if that was never done."""
        return self.raw.get("certification")

    @property
    def integrity(self) -> Mapping[str, Any]:
        """The head of the journal's hash chain, and the digests of the other files."""
        return cast("Mapping[str, Any]", self.raw["integrity"])

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The tabs and popups, in the order they opened."""
        return tuple(map(Page.of, self.raw["pages"]))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What the person did, in order."""
        return tuple(map(Step.of, self.raw["steps"]))

    @cached_property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """What stood on screen, in order."""
        return tuple(map(Checkpoint.of, self.raw["checkpoints"]))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What the recording knows that it does not hold."""
        return tuple(map(Gap.of, self.raw["gaps"]))

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """What replay has to do, in order."""
        return tuple(map(Act.of, self._files["timeline.json"]["acts"]))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents with their timelines, in order of creation."""
        return tuple(map(Document.of, self._files["timeline.json"]["documents"]))

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The requests and their answers, in order of the request."""
        return tuple(map(Exchange.of, self._files["network.json"]["exchanges"]))

    @cached_property
    def websockets(self) -> tuple[WebSocket, ...]:
        """The WebSockets with their messages, in order of creation."""
        return tuple(map(WebSocket.of, self._files["network.json"].get("websockets", ())))

    def read(self, sha256: str) -> bytes:
        """Return a resource. Raises InvalidTrace when it is missing or its bytes are not those."""
        return self._read(sha256, "a resource")

    def verify(self) -> None:
        """Check that every resource the trace refers to is there, to the byte. Raises InvalidTrace."""
        for description, sha256 in _references(self._files):
            self._read(sha256, f"the {description}")

    def update(
        self,
        *,
        checkpoints: Mapping[str, Mapping[str, Any]] | None = None,
        resources: Iterable[bytes] = (),
        **fields: Any,
    ) -> Trace:
        """Change trace.json in place and return the trace as it then is.

        ``checkpoints`` maps a checkpoint's id to the fields that change in it, ``resources`` are stored
        first, ``fields`` replace top-level fields (``certification={...}``). Either all of it happens
        or nothing. Raises InvalidTrace when the result would be no valid trace; DiskFull, CouldNotRun.
        """
        changed = {**self.raw, **copy.deepcopy(fields), "checkpoints": list(self.raw["checkpoints"])}
        unknown = set(checkpoints or ()) - {checkpoint["id"] for checkpoint in changed["checkpoints"]}
        if unknown:
            raise UsageError(
                f"no such checkpoint: {self.path}, {min(unknown)!r:.80}", hint="See Trace.checkpoints"
            )
        for index, checkpoint in enumerate(changed["checkpoints"]):
            changes = (checkpoints or {}).get(checkpoint["id"])
            if changes:
                changed["checkpoints"][index] = {**checkpoint, **copy.deepcopy(dict(changes))}
        problem = fault(changed, "trace")
        if problem:
            raise InvalidTrace(
                f"the change would break the trace: {self.path}, {problem}", hint="Nothing was written"
            )
        added = {hashlib.sha256(data).hexdigest(): data for data in resources}
        files: Files = {**self._files, "trace.json": changed}
        wanted = {sha for _, sha in _references(files)} - {sha for _, sha in _references(self._files)}
        absent = wanted - added.keys() - self._source.resources()
        if absent:
            raise InvalidTrace(
                f"the change refers to a resource that is not stored: {self.path}, {min(absent)}",
                hint="Give its bytes in resources",
            )
        with _keeping(self.path):
            return self._rewrite(files, added)

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Trace:
        """Write the whole trace to another place, as a zip if ``path`` ends in .zip, and return it there.

        Only what the trace refers to is taken along. Raises UsageError if there is something at
        ``path`` and ``overwrite`` is not set; DiskFull, CouldNotRun; InvalidTrace when a resource is bad.
        """
        target = Path(path)
        if target.exists() and not overwrite:
            raise UsageError(
                f"there is something already: {target}", hint="Choose another name or overwrite it"
            )
        with _keeping(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            return self._write_to(target, self._files, {})

    def _read(self, sha256: str, description: str) -> bytes:
        data = self._source.read(resource_name(sha256))
        if data is None:
            raise InvalidTrace(
                f"{description} is missing: {self.path}/{resource_name(sha256)}",
                hint="Restore the trace from where it came, or record again",
            )
        if hashlib.sha256(data).hexdigest() != sha256:
            raise InvalidTrace(
                f"{description} does not have its hash, it was changed: {self.path}/{resource_name(sha256)}",
                hint="Restore the trace from where it came, or record again",
            )
        return data

    def _rewrite(self, files: Files, added: Mapping[str, bytes]) -> Trace:
        """Replace the trace where it lies."""
        if self._is_migrated or not isinstance(self._source, Folder):
            return self._write_to(self.path, files, added)
        present = self._source.resources()
        write_folder(
            self.path, [(resource_name(sha), data) for sha, data in added.items() if sha not in present]
        )
        write_folder(self.path, [("trace.json", jsontext.dump(files["trace.json"]))])
        for sha256 in {sha for _, sha in _references(self._files)} - {sha for _, sha in _references(files)}:
            with suppress(OSError):
                (self.path / resource_name(sha256)).unlink()
        return Trace(self._source, files)

    def _write_to(self, target: Path, files: Files, added: Mapping[str, bytes]) -> Trace:
        """Write everything beside ``target``, then put it there with one rename."""
        if self._is_migrated:
            files, texts = render(files)
        else:
            texts = {name: self._unchanged(name) for name in FILES if name != "trace.json"}
            texts["trace.json"] = jsontext.dump(files["trace.json"])
        references = sorted({sha256 for _, sha256 in _references(files)})

        def contents() -> Iterator[tuple[str, bytes]]:
            yield from sorted(texts.items())
            for sha256 in references:
                yield resource_name(sha256), added[sha256] if sha256 in added else self.read(sha256)

        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        source: Source
        try:
            made = beside / target.name
            if target.name.endswith(".zip"):
                write_archive(made, contents())
                made.replace(target)
                sync_folder(target.parent)
                source = Archive(target, limits=Limits())
            else:
                write_folder(made, contents())
                put_in_place(made, target, leftover=beside / "before")
                source = Folder(target, limits=Limits())
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return Trace(source, files)

    def _unchanged(self, name: str) -> bytes:
        """Return the bytes of a JSON file as they were when the trace was opened."""
        data = self._source.read(name)
        if data is None or hashlib.sha256(data).hexdigest() != self.integrity["files"][name]:
            raise InvalidTrace(
                f"the file was changed meanwhile: {self.path / name}", hint="Open the trace again"
            )
        return data


@contextmanager
def _keeping(path: Path) -> Iterator[None]:
    """Turn what can go wrong while a changed trace is written into our own errors."""
    try:
        with writing(path, kept="The trace itself was not touched"):
            yield
    except ValueError as error:
        raise InvalidTrace(
            f"the trace holds what JSON cannot: {path}, {error}", hint="Nothing was written"
        ) from None


def _references(files: Files) -> Iterator[tuple[str, str]]:
    """Yield what refers to a resource, in words, and the resource's SHA-256."""
    checkpoints, exchanges = files["trace.json"]["checkpoints"], files["network.json"]["exchanges"]
    for description, holder, key in resource_slots(checkpoints, exchanges):
        yield description, holder[key]
    for sha256 in attached_resources(attachment_places(files)):
        yield "attached resource", sha256
