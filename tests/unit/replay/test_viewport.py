"""A zoomed page is drawn by more device pixels; its picture keeps the size it had."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from reenact.replay.viewport import Viewport

ENVIRONMENT = {"viewport": {"width": 1280, "height": 720}, "device_scale_factor": 1}


class Page:
    """Notes what a page is told."""

    def __init__(self) -> None:
        self.sizes: list[Any] = []
        self.metrics: list[Any] = []
        self.page = SimpleNamespace(set_viewport_size=self._resize)

    async def _resize(self, size: Any) -> None:
        self.sizes.append(size)

    async def send(self, _: str, metrics: Any) -> None:
        self.metrics.append(metrics)


def become(*sizes: tuple[float, float, float]) -> Page:
    page = Page()
    viewport = Viewport(page, ENVIRONMENT)  # type: ignore[arg-type]
    for size in sizes:
        asyncio.run(viewport.become(*size))
    return page


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(1024, 576, 1.25), (1164, 655, 1.1), (853, 480, 1.5), (1422, 800, 0.9), (1910, 1075, 0.67)],
)
def test_the_picture_keeps_its_size(width, height, scale):
    [metrics] = become((width, height, scale)).metrics
    used = metrics["deviceScaleFactor"]
    assert (int(width * used + 0.5), int(height * used + 0.5)) == (1280, 720)
    assert used == pytest.approx(scale, abs=0.0005)


def test_a_window_that_is_not_zoomed_is_left_to_playwright():
    page = become((600, 500, 1))
    assert page.sizes == [{"width": 600, "height": 500}]
    assert not page.metrics


def test_playwright_would_not_set_again_what_it_believes_to_be_there():
    page = become((1024, 576, 1.25), (1280, 720, 1))
    assert not page.sizes
    assert [metrics["deviceScaleFactor"] for metrics in page.metrics] == [1.25, 1]


def test_a_window_of_another_size_is_zoomed():
    page = become((800, 600, 1), (640, 480, 1.25))
    assert page.metrics[0]["deviceScaleFactor"] == pytest.approx(1.25, abs=0.0005)
