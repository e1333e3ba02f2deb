from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from reenact.browser import find


@pytest.fixture
def program(tmp_path):
    """Write an executable that answers to --version, or does what `body` says."""

    def write(name: str, version: str | None = "Chromium 123.4.5.6", *, body: str | None = None) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{body or f'echo {version}'}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return write


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """A machine without browsers: an empty PATH folder, no usual places, no Playwright browser."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for shell in ("sh", "env"):
        (folder / shell).symlink_to(shutil.which(shell))
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "no-browsers"))
    monkeypatch.delenv(find.OVERRIDE, raising=False)
    monkeypatch.setattr(find, "_usual_places", lambda channel: [])
    return folder
