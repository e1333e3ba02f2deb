from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from reenact.evidence import junit_xml, write_evidence

TIMES = {
    "started": datetime(2025, 11, 23, 9, 41, 3, tzinfo=UTC),
    "ended": datetime(2025, 11, 23, 9, 41, 9, 500_000, tzinfo=UTC),
}
RUN = {**TIMES, "command": "reenact replay traces", "version": "0.1.0"}


def parse(*results):
    return ET.fromstring(junit_xml(results, **RUN))


def test_one_case_a_trace_and_totals_that_add_up(good, changed, diverged):
    root = parse(good, changed, diverged, replace(good, verdict="incomparable"))
    suite = root.find("testsuite")
    assert suite.attrib == {
        "name": "reenact",
        "tests": "4",
        "failures": "1",
        "errors": "2",
        "skipped": "0",
        "time": "6.500",
        "timestamp": "2025-11-23T09:41:03",
    }
    kinds = [
        [child.tag for child in case if child.tag in ("failure", "error")] for case in suite.iter("testcase")
    ]
    assert kinds == [[], ["failure"], ["error"], ["error"]]
    assert [case.get("name") for case in suite.iter("testcase")] == ["Checkout"] * 4


def test_the_failure_lists_what_differs_and_why(changed):
    failure = parse(changed).find(".//failure")
    assert failure.get("type") == "changed"
    assert failure.get("message").startswith("2 of 3 steps look different. First: step 2")
    assert 'Step 2: Clicked button "B2": changed' in failure.text
    assert "The label is another one" in failure.text
    assert '- button "Save"' in failure.text
    assert "Step 1" not in failure.text


def test_a_divergence_names_its_step_and_cause(diverged):
    error = parse(diverged).find(".//error")
    assert error.get("type") == "diverged"
    assert "Cause: No such button" in error.text


def test_properties_and_notes(changed):
    case = parse(changed).find(".//testcase")
    properties = {p.get("name"): p.get("value") for p in case.iter("property")}
    assert properties["verdict"] == "changed"
    assert properties["trace"] == "traces/checkout.reenact"
    assert properties["browser"] == "Chromium 156.0"
    assert "gap: closed-shadow-root: <x-menu>" in case.find("system-out").text
    assert "not in the archive: GET https://app.example/x" in case.find("system-out").text


def test_attachments_exist(changed, tmp_path):
    evidence = write_evidence([changed], tmp_path / "e", **RUN)
    output = ET.parse(evidence.junit).find(".//system-out").text
    paths = [line[13:-2] for line in output.splitlines() if line.startswith("[[ATTACHMENT|")]
    assert len(paths) == 6
    assert all((evidence.folder / path).is_file() for path in paths)


def test_hostile_text_stays_text(changed):
    evil = "]]></failure><x a='1'>\x00\x1b[31m\u202e\ud800\uffff&amp;"
    root = parse(
        replace(changed, name=evil, steps=tuple(replace(s, title=evil, cause=evil) for s in changed.steps))
    )
    assert root.find(".//x") is None
    text = ET.tostring(root, encoding="unicode")
    assert not any(ord(c) < 32 and c not in "\t\n\r" for c in text)
    assert "⟦RLO⟧" in root.find(".//testcase").get("name")


def test_huge_text_is_cut(changed):
    huge = replace(changed, steps=tuple(replace(s, title="x" * 5_000_000) for s in changed.steps))
    assert len(junit_xml([huge], **RUN)) < 20_000
