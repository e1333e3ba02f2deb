"""Finds in a trace what the session changed.

Nothing of this is recorded: it is read from the steps, the requests and the pages that the archive holds, so
that others can read it again from the same evidence.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from reenact.changes.bodies import Entries, form_entries, json_fields, json_value
from reenact.changes.compare import changed_in_form, changed_in_object, sent_alone
from reenact.changes.forms import Form, forms_of
from reenact.changes.records import Change, FieldChange, Outcome
from reenact.trace import Exchange, Trace
from reenact.trace.headers import header

_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_LARGEST_PAGE = 3_000_000
_NEAREST_PAGES = 40
_FEW_FIELDS = 3


def changes_of(trace: Trace) -> tuple[Change, ...]:
    """Every request of a session that was to change something, in order.

    Requests that carry no fields a person could know, such as beacons and polls, are left out.
    """
    return tuple(_Finder(trace).changes())


class _Finder:
    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._exchanges = sorted(trace.exchanges, key=lambda exchange: exchange.time or 0.0)
        self._times = [step.time for step in trace.steps]
        self._signed_in: str | None = None
        self._forms = lru_cache(maxsize=256)(self._forms_in)

    def changes(self) -> Iterator[Change]:
        for at, exchange in enumerate(self._exchanges):
            if exchange.method.upper() in _CHANGING and exchange.type not in {"ping", "preflight"}:
                change = self._change(at, exchange)
                if change is not None:
                    yield change

    def _change(self, at: int, exchange: Exchange) -> Change | None:
        body = self._trace.read(exchange.request_body) if exchange.request_body else b""
        content_type = header(exchange.request_headers, "content-type")
        entries = form_entries(body, content_type)
        form = self._form_of(at, exchange, entries) if entries else None
        outcome, answer = self._outcome(exchange, form)
        fields: tuple[FieldChange, ...] = ()
        if form is not None and entries:
            fields = changed_in_form(form, entries)
        elif entries:
            fields = sent_alone(entries)
        elif (sent := json_fields(body, content_type)) is not None:
            fields = changed_in_object(self._object_before(at, exchange.url), sent)
        if not fields and exchange.method.upper() == "POST" and exchange.type != "document":
            return None
        change = Change(
            self._step(exchange.time or 0.0),
            exchange.id,
            exchange.method.upper(),
            exchange.url,
            form.title if form and form.title else self._title(exchange),
            self._signed_in or self._trace.actor,
            outcome,
            answer,
            fields,
        )
        if outcome == "accepted" and form is not None and entries and (user := _signs_in(form, entries)):
            self._signed_in = user
        return change

    def _step(self, time: float) -> str | None:
        at = bisect.bisect_right(self._times, time) - 1
        return self._trace.steps[at].id if at >= 0 else None

    def _title(self, exchange: Exchange) -> str | None:
        step = self._step(exchange.time or 0.0)
        titles = [each.title for each in self._trace.checkpoints if each.step == step and each.title]
        return titles[-1] if titles else None

    # ---- where the fields came from

    def _form_of(self, at: int, exchange: Exchange, entries: Entries) -> Form | None:
        """The latest page's form that sends to this address and has most of these fields."""
        path, names = _path(exchange.url), {name for name, _ in entries}
        pages = [each for each in self._exchanges[:at] if self._is_page(each)]
        for page in reversed(pages[-_NEAREST_PAGES:]):
            for form in self._forms(page.response_body, page.url):
                if form.path == path and 2 * len(names & form.controls.keys()) >= len(names):
                    return form
        return None

    def _is_page(self, exchange: Exchange) -> bool:
        return (
            exchange.response_body is not None
            and "html" in header(exchange.response_headers, "content-type").lower()
            and (exchange.size or 0) <= _LARGEST_PAGE
        )

    def _forms_in(self, resource: str, url: str) -> list[Form]:
        try:
            return forms_of(self._trace.read(resource).decode("utf-8", "replace"), url)
        except (AssertionError, ValueError):
            return []  # no HTML that could be read, or an address that is none

    def _object_before(self, at: int, url: str) -> Any:
        """What the API last said of the thing that has this address, alone or among others."""
        path = _path(url).rstrip("/")
        parent, _, identifier = path.rpartition("/")
        for exchange in reversed(self._exchanges[:at]):
            asked = _path(exchange.url).rstrip("/")
            if asked not in {path, parent} or not self._is_json(exchange):
                continue
            value = json_value(self._trace.read(str(exchange.response_body)))
            if asked == parent:
                value = _with_identifier(value, identifier)
            if isinstance(value, Mapping):
                return value
        return None

    def _is_json(self, exchange: Exchange) -> bool:
        kind = header(exchange.response_headers, "content-type").lower()
        return exchange.response_body is not None and "json" in kind and (exchange.size or 0) <= _LARGEST_PAGE

    # ---- what became of it

    def _outcome(self, exchange: Exchange, form: Form | None) -> tuple[Outcome, str]:
        status = exchange.status
        if status is None:
            return "unanswered", exchange.failed or "no answer was recorded"
        said = f"{status} {exchange.status_text}".strip()
        if status >= 500:
            return "failed", said
        if status >= 400:
            return "refused", said
        if status >= 300:
            return "accepted", f"{said}, led to {header(exchange.response_headers, 'location')}"
        if form is not None and self._is_page(exchange):
            again = self._forms(exchange.response_body, exchange.url)
            if any(each.path == form.path and each.controls.keys() == form.controls.keys() for each in again):
                return "not accepted", f"{said}, the form was shown again"
        return "accepted", said


def _with_identifier(value: Any, identifier: str) -> Any:
    """The element of a list, or of a list one level down, that has this id."""
    lists = [value] if isinstance(value, list) else []
    if isinstance(value, Mapping):
        lists = [each for each in value.values() if isinstance(each, list)]
    for each in lists:
        for element in each:
            if isinstance(element, Mapping) and str(element.get("id")) == identifier:
                return element
    return None


def _signs_in(form: Form, entries: Entries) -> str | None:
    """Who signs in with a form: one with a single password and hardly anything else."""
    shown = [
        control for control in form.controls.values() if control.kind not in {"hidden", "submit", "button"}
    ]
    if sum(control.kind == "password" for control in shown) != 1 or len(shown) > _FEW_FIELDS:
        return None
    names = [control.name for control in shown if control.kind in {"text", "email", "tel"}]
    return next((value for name, value in entries if name in names and value), None)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return url
