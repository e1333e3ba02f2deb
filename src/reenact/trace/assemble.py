"""From the records of a journal to the three files of a trace: one pure function.

A record with the same kind and id as an earlier one replaces it, in the earlier one's place. Session
records are merged. What a record refers to and the journal does not hold becomes null and a gap.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from reenact.trace import jsontext
from reenact.trace.archive import SHA256
from reenact.trace.journal import Record
from reenact.trace.migrate import Files
from reenact.trace.validate import CURRENT_VERSION

KINDS = ("session", "page", "document", "act", "step", "checkpoint", "exchange", "websocket", "gap")
"""Every kind of record ``TraceWriter.put`` takes."""

_DEFAULTS: dict[str, dict[str, Any]] = {
    "page": {"id": None, "opener": None},
    "step": {
        "id": None,
        "type": None,
        "title": None,
        "page": None,
        "document": None,
        "time": None,
        "url": None,
        "target": None,
        "value": None,
        "acts": None,
        "signals": [],
        "checkpoint": None,
    },
    "checkpoint": {
        "id": None,
        "step": None,
        "page": None,
        "document": None,
        "act": None,
        "url": None,
        "title": None,
        "time": 0,
        "screenshot": None,
        "source": None,
        "reason": None,
        "aria": None,
        "interim": False,
    },
    "gap": {"kind": None, "detail": None, "step": None, "time": None},
    "act": {"n": None, "type": None, "page": None, "document": None, "ordinal": None},
    "document": {"id": None, "page": None, "frame": None, "url": None, "origin_time": None, "seed": None},
    "exchange": {
        "id": None,
        "method": None,
        "url": None,
        "type": None,
        "request": None,
        "status": None,
        "status_text": "",
        "response": None,
        "document": None,
        "initiator": None,
        "dynamic": False,
        "redirected_from": None,
        "failed": None,
        "from_cache": False,
        "time": None,
        "duration": None,
    },
    "websocket": {
        "id": None,
        "url": None,
        "time": None,
        "status": None,
        "headers": [],
        "failed": None,
        "closed": None,
        "frames": [],
    },
}
"""The key order of each kind, and what stands for what was not said."""

_SESSION: dict[str, Any] = {
    "format": "reenact-trace",
    "version": CURRENT_VERSION,
    "id": None,
    "name": "",
    "actor": None,
    "status": "incomplete",
    "started": None,
    "ended": None,
    "seconds": None,
    "start_url": None,
    "environment": {},
    "script": {},
    "storage": None,
}


def complete_record(kind: str, identifier: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON object a record stands for: its defaults, its id, its data."""
    if kind == "session":
        return data
    whole = {**_DEFAULTS[kind], **data}
    for key, value in whole.items():
        if isinstance(value, dict):
            whole[key] = dict(value)  # nothing that is changed here is the caller's
    if "id" in _DEFAULTS[kind]:
        whole["id"] = identifier
    return whole


def assemble(
    records: Sequence[Record], *, chain: str, has_resource: Callable[[str], bool], damaged: bool = False
) -> Files:
    """Return the files of the trace that the records describe; status incomplete unless a record says else.

    ``chain`` is the head of the journal's chain; ``has_resource`` tells whether a SHA-256 is stored
    (whole); ``damaged`` says that records after these were lost.
    """
    session: dict[str, Any] = {}
    kept: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in KINDS}
    entries: dict[str, list[Any]] = {}
    frames: dict[str, list[Any]] = {}
    for record in records:
        if record.kind == "session":
            session.update(record.data)
        elif record.kind == "entries":
            entries.setdefault(record.id, []).extend(record.data["entries"])
        elif record.kind == "frames":
            frames.setdefault(record.id, []).extend(record.data["frames"])
        elif record.kind in kept:
            kept[record.kind][record.id] = complete_record(record.kind, record.id, record.data)
    for index, act in enumerate(kept["act"].values()):
        act["n"] = index if act["n"] is None else act["n"]
    for identifier, document in kept["document"].items():
        document["entries"] = document.get("entries", []) + _amended(entries.pop(identifier, []))
    for identifier, websocket in kept["websocket"].items():
        websocket["frames"] = websocket["frames"] + frames.pop(identifier, [])

    gaps = list(kept["gap"].values())
    gaps += _gap_each(f"timeline of a document that was not described: {name}" for name in entries)
    gaps += _gap_each(f"frames of a WebSocket that was not described: {name}" for name in frames)
    gaps += _gap_each(_drop_lost_resources(kept, has_resource))
    gaps += _gap_each(_drop_lost_references(kept))
    gaps += _gap_each(_add_lost_pages(kept))
    if damaged:
        gaps += _gap_each(["the journal was damaged; what it held after the damage is lost"])

    timeline = {
        "version": CURRENT_VERSION,
        "acts": list(kept["act"].values()),
        "documents": list(kept["document"].values()),
    }
    network = {
        "version": CURRENT_VERSION,
        "exchanges": list(kept["exchange"].values()),
        "websockets": list(kept["websocket"].values()),
    }
    trace = {**_SESSION, **session}
    _fill_end(trace, kept)
    trace["pages"] = list(kept["page"].values())
    trace["steps"] = list(kept["step"].values())
    trace["checkpoints"] = list(kept["checkpoint"].values())
    trace["gaps"] = gaps
    trace.setdefault("certification", None)
    trace["integrity"] = {"chain": chain, "records": len(records), "files": {}}
    return {"trace.json": trace, "timeline.json": timeline, "network.json": network}


def render(files: Files) -> tuple[Files, dict[str, bytes]]:
    """Return the files with the digests of the others written into trace.json, and the text of each."""
    rendered = {name: jsontext.dump(content) for name, content in files.items() if name != "trace.json"}
    trace = dict(files["trace.json"])
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in rendered.items()}
    trace["integrity"] = {**trace["integrity"], "files": {**trace["integrity"]["files"], **digests}}
    rendered["trace.json"] = jsontext.dump(trace)
    return {**files, "trace.json": trace}, rendered


def resource_slots(
    checkpoints: Iterable[dict[str, Any]], exchanges: Iterable[dict[str, Any]]
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield where a trace refers to a resource by SHA-256: a description, the JSON object, its key."""
    for checkpoint in checkpoints:
        for key in ("screenshot", "aria"):
            if checkpoint.get(key):
                yield f"{key} of checkpoint {checkpoint['id']}", checkpoint, key
    for exchange in exchanges:
        for part in ("request", "response"):
            if (exchange.get(part) or {}).get("body"):
                yield f"{part} body of exchange {exchange['id']}", exchange[part], "body"


def attached_resources(value: Any) -> Iterator[str]:
    """Yield the SHA-256 under every key "resource" at any depth: an uploaded file, a WebSocket frame."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "resource" and isinstance(item, str) and SHA256.fullmatch(item):
                yield item
            else:
                yield from attached_resources(item)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from attached_resources(item)


def attachment_places(files: Files) -> list[Any]:
    """Return the parts of a trace in which ``attached_resources`` are looked for."""
    timeline, network = files["timeline.json"], files["network.json"]
    return [
        timeline["acts"],
        files["trace.json"]["steps"],
        network["exchanges"],
        network.get("websockets", []),
    ]


def _amended(entries: list[Any]) -> list[Any]:
    """Return the entries with those rewritten of which a later one says that they turned out otherwise.

    What has come and not told yet has its place in the log; which load it was is known later, and the
    place may have been sent by then (recording.ts, ``amend``).
    """
    for at in range(0, len(entries) - 2, 3):
        if entries[at] != "<":
            continue
        match entries[at + 1]:
            case [int(place), str(kind), argument] if 0 <= place < at and place % 3 == 0:
                entries[place : place + 2] = [kind, argument]
        entries[at : at + 2] = ["-", 0]
    return entries


def _gap_each(details: Iterable[str]) -> list[dict[str, Any]]:
    return [{**_DEFAULTS["gap"], "kind": "lost", "detail": detail} for detail in details]


def _drop_lost_resources(kept: dict[str, dict[str, dict[str, Any]]], has: Callable[[str], bool]) -> list[str]:
    lost = []
    for description, holder, key in resource_slots(kept["checkpoint"].values(), kept["exchange"].values()):
        if not has(holder[key]):
            lost.append(f"{description} ({holder[key]})")
            holder[key] = None
    return lost


def _drop_lost_references(kept: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    lost = []
    for kind, key, meant in (("step", "checkpoint", "checkpoint"), ("checkpoint", "step", "step")):
        for item in kept[kind].values():
            if item[key] is not None and item[key] not in kept[meant]:
                lost.append(f"{meant} {item[key]}, which {kind} {item['id']} refers to")
                item[key] = None
    return lost


def _add_lost_pages(kept: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    lost = []
    for kind in ("step", "checkpoint"):
        for item in kept[kind].values():
            if item["page"] not in kept["page"]:
                kept["page"][item["page"]] = complete_record("page", item["page"], {})
                lost.append(f"page {item['page']}, which {kind} {item['id']} refers to")
    return lost


def _fill_end(trace: dict[str, Any], kept: dict[str, dict[str, dict[str, Any]]]) -> None:
    """Where nobody said when the session ended, it ended with the last thing that is known of it."""
    if trace["seconds"] is None:
        times = [item["time"] for kind in ("step", "checkpoint", "gap") for item in kept[kind].values()]
        times += [(item["time"] or 0) + (item["duration"] or 0) for item in kept["exchange"].values()]
        trace["seconds"] = round(max([0, *filter(None, times)]) / 1000, 3)
    if trace["ended"] is None:
        started = datetime.fromisoformat(trace["started"])
        trace["ended"] = moment(started + timedelta(seconds=trace["seconds"]))


def moment(time: datetime) -> str:
    """Return a UTC time as the trace writes it: ISO 8601 with milliseconds and a Z."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
