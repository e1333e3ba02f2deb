"""The scripts of workers: on their way to a page they get ours in front."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from reenact.browser.workers import decoded, pattern, unmarked, with_script
from reenact.record.unseen import UnseenRequests

Send = Callable[[str, Any], Mapping[str, Any]]
Brought = tuple[str, int, Iterable[Mapping[str, str]], bytes]
"""Address, status, headers and body of the answer that brought a script."""


class WorkerScripts:
    """What one page's workers are made of."""

    def __init__(self, send: Send, unseen: UnseenRequests, token: str) -> None:
        self._send = send
        self._unseen = unseen
        self._token = token

    def enable(self) -> None:
        """Have the browser ask before it loads one."""
        self._send("Fetch.enable", {"patterns": [{"urlPattern": pattern(self._token)}]})

    def asked(self, event: Mapping[str, Any]) -> None:
        """Take ``Fetch.requestPaused``: the script of a worker passes here, and nothing else of the page."""
        brought = bring(self._send, event, self._token)
        if brought is not None:
            self._unseen.take_worker(str(event["networkId"]), *brought)


def bring(send: Send, event: Mapping[str, Any], token: str) -> Brought | None:
    """Carry a paused request one step on; returns the answer when ours was put in front of its body."""
    asked, url = {"requestId": event["requestId"]}, unmarked(event["request"]["url"])
    status, headers = event.get("responseStatusCode"), event.get("responseHeaders", ())
    if "responseErrorReason" in event:
        send("Fetch.continueRequest", asked)
    elif status is None:
        send("Fetch.continueRequest", {**asked, "url": url, "interceptResponse": True})
    elif 300 <= status < 400:
        send("Fetch.continueResponse", asked)
    else:
        answer = send("Fetch.getResponseBody", asked)
        body = str(answer["body"])
        script = base64.b64decode(body) if answer["base64Encoded"] else body.encode()
        whole = base64.b64encode(with_script(script, token)).decode()
        told = {"responseCode": status, "responseHeaders": decoded(headers), "body": whole}
        send("Fetch.fulfillRequest", {**asked, **told})
        return url, status, headers, script
    return None
