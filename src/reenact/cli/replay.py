"""``reenact replay``."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

import click


@click.command(
    epilog="\b\nExamples:\n"
    "  reenact replay traces/checkout.reenact\n"
    "  reenact replay traces/ --evidence evidence --junit junit.xml --json"
)
@click.argument("traces", metavar="TRACE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--evidence",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write report and pictures here. Without it they are written only when something differs, to a "
    "new folder in reenact-evidence.",
)
@click.option(
    "--network",
    type=click.Choice(["recorded", "live"]),
    default="recorded",
    show_default=True,
    help="Where answers come from: the trace's archive, or a running server.",
)
@click.option("--base-url", metavar="URL", help="With --network live: the server to replay against.")
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, 64),
    help="How many traces to replay at once: by default as many as there are processors, and no more than "
    "four. One against a running server, and with --headed.",
)
@click.option("--junit", metavar="FILE", type=click.Path(path_type=Path), help="Write JUnit XML here.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, and nothing else.")
@click.option("--headed", is_flag=True, help="Show the browser while it replays.")
@click.option("--until", metavar="STEP", help="Stop after this step (its id, or its number).")
def replay(
    *,
    traces: tuple[Path, ...],
    evidence: Path | None,
    network: Literal["recorded", "live"],
    base_url: str | None,
    workers: int | None,
    junit: Path | None,
    as_json: bool,
    headed: bool,
    until: str | None,
) -> int:
    """Replay traces headless and compare them to the pixel.

    TRACE is a trace, or a folder: then every *.reenact and *.reenact.zip in it is replayed. A trace that
    cannot be read does not stop the others.

    Exit codes, the worst of all traces: 0 reproduced, 1 something differs, 3 could not run or could not tell,
    4 a trace is invalid, 5 no trace found.
    """
    from reenact.cli.files import require_new_folder, require_writable
    from reenact.cli.terminal import notes, outcome_line, output, progress
    from reenact.errors import UsageError
    from reenact.replay.player import AT_ONCE, Player
    from reenact.run import Outcome, discover, run

    if base_url is not None and network != "live":
        raise UsageError(f"--base-url goes with a running server: {base_url}", hint="Add --network live")
    plan = discover(traces)
    if evidence is not None:
        require_new_folder(evidence)
    if junit is not None:
        require_writable(junit)

    console = output()

    def tell(outcome: Outcome) -> None:
        if not as_json:
            console.print(outcome_line(outcome))

    started = datetime.now().astimezone()
    with progress("", quiet=as_json) as on_event, Player(headed=headed) as player:
        begin = partial(player.begin, network=network, base_url=base_url, until=until)
        # Sessions share what a server keeps, and of several windows only one is in front.
        default = 1 if network == "live" or headed else AT_ONCE
        done = run(plan, begin, workers=workers or default, on_event=on_event, on_outcome=tell)

    from reenact.cli.reports import write_reports

    written = write_reports(done, started=started, evidence=evidence, junit=junit)
    if as_json:
        click.echo(written.json, nl=False)
    else:
        if len(plan.traces) > 1:
            console.print(written.totals)
        if written.report is not None:
            console.print(f"Report: {written.report}")
    if done.interrupted:
        notes().print(f"reenact: interrupted after {len(done.outcomes)} of {len(plan.traces)} traces")
    return done.exit_code
