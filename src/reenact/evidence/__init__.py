"""What stays of a replay: the report, the results as JSON and JUnit, the screenshots. No browser here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reenact.evidence.document import results_document
    from reenact.evidence.folder import Evidence, write_evidence
    from reenact.evidence.junit import junit_xml
    from reenact.evidence.viewer import write_trace_view

__all__ = ["Evidence", "junit_xml", "results_document", "write_evidence", "write_trace_view"]

_HOME = {
    "Evidence": "folder",
    "junit_xml": "junit",
    "results_document": "document",
    "write_evidence": "folder",
    "write_trace_view": "viewer",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
