from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.fixture
def reenact(tmp_path):
    """Run the command in a process of its own, in an empty folder; nothing may ever print a traceback."""

    def run(*arguments: object, timeout: float = 60, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "reenact", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=timeout,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done

    return run
