from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reenact.compare import compare_images
from reenact.compare.picture import encode
from reenact.replay.result import CheckpointResult, Divergence, Miss, Skip, StepResult, TraceResult
from reenact.trace import Gap


def make_picture(seed: int, changed: bool = False) -> bytes:
    pixels = np.random.default_rng(seed).integers(0, 255, (24, 32, 3), np.uint8)
    if changed:
        pixels[4:9, 6:10] = 255 - pixels[4:9, 6:10]
    return encode(pixels)


def make_step(index: int, *, changed: bool = False, verdict: str | None = None, **fields) -> StepResult:
    recorded, replayed = make_picture(index), make_picture(index, changed)
    found = compare_images(recorded, replayed)
    verdict = verdict or ("changed" if changed else "identical")
    missing = verdict == "missing"
    check = CheckpointResult(
        f"c{index}",
        verdict,
        None if missing else found.exact_pixels,
        None if missing else found.changed_pixels,
        () if missing else found.regions,
        recorded,
        None if missing else replayed,
        f"https://app.example/{index}",
        "Now",
        "Then",
        ('- button "Save"', '+ button "Store"') if changed else (),
    )
    defaults = {
        "id": f"s{index}",
        "index": index,
        "type": "click",
        "title": f'Clicked button "B{index}"',
        "verdict": verdict,
        "changed_pixels": check.changed_pixels,
        "checkpoints": (check,),
        "url": check.url,
        "time_ms": index * 1000.0,
        "seconds": 0.25,
    }
    return StepResult(**{**defaults, **fields})


def make_result(*steps: StepResult, verdict: str = "reproduced", **fields) -> TraceResult:
    defaults = {
        "trace": Path("traces/checkout.reenact"),
        "name": "Checkout",
        "verdict": verdict,
        "mode": "recorded",
        "seconds": 2.5,
        "recorded_seconds": 20.0,
        "steps": steps,
        "environment": {"browser": {"name": "chromium", "version": "156.0", "headless": True}, "os": "Linux"},
        "recorded_environment": {"browser": {"name": "chromium", "version": "156.0", "headless": False}},
        "actor": "qa@example.com",
        "started": "2025-11-20T13:02:11Z",
    }
    return TraceResult(**{**defaults, **fields})


@pytest.fixture
def good() -> TraceResult:
    return make_result(make_step(1), make_step(2), make_step(3))


@pytest.fixture
def changed() -> TraceResult:
    return make_result(
        make_step(1),
        make_step(2, changed=True, cause="The label is another one"),
        make_step(3, changed=True),
        verdict="changed",
        misses=(Miss("GET", "https://app.example/x", "https://app.example/y", "s2"),),
        near=(Miss("POST", "https://app.example/save", "e4"),),
        skips=(Skip("timer 9 never came due", "s3"),),
        gaps=(
            Gap(
                "closed-shadow-root",
                "<x-menu>",
                "s1",
                5.0,
                {"kind": "closed-shadow-root", "detail": "<x-menu>"},
            ),
        ),
    )


@pytest.fixture
def diverged() -> TraceResult:
    return replace(
        make_result(
            make_step(1),
            make_step(2, verdict="missing", cause="No such button"),
            make_step(3, verdict="missing"),
        ),
        verdict="diverged",
        first_divergence=Divergence("s2", 'Clicked button "B2"', "No such button"),
    )


@pytest.fixture
def step():
    return make_step


@pytest.fixture
def result():
    return make_result
