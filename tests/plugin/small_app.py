"""The smallest application worth recording, and a script that uses it: for tests of the ways to run us."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

PAGE = """<!doctype html><meta charset="utf-8"><title>Till \x1b[31m</title>
<style>body{{font:20px sans-serif}} button{{font:inherit}}</style>
<h1>Till</h1><p>Total: <b id="total">{price}</b>, ticket <i id="ticket"></i> at <i id="now"></i></p>
<button id="pay">Pay</button>
<script>
ticket.textContent = Math.random().toFixed(6); now.textContent = new Date().toISOString();
pay.onclick = async () => {{
  const answer = await fetch('/pay', {{method: 'POST'}});
  pay.textContent = 'Paid ' + await answer.text();
}};
</script>"""

SCRIPT = """
def run(page):
    page.get_by_role("button", name="Pay").click()
    page.get_by_text("Paid 1").wait_for()
    page.wait_for_timeout(300)
"""


class Till:
    """A running till; ``price`` may be changed while it runs."""

    def __init__(self) -> None:
        self.price = "10.00"
        self._paid = 0
        till = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if self.path != "/":
                    self._answer(404, b"")
                    return
                self._answer(200, PAGE.format(price=till.price).encode())

            def do_POST(self) -> None:
                till._paid += 1
                self._answer(200, str(till._paid).encode())

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                del arguments

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def restart(self, *, price: str = "10.00") -> None:
        """Begin a new day: nothing paid yet, at this price."""
        self.price, self._paid = price, 0

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *arguments: object) -> None:
        self.close()


@contextmanager
def recorded_till(folder: Path) -> Iterator[tuple[Path, Till]]:
    """Record a session in a till with ``reenact record``; yields the trace and the till, still running.

    It is certified: on a busy machine that is what gives every moment its picture.
    """
    script = folder / "script.py"
    script.write_text(SCRIPT)
    target = folder / "till.reenact"
    with Till() as till:
        command = [
            "record",
            till.url,
            "-o",
            str(target),
            "--script",
            str(script),
            "--headless",
        ]
        done = subprocess.run(
            [sys.executable, "-m", "reenact", *command],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(f"Saved {target}: "), done.stdout
        yield target, till
