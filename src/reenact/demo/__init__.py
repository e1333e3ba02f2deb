"""The bundled application, and the session a person plays in it, for ``reenact demo`` and the tests.

Both are kept apart from the package, in ``fixtures`` at the top of the repository, and are copied into the
wheel as ``reenact._fixtures``. This package finds them in either place.
"""

from __future__ import annotations

from reenact.demo.bundle import Backoffice, Hand, backoffice, hand, play_story, secrets

__all__ = ["Backoffice", "Hand", "backoffice", "hand", "play_story", "secrets"]
