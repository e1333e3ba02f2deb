from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reenact.errors import CouldNotRun, InvalidTrace
from reenact.evidence import junit_xml, results_document
from reenact.replay.result import TraceResult
from reenact.run import Outcome, RunOutcome
from reenact.run.documents import add_errors, add_errors_to_junit

TIMES_OF = {"started": datetime(2024, 1, 1, tzinfo=UTC), "ended": datetime(2024, 1, 1, 0, 1, tzinfo=UTC)}


def outcome(name, verdict):
    path = Path(f"traces/{name}.reenact")
    if isinstance(verdict, Exception):
        return Outcome(path, error=verdict)
    return Outcome(path, result=TraceResult(path, name, verdict, "recorded", 1.0, 2.0))


RUN = RunOutcome(
    (
        outcome("a", "reproduced"),
        outcome("b", InvalidTrace("Cut off: b \x1b[31m", hint="Record it again")),
        outcome("c", "changed"),
        outcome("d", CouldNotRun("No browser")),
    )
)


def test_every_trace_stands_in_the_document_in_order():
    document = add_errors(results_document(RUN.results), RUN)
    assert [entry["verdict"] for entry in document["traces"]] == ["reproduced", "invalid", "changed", "error"]
    assert document["verdict"] == "invalid"
    assert document["traces"][1]["error"] == "Cut off: b [31m. Record it again"
    assert document["traces"][3]["steps"] == []
    assert document["version"] == 1


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        (["reproduced", "reproduced"], "reproduced"),
        (["reproduced", CouldNotRun("no")], "error"),
        (["changed", "reproduced"], "changed"),
        ([InvalidTrace("no")], "invalid"),
        ([], "error"),
    ],
)
def test_the_verdict_is_the_worst(verdicts, verdict):
    run = RunOutcome(tuple(outcome(str(number), one) for number, one in enumerate(verdicts)))
    assert add_errors(results_document(run.results), run)["verdict"] == verdict


def test_junit_counts_what_could_not_be_replayed_as_errors():
    xml = junit_xml(RUN.results, **TIMES_OF, command="reenact", version="1")
    suites = ET.fromstring(add_errors_to_junit(xml, RUN))
    suite = suites.find("testsuite")
    for element in (suites, suite):
        assert (element.get("tests"), element.get("failures"), element.get("errors")) == ("4", "1", "2")
    errors = {case.get("name"): case.find("error") for case in suite.iter("testcase")}
    assert errors["b"].get("type") == "invalid"
    assert "Cut off" in errors["b"].get("message")
    assert errors["a"] is None
