"""What `pip install reenact` brings: everything that a command needs beside the code, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "reenact"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_everything_beside_the_code(names):
    beside = {
        f"reenact/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix in {".css", ".html", ".j2", ".js", ".json", ".svg", ".typed"}
    }
    assert beside <= names
    assert "reenact/browser/recorder.bundle.js" in names
    assert any(name.startswith("reenact/trace/") and name.endswith(".json") for name in names)
    assert any(name.startswith("reenact/evidence/") and name.endswith((".html", ".j2")) for name in names)


def test_the_bundled_application(names):
    folder = ROOT / "fixtures" / "backoffice"
    files = {
        f"reenact/_fixtures/backoffice/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(files) > 10
    assert files | {"reenact/_fixtures/__init__.py", "reenact/_fixtures/hand.py"} <= names


def test_nothing_else(names):
    strangers = {name for name in names if not name.startswith(("reenact/", "reenact-"))}
    assert strangers == set()
    assert not [name for name in names if "__pycache__" in name or "node_modules" in name]


def test_it_works_without_the_checkout(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = """
import sys, urllib.request, reenact.demo
sys.exit(reenact.__file__) if not reenact.__file__.startswith(sys.argv[1]) else None
with reenact.demo.backoffice() as app:
    print(type(app).__module__, urllib.request.urlopen(app.url).status)
"""
    # -I: the checkout that is installed for the other tests must not be found first.
    paths = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    command = [sys.executable, "-I", "-c", paths + code, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    module, status = done.stdout.split()
    assert module.startswith("reenact._fixtures.backoffice")
    assert status == "200"
