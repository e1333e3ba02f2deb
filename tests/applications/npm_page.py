"""Applications that are a page of `pages/` around a library from npm, served beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page
from tests.applications.application import Application
from tests.applications.packages import node_modules
from tests.applications.static_server import StaticServer

PAGES = Path(__file__).parent / "pages"


def around(
    name: str, *, title: str, session: Callable[[Page, str, float], None], live: str = ""
) -> Application:
    """`pages/NAME.html`, with every npm package of the long run under `/packages/`."""

    def start() -> StaticServer:
        folders = {"/packages/": node_modules(everything=True), "/": PAGES}
        return StaticServer(folders, start=f"/{name}.html")

    return Application(name=name, title=title, start=start, session=session, live=live)
