"""Which fonts this machine draws text with: a digest to compare machines by, and what is missing."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

_GENERIC = ("sans-serif", "serif", "monospace")
_FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".otc", ".pfb", ".woff", ".woff2", ".dfont")
_TIMEOUT = 20.0


@functools.cache
def fonts_digest() -> str:
    """SHA-256 over the installed fonts and the defaults among them, the same for machines that draw alike.

    Names and versions of the fonts count, the folders they lie in do not. Asked once per process.
    """
    lines = _installed()
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@functools.cache
def font_count() -> int:
    """How many font files are installed."""
    return sum(1 for line in _installed() if not line.startswith("default "))


def covers(*, language: str | None = None, character: str | None = None) -> bool | None:
    """Whether some font covers a language (as ``zh``) or a character; None where nobody can be asked."""
    pattern = f":lang={language}" if language else f":charset={ord(character):x}" if character else ":"
    answer = _ask("fc-list", pattern, "file")
    return None if answer is None else bool(answer.strip())


@functools.cache
def _installed() -> tuple[str, ...]:
    listing = _ask("fc-list", "--format", "%{file|basename}\t%{family}\t%{style}\t%{fontversion}\n")
    if listing is None:
        return tuple(sorted(_font_files()))
    defaults = (f"default {name}: {(_ask('fc-match', name) or '').strip()}" for name in _GENERIC)
    return (*sorted(set(listing.splitlines()) - {""}), *defaults)


def _ask(program: str, *arguments: str) -> str | None:
    if sys.platform in ("darwin", "win32") or not shutil.which(program):
        return None  # elsewhere fontconfig is not what the browser draws with
    try:
        answer = subprocess.run(
            [program, *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout if answer.returncode == 0 else None


def _font_files() -> set[str]:
    found: set[str] = set()
    for folder in _font_folders():
        for root, _, names in os.walk(folder):
            for name in names:
                if name.lower().endswith(_FONT_ENDINGS):
                    try:
                        found.add(f"{name}\t{(Path(root) / name).stat().st_size}")
                    except OSError:
                        continue
    return found


def _font_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".fonts",
        home / ".local/share/fonts",
    ]
