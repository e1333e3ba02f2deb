"""Samples by row and variant, and the table that compares their medians."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

Samples = dict[str, dict[str, list[float]]]


class Table:
    """Rows of measured things, one column for each variant; the first variant is what the others are compared to."""

    def __init__(self, title: str, variants: Sequence[str], *, unit: str = "ms") -> None:
        self.title = title
        self.variants = list(variants)
        self.unit = unit
        self.samples: Samples = {}

    def add(self, row: str, variant: str, value: float) -> None:
        """One more sample."""
        self.samples.setdefault(row, {}).setdefault(variant, []).append(value)

    def median(self, row: str, variant: str) -> float:
        """The middle of the samples; not a number where there is none."""
        values = self.samples.get(row, {}).get(variant)
        return median(values) if values else float("nan")

    def ratio(self, row: str, variant: str) -> float:
        """A variant's median over that of the first variant."""
        return self.median(row, variant) / (self.median(row, self.variants[0]) or float("nan"))

    def print(self) -> None:
        """Medians, and how many times the first variant; in brackets the least and the most."""
        cells = [[self.title, *self.variants]]
        for row, of in self.samples.items():
            line = [row]
            for number, variant in enumerate(self.variants):
                values = of.get(variant)
                if not values:
                    line.append("-")
                    continue
                text = f"{median(values):.1f} ({min(values):.1f}-{max(values):.1f})"
                line.append(text if number == 0 else f"{text} x{self.ratio(row, variant):.2f}")
            cells.append(line)
        widths = [max(len(line[at]) for line in cells) for at in range(len(cells[0]))]
        print(f"\n{self.unit}, median (least-most), x = times {self.variants[0]}")
        for line in cells:
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())

    def figures(self) -> dict[str, object]:
        """For `--json`."""
        return {"unit": self.unit, "variants": self.variants, "samples": self.samples}


def rounds(count: int, variants: Sequence[str], measure: Callable[[str], None]) -> None:
    """Let the variants take turns, in an order that changes each round. Ctrl-C ends it early, with what there is."""
    try:
        for number in range(count):
            for at in range(len(variants)):
                variant = variants[(at + number) % len(variants)]
                print(f"round {number + 1} of {count}: {variant}", file=sys.stderr)
                measure(variant)
    except KeyboardInterrupt:
        print("ended early", file=sys.stderr)


def options(description: str | None, *, default_rounds: int) -> argparse.ArgumentParser:
    """What every measurement is told on the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rounds", type=int, default=default_rounds)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all samples here too")
    return parser


def write(path: Path | None, tables: dict[str, Table], **more: object) -> None:
    """Write what was measured, if it was asked for."""
    if path is not None:
        figures = {name: table.figures() for name, table in tables.items()} | more
        path.write_text(json.dumps(figures, indent=1) + "\n")
