"""The layers are as ARCHITECTURE.md says, and each heavy library has one home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]

HOMES = {
    "playwright": (
        "reenact.api",
        "reenact.browser",
        "reenact.record",
        "reenact.replay",
        "reenact.pytest_plugin",
        "reenact.cli",
    ),
    "numpy": ("reenact.compare",),
    "PIL": ("reenact.compare",),
    "click": ("reenact.cli",),
    "rich": ("reenact.cli",),
    "jinja2": ("reenact.evidence",),
    "jsonschema": ("reenact.trace",),
    "pytest": ("reenact.pytest_plugin",),
}


def test_layers():
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("reenact", include_external_packages=True, cache_dir=None)


@pytest.mark.parametrize("library", HOMES)
def test_homes(graph, library):
    if library not in graph.modules:
        return  # nobody imports it
    strangers = {
        module
        for module in graph.find_modules_that_directly_import(library)
        if not any(module == home or module.startswith(home + ".") for home in HOMES[library])
    }
    assert strangers == set()


def test_the_trace_imports_quickly():
    code = "import reenact.trace, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "PIL", "playwright", "jsonschema", "rich", "jinja2", "asyncio"}
    assert heavy.isdisjoint(done.stdout.split())
