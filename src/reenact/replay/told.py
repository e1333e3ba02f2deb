"""What the script in the page is told of the recorded documents."""

from __future__ import annotations

import json
from typing import Any

from reenact.trace import Trace


def shared_logs(trace: Trace) -> dict[str, str]:
    """By the name of its life: the log of a shared worker, put together from what its pages heard.

    Where a part is missing, what comes after it cannot be carried out: a worker stands still there.
    """
    heard: dict[str, dict[int, list[Any]]] = {}
    for document in trace.documents:
        entries = document.entries
        for at in range(0, len(entries) - 2, 3):
            if entries[at] == "s":
                _, life, number, part = entries[at + 1]
                parts = heard.setdefault(life, {})
                if part:
                    parts[number] = part
    return {life: json.dumps(_whole(parts)) for life, parts in heard.items()}


def _whole(parts: dict[int, list[Any]]) -> list[Any]:
    whole: list[Any] = []
    number = 0
    while number in parts:
        whole += parts[number]
        number += 1
    return whole


def recorded_documents(trace: Trace) -> dict[str, dict[str, Any]]:
    """By document id: when it began, its random seed, its log, its address and its place among the frames."""
    return {
        document.id: {
            "origin": document.origin_time,
            "seed": document.seed,
            "log": json.dumps(list(document.entries)),
            "url": document.url,
            "frame": document.frame,
        }
        for document in trace.documents
    }
