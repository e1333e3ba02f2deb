"""The npm and PyPI packages behind the applications: fetched once, kept in the user's cache folder."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
MINIWOB = ("miniwob", "1.1.0", "297006e84219d56ad037e843527ed773a4a82509dc43b6031ec4a3ad3e3e61d9")


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "reenact" / "test-applications"


@contextmanager
def _building(target: Path) -> Iterator[Path | None]:
    """A folder to fill that becomes `target` at the end, or None when `target` is there already.

    The lock lets test processes start at the same time; the rename never leaves half a folder behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.with_name(target.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.is_dir():
            yield None
            return
        unfinished = target.with_name(target.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        yield unfinished
        unfinished.rename(target)


@cache
def node_modules(*, everything: bool = False) -> Path:
    """The installed npm packages of `package-lock.json`; with `everything` also those of the long run."""
    files = [HERE / "package.json", HERE / "package-lock.json"]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    target = _cache_folder() / f"npm-{'all' if everything else 'basic'}-{digest}"
    with _building(target) as folder:
        if folder:
            for file in files:
                shutil.copy(file, folder)
            # No install scripts: the packages are only served to a browser. Peers are listed by hand.
            command = ["npm", "ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"]
            command += ["--loglevel=error", *([] if everything else ["--omit=dev"])]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return target / "node_modules"


@cache
def miniwob_html() -> Path:
    """The task pages of MiniWoB++, out of its wheel (its Python code and dependencies are not needed)."""
    name, version, digest = MINIWOB
    target = _cache_folder() / f"{name}-{version}"
    with _building(target) as folder:
        if folder:
            pip = [sys.executable, "-m", "pip", "download", "-qq", "--no-deps", "--dest", str(folder)]
            subprocess.run([*pip, f"{name}=={version}"], check=True)
            wheel = next(folder.glob("*.whl"))
            if hashlib.sha256(wheel.read_bytes()).hexdigest() != digest:
                raise RuntimeError(f"{wheel.name} is not the wheel that the tests were written for")
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(folder)
    return target / name / "html"


@cache
def bundle(entry: Path) -> Path:
    """`entry` (an ES module of ours) and the packages it imports as one script and one style sheet.

    Returns the folder that holds `app.js`, `app.css` and the fonts they name.
    """
    modules = node_modules(everything=True)
    digest = hashlib.sha256(entry.read_bytes()).hexdigest()[:12]
    target = modules.parent / f"bundle-{entry.stem}-{digest}"
    with _building(target) as folder:
        if folder:
            # esbuild looks for packages beside the importing file, so the entry moves in with them.
            source = shutil.copy(entry, modules.parent / entry.name)
            options = ["--bundle", "--format=iife", "--minify", f"--outfile={folder / 'app.js'}"]
            options += ["--conditions=production"]
            options += ['--define:process.env.NODE_ENV="production"', "--log-level=error"]
            options += [f"--loader:{kind}=file" for kind in (".woff2", ".woff", ".ttf", ".svg")]
            subprocess.run([modules / ".bin" / "esbuild", source, *options], check=True)
    return target


@cache
def environment(requirement: str) -> Path:
    """A virtual environment of its own for an application from PyPI, such as `streamlit==1.67.0`."""
    target = _cache_folder() / f"venv-{requirement.replace('==', '-')}"
    # Its programs name the folder they stand in, so it cannot be moved once it is filled.
    with _building(target.with_name(target.name + ".made")) as made:
        if made:
            subprocess.run([sys.executable, "-m", "venv", "--clear", target], check=True)
            subprocess.run([target / "bin" / "pip", "install", "-qq", requirement], check=True)
    return target
