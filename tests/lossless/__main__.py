"""`python -m tests.lossless`: 10,000 events into pages that leave at once, 200 kills. Exit code 1 when one is lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.lossless.events import compare
from tests.lossless.kills import kill


def main() -> int:
    """Print what was heard and what was recorded, and each kill that lost something."""
    parser = argparse.ArgumentParser(prog="python -m tests.lossless", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(prefix="reenact-lossless-") as folder:
        if options.events:
            with sync_playwright() as playwright:
                found = compare(
                    playwright, Path(folder) / "events.reenact", events=options.events, seed=options.seed
                )
            failed = not found.is_in_order
            print(
                f"{len(found.heard):,} events heard by {found.documents:,} documents, {len(found.recorded):,} recorded:"
                f" {sum(found.lost.values())} lost, {sum(found.too_many.values())} too many,"
                f" {found.unseen_windows} windows declared as unseen, "
                + (found.first_difference() if failed else "order kept")
            )
        done = [kill(Path(folder), seed=options.seed + n) for n in range(options.kills)]
        for problem in [each.problem for each in done if each.problem]:
            failed = True
            print(f"kill: {problem}")
        if done:
            print(
                f"{len(done)} kills: {sum(each.acknowledged for each in done):,} steps acknowledged, "
                f"{sum(each.recovered for each in done):,} recovered, "
                f"{sum(each.problem is not None for each in done)} with a loss"
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
