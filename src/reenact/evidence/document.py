"""The result for machines: what `replay --json` prints, and `results.json` with everything else besides."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reenact.evidence.exhibits import Exhibit, Exhibits
from reenact.evidence.words import overall
from reenact.replay.result import StepResult, TraceResult

if TYPE_CHECKING:
    from reenact.evidence.folder import Evidence

DOCUMENT_VERSION = 1
"""Version of both documents; they only ever gain fields within one."""


def results_document(results: Sequence[TraceResult], evidence: Evidence | None = None) -> dict[str, Any]:
    """The document of `replay --json`; screenshots are named when evidence was written."""
    return {
        "version": DOCUMENT_VERSION,
        "verdict": overall(results),
        "traces": [_trace(result) for result in (evidence.results if evidence else results)],
    }


def full_document(
    results: Sequence[TraceResult], pictures: Exhibits, *, run: dict[str, Any], metric: str
) -> dict[str, Any]:
    """`results.json`: the same document and, besides, all that the report shows. Paths are relative to it."""
    document = results_document(results)
    document["metric"] = metric
    document["run"] = run
    for trace, result, shown in zip(document["traces"], results, pictures, strict=True):
        trace |= {
            "name": result.name,
            "mode": result.mode,
            "actor": result.actor,
            "recorded": _time(result.started),
            "certification": _plain(result.certification),
            "environment": _plain(result.environment),
            "recorded_environment": _plain(result.recorded_environment),
            "gaps": [_plain(gap.raw) for gap in result.gaps],
            "misses": [asdict(miss) for miss in result.misses],
            "near": [asdict(miss) for miss in result.near],
            "skips": [asdict(skip) for skip in result.skips],
            "changes": [asdict(change) for change in result.changes],
        }
        for entry, step, exhibits in zip(trace["steps"], result.steps, shown, strict=True):
            entry |= {
                "index": step.index,
                "type": step.type,
                "cause": step.cause,
                "url": step.url,
                "time_ms": step.time_ms,
                "seconds": round(step.seconds, 3),
                "signals": [_plain(signal) for signal in step.signals],
                "checkpoints": [_checkpoint(exhibit) for exhibit in exhibits],
            }
    return document


def to_json(document: Any) -> bytes:
    """UTF-8 JSON with a trailing newline; half surrogates, which UTF-8 cannot hold, are escaped."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return re.sub("[\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text).encode() + b"\n"


def _trace(result: TraceResult) -> dict[str, Any]:
    stop = result.first_divergence
    return {
        "trace": str(result.trace),
        "verdict": result.verdict,
        "seconds": round(result.seconds, 3),
        "recorded_seconds": round(result.recorded_seconds, 3),
        "steps": [_step(step) for step in result.steps],
        "first_divergence": asdict(stop) if stop else None,
    }


def _step(step: StepResult) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": step.title,
        "verdict": step.verdict,
        "changed_pixels": step.changed_pixels,
        "screenshot": str(step.screenshot) if step.screenshot else None,
    }


def _checkpoint(exhibit: Exhibit) -> dict[str, Any]:
    check = exhibit.check
    return {
        "id": check.id,
        "verdict": check.verdict,
        "exact_pixels": check.exact_pixels,
        "changed_pixels": check.changed_pixels,
        "regions": [asdict(region) for region in check.regions],
        "not_compared": [asdict(place) for place in check.unstable],
        "url": check.url,
        "title": check.title,
        "recorded_title": check.recorded_title,
        "aria_changes": list(check.aria_changes),
        "reason": check.reason,
        "recorded": _picture(check.recorded, exhibit.recorded_path),
        "replayed": _picture(check.replayed, exhibit.replayed_path),
        "difference": _picture(exhibit.difference, exhibit.difference_path),
    }


def _picture(png: bytes | None, path: str | None) -> dict[str, str] | None:
    return {"path": path, "sha256": hashlib.sha256(png).hexdigest()} if png is not None and path else None


def _time(when: datetime | str | None) -> str | None:
    return when.isoformat() if isinstance(when, datetime) else when


def _plain(value: Any) -> Any:
    """JSON out of mappings, dataclasses, tuples, paths and times, whatever a trace brought."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | Path):
        return _time(value) if isinstance(value, datetime) else str(value)
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if hasattr(value, "items"):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if hasattr(value, "__iter__") else str(value)
