from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reenact.errors import CouldNotRun, UsageError
from reenact.evidence import results_document, write_evidence

RUN = {
    "started": "2025-11-23T09:41:03Z",
    "ended": "2025-11-23T09:41:09.500Z",
    "command": ["reenact", "replay", "a b"],
    "version": "0.1.0",
}


def test_the_folder_holds_everything_and_pictures_are_the_browsers_own(changed, tmp_path):
    evidence = write_evidence([changed], tmp_path / "runs" / "one", **RUN)
    names = {path.relative_to(evidence.folder).as_posix() for path in evidence.folder.rglob("*.*")}
    assert names == {
        "report.html",
        "results.json",
        "junit.xml",
        "screenshots/01-checkout/001-replayed.png",
        "screenshots/01-checkout/002-recorded.png",
        "screenshots/01-checkout/002-replayed.png",
        "screenshots/01-checkout/002-difference.png",
        "screenshots/01-checkout/003-recorded.png",
        "screenshots/01-checkout/003-replayed.png",
        "screenshots/01-checkout/003-difference.png",
    }
    check = changed.steps[1].checkpoints[0]
    folder = evidence.folder / "screenshots/01-checkout"
    assert (folder / "002-recorded.png").read_bytes() == check.recorded
    assert (folder / "002-replayed.png").read_bytes() == check.replayed
    assert evidence.results[0].steps[1].screenshot == folder / "002-replayed.png"
    assert list(tmp_path.joinpath("runs").iterdir()) == [evidence.folder]


def test_results_name_every_picture_with_its_digest(changed, tmp_path):
    evidence = write_evidence([changed], tmp_path / "e", **RUN)
    document = json.loads(evidence.results_json.read_bytes())
    assert document["run"]["command"] == "reenact replay 'a b'"
    assert document["run"]["seconds"] == 6.5
    checks = [check for step in document["traces"][0]["steps"] for check in step["checkpoints"]]
    assert checks[0]["recorded"] == checks[0]["replayed"]
    for check in checks:
        for side in ("recorded", "replayed", "difference"):
            if check[side]:
                data = (evidence.folder / check[side]["path"]).read_bytes()
                assert hashlib.sha256(data).hexdigest() == check[side]["sha256"]
    assert document["traces"][0]["gaps"] == [{"kind": "closed-shadow-root", "detail": "<x-menu>"}]
    assert document["traces"][0]["misses"][0]["nearest"] == "https://app.example/y"
    assert document["traces"][0]["skips"] == [{"text": "timer 9 never came due", "step": "s3"}]


def test_the_printed_document_has_the_promised_shape(diverged, tmp_path):
    assert results_document([diverged]) == {
        "version": 1,
        "verdict": "diverged",
        "traces": [
            {
                "trace": "traces/checkout.reenact",
                "verdict": "diverged",
                "seconds": 2.5,
                "recorded_seconds": 20.0,
                "steps": [
                    {
                        "id": f"s{i}",
                        "title": f'Clicked button "B{i}"',
                        "verdict": "identical" if i == 1 else "missing",
                        "changed_pixels": 0 if i == 1 else None,
                        "screenshot": None,
                    }
                    for i in (1, 2, 3)
                ],
                "first_divergence": {"step": "s2", "title": 'Clicked button "B2"', "cause": "No such button"},
            }
        ],
    }
    evidence = write_evidence([diverged], tmp_path / "e", **RUN)
    shown = results_document([diverged], evidence)["traces"][0]["steps"]
    assert shown[0]["screenshot"] == str(tmp_path / "e/screenshots/01-checkout/001-replayed.png")
    assert Path(shown[0]["screenshot"]).is_file()
    assert shown[1]["screenshot"] is None


@pytest.mark.parametrize("kind", ["folder", "file", "dangling link"])
def test_evidence_is_never_written_over(good, tmp_path, kind):
    target = tmp_path / "e"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="exists"):
        write_evidence([good], target, **RUN)
    assert target.is_symlink() or target.exists()


def test_what_cannot_be_written_leaves_nothing_behind(good, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(CouldNotRun, match="Cannot write the evidence"):
        write_evidence([good], blocked / "e", **RUN)
    assert sorted(tmp_path.iterdir()) == [blocked]


def test_the_folder_is_as_readable_as_any(good, tmp_path):
    before = os.umask(0o022)
    try:
        evidence = write_evidence([good], tmp_path / "e", **RUN)
    finally:
        os.umask(before)
    assert evidence.folder.stat().st_mode & 0o777 == 0o755


def test_an_identical_picture_is_in_the_report_once(good, tmp_path):
    repeated = replace(good, steps=(good.steps[0], replace(good.steps[0], id="s2", index=2)))
    report = write_evidence([repeated, repeated], tmp_path / "e", **RUN).report.read_text("utf-8")
    assert len(re.findall(r'src="data:image/png', report)) == 1
    assert report.count("data-from=") == 3 + 4  # the other three steps, four thumbnails


def test_traces_of_one_name_do_not_share_files(good, changed, tmp_path):
    evidence = write_evidence([good, changed], tmp_path / "e", **RUN)
    assert {path.name for path in (evidence.folder / "screenshots").iterdir()} == {
        "01-checkout",
        "02-checkout",
    }


def test_text_that_is_no_unicode_is_no_obstacle(good, tmp_path):
    odd = replace(
        good, name="half \ud83d \x00 \u202e", steps=(replace(good.steps[0], title="\udfff\x1b[2J"),)
    )
    evidence = write_evidence([odd], tmp_path / "e", **RUN)
    assert json.loads(evidence.results_json.read_bytes())["traces"][0]["name"] == odd.name
    assert "⟦RLO⟧" in evidence.report.read_text("utf-8")


def test_a_run_without_traces_is_no_success(tmp_path):
    evidence = write_evidence([], tmp_path / "e", **RUN)
    assert json.loads(evidence.results_json.read_bytes())["verdict"] == "incomparable"
