"""Applications with a server of their own from PyPI, which tell the page what to show: WebSockets, event streams."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from playwright.sync_api import Page
from tests.applications.application import Application
from tests.applications.django_admin import Process
from tests.applications.packages import environment
from tests.applications.person import Person

SERVED = Path(__file__).parent / "served"
_START_SECONDS = 60


def server(package: str, *command: str) -> Callable[[], AbstractContextManager[Process]]:
    """How to start `package`, whose `command` may name its `{port}` and the folder `{served}` with our programs."""

    @contextmanager
    def start() -> Iterator[Process]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        programs = environment(package) / "bin"
        with tempfile.TemporaryDirectory(prefix="reenact-served-") as folder:
            first, *rest = (part.format(port=port, served=SERVED) for part in command)
            with (Path(folder) / "log").open("w") as log:
                process = subprocess.Popen(
                    [programs / first, *rest], cwd=folder, stdout=log, stderr=log, text=True
                )
            running = Process(f"http://127.0.0.1:{port}/", process)
            try:
                _wait_for(running.url)
                yield running
            finally:
                running.stop()

    return start


def _wait_for(url: str) -> None:
    for _ in range(_START_SECONDS * 5):
        try:
            with urllib.request.urlopen(url):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"nothing answers at {url}")


def use_streamlit(page: Page, url: str, pace: float) -> None:
    """Fill a form whose every change runs the program again, and place an order with a progress bar."""
    person = Person(page, pace, seed=151)
    person.open(url)
    customer = page.get_by_label("Customer")
    customer.wait_for()
    person.pause(1.0)
    person.click(customer)
    person.type("Ada")
    person.press("Enter")
    person.pause(1.0)
    person.click(page.get_by_text("Express", exact=True))
    person.pause(1.0)
    person.click(page.get_by_role("combobox").first)
    person.click(page.get_by_role("option", name="Tools"))
    person.pause(1.0)
    person.click(page.get_by_role("button", name="Place order"))
    page.get_by_text("Tools for Ada").wait_for()
    person.pause(1.0)


def use_gradio(page: Page, url: str, pace: float) -> None:
    """Have an answer streamed, check a box, open a tab, choose from a list."""
    person = Person(page, pace, seed=152)
    person.open(url)
    page.get_by_label("Name").wait_for()
    person.pause(1.0)
    person.click(page.get_by_label("Name"))
    person.type("Ada")
    person.click(page.get_by_role("button", name="Go", exact=True))
    person.pause(2.5)
    person.click(page.get_by_label("b", exact=True))
    person.click(page.get_by_role("tab", name="Two"))
    person.pause(0.8)
    person.click(page.get_by_label("Colour"))
    person.press("ArrowDown")
    person.press("Enter")
    person.pause(0.8)


def use_jupyterlab(page: Page, url: str, pace: float) -> None:
    """Make a notebook and run two cells of it, one with random numbers; open a menu."""
    person = Person(page, pace, seed=153)
    person.open(url + "lab")
    notebook = page.locator('.jp-LauncherCard[data-category="Notebook"]').first
    notebook.wait_for()
    person.pause(1.5)
    person.click(notebook)
    cell = page.locator(".jp-Notebook .cm-content").first
    cell.wait_for()
    person.pause(2.5)
    person.click(cell)
    person.type("import random; [random.random() for i in range(3)]")
    person.press("Shift+Enter")
    page.locator(".jp-OutputArea-output").first.wait_for()
    person.pause(1.0)
    person.type("print('done')")
    person.press("Shift+Enter")
    person.pause(1.5)
    person.click(page.get_by_role("menuitem", name="Edit").first)
    person.pause(0.8)
    person.press("Escape")
    person.pause(0.8)


APPLICATIONS = [
    Application(
        "streamlit",
        "Streamlit, all of it over a WebSocket",
        server(
            "streamlit==1.67.0",
            *("streamlit", "run", "{served}/orders.py", "--server.port={port}", "--server.address=127.0.0.1"),
            *("--server.headless=true", "--browser.gatherUsageStats=false"),
        ),
        use_streamlit,
        live="a progress bar",
    ),
    Application(
        "gradio",
        "Gradio, with an answer that is streamed",
        server("gradio==6.31.0", "python", "{served}/greeter.py", "{port}"),
        use_gradio,
    ),
    Application(
        "jupyterlab",
        "JupyterLab and its kernel",
        server(
            "jupyterlab==4.6.6",
            *("jupyter-lab", "--no-browser", "--port={port}", "--allow-root", "--IdentityProvider.token="),
        ),
        use_jupyterlab,
    ),
]
