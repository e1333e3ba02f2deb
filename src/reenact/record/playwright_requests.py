"""The requests of a page as Playwright's own events tell them, for a browser without a DevTools protocol.

They are told to the `NetworkRecorder` in the words of that protocol. Of what a page sends, Firefox gives
headers and length, not the body; of WebSockets it gives nothing but that there was one.
"""

from __future__ import annotations

import base64
import itertools
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Request, Response

Tell = Callable[[str, Mapping[str, Any]], None]

_TYPES = {"xhr": "XHR", "websocket": "WebSocket"}
_ASKED_BY_SCRIPT = frozenset({"Fetch", "XHR", "Script"})
_ABORTED = "NS_BINDING_ABORTED"


class NoBody(Exception):
    """What was asked for is not there."""


class PlaywrightRequests:
    """Tells the requests of one page; ``frame_name`` gives the name of a request's frame.

    ``gap(kind, detail)`` notes what cannot be had.
    """

    def __init__(
        self, tell: Tell, frame_name: Callable[[Request], str], gap: Callable[[str, str], None]
    ) -> None:
        self._tell = tell
        self._frame_name = frame_name
        self._gap = gap
        self._numbers = itertools.count(1)
        self._ids: dict[Request, str] = {}
        self._loaders: dict[str, str] = {}
        self._responses: dict[str, Response] = {}
        self._heads: dict[Request, Response] = {}
        self._open_streams: dict[Request, str] = {}

    def began(self, request: Request) -> None:
        """A request is under way; being told so twice, or late, does no harm."""
        if request in self._ids or not request.url.startswith("http"):
            return
        headers = {name.lower(): value for name, value in request.headers.items()}
        if headers.get("sec-fetch-mode") == "websocket" or "sec-websocket-key" in headers:
            self._gap("websocket", f"Firefox does not tell what is said by WebSocket: {request.url}")
            return
        before = request.redirected_from
        if before is not None:
            self.began(before)
            if before not in self._heads:
                return  # Told again when the redirect has come: to ask for it now would let others pass.
        known = self._ids.get(before) if before is not None else None
        number = self._ids[request] = known or f"r{next(self._numbers)}"
        frame = self._frame_name(request)
        kind = _kind(request)
        if "text/event-stream" in headers.get("accept", ""):
            self._open_streams[request] = request.url
        sent: dict[str, Any] = {"url": request.url, "method": request.method, "headers": dict(headers)}
        if _sends_a_body(request, headers):
            sent["hasPostData"] = True
        params: dict[str, Any] = {
            "requestId": number,
            "loaderId": number if kind == "Document" else self._loaders.get(frame, ""),
            "frameId": frame,
            "type": kind,
            "timestamp": time.monotonic(),
            "request": sent,
            "initiator": {"type": "script" if kind in _ASKED_BY_SCRIPT else "other"},
        }
        if before is not None:
            params["redirectResponse"] = _answer(self._heads.pop(before))
        self._tell("Network.requestWillBeSent", params)

    def answered(self, response: Response) -> None:
        """The head of an answer has come."""
        request = response.request
        self.began(request)
        number = self._ids.get(request)
        self._heads[request] = response
        if number is None or _leads_on(response):
            return
        self._responses[number] = response
        if _kind(request) == "Document":
            self._loaders[self._frame_name(request)] = number
        self._tell("Network.responseReceived", {**self._of(request, number), "response": _answer(response)})

    def finished(self, request: Request) -> None:
        """The whole answer has come."""
        self.began(request)
        number = self._ids.get(request)
        if number is None:
            return
        head = self._heads.get(request)
        if head is not None and _leads_on(head):
            return  # What it leads to comes after this.
        self._heads.pop(request, None)
        self._open_streams.pop(request, None)
        self._tell("Network.loadingFinished", self._of(request, number))
        self._responses.pop(number, None)

    def failed(self, request: Request) -> None:
        """There will be no answer."""
        self.began(request)
        number = self._ids.get(request)
        if number is None:
            return
        self._open_streams.pop(request, None)
        self._heads.pop(request, None)
        text = request.failure or "failed"
        text = "net::ERR_ABORTED" if text == _ABORTED else text
        self._tell("Network.loadingFailed", {**self._of(request, number), "errorText": text})

    def over(self) -> None:
        """The recording ends: what is still coming will not be had."""
        for request, response in list(self._heads.items()):
            if _leads_on(response) and request in self._ids:
                # A redirect that nobody followed is an answer like any other.
                told = self._of(request, self._ids[request])
                self._tell("Network.responseReceived", {**told, "response": _answer(response)})
                self._tell("Network.loadingFinished", told)
        for url in self._open_streams.values():
            self._gap("event-stream", f"Firefox gives an event stream only when it is over: {url}")

    def asked(self, method: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answer to a question of the `NetworkRecorder` about a body. Raises `NoBody`."""
        response = self._responses.get(str(parameters.get("requestId")))
        if method == "Network.getRequestPostData":
            raise NoBody("Firefox does not tell what was sent")
        if response is None:
            raise NoBody("Firefox gives no answer to it")
        return {"body": base64.b64encode(response.body()).decode(), "base64Encoded": True}

    def _of(self, request: Request, number: str) -> dict[str, Any]:
        kind = _kind(request)
        return {"requestId": number, "type": kind, "timestamp": time.monotonic()}


def _kind(request: Request) -> str:
    """The type of a request in the words of the DevTools protocol."""
    # An event stream calls itself a document; its answer is an ordinary body, which comes when it is over.
    if request.resource_type == "document" and not request.is_navigation_request():
        return "Other"
    return _TYPES.get(request.resource_type, request.resource_type.capitalize())


def _sends_a_body(request: Request, headers: Mapping[str, str]) -> bool:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return False
    return headers.get("content-length", "") not in ("", "0") or "content-type" in headers


def _leads_on(response: Response) -> bool:
    return 300 <= response.status < 400 and "location" in response.headers


def _answer(response: Response) -> dict[str, Any]:
    return {
        "url": response.url,
        "status": response.status,
        "statusText": response.status_text,
        # Not `headers_array`, which asks the browser: other events would come in between.
        "headers": dict(response.headers),
    }
