"""``python -m reenact`` is the command ``reenact``."""

from __future__ import annotations

from reenact.cli import main

if __name__ == "__main__":
    main()
