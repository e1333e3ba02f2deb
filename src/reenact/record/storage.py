"""What a browser already held when the recording began: cookies, local storage, IndexedDB.

A page finds them when it loads, so a replay must give them to it. Many of them are credentials: those stand
in the trace as placeholders, and the trace says which. Cookies that no script can read are left out, since
only servers want them and a replay has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from reenact.record.privacy import Redactor, sounds_secret
from reenact.trace.placeholder import placeholder

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

_TOKEN = re.compile(r"\beyJ[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]{5,}")
"""A signed JSON web token (RFC 7519)."""
_SESSION_NAME = re.compile(r"sess|auth|jwt|sid\b|login|bearer", re.IGNORECASE)
_SHORTEST_SECRET = 6
Gap = Callable[[str, str], None]


def stored_before(context: BrowserContext, redactor: Redactor, gap: Gap) -> dict[str, Any] | None:
    """The storage state of a context in Playwright's form, without its secrets; None when there is nothing.

    To be called before the first page is recorded. What is masked or cannot be read becomes a gap.
    """
    state = _state(context, gap)
    cookies = [cookie for cookie in state.get("cookies", ()) if not cookie.get("httpOnly")]
    origins = list(state.get("origins", ()))
    if not cookies and not origins:
        return None
    masking = _Masking(redactor)
    kept = [
        {**cookie, "value": masking.text(str(cookie["name"]), str(cookie["value"]))} for cookie in cookies
    ]
    for origin in origins:
        for item in origin.get("localStorage", ()):
            item["value"] = masking.item(str(item["name"]), str(item["value"]))
        if "indexedDB" in origin:
            origin["indexedDB"] = masking.value("", origin["indexedDB"])
    if masking.names:
        names = ", ".join(sorted(masking.names))
        gap("storage", f"credentials that were stored before the recording are masked: {names}")
    return {"cookies": kept, "origins": origins}


def _state(context: BrowserContext, gap: Gap) -> Mapping[str, Any]:
    from playwright.sync_api import Error

    try:
        return context.storage_state(indexed_db=True)
    except Error as error:
        gap("storage", f"IndexedDB could not be read: {error.message.splitlines()[0]}")
    try:
        return context.storage_state()
    except Error as error:
        gap("storage", f"what was stored before could not be read: {error.message.splitlines()[0]}")
        return {}


class _Masking:
    """Replaces what sounds or looks like a credential, and remembers its name."""

    def __init__(self, redactor: Redactor) -> None:
        self.names: set[str] = set()
        self._redactor = redactor

    def item(self, name: str, text: str) -> str:
        """An item of local storage: JSON is looked into, field by field."""
        try:
            parsed = json.loads(text) if text[:1] in "{[" else None
        except ValueError:
            parsed = None
        if parsed is None:
            return self.text(name, text)
        masked = self.value(name, parsed)
        return text if masked == parsed else json.dumps(masked, ensure_ascii=False, separators=(",", ":"))

    def value(self, name: str, value: Any) -> Any:
        """A value of any shape; the name is that of the nearest field around it."""
        if isinstance(value, dict):
            return {key: self.value(str(key), item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.value(name, item) for item in value]
        return self.text(name, value) if isinstance(value, str) else value

    def text(self, name: str, text: str) -> str:
        """A single text."""
        if _TOKEN.search(text):
            return _TOKEN.sub(lambda found: self._token(name, found.group()), text)
        if len(text) >= _SHORTEST_SECRET and (sounds_secret(name) or _SESSION_NAME.search(name)):
            return self._masked(name, text)
        return text

    def _token(self, name: str, token: str) -> str:
        """A page reads what a token says; without its signature it opens nothing."""
        self._masked(name, token)
        return token.rpartition(".")[0] + ".masked"

    def _masked(self, name: str, value: str) -> str:
        known = "stored_" + re.sub(r"[^A-Za-z0-9_.\-]", "_", name or "value")[:60]
        self.names.add(name)
        self._redactor.know(known, value)
        return placeholder(known)
