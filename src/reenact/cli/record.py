"""``reenact record``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

_SCHEMES = ["light", "dark", "no-preference"]


@click.command(
    epilog="\b\nExamples:\n"
    "  reenact record https://app.example -o traces/checkout\n"
    "  reenact record localhost:8000 -o traces/pay --script pay.py --headless"
)
@click.argument("url")
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="TRACE",
    type=click.Path(path_type=Path),
    help="Where the trace goes: NAME.reenact, or NAME.reenact.zip for one file.",
)
@click.option("--name", help="What the session is called. [default: the name of the trace]")
@click.option("--actor", help="Who is recorded, as the trace will say it.")
@click.option("--headless", is_flag=True, help="No window: for --script, or to record the page as it loads.")
@click.option(
    "--script",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Python file with `def run(page)` that uses the page instead of a person.",
)
@click.option("--viewport", metavar="WxH", help="Size of the page. [default: 1280x720, or the device's]")
@click.option("--device", metavar="NAME", help="A phone or tablet by Playwright's name, such as 'iPhone 15'.")
@click.option("--locale", help="Language of the browser, such as de-DE.")
@click.option("--timezone", help="Time zone of the browser, such as Europe/Berlin.")
@click.option("--color-scheme", type=click.Choice(_SCHEMES), help="Colours the page is asked for.")
@click.option(
    "--storage-state",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Playwright storage state to start with, such as a signed-in session.",
)
@click.option("--overwrite", is_flag=True, help="Replace a trace that is there already.")
@click.option("--no-certify", is_flag=True, help="Do not replay the recording when it is done.")
def record(
    *,
    url: str,
    target: Path,
    name: str | None,
    actor: str | None,
    headless: bool,
    script: Path | None,
    viewport: str | None,
    device: str | None,
    locale: str | None,
    timezone: str | None,
    color_scheme: str | None,
    storage_state: Path | None,
    overwrite: bool,
    no_certify: bool,
) -> int:
    """Record a session in a browser, and certify it.

    A browser opens at URL. Use it; close its window when you are done, or press Ctrl-C here. The recording is
    then replayed headless three times against its own archive: when every picture is the same every time, the
    trace is certified.
    """
    from reenact.cli.certify import certify_and_tell
    from reenact.cli.session import Session, named, record_session

    options: dict[str, Any] = {}
    if viewport is not None or device is None:
        options["viewport"] = _size(viewport or "1280x720")
    options |= {"locale": locale, "timezone_id": timezone, "color_scheme": color_scheme}
    if storage_state is not None:
        options["storage_state"] = str(_existing(storage_state, "--storage-state"))
    session = Session(
        url=url,
        target=named(target),
        name=name,
        actor=actor or os.environ.get("REENACT_ACTOR"),
        headless=headless,
        device=device,
        script=_existing(script, "--script") if script is not None else None,
        context={key: value for key, value in options.items() if value is not None},
        overwrite=overwrite,
    )
    record_session(session)
    if no_certify:
        return 0
    return certify_and_tell(session.target, times=3)


def _size(text: str) -> dict[str, int]:
    width, _, height = text.lower().replace("×", "x").partition("x")
    if width.isdecimal() and height.isdecimal() and 0 < int(width) <= 10000 and 0 < int(height) <= 10000:
        return {"width": int(width), "height": int(height)}
    raise click.BadParameter("use width x height in pixels, such as 1280x720", param_hint="--viewport")


def _existing(path: Path, option: str) -> Path:
    if not path.is_file():
        raise click.BadParameter(f"no such file: {path}", param_hint=option)
    return path
