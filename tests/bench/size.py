"""The sizes: the script that runs in every page, and a recorded session for each minute.

Without TRACE it records the bundled back office first, which takes as long as its story.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.applications import get
from tests.bench.recorder_page import rrweb
from tests.fidelity.measure import measure

import reenact
from reenact.browser.script import bundle

ROOT = Path(__file__).parents[2]


def minified(script: str) -> str | None:
    """The script as a minifier leaves it, for comparison; None without one."""
    tool = shutil.which("esbuild", path=str(ROOT / "recorder_js/node_modules/.bin"))
    if tool is None:
        return None
    done = subprocess.run([tool, "--minify"], input=script, capture_output=True, text=True, check=True)
    return done.stdout


def script_sizes() -> dict[str, tuple[int, int]]:
    """Bytes and gzipped bytes, by name."""
    scripts = {
        "the script": bundle(),
        "the script, minified": minified(bundle()),
        "rrweb's recorder, minified": rrweb(),
    }
    return {
        name: (len(text.encode()), len(gzip.compress(text.encode(), 9)))
        for name, text in scripts.items()
        if text
    }


def trace_sizes(path: Path) -> Counter[str]:
    """Bytes on disk by what they are."""
    trace = json.loads((path / "trace.json").read_text())
    network = json.loads((path / "network.json").read_text())
    kinds: dict[str, str] = {}

    def bodies(exchange: dict[str, Any]) -> None:
        for side in ("request", "response"):
            sha = (exchange.get(side) or {}).get("body")
            if sha:
                kinds.setdefault(sha, "bodies")

    for exchange in network["exchanges"]:
        bodies(exchange)
    for checkpoint in trace["checkpoints"]:
        for field, kind in (("screenshot", "screenshots"), ("aria", "accessibility")):
            if checkpoint.get(field):
                kinds[checkpoint[field]] = kind
    sizes: Counter[str] = Counter()
    for file in path.rglob("*"):
        if file.is_file():
            sizes[kinds.get(file.name, file.name if file.suffix == ".json" else "other resources")] += (
                file.stat().st_size
            )
    return sizes


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trace", nargs="?", type=Path, metavar="TRACE")
    parser.add_argument("--json", type=Path, metavar="FILE")
    chosen = parser.parse_args()
    scripts = script_sizes()
    print(f"{'':28}{'KiB':>9}{'gzip KiB':>10}")
    for name, (raw, packed) in scripts.items():
        print(f"{name:28}{raw / 1024:9.1f}{packed / 1024:10.1f}")
    with tempfile.TemporaryDirectory(prefix="reenact-bench-") as folder:
        path = chosen.trace
        if path is None:
            path = measure(get("backoffice"), Path(folder), replays=1).trace.path
        trace = reenact.load(path)
        sizes = trace_sizes(path)
    seconds = trace.seconds
    inputs = sum(act.type == "input" for act in trace.acts)
    print(
        f"\n{trace.name}: {seconds:.0f} s, {len(trace.steps)} steps, {inputs} inputs, {len(trace.checkpoints)} checkpoints"
    )
    print(f"{'':28}{'KiB':>9}{'KiB/minute':>12}")
    for kind, count in sizes.most_common():
        print(f"{kind:28}{count / 1024:9.1f}{count / 1024 / seconds * 60:12.1f}")
    total = sum(sizes.values())
    print(f"{'all':28}{total / 1024:9.1f}{total / 1024 / seconds * 60:12.1f}")
    print(f"timeline: {sizes['timeline.json'] / seconds:.0f} bytes each second")
    if chosen.json:
        figures = {"scripts": scripts, "trace": sizes, "seconds": seconds}
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
