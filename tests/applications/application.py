"""What an application is to a test: something that starts, and something a person does in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Page


class Server(Protocol):
    """A running application."""

    @property
    def url(self) -> str:
        """Where a session starts."""

    def stop(self) -> None:
        """End the server and close its port; a second call does nothing."""


@dataclass(frozen=True, slots=True)
class Application:
    """`session(page, url, pace)` opens `url` and uses it with a real mouse and a real keyboard.

    `pace` stretches every pause: 1 is a brisk person, 3 one who reads. `live` says what on the screen
    moves by itself, empty when nothing does.
    """

    name: str
    title: str
    start: Callable[[], AbstractContextManager[Server]]
    session: Callable[[Page, str, float], None]
    live: str = ""
