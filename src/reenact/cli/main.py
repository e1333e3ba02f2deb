"""The command ``reenact``: its group, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from reenact.cli.interrupt import safe_interrupts
from reenact.cli.lazy import LazyGroup
from reenact.cli.text import plain
from reenact.config import __version__
from reenact.errors import EXIT_COULD_NOT_RUN, EXIT_INTERRUPTED, EXIT_USAGE, EXIT_VERIFIED, ReenactError

DEBUG = "REENACT_DEBUG"
"""Environment variable: set to 1 to see tracebacks."""

_COMMANDS = {
    "record": ("reenact.cli.record:record", "Record a session in a browser, and certify it."),
    "replay": ("reenact.cli.replay:replay", "Replay traces headless and compare them to the pixel."),
    "certify": ("reenact.cli.certify:certify", "Replay a trace several times against its own archive."),
    "show": ("reenact.cli.show:show", "Look at a trace or at evidence, in the browser."),
    "doctor": ("reenact.cli.doctor:doctor", "Look at browsers, fonts and environment, and say what to do."),
    "demo": ("reenact.cli.demo:demo", "The whole story, on the bundled application."),
}


@click.group(
    cls=LazyGroup,
    commands_by_name=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Exit codes: 0 verified, 1 differs, 2 usage, 3 could not run, 4 trace or evidence invalid, "
        "5 nothing selected, 130 interrupted."
    ),
)
@click.version_option(__version__, prog_name="reenact")
def cli() -> None:
    """Record, replay and verify browser sessions, to the pixel."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit. Bad input ends in one line on stderr, never in a traceback."""
    sys.exit(run_command(arguments))


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        with safe_interrupts():
            code = cli.main(
                args=None if arguments is None else list(arguments),
                prog_name="reenact",
                standalone_mode=False,
            )
            sys.stdout.flush()
            return code if isinstance(code, int) else EXIT_VERIFIED
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return EXIT_USAGE
    except click.ClickException as error:
        return _complain(_usage(error), EXIT_USAGE)
    except (KeyboardInterrupt, click.Abort):
        return _complain("interrupted", EXIT_INTERRUPTED)
    except ReenactError as error:
        _trace(error)
        return _complain(str(error), error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has left, as `head` does; Python's own flush at exit must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_COULD_NOT_RUN
    except OSError as error:
        _trace(error)
        named = f": {error.filename}" if error.filename else ""
        return _complain(f"{error.strerror or error}{named}", EXIT_COULD_NOT_RUN)
    except Exception as error:
        _trace(error)
        return _complain(
            f"a defect in reenact, or a case it does not know: {type(error).__name__}: {error}. "
            f"{DEBUG}=1 shows where",
            EXIT_COULD_NOT_RUN,
        )


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    asked = f". See `{context.command_path} --help`" if context is not None else ""
    return f"{error.format_message().rstrip('.')}{asked}"


def _complain(text: str, code: int) -> int:
    click.echo(f"reenact: {plain(text)}", err=True)
    return code


def _trace(error: Exception) -> None:
    if os.environ.get(DEBUG, "") not in ("", "0"):
        raise error
