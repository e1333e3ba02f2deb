"""``reenact show``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="\b\nExamples:\n  reenact show traces/checkout.reenact\n  reenact show evidence/checkout"
)
@click.argument("path", metavar="TRACE|EVIDENCE", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the page of a trace here. [default: a temporary file]",
)
@click.option("--no-open", is_flag=True, help="Print where the page is instead of opening it.")
def show(*, path: Path, output: Path | None, no_open: bool) -> int:
    """Look at a trace or at evidence, in the browser.

    The page of a trace is one file that holds everything it shows. Evidence brings its own report.
    """
    page = _report(path) or _trace_page(path, output)
    if no_open or not _open(page):
        click.echo(str(page))
    return 0


def _report(path: Path) -> Path | None:
    report = path if path.name == "report.html" else path / "report.html"
    return report if report.is_file() else None


def _trace_page(path: Path, output: Path | None) -> Path:
    import tempfile

    from reenact.cli.files import require_writable
    from reenact.evidence import write_trace_view
    from reenact.run import discover
    from reenact.trace import load

    found = discover([path]).traces[0]
    trace = load(found)
    if output is None:
        name = trace.path.name.removesuffix(".zip").removesuffix(".reenact")
        # Not removed at the end: the browser reads it after this command is gone.
        output = Path(tempfile.mkdtemp(prefix="reenact-")) / f"{name}.html"
    require_writable(output)
    write_trace_view(trace, output)
    return output.absolute()


def _open(page: Path) -> bool:
    """Open the page in a browser; False where that is not possible."""
    import webbrowser

    from reenact.browser.launch import has_display

    if not has_display():
        return False
    try:
        return webbrowser.open(page.absolute().as_uri())
    except webbrowser.Error:
        return False
