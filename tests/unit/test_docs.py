"""What the documents tell a reader to type exists: commands, options, names, files."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import click
import pytest

import reenact
from reenact import errors
from reenact.cli.main import cli

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`((?:REENACT_\w+=\S+ )?(?:reenact|pytest) [^`]+)`")


def command_lines():
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        lines = [line for kind, block in _BLOCK.findall(text) if kind == "sh" for line in block.splitlines()]
        spans = _SPAN.findall(_BLOCK.sub("", text))
        for line in (*lines, *spans):
            words = shlex.split(line.split(">")[0], comments=True)
            while words and "=" in words[0]:
                words.pop(0)
            if words and "..." not in words:
                yield pytest.param(words, id=f"{path.name}: {shlex.join(words)}")


def python_examples():
    for path in DOCUMENTS:
        for number, (kind, block) in enumerate(_BLOCK.findall(path.read_text(encoding="utf-8"))):
            if kind == "python":
                yield pytest.param(block, id=f"{path.name}-{number}")


COMMANDS = list(command_lines())


def test_there_are_examples():
    assert len([param for param in COMMANDS if param.values[0][0] == "reenact"]) >= 10
    assert list(python_examples())


@pytest.mark.parametrize("words", COMMANDS)
def test_command_exists_with_its_options(words, pytestconfig):
    program, *rest = words
    if program.startswith("./"):
        assert (ROOT / program).is_file()
    elif program == "pytest":
        pytestconfig._parser.parse_known_args(rest)
        known = {
            name for group in _groups(pytestconfig) for option in group.options for name in option.names()
        }
        assert {word.split("=")[0] for word in rest if word.startswith("--")} <= known
    else:
        assert program == "reenact", f"which program is this? {words}"
        _parse(rest)


def _groups(config):
    return (*config._parser._groups, config._parser._anonymous)


def _parse(words):
    """Parse as click would, without running anything; click raises for what it does not know."""
    if words[0].startswith("-"):
        assert words[0] in {name for param in cli.params for name in param.opts} | {"--help"}
        return
    command = cli.get_command(click.Context(cli), words[0])
    assert command is not None, f"no such command: {words[0]}"
    if "--help" not in words:
        command.make_context(words[0], words[1:])


@pytest.mark.parametrize("code", list(python_examples()))
def test_python_example_names_what_exists(code):
    tree = ast.parse(code)
    compile(tree, "example", "exec")
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
            continue
        owner = {
            "reenact": reenact,
            "result": "TraceResult",
            "step": "StepResult",
            "trace": "Trace",
            "difference": "Comparison",
        }.get(node.value.id)
        if isinstance(owner, str):
            owner = _type(owner)
        if owner is not None:
            assert node.attr in _names(owner), f"{node.value.id}.{node.attr}"


def _type(name):
    from reenact.compare import Comparison
    from reenact.replay.result import StepResult, TraceResult
    from reenact.trace import Trace

    return {kind.__name__: kind for kind in (Comparison, StepResult, TraceResult, Trace)}[name]


def _names(owner):
    return {*dir(owner), *getattr(owner, "__dataclass_fields__", ())}


def test_exit_codes_are_those_of_the_package():
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert told == {value for name, value in vars(errors).items() if name.startswith("EXIT_")}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_picture_of_the_report_is_small():
    assert (ROOT / "docs" / "report.png").stat().st_size < 300 * 1024
