"""`python -m tests.fidelity [NAME...]`: the table of what replays to the pixel. Exit code 1 below 100 %."""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import traceback
from pathlib import Path

from tests.applications import Application, get, miniwob, names
from tests.applications.stranger import stranger
from tests.fidelity.measure import Measurement, measure

_ADDRESSES = ("http://", "https://")
_NAMES = (
    "applications, miniwob_TASK, or addresses, which a stranger uses at random; all applications by default"
)

HEAD = (
    f"{'application':28} {'identical':>11} {'recorded':>9} {'replay':>8} {'faster':>7}"
    f" {'trace/min':>10} {'log/s':>8}"
)


def _row(measurement: Measurement) -> str:
    return (
        f"{measurement.application.name:28}"
        f" {f'{measurement.identical}/{measurement.total}':>11}"
        f" {measurement.trace.seconds:7.1f} s"
        f" {measurement.replay_seconds:6.1f} s"
        f" {measurement.speed_up:6.1f}x"
        f" {measurement.trace_bytes_per_minute / 1e6:7.2f} MB"
        f" {measurement.log_bytes_per_second:6.0f} B"
    )


def _figures(measurement: Measurement) -> dict[str, object]:
    return {
        "application": measurement.application.name,
        "identical": measurement.identical,
        "checkpoints": measurement.total,
        "replays": len(measurement.replays),
        "recorded_seconds": round(measurement.trace.seconds, 3),
        "replay_seconds": round(measurement.replay_seconds, 3),
        "trace_bytes_per_minute": round(measurement.trace_bytes_per_minute),
        "log_bytes_per_second": round(measurement.log_bytes_per_second),
        "unpictured": measurement.unpictured,
        "complaints": measurement.complaints(),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fidelity", description=__doc__)
    parser.add_argument("names", nargs="*", help=_NAMES)
    parser.add_argument("--miniwob", type=int, default=0, metavar="N", help="also N tasks, spread over all")
    parser.add_argument("--seed", type=int, default=1, help="of the stranger")
    parser.add_argument("--actions", type=int, default=15, help="of the stranger")
    parser.add_argument("--replays", type=int, default=3)
    parser.add_argument("--pace", type=float, default=1.0, help="stretches the person's pauses")
    parser.add_argument("--headed", action="store_true", help="record in a window")
    parser.add_argument("--browser", choices=("chromium", "firefox"), default="chromium")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the traces here")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    options = parser.parse_args()
    known = {*names(), *(f"miniwob_{task}" for task in miniwob.tasks())} if options.names else set()
    for name in options.names:
        if name not in known and not name.startswith(_ADDRESSES):
            parser.error(f"no such application: {name}; there are {', '.join(names())}, miniwob_TASK")
    return options


def _application(name: str, options: argparse.Namespace) -> Application:
    if not name.startswith(_ADDRESSES):
        return get(name)
    known_as = re.sub(r"\W+", "_", name.partition("://")[2]).strip("_")
    return stranger(name, f"{known_as}_{options.seed}", seed=options.seed, actions=options.actions)


def main() -> int:
    """Print the table; 0 when everything was identical in every replay."""
    options = _options()
    chosen = list(options.names or names())
    if options.miniwob:
        tasks = miniwob.tasks()
        count = min(options.miniwob, len(tasks))
        chosen += [f"miniwob_{tasks[index * len(tasks) // count]}" for index in range(count)]
    figures, imperfect = [], 0
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="reenact-fidelity-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for name in chosen:
            try:
                measurement = measure(
                    _application(name, options),
                    folder,
                    replays=options.replays,
                    pace=options.pace,
                    headless=not options.headed,
                    browser=options.browser,
                )
            except Exception:
                imperfect += 1
                print(f"{name:28}      FAILED")
                traceback.print_exc(limit=-3)
                continue
            figures.append(_figures(measurement))
            print(_row(measurement), flush=True)
            for line in measurement.complaints()[:8]:
                print(f"    {line}")
            for line in measurement.unpictured:
                print(f"    no checkpoint: {line}")
            imperfect += not measurement.is_perfect
    identical = sum(int(str(figure["identical"])) for figure in figures)
    total = sum(int(str(figure["checkpoints"])) for figure in figures)
    print(f"{identical} of {total} checkpoints identical, {imperfect} of {len(chosen)} sessions not perfect")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")
    return 1 if imperfect else 0


if __name__ == "__main__":
    sys.exit(main())
