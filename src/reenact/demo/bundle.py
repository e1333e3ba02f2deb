"""Finding what is bundled: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Protocol, Self

from reenact.errors import CouldNotRun, UsageError

_PACKAGE = "reenact._fixtures"
_CHECKOUT = Path(__file__).parents[3] / "fixtures"
_BUILDS = ("good", "broken")


class Backoffice(Protocol):
    """The running application. Leaving the ``with`` block stops it and deletes its database."""

    url: str
    port: int
    certificate: Path | None

    def reset(self) -> None:
        """Go back to the seeded state: every change is gone, everybody is signed out."""

    def close(self) -> None:
        """Stop, and cut the connections that browsers keep open."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Hand(Protocol):
    """Real mouse and keyboard on one page, at the pace of a person. Pauses are in milliseconds."""

    def click(self, target: Any, *, clicks: int = 1) -> None:
        """Move to a locator, scrolling when it is out of sight, and click it."""

    def double_click(self, target: Any) -> None:
        """Click twice, as one double click."""

    def hover(self, target: Any, *, at: tuple[float, float] | None = None) -> None:
        """Move onto a locator; ``at`` is where on it, as shares of its width and height."""

    def drag(self, source: Any, target: Any) -> None:
        """Press on one locator, let go on another."""

    def type(self, text: str) -> None:
        """Type key by key into whatever has the focus."""

    def press(self, key: str, *, times: int = 1) -> None:
        """Press a key or a combination, as Playwright names it."""

    def wheel(self, pixels: float) -> None:
        """Turn the wheel; positive is down."""

    def rest(self, low: float = 350, high: float = 480) -> None:
        """Pause."""


def backoffice(*, build: str = "good", port: int = 0, tls: bool = False) -> Backoffice:
    """Start the application on a fresh database; ``port=0`` lets the system choose.

    Raises UsageError for a build other than "good" and "broken", CouldNotRun when the port is taken.
    """
    if build not in _BUILDS:
        raise UsageError(f"unknown build: {build}", hint=f"choose one of {', '.join(_BUILDS)}")
    try:
        app: Backoffice = _bundled("backoffice").Backoffice(build=build, port=port, tls=tls)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CouldNotRun(f"the demo application cannot serve on port {port}: {reason}") from error
    return app


def hand(page: Any, *, seed: int = 7, pace: float = 1.0) -> Hand:
    """Return a hand on a Playwright page. ``pace`` scales its pauses; 0 is none at all."""
    made: Hand = _bundled("hand").Hand(page, seed=seed, pace=pace)
    return made


def play_story(
    page: Any,
    url: str,
    *,
    short: bool = False,
    pace: float = 1.0,
    seed: int = 7,
    tell: Callable[[str], None] | None = None,
) -> None:
    """Play the bundled session on a Playwright page: sign in, search, edit, change a role, approve, sign out.

    About 45 seconds at ``pace=1``; ``short`` keeps signing in, editing and approving, about 20 seconds.
    ``tell`` hears each part in words before it begins.
    """
    bundled = _bundled("backoffice.story")
    play = bundled.short_story if short else bundled.story
    play(page, url, pace=pace, seed=seed, tell=tell or (lambda _: None))


def secrets() -> dict[str, str]:
    """What the bundled session types into password fields, by the name it has in a trace."""
    return {"PASSWORD": str(_bundled("backoffice").PASSWORD)}


def _bundled(name: str) -> ModuleType:
    """Import a bundled module, from the checkout when the package does not carry it."""
    if _PACKAGE not in sys.modules and importlib.util.find_spec(_PACKAGE) is None:
        spec = importlib.util.spec_from_file_location(
            _PACKAGE, _CHECKOUT / "__init__.py", submodule_search_locations=[str(_CHECKOUT)]
        )
        if spec is None or spec.loader is None or not (_CHECKOUT / "__init__.py").is_file():
            raise CouldNotRun("this installation lacks the demo application", hint="install reenact again")
        package = importlib.util.module_from_spec(spec)
        sys.modules[_PACKAGE] = package
        spec.loader.exec_module(package)
    return importlib.import_module(f"{_PACKAGE}.{name}")
