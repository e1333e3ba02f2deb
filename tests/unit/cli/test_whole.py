"""The commands as a person or a pipeline uses them, each in a process of its own, with a real browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.plugin.small_app import SCRIPT, Till, recorded_till

from reenact.trace import load

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    with recorded_till(tmp_path_factory.mktemp("till")) as recorded:
        yield recorded


@pytest.fixture
def trace(recorded, tmp_path):
    return Path(shutil.copytree(recorded[0], tmp_path / "traces" / "till.reenact"))


@pytest.fixture
def till():
    with Till() as till:
        yield till


def test_record_with_a_script_ends_certified(reenact, till, tmp_path):
    (tmp_path / "pay.py").write_text(SCRIPT)
    done = reenact("record", till.url, "-o", "pay", "--script", "pay.py", "--headless", timeout=120)
    assert done.returncode == 0, done.stderr
    saved, certified = done.stdout.splitlines()
    assert saved.startswith("Saved pay.reenact: ")
    assert certified.startswith("certified: ")
    assert "in each of 3 replays" in certified
    assert load(tmp_path / "pay.reenact").certification["verdict"] == "certified"

    again = reenact("record", till.url, "-o", "pay", "--headless")
    assert again.returncode == 2
    assert "There is a trace already: pay.reenact" in again.stderr
    over = reenact("record", till.url, "-o", "pay", "--headless", "--overwrite", "--no-certify")
    assert over.returncode == 0, over.stderr


def test_replay_is_one_line_and_leaves_nothing(reenact, trace, tmp_path):
    done = reenact("replay", trace)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    assert done.stdout.startswith(f"reproduced   {trace}: All ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["traces"]


def test_json_is_one_document_and_nothing_else(reenact, trace):
    done = reenact("replay", trace, "--json", "--evidence", "proof")
    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (document["version"], document["verdict"]) == (1, "reproduced")
    (one,) = document["traces"]
    assert (one["trace"], one["verdict"], one["first_divergence"]) == (str(trace), "reproduced", None)
    assert one["seconds"] > 0
    assert one["recorded_seconds"] > 0
    steps = one["steps"]
    assert {step["verdict"] for step in steps} == {"identical"}
    assert {step["changed_pixels"] for step in steps} <= {0, None}
    assert (trace.parents[1] / steps[-1]["screenshot"]).is_file()


def test_a_trace_that_cannot_be_read_does_not_stop_the_others(reenact, trace, tmp_path):
    foreign = trace.parent / "foreign.reenact"
    foreign.mkdir()
    (foreign / "trace.json").write_text('{"hello": "world"}')
    (trace.parent / "cut.reenact.zip").write_bytes(b"PK\x03\x04 cut")

    done = reenact("replay", "traces", "--junit", "out/junit.xml")

    assert done.returncode == 4, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()][:3] == ["invalid", "invalid", "reproduced"]
    suite = ET.parse(tmp_path / "out" / "junit.xml").getroot().find("testsuite")
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == ("3", "2", "0")
    document = json.loads(reenact("replay", "traces", "--json").stdout)
    assert [one["verdict"] for one in document["traces"]] == ["invalid", "invalid", "reproduced"]
    assert document["verdict"] == "invalid"


def test_several_at_once_are_told_in_their_order(reenact, trace):
    for name in ("after", "zero"):
        shutil.copytree(trace, trace.with_name(f"{name}.reenact"))
    done = reenact("replay", "traces", "--workers", "3", "--evidence", "proof")
    assert done.returncode == 0, done.stderr
    told = [line.split(":")[0].split() for line in done.stdout.splitlines()[:3]]
    assert told == [["reproduced", f"traces/{name}.reenact"] for name in ("after", "till", "zero")]
    assert reenact("replay", "traces", "--workers", "0").returncode == 2


def test_a_damaged_picture_is_invalid(reenact, trace):
    shot = next(check.screenshot for check in load(trace).checkpoints if check.screenshot)
    path = next((trace / "resources").rglob(shot))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    done = reenact("replay", trace)
    assert done.returncode == 4, done.stdout


def test_another_build_is_caught_and_reported(reenact, recorded, trace):
    till = recorded[1]
    till.restart(price="99.00")
    done = reenact("replay", trace, "--network", "live", "--base-url", till.url)
    till.restart()
    assert done.returncode == 1, done.stderr
    verdict, report = done.stdout.splitlines()
    assert verdict.startswith("changed ")
    assert 'Text "10.00" is now "99.00"' in verdict
    assert "\x1b" not in done.stdout
    assert (trace.parents[1] / report.removeprefix("Report: ")).is_file()


def test_evidence_is_written_once(reenact, trace, tmp_path):
    (tmp_path / "proof").mkdir()
    done = reenact("replay", trace, "--evidence", "proof")
    assert (done.returncode, done.stdout) == (2, "")
    assert "evidence folder exists: proof" in done.stderr


def test_show_writes_one_page(reenact, trace):
    done = reenact("show", trace, "--no-open")
    assert done.returncode == 0, done.stderr
    assert "<html" in Path(done.stdout.strip()).read_text(encoding="utf-8")
    assert reenact("replay", trace, "--evidence", "proof").returncode == 0
    assert reenact("show", "proof", "--no-open").stdout.strip().endswith("report.html")


def test_no_browser(reenact, trace, till, tmp_path):
    for arguments in (["replay", trace], ["record", till.url, "-o", "new", "--headless"]):
        done = reenact(*arguments, REENACT_BROWSER="/nonexistent")
        assert done.returncode == 3
        assert "/nonexistent: there is no such file" in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["traces"]


def test_a_script_that_fails_keeps_the_session(reenact, till, tmp_path):
    (tmp_path / "fail.py").write_text(SCRIPT + "    raise ValueError('on purpose')\n")
    done = reenact("record", till.url, "-o", "fail", "--script", "fail.py", "--headless")
    assert done.returncode == 3
    assert "fail.py, line 6: ValueError: on purpose" in done.stderr
    assert done.stdout.startswith("Saved fail.reenact: ")
    assert load(tmp_path / "fail.reenact").steps


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_saves_the_session(till, tmp_path, number):
    (tmp_path / "wait.py").write_text(
        SCRIPT + "    print('now', flush=True)\n    page.wait_for_timeout(60000)\n"
    )
    process = _start(tmp_path, "record", till.url, "-o", "cut", "--script", "wait.py", "--headless")
    assert process.stdout.readline() == "now\n"
    out, err = _interrupt(process, number)
    assert process.returncode == 130, err
    assert out.startswith("Saved cut.reenact: ")
    assert err.splitlines()[-1] == "reenact: interrupted"
    assert "Traceback" not in err
    assert load(tmp_path / "cut.reenact").steps
    assert not (tmp_path / "cut.reenact.journal").exists()


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs xvfb-run")
def test_ctrl_c_ends_the_session_of_a_person(till, tmp_path):
    process = _start(tmp_path, "record", till.url, "-o", "hand", "--no-certify", around=["xvfb-run", "-a"])
    assert process.stderr.readline().startswith(f"Recording {till.url}. Use the browser")
    time.sleep(1)
    children = subprocess.run(
        ["pgrep", "-P", str(process.pid), "-f", "reenact"], capture_output=True, text=True, check=False
    )
    for child in children.stdout.split():
        os.kill(int(child), signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert out.startswith("Saved hand.reenact: "), err
    assert load(tmp_path / "hand.reenact").status == "complete"


def _start(folder, *arguments, around=()):
    return subprocess.Popen(
        [*around, sys.executable, "-m", "reenact", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _interrupt(process, number):
    time.sleep(0.5)
    try:
        # As a terminal does: the whole group, Playwright's driver as well.
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        return process.communicate(timeout=60)
    finally:
        process.kill()
