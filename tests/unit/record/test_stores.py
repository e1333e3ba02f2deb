"""What a step changed in the browser's stores, in the end, without what is nobody's business."""

from __future__ import annotations

import pytest

from reenact.record.stores import StoreChanges

_PLACE = "http://shop.test"


class _Steps:
    """Two steps, one after the other, and what they were told."""

    def __init__(self):
        self.current = "s1"
        self.told = []
        self.changes = StoreChanges(
            lambda: self.current, lambda signal, step: self.told.append((step, signal))
        )

    def item(self, what, key="theme", **values):
        store = {"isLocalStorage": True, "securityOrigin": _PLACE}
        self.changes.on_event(f"DOMStorage.domStorageItem{what}", {"storageId": store, "key": key, **values})

    def texts(self):
        self.changes.tell()
        return [(step, signal["text"]) for step, signal in self.told]


@pytest.fixture
def steps():
    return _Steps()


def _cookie(name, value, **fields):
    return {"domain": "shop.test", "path": "/", "name": name, "value": value, **fields}


def test_values_of_one_step_come_to_the_last(steps):
    steps.item("Added", newValue="light")
    steps.item("Updated", oldValue="light", newValue="dark")
    assert steps.texts() == [("s1", 'Local storage "theme" set to dark')]
    assert steps.told[0][1] | {"text": ""} == {
        "type": "storage",
        "area": "localStorage",
        "place": _PLACE,
        "name": "theme",
        "change": "set",
        "before": None,
        "after": "dark",
        "text": "",
    }


def test_old_value_is_that_before_the_step(steps):
    steps.item("Updated", oldValue="light", newValue="blue")
    steps.item("Updated", oldValue="blue", newValue="dark")
    assert steps.texts() == [("s1", 'Local storage "theme" changed from light to dark')]


def test_what_was_taken_back_is_no_change(steps):
    steps.item("Added", newValue="light")
    steps.item("Removed")
    steps.item("Updated", key="size", oldValue="1", newValue="2")
    steps.item("Updated", key="size", oldValue="2", newValue="1")
    assert steps.texts() == []


def test_what_was_there_and_is_gone_was_removed(steps):
    steps.item("Updated", oldValue="light", newValue="dark")
    steps.item("Removed")
    assert steps.texts() == [("s1", 'Local storage "theme" removed')]


def test_cleared_store_says_so_and_what_came_after(steps):
    steps.item("Updated", oldValue="light", newValue="dark")
    steps.changes.on_event(
        "DOMStorage.domStorageItemsCleared",
        {"storageId": {"isLocalStorage": True, "securityOrigin": _PLACE}},
    )
    steps.item("Added", key="size", newValue="1")
    assert steps.texts() == [("s1", "Local storage cleared"), ("s1", 'Local storage "size" set to 1')]


def test_change_belongs_to_the_step_that_made_it(steps):
    steps.item("Added", newValue="light")
    steps.current = "s2"
    steps.item("Updated", oldValue="light", newValue="dark")
    assert steps.texts() == [
        ("s1", 'Local storage "theme" set to light'),
        ("s2", 'Local storage "theme" changed from light to dark'),
    ]


def test_databases_and_caches_are_named_once(steps):
    for _ in range(3):
        steps.changes.on_event(
            "Storage.indexedDBContentUpdated",
            {"origin": _PLACE, "databaseName": "mail", "objectStoreName": "drafts"},
        )
        steps.changes.on_event("Storage.cacheStorageContentUpdated", {"origin": _PLACE, "cacheName": "v1"})
    assert steps.texts() == [("s1", 'IndexedDB "mail/drafts" changed'), ("s1", 'Cache "v1" changed')]


def test_cookies_are_compared_with_those_before(steps):
    steps.changes.cookies([_cookie("old", "1"), _cookie("gone", "1"), _cookie("same", "1")])
    steps.changes.cookies([_cookie("old", "2"), _cookie("same", "1"), _cookie("new", "1")])
    assert steps.texts() == [
        ("s1", 'Cookie "gone" removed'),
        ("s1", 'Cookie "new" set to 1'),
        ("s1", 'Cookie "old" changed from 1 to 2'),
    ]


def test_cookie_that_scripts_cannot_read_keeps_its_value_to_itself(steps):
    steps.changes.cookies([])
    steps.changes.cookies([_cookie("sid", "s3cr3t", httpOnly=True)])
    steps.current = "s2"
    steps.changes.cookies([_cookie("sid", "0th3r", httpOnly=True)])
    assert steps.texts() == [("s1", 'Cookie "sid" set'), ("s2", 'Cookie "sid" changed')]
    assert "s3cr3t" not in repr(steps.told)
    assert "0th3r" not in repr(steps.told)


def test_credentials_are_masked(steps):
    steps.item("Added", key="state", newValue='{"token":"abcdefghijkl","user":"ada"}')
    steps.item("Updated", key="api_key", oldValue="abcdefghijkl", newValue="mnopqrstuvwx")
    assert steps.texts() == [
        ("s1", 'Local storage "state" set to {"token":"{masked}","user":"ada"}'),
        ("s1", 'Local storage "api_key" changed'),
    ]


def test_long_values_are_shown_where_they_differ(steps):
    steps.item("Updated", key="doc", oldValue="x" * 500 + "one", newValue="x" * 500 + "two")
    assert steps.texts() == [
        ("s1", f'Local storage "doc" changed from …{"x" * 20}one to …{"x" * 20}two'),
    ]


def test_nesting_without_end_is_a_text(steps):
    steps.item("Added", newValue="[" * 100_000)
    assert steps.texts()[0][1].startswith('Local storage "theme" set to [[[')
