"""A small HTTP server for pages and package folders: threads, keep-alive, correct content types."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsx": "text/plain; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a route sees it."""

    method: str
    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What a route answers."""

    status: int
    content_type: str
    body: bytes

    @classmethod
    def of_json(cls, value: object, status: int = 200) -> Response:
        """A JSON answer."""
        return cls(status, "application/json", json.dumps(value).encode())


Route = Callable[[Request], Response | None]


class StaticServer:
    """Serves folders by URL prefix (the longest wins), after the `route` had its say.

    Use it in a `with`; the port is the system's choice. `/` is `index.html` of the folder at prefix `/`.
    """

    def __init__(self, folders: Mapping[str, Path], *, route: Route | None = None, start: str = "/") -> None:
        self._folders = sorted(folders.items(), key=lambda item: -len(item[0]))
        self._route = route
        self._start = start
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16  # unbuffered writes meet delayed ACKs: 40 ms for each request
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                request = Request(self.command, unquote(urlsplit(self.path).path), self.rfile.read(length))
                answer = server._answer(request)
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.body)

            do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  the library's names

            def log_message(self, *_: object) -> None:
                """Stay silent: the tests print their own lines."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._running = False

    @property
    def url(self) -> str:
        """Where the application starts."""
        return f"http://127.0.0.1:{self._http.server_address[1]}{self._start}"

    def stop(self) -> None:
        """Close the port; a second call does nothing."""
        if self._running:
            self._running = False
            self._http.shutdown()
            self._http.server_close()
            self._thread.join()

    def __enter__(self) -> Self:
        self._thread.start()
        self._running = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answer(self, request: Request) -> Response:
        if self._route and (answer := self._route(request)):
            return answer
        for prefix, folder in self._folders:
            if request.path.startswith(prefix):
                file = (folder / request.path.removeprefix(prefix)).resolve()
                file = file / "index.html" if file.is_dir() else file
                if file.is_relative_to(folder.resolve()) and file.is_file():
                    kind = CONTENT_TYPES.get(file.suffix.lower(), "application/octet-stream")
                    return Response(HTTPStatus.OK, kind, file.read_bytes())
        return Response(HTTPStatus.NOT_FOUND, "text/plain", b"not found")
