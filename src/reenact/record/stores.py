"""What the steps of a session changed in the browser's stores: cookies, web storage, IndexedDB, caches.

The browser tells of web storage, databases and caches as they change; cookies are compared at each picture.
A signal says what a step changed in the end: what it set and took back again is no change.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reenact.record.masking import Masking

_WEB_STORAGE = "DOMStorage.domStorage"
_DATABASE = "Storage.indexedDBContentUpdated"
_CACHE = "Storage.cacheStorageContentUpdated"
EVENTS = (
    *(_WEB_STORAGE + what for what in ("ItemAdded", "ItemUpdated", "ItemRemoved", "ItemsCleared")),
    _DATABASE,
    _CACHE,
)
"""Events of the DevTools protocol (its DOMStorage and Storage domains) that `StoreChanges.on_event` takes."""
_AREAS = {
    "cookie": "Cookie",
    "localStorage": "Local storage",
    "sessionStorage": "Session storage",
    "indexedDB": "IndexedDB",
    "cache": "Cache",
}
_SHOWN = 120
"""Characters of a value that a signal shows."""
_LEAD = 20
"""Of them before the first that changed."""

Key = tuple[str, str, str]
"""Area, place (an origin; domain and path of a cookie) and name; no name stands for all that is there."""


@dataclass(slots=True)
class _Change:
    existed: bool
    before: str | None
    """None: nobody said what it was."""
    exists: bool
    after: str | None
    is_open: bool = True
    """Its values may be told."""

    def amounts_to(self) -> str | None:
        """What it comes to in the end; None for nothing."""
        if not self.existed:
            return "set" if self.exists else None
        if not self.exists:
            return "removed"
        return None if self.before is not None and self.before == self.after else "changed"


class StoreChanges:
    """The changes of one recording of which no step was told yet.

    ``current`` names the step that a change belongs to, ``signal`` gives a signal to the step of that name.
    """

    def __init__(
        self, current: Callable[[], str | None], signal: Callable[[Mapping[str, Any], str], object]
    ) -> None:
        self._current = current
        self._signal = signal
        self._step: str | None = None
        self._changes: dict[Key, _Change] = {}
        self._jar: dict[Key, Mapping[str, Any]] | None = None
        self._masking = Masking(lambda _name, _value: "{masked}")

    def on_event(self, name: str, event: Mapping[str, Any]) -> None:
        """Take one of `EVENTS`."""
        touched = _Change(existed=True, before=None, exists=True, after=None)
        if name == _DATABASE:
            self._note(
                ("indexedDB", event["origin"], f"{event['databaseName']}/{event['objectStoreName']}"), touched
            )
        elif name == _CACHE:
            self._note(("cache", event["origin"], event["cacheName"]), touched)
        else:
            store, before, after = event["storageId"], event.get("oldValue"), event.get("newValue")
            area = "localStorage" if store["isLocalStorage"] else "sessionStorage"
            change = _Change(not name.endswith("Added"), before, after is not None, after)
            self._note((area, store.get("securityOrigin", ""), event.get("key", "")), change)

    def cookies(self, cookies: Iterable[Mapping[str, Any]]) -> None:
        """Take the cookies of the browser context; what is not as it was last time has changed.

        The value of a cookie that scripts cannot read (HttpOnly) is compared and never told.
        """
        known, self._jar = self._jar, {_key_of(cookie): cookie for cookie in cookies}
        if known is None:
            return
        for key in sorted(known.keys() | self._jar.keys()):
            before, after = known.get(key), self._jar.get(key)
            if before is None or after is None or before["value"] != after["value"]:
                self._note(key, _change_of(before, after))

    def tell(self) -> None:
        """Give what has changed to the step that it belongs to."""
        changes, self._changes = self._changes, {}
        for key, change in changes.items():
            how = change.amounts_to()
            if how is not None and self._step is not None:
                self._signal(self._signal_of(key, change, how), self._step)

    def _note(self, key: Key, change: _Change) -> None:
        step = self._current()
        if step != self._step:
            self.tell()
            self._step = step
        if not key[2]:
            # All that was there is gone, and that is all there is to say.
            self._changes = {k: c for k, c in self._changes.items() if k[:2] != key[:2]}
        known = self._changes.get(key)
        if known is not None:
            change.existed, change.before = known.existed, known.before
        self._changes[key] = change

    def _signal_of(self, key: Key, change: _Change, how: str) -> dict[str, Any]:
        area, place, name = key
        before, after = (
            self._masking.item(name, value) if value is not None and change.is_open else None
            for value in (change.before, change.after)
        )
        before, after = _around_the_difference(before, after)
        signal: dict[str, Any] = {
            "type": "storage",
            "area": area,
            "place": place,
            "name": name,
            "change": how,
        }
        text = f'{_AREAS[area]} "{name}" {how}' if name else f"{_AREAS[area]} cleared"
        if how == "set" and after is not None:
            text += f" to {after}"
        elif how == "changed" and after not in (None, before):
            text += f" from {before} to {after}" if before is not None else f" to {after}"
        return signal | {"before": before, "after": after, "text": text}


class PageStores:
    """Has the browser tell of what one page stores."""

    def __init__(
        self, send: Callable[[str, Mapping[str, Any]], Mapping[str, Any]], changes: StoreChanges
    ) -> None:
        self._send = send
        self._changes = changes
        self._main: tuple[str, str] | None = None
        self._watched: set[tuple[str, str]] = set()

    def enable(self) -> None:
        """Begin; what is there now is not news."""
        self._send("DOMStorage.enable", {})
        self.look()

    def watch(self, frame: str, origin: str) -> None:
        """A frame shows a document of this origin; the page's main frame has to be the first."""
        if self._main is None or self._main[0] == frame:
            self._main = (frame, origin)
        # An origin has stores of its own in each page that embeds it.
        place = (self._main[1], origin)
        if place in self._watched or not origin.startswith("http"):
            return
        self._watched.add(place)
        key = self._send("Storage.getStorageKeyForFrame", {"frameId": frame})
        self._send("Storage.trackIndexedDBForStorageKey", key)
        self._send("Storage.trackCacheStorageForStorageKey", key)

    def look(self) -> None:
        """Tell the step that is going on what it has changed so far."""
        self._changes.cookies(self._send("Network.getAllCookies", {})["cookies"])
        self._changes.tell()


def _key_of(cookie: Mapping[str, Any]) -> Key:
    return "cookie", f"{cookie['domain']}{cookie['path']}", str(cookie["name"])


def _change_of(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> _Change:
    hidden = any(cookie is not None and cookie.get("httpOnly") for cookie in (before, after))
    return _Change(
        before is not None,
        str(before["value"]) if before else None,
        after is not None,
        str(after["value"]) if after else None,
        is_open=not hidden,
    )


def _around_the_difference(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Cut long values to where they begin to differ, so that what changed can be seen."""
    start = 0
    if before is not None and after is not None:
        same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
        start = max(0, sum(1 for _ in same) - _LEAD)
    return _cut(before, start), _cut(after, start)


def _cut(value: str | None, start: int) -> str | None:
    if value is None or len(value) <= _SHOWN:
        return value
    end = start + _SHOWN
    return ("…" if start else "") + value[start:end] + ("…" if end < len(value) else "")
