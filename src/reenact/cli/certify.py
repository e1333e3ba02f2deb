"""``reenact certify``, and the certification at the end of a recording."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click


@click.command(epilog="Example: reenact certify traces/checkout.reenact --times 10")
@click.argument("trace", type=click.Path(path_type=Path))
@click.option("--times", default=3, show_default=True, type=click.IntRange(1, 100), help="How many replays.")
def certify(*, trace: Path, times: int) -> int:
    """Replay TRACE several times against its own archive, and write into it what came of it.

    Exits with 0 when every checkpoint was identical every time, with 1 when some were not.
    """
    return certify_and_tell(trace, times=times)


def certify_and_tell(path: Path, *, times: int) -> int:
    """Certify a trace with progress, print the verdict, return the exit code."""
    import reenact
    from reenact.cli.terminal import notes, output, progress, styled
    from reenact.errors import EXIT_COULD_NOT_RUN, EXIT_DIFFERS, EXIT_VERIFIED

    if not notes().is_terminal:
        notes().print(f"Certifying: {times} replays, headless, from the trace alone")
    with progress("Certifying ") as on_event:
        reenact.certify(path, times=times, on_event=on_event)
    certification = reenact.load(path).certification
    if certification is None:
        output().print("Not certified: no replay came to a verdict")
        return EXIT_COULD_NOT_RUN
    good = certification.get("verdict") == "certified"
    line = styled("certified" if good else "unstable")
    line.append(f": {certification_sentence(certification)}")
    output().print(line)
    return EXIT_VERIFIED if good else EXIT_DIFFERS


def certification_sentence(certification: Mapping[str, Any]) -> str:
    """The figures of a certification, and what was unstable, in one line."""
    from reenact.cli.text import plain
    from reenact.evidence.words import count

    total = int(certification.get("checkpoints") or 0)
    identical = int(certification.get("identical") or 0)
    times = int(certification.get("times") or 0)
    replays = f"in each of {times} replays" if times > 1 else "in one replay"
    sentence = f"{identical} of {count(total, 'checkpoint')} identical {replays}"
    unstable = certification.get("unstable") or ()
    if unstable:
        sentence += f"; first unstable: {plain(_unstable(unstable[0]))}"
    return sentence


def _unstable(entry: object) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    where = entry.get("title") or entry.get("step") or entry.get("checkpoint") or entry.get("id") or "a step"
    cause = entry.get("cause") or entry.get("reason")
    return f"{where} ({cause})" if cause else str(where)
