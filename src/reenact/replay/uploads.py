"""The files that a person gave to a page, laid out again on disk for the length of a replay."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

from reenact.trace import Act, Trace


class Uploads:
    """A temporary folder with the files of a trace; ``with`` removes it."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def picture(self, act: Act) -> bytes | None:
        """The picture that was pasted with one input; None where there was none, or it was not kept."""
        for told in act.raw["event"].get("files") or ():
            if "resource" in told:
                return self._trace.read(str(told["resource"]))
        return None

    def paths(self, act: Act) -> list[str]:
        """Lay out the files of one input; a file whose bytes were not kept is left out.

        Files of a chosen folder are given by that folder, as a person does.
        """
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="reenact-uploads-")
        folder = Path(self._folder.name) / f"a{act.n}"
        tops: dict[str, None] = {}
        for told in act.raw["event"].get("files") or ():
            if "resource" not in told:
                continue
            inside = _inside(told)
            path = folder / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._trace.read(str(told["resource"])))
            seconds = float(told.get("modified") or 0) / 1000
            os.utime(path, (seconds, seconds))
            tops[str(folder / inside.parts[0])] = None
        return list(tops)


def _inside(told: Mapping[str, Any]) -> PurePosixPath:
    """The name of a file, or its place in a chosen folder. A trace cannot lead out of ours."""
    given = str(told.get("folder") or told.get("name") or "file").replace("\\", "/")
    parts = [part.replace("\0", "") for part in given.split("/") if part not in ("", ".", "..")]
    return PurePosixPath(*(parts or ["file"]))
