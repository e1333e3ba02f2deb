"""What the script in the page is told of the recorded documents."""

from __future__ import annotations

import json
from typing import Any

from reenact.trace import Trace


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
