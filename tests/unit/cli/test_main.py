from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from reenact.cli import main as package
from reenact.cli.lazy import LazyGroup
from reenact.cli.main import _COMMANDS, cli

assert package  # the name of the entry point


def one_line(text: str) -> str:
    lines = text.splitlines()
    assert len(lines) == 1, text
    assert lines[0].startswith("reenact: ")
    return lines[0]


def test_help_is_immediate_and_imports_nothing_heavy():
    code = (
        "import sys; from reenact.cli.main import run_command; run_command(['--help']);"
        "heavy = {'playwright', 'numpy', 'PIL', 'rich', 'jinja2', 'jsonschema'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    best = 9.0
    for _ in range(5):
        begin = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        best = min(best, time.perf_counter() - begin)
        assert done.returncode == 0, done.stderr
        assert "record" in done.stdout
    assert best < 0.8  # 0.1 s on an idle machine; the promise is 0.2, and a busy one must not fail it


def test_every_command_exists_and_begins_its_help_as_its_line():
    assert isinstance(cli, LazyGroup)
    for name, (_, line) in _COMMANDS.items():
        command = cli.get_command(None, name)
        assert command.get_short_help_str(200).split()[0] == line.split()[0]


@pytest.mark.parametrize("command", list(_COMMANDS))
def test_help_of_every_command(reenact, command):
    done = reenact(command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: reenact {command}")
    examples = done.stdout.partition("Example")[2]
    assert f" reenact {command} " in examples


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["replay", "nowhere.reenact"], 2, "No such trace: nowhere.reenact"),
        (["replay", "."], 5, "No trace found"),
        (["replay", "x", "--base-url", "http://x"], 2, "--network live"),
        (["replay"], 2, "TRACE..."),
        (["replay", "--bogus", "x"], 2, "--bogus"),
        (["frobnicate"], 2, "frobnicate"),
        (["show", "nowhere"], 2, "No such trace: nowhere"),
        (["record", "http://localhost:9/"], 2, "--output"),
        (
            ["record", "http://127.0.0.1:9/", "-o", "t", "--headless"],
            3,
            "Nothing answers at http://127.0.0.1:9/",
        ),
        (["record", "http://no-such-host.invalid/", "-o", "t", "--headless"], 3, "no-such-host.invalid"),
        (["record", "http://127.0.0.1:99999/", "-o", "t", "--headless"], 2, "port"),
        (["record", "gopher://x/", "-o", "t"], 2, "gopher://x/"),
        (["record", "http://127.0.0.1:9/", "-o", "t", "--viewport", "big"], 2, "1280x720"),
        (["record", "http://127.0.0.1:9/", "-o", "t", "--script", "no.py"], 2, "no such file: no.py"),
        (["record", "http://127.0.0.1:9/", "-o", "t", "--storage-state", "no.json"], 2, "no.json"),
    ],
)
def test_bad_input_is_one_line_and_a_code(reenact, arguments, code, words):
    done = reenact(*arguments)
    assert words in one_line(done.stderr)
    assert (done.returncode, done.stdout) == (code, "")


def test_no_arguments_show_the_help(reenact):
    done = reenact()
    assert done.returncode == 2
    assert "Usage: reenact" in done.stderr


def test_the_version(reenact):
    from reenact.config import __version__

    assert reenact("--version").stdout == f"reenact, version {__version__}\n"


def test_a_reader_that_leaves_is_no_error(tmp_path):
    done = subprocess.run(
        f"{sys.executable} -m reenact --help | true", shell=True, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


@pytest.mark.browser
def test_doctor_on_this_machine(reenact):
    done = reenact("doctor", "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert document["ok"] is True
    status = {check["name"]: check["status"] for check in document["checks"]}
    assert status["start"] == "ok"
    assert {"versions", "browser", "display", "fonts", "disk"} <= set(status)


def test_doctor_without_a_browser(reenact):
    done = reenact("doctor", REENACT_BROWSER="/nonexistent")
    assert done.returncode == 3
    assert "fail  browser   /nonexistent: there is no such file" in done.stdout
    assert "unset it" in done.stdout


def test_a_defect_of_ours_is_one_line_unless_debugging(monkeypatch, capsys):
    from reenact.cli import main as module

    main = sys.modules["reenact.cli.main"]
    assert module

    def broken(**_):
        raise RuntimeError("two\nlines \x1b[31m")

    monkeypatch.setattr(main.cli, "main", broken)
    assert main.run_command([]) == 3
    assert "RuntimeError: two lines \\x1b[31m" in one_line(capsys.readouterr().err)
    monkeypatch.setenv("REENACT_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main.run_command([])
