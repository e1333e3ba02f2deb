"""``reenact doctor``."""

from __future__ import annotations

import click

from reenact.errors import EXIT_COULD_NOT_RUN, EXIT_VERIFIED


@click.command(epilog="Example: reenact doctor --install")
@click.option("--install", is_flag=True, help="Install a browser first when none is found.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def doctor(*, install: bool, as_json: bool) -> int:
    """Look at browsers, fonts and environment, and say what to do about what is missing.

    Exits with 0 when reenact can work here, with 3 when it cannot.
    """
    from reenact.browser.doctor import Check, examine
    from reenact.cli.terminal import notes, output, styled
    from reenact.cli.text import plain

    if install:
        from reenact.browser.install import ensure_browser

        ensure_browser(lambda line: notes().print(plain(line)))
    console = output()
    checks: list[Check] = []
    for check in examine():
        checks.append(check)
        if not as_json:
            line = styled(check.status, width=6)
            line.append(f"{check.name.ljust(9)} {plain(check.detail)}")
            console.print(line)
            if check.hint:
                console.print(f"      {' ' * 9} -> {plain(check.hint)}")
    failed = [check for check in checks if check.status == "fail"]
    if as_json:
        import dataclasses
        import json

        document = {"version": 1, "ok": not failed, "checks": [dataclasses.asdict(check) for check in checks]}
        click.echo(json.dumps(document, indent=1))
    elif failed:
        console.print(f"reenact cannot work here yet: {plain(failed[0].detail)}")
    else:
        console.print("reenact can work here.")
    return EXIT_COULD_NOT_RUN if failed else EXIT_VERIFIED
