from __future__ import annotations

import socket
from pathlib import Path

import pytest

from reenact.cli.session import address, load_script, named, require_reachable
from reenact.errors import CouldNotRun, UnreachableUrl, UsageError


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("example.com", "https://example.com"),
        ("localhost:8000/x", "http://localhost:8000/x"),
        ("127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("[::1]:80/", "http://[::1]:80/"),
        ("file:///tmp/page.html", "file:///tmp/page.html"),
    ],
)
def test_addresses_get_a_scheme(given, opened):
    assert address(given) == opened


@pytest.mark.parametrize("given", ["", "  ", "ftp://example.com", "chrome://version"])
def test_addresses_that_cannot_be_recorded(given):
    with pytest.raises(UsageError):
        address(given)


@pytest.mark.parametrize(
    ("given", "path"),
    [("a", "a.reenact"), ("x/a.zip", "x/a.reenact"), ("a.reenact", "a.reenact"), ("a.reenact.zip",) * 2],
)
def test_traces_have_their_ending(given, path):
    assert named(Path(given)) == Path(path)


def test_a_listening_port_is_reachable_and_gets_no_request():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        require_reachable(f"http://127.0.0.1:{port}/once?token=1")
        connection, _ = server.accept()
        with connection:
            connection.settimeout(5)
            assert connection.recv(10) == b""
    with pytest.raises(
        UnreachableUrl, match=rf"Nothing answers at http://127.0.0.1:{port}/: Connection refused"
    ):
        require_reachable(f"http://127.0.0.1:{port}/")


def test_behind_a_proxy_nothing_is_said_beforehand(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    require_reachable("http://no-such-host.invalid/")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def run(page:\n", "line 1"),
        ("x = 1\n", "no function run"),
        ("import no_such_module_here\n", "no_such_module_here"),
        ("\n\nraise SystemError('early')\n", "line 3: SystemError: early"),
    ],
)
def test_scripts_that_cannot_be_used(tmp_path, text, words):
    path = tmp_path / "script.py"
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        load_script(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_script_that_fails_names_its_line(tmp_path):
    path = tmp_path / "script.py"
    path.write_text("def run(page):\n    helper(page)\n\n\ndef helper(page):\n    page['x']\n")
    with pytest.raises(CouldNotRun, match=r"script\.py, line 6: KeyError: 'x'.*is saved"):
        load_script(path)({})
