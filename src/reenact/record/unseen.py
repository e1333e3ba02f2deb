"""What our own DevTools session of a page does not see: the first requests of a popup, all of a worker.

A window that a page opens is under way before anybody can listen to it, and a worker has a session of its
own. Playwright attaches to both at their start; its events fill the gaps, told as the browser would have.
"""

from __future__ import annotations

import base64
import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reenact.browser.workers import unmarked, without_script
from reenact.record.network import NetworkRecorder

if TYPE_CHECKING:
    from playwright.sync_api import Request

_TYPES = {"xhr": "XHR", "eventsource": "EventSource"}


class UnseenRequests:
    """Gives the requests of one page that its `NetworkRecorder` did not see begin to that recorder.

    ``catch_up`` returns when the recorder has been told of everything that the page did up to now.
    """

    def __init__(self, network: NetworkRecorder, catch_up: Callable[[], object]) -> None:
        self._network = network
        self._catch_up = catch_up
        self._ids = itertools.count(1)
        self._bodies: dict[str, bytes] = {}
        self._told: Counter[tuple[str, str]] = Counter()

    def body(self, method: str, parameters: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The answer to a command about the body of such a request; None for any other command."""
        request_id = str(parameters.get("requestId", ""))
        if method != "Network.getResponseBody" or request_id not in self._bodies:
            return None
        return {"body": base64.b64encode(self._bodies.pop(request_id)).decode(), "base64Encoded": True}

    def keep(self, request_id: str, body: bytes) -> None:
        """Have the body of an answer ready for when its end is told."""
        self._bodies[request_id] = body

    def take(self, request: Request, frame: str) -> bool:
        """Take a request that is over; False when the recorder has it already or it got no answer.

        To be told of every request of the page: the same address can be asked for by a page and its worker.
        """
        url = unmarked(request.url)
        key = request.method, url
        self._told[key] += 1
        if not url.startswith("http") or self._was_seen(key):
            return False
        response = request.response()
        if response is None:
            return False
        request_id = self._next_id()
        kind = _TYPES.get(request.resource_type, request.resource_type.capitalize())
        is_navigation = request.is_navigation_request() and request.frame.parent_frame is None
        if response.status not in (204, 205, 304) and not 300 <= response.status < 400:
            self._bodies[request_id] = without_script(response.body())
        sent: dict[str, Any] = {
            "url": url,
            "method": request.method,
            "headers": request.all_headers(),
        }
        if request.post_data is not None:
            sent["postData"] = request.post_data
        common: dict[str, Any] = {
            "requestId": request_id,
            "loaderId": request_id if is_navigation else "",
            "frameId": frame,
            "type": kind,
            "timestamp": time.monotonic(),
        }
        answer = {
            "url": url,
            "status": response.status,
            "statusText": response.status_text,
            "headers": _joined(response.headers_array()),
        }
        self._tell(common, sent, answer)
        return True

    def _was_seen(self, key: tuple[str, str]) -> bool:
        if self._network.times_seen(*key) >= self._told[key]:
            return True
        # The two sessions are not told at the same time; what ours was sent comes before the answer to this.
        self._catch_up()
        return self._network.times_seen(*key) >= self._told[key]

    def take_worker(
        self, request_id: str, url: str, status: int, headers: Iterable[Mapping[str, str]], script: bytes
    ) -> None:
        """Take the answer that brought the script of a worker: its page is told of the request alone."""
        self._bodies[request_id] = script
        common = {"requestId": request_id, "type": "Script", "timestamp": time.monotonic()}
        if not self._network.times_seen("GET", url):
            # Not even that, where a frame has a session of its own.
            self._catch_up()
        if not self._network.times_seen("GET", url):
            sent = {"url": url, "method": "GET", "headers": {}}
            asked = {**common, "loaderId": "", "frameId": "", "request": sent}
            self._network.on_event("Network.requestWillBeSent", asked)
        response = {"url": url, "status": status, "statusText": "", "headers": _joined(headers)}
        self._network.on_event("Network.responseReceived", {**common, "response": response})
        self._network.on_event("Network.loadingFinished", common)

    def take_download(self, url: str, name: str, body: bytes) -> None:
        """Take what a link had the browser save: no page is told of such a request."""
        if not url.startswith("http") or self._network.times_seen("GET", url):
            return
        request_id = self._next_id()
        self._bodies[request_id] = body
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Disposition": "attachment; filename*=UTF-8''" + quote(name),
        }
        common = {
            "requestId": request_id,
            "loaderId": "",
            "frameId": "",
            "type": "Other",
            "timestamp": time.monotonic(),
        }
        sent = {"url": url, "method": "GET", "headers": {}}
        self._tell(common, sent, {"url": url, "status": 200, "statusText": "OK", "headers": headers})

    def _next_id(self) -> str:
        return f"unseen-{next(self._ids)}"

    def _tell(self, common: dict[str, Any], sent: dict[str, Any], answer: dict[str, Any]) -> None:
        self._network.on_event("Network.requestWillBeSent", {**common, "request": sent})
        self._network.on_event("Network.responseReceived", {**common, "response": answer})
        self._network.on_event("Network.loadingFinished", common)


def _joined(headers: Iterable[Any]) -> dict[str, str]:
    """Headers as the DevTools protocol has them: what stands several times, on several lines."""
    joined: dict[str, str] = {}
    for header in headers:
        name, value = header["name"], header["value"]
        joined[name] = f"{joined[name]}\n{value}" if name in joined else value
    return joined
