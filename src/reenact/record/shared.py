"""Workers that no page's DevTools session is asked about: shared ones, and those that workers make.

The browser asks for their scripts through a session of its own. A shared worker has a session as well, inside
of that one: what it asks the network for is told to the page that began it, like all else that pages do not
see (`reenact.record.unseen`).
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from reenact.browser.workers import pattern
from reenact.record.workers import bring

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from reenact.record.page import PageRecorder

_MOST_ROUNDS = 50


class BrowserWorkers:
    """The scripts and the network of such workers in one context.

    ``page_of`` finds the page that shows a frame, or else any that is open. ``guarded`` runs the handler of
    an event.
    """

    def __init__(
        self,
        browser: Browser,
        token: str,
        page_of: Callable[[str], PageRecorder | None],
        guarded: Callable[[Callable[[], None]], None],
    ) -> None:
        self._session = browser.new_browser_cdp_session()
        self._token = token
        self._page_of = page_of
        self._ids = itertools.count(1)
        self._followed: dict[str, tuple[str, str]] = {}
        """By its session: a shared worker, and the frame that began it."""
        self._bodies: dict[tuple[str, int], Mapping[str, Any]] = {}
        self._session.on("Fetch.requestPaused", lambda event: guarded(lambda: self._asked(event)))
        received = "Target.receivedMessageFromTarget"
        self._session.on(received, lambda event: guarded(lambda: self._heard(event)))
        patterns = [{"urlPattern": pattern(token, deep=True)}]
        self._session.send("Fetch.enable", {"patterns": patterns})

    def finish(self) -> None:
        """Wait for the bodies that are on their way, and leave the browser alone."""
        from playwright.sync_api import Error

        with contextlib.suppress(Error):
            for _ in range(_MOST_ROUNDS):
                if not self._bodies:
                    break
                self._session.send("Target.getTargets")
            self._session.detach()

    def _asked(self, event: Mapping[str, Any]) -> None:
        from playwright.sync_api import Error

        # Who asked for it may have left.
        with contextlib.suppress(Error):
            worker, frame = str(event.get("networkId", "")), str(event.get("frameId", ""))
            if "responseStatusCode" not in event:
                self._follow(worker, frame)
            brought = bring(self._session.send, event, self._token)
            page = self._page_of(frame)
            # The requests of a worker's workers are told by Playwright.
            is_shared = any(worker == known for known, _ in self._followed.values())
            if brought is not None and page is not None and is_shared:
                page.take_worker(worker, *brought)

    # ---- what a shared worker asks the network for

    def _follow(self, worker: str, frame: str) -> None:
        """Listen to a shared worker from before its first request; its script is waiting for us meanwhile."""
        targets = self._session.send("Target.getTargets", {"filter": [{"type": "shared_worker"}]})
        if not any(target["targetId"] == worker for target in targets["targetInfos"]):
            return
        # One that began again is the same to the browser, and waits for those who listened to it before.
        session = next((key for key, (known, _) in self._followed.items() if known == worker), None)
        if session is None:
            to = {"targetId": worker, "flatten": False}
            session = str(self._session.send("Target.attachToTarget", to)["sessionId"])
        self._followed[session] = (worker, frame)
        self._ask(session, "Network.enable", {})
        self._ask(session, "Runtime.runIfWaitingForDebugger", {})

    def _ask(
        self, session: str, method: str, parameters: Mapping[str, Any], then: Mapping[str, Any] | None = None
    ) -> None:
        number = next(self._ids)
        if then is not None:
            # Before it is sent: the answer may come before sending returns.
            self._bodies[session, number] = then
        message = json.dumps({"id": number, "method": method, "params": parameters})
        self._session.send("Target.sendMessageToTarget", {"sessionId": session, "message": message})

    def _heard(self, event: Mapping[str, Any]) -> None:
        session = str(event["sessionId"])
        if session not in self._followed:
            return
        worker, frame = self._followed[session]
        message = json.loads(event["message"])
        page = self._page_of(frame)
        if "id" in message:
            finished = self._bodies.pop((session, message["id"]), None)
            if finished is not None and page is not None:
                answer = message.get("result") or {"body": ""}
                page.take_body(str(finished["requestId"]), _bytes(answer))
                page.take_network("Network.loadingFinished", finished)
            return
        told = message.get("params", {})
        if page is None or told.get("requestId") == worker:
            return  # Its own script was kept when it was brought.
        if message["method"] == "Network.loadingFinished":
            self._ask(session, "Network.getResponseBody", {"requestId": told["requestId"]}, told)
        else:
            page.take_network(message["method"], told)


def _bytes(answer: Mapping[str, Any]) -> bytes:
    body = str(answer["body"])
    return base64.b64decode(body) if answer.get("base64Encoded") else body.encode()
