"""Comparing pictures to the pixel: exact and perceptual counts, regions, verdicts, difference pictures.

Loaded on first use, because numpy and Pillow cost more start-up time than the rest of reenact together.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reenact.compare.comparison import (
        METRIC,
        Comparison,
        Verdict,
        compare_images,
        difference_png,
        verdict,
    )
    from reenact.compare.picture import MAX_PIXELS, ImageLike, pixels_digest, png_size
    from reenact.compare.region import Region

__all__ = [
    "MAX_PIXELS",
    "METRIC",
    "Comparison",
    "ImageLike",
    "Region",
    "Verdict",
    "compare_images",
    "difference_png",
    "pixels_digest",
    "png_size",
    "verdict",
]

_HOME = {
    "MAX_PIXELS": "picture",
    "METRIC": "comparison",
    "Comparison": "comparison",
    "ImageLike": "picture",
    "Region": "region",
    "Verdict": "comparison",
    "compare_images": "comparison",
    "difference_png": "comparison",
    "pixels_digest": "picture",
    "png_size": "picture",
    "verdict": "comparison",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
