"""What a browser already held when the recording began: cookies, local storage, IndexedDB.

A page finds them when it loads, so a replay must give them to it. Many of them are credentials: those stand
in the trace as placeholders, and the trace says which. Cookies that no script can read are left out, since
only servers want them and a replay has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from reenact.record.masking import Masking
from reenact.record.privacy import Redactor
from reenact.trace.placeholder import placeholder

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

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
    names: set[str] = set()

    def known(name: str, value: str) -> str:
        secret = "stored_" + re.sub(r"[^A-Za-z0-9_.\-]", "_", name or "value")[:60]
        names.add(name)
        redactor.know(secret, value)
        return placeholder(secret)

    masking = Masking(known)
    kept = [
        {**cookie, "value": masking.text(str(cookie["name"]), str(cookie["value"]))} for cookie in cookies
    ]
    for origin in origins:
        for item in origin.get("localStorage", ()):
            item["value"] = masking.item(str(item["name"]), str(item["value"]))
        if "indexedDB" in origin:
            origin["indexedDB"] = masking.value("", origin["indexedDB"])
    if names:
        listed = ", ".join(sorted(names))
        gap("storage", f"credentials that were stored before the recording are masked: {listed}")
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
