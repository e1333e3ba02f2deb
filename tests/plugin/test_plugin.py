from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import reenact
from reenact.browser.find import playwright_executable
from reenact.trace import pack

pytest_plugins = "pytester"

INSTALLED = any(point.value == "reenact.pytest_plugin" for point in entry_points(group="pytest11"))


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest in a process of its own, with the plugin, as a user would."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    own = playwright_executable()
    if own is not None:  # pytester moves the home folder, where Playwright would look for its browsers
        monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(own.parents[2]))
    monkeypatch.setenv("PYTHONPATH", str(Path(reenact.__file__).parents[1]), prepend=os.pathsep)

    def run(*arguments):
        given = () if INSTALLED else ("-p", "reenact.pytest_plugin")
        result = pytester.runpytest_subprocess(*given, *map(str, arguments), timeout=180)
        assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()
        return result

    return run


@pytest.fixture
def traces(pytester, recorded):
    folder = pytester.path / "traces"
    folder.mkdir()
    shutil.copytree(recorded[0], folder / "till.reenact")
    return folder


def test_folders_files_and_nothing_inside_them_are_collected(run, pytester):
    inner = pytester.path / "traces" / "a.reenact" / "resources" / "test_not_me.py"
    inner.parent.mkdir(parents=True)
    inner.write_text("def test_no(): assert False")
    (pytester.path / "traces" / "b.reenact.zip").write_bytes(b"")
    (pytester.path / "traces" / "c.reenact.journal").mkdir()
    (pytester.path / "traces" / "c.reenact.journal" / "test_nor_me.py").write_text(
        "def test_no(): assert False"
    )

    result = run("traces", "--collect-only", "-q")

    assert result.outlines[:2] == ["traces/a.reenact::replay", "traces/b.reenact.zip::replay"]
    result.stdout.fnmatch_lines(["*2 tests collected*"])
    assert run("traces/a.reenact", "--collect-only", "-q").outlines[0] == "traces/a.reenact::replay"


def test_runs_without_traces_import_nothing_of_it(pytester, run):
    pytester.makepyfile(
        """
        import sys

        def test_one():
            light = {"api", "config", "errors", "pytest_plugin", "record", "replay"}
            ours = {name.removeprefix("reenact.") for name in sys.modules if name.startswith("reenact.")}
            assert ours <= light
            assert "playwright" not in sys.modules
        """
    )
    run("-p", "no:playwright", "-p", "no:base_url").assert_outcomes(passed=1)


def test_what_is_no_trace_fails_in_one_line(pytester, run):
    folder = pytester.path / "foreign.reenact"
    folder.mkdir()
    (folder / "trace.json").write_text('{"hello": "world"}')
    result = run(folder)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*replay of foreign.reenact*", "could not tell: *foreign.reenact*"])
    assert "Traceback" not in result.stdout.str()


@pytest.mark.browser
def test_a_trace_passes_as_folder_and_as_file(run, traces):
    pack(traces / "till.reenact", traces / "copy.reenact.zip")
    run(traces, "--junit-xml", "out.xml").assert_outcomes(passed=2)
    properties = {
        item.get("name"): item.get("value") for item in ET.parse(traces.parent / "out.xml").iter("property")
    }
    assert properties["reenact_verdict"] == "reproduced"
    assert not (traces.parent / "reenact-evidence").exists()


@pytest.mark.browser
def test_evidence_of_a_pass_when_asked_for(run, traces):
    for number in ("", "-2"):
        run(traces, "--reenact-evidence", "proof").assert_outcomes(passed=1)
        assert (traces.parent / "proof" / f"traces-till.reenact{number}" / "report.html").is_file()


@pytest.mark.browser
def test_a_failure_is_readable_and_points_to_the_report(run, traces, recorded):
    till = recorded[1]
    till.restart(price="99.00")
    try:
        result = run(traces, "--reenact-network", "live", "--base-url", till.url, "--junit-xml", "out.xml")
    finally:
        till.restart()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*replay of till.reenact*", "changed: *", "  step *: *pixels changed", "Report: *"]
    )
    text = result.stdout.str()
    assert "Traceback" not in text
    assert "\x1b[31m" not in text.replace("\x1b[31mF", "").replace("\x1b[31m\x1b[1m", "")
    report = next(line.removeprefix("Report: ") for line in result.outlines if line.startswith("Report: "))
    assert Path(report).is_file()
    values = {
        item.get("name"): item.get("value") for item in ET.parse(traces.parent / "out.xml").iter("property")
    }
    assert (values["reenact_verdict"], values["reenact_report"]) == ("changed", report)


@pytest.mark.browser
def test_traces_and_playwright_tests_in_one_run(pytester, run, traces):
    body = (
        "def test_page(page):\n    page.goto('data:text/html,<h1>x')\n    assert page.locator('h1').count()\n"
    )
    (pytester.path / "test_a.py").write_text("import reenact\n" + body)
    (pytester.path / "test_z.py").write_text(body)
    run("test_a.py", traces, "test_z.py").assert_outcomes(passed=3)


@pytest.mark.browser
def test_recording_in_a_test_of_pytest_playwright(pytester, run, recorded):
    pytester.makepyfile(
        f"""
        import reenact
        from reenact.browser.launch import FIDELITY_FLAGS

        def test_record(context, browser_type_launch_args):
            with reenact.record(context, "mine.reenact", name="Mine") as recording:
                page = context.new_page()
                page.goto({recorded[1].url!r})
                page.get_by_role("button", name="Pay").click()
            assert recording.trace.environment["flags"] == sorted(FIDELITY_FLAGS)
            assert reenact.load("mine.reenact").steps
        """
    )
    run("-x").assert_outcomes(passed=1)
    run("mine.reenact").assert_outcomes(passed=1)


@pytest.mark.browser
@pytest.mark.parametrize(("text", "flags"), [("import reenact", True), ("", False)])
def test_only_tests_that_import_reenact_get_its_flags(pytester, run, text, flags):
    pytester.makepyfile(
        f"""
        {text}

        def test_flags(browser_type_launch_args):
            assert ("--font-render-hinting=none" in browser_type_launch_args.get("args", [])) is {flags}
        """
    )
    run("-p", "no:cacheprovider").assert_outcomes(passed=1)
    run("-o", "reenact_flags=off").assert_outcomes(passed=not flags, failed=flags)


@pytest.mark.browser
def test_headed_counts_for_traces(run, traces):
    result = run(traces, "--headed")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["could not tell: *no display*"])


def test_the_channel_counts_for_traces(run, traces):
    result = run(traces, "--browser-channel", "msedge-dev")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["could not tell: *msedge-dev*not installed*"])


def test_other_browsers_do_not_replay_traces(run, traces):
    run(traces, "--browser", "firefox").assert_outcomes(skipped=1)


def test_the_plugin_module_alone_imports_no_browser():
    code = "import sys, reenact.pytest_plugin; assert not {'playwright', 'rich', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
