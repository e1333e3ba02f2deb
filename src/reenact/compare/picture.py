"""Getting at the pixels of a picture, whatever form it comes in, without trusting the file.

A PNG says its size in its first 33 bytes. That is read, and refused when absurd, before a decoder sees a
byte: a file of a few kilobytes may otherwise unfold to gigabytes.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from reenact.errors import InvalidTrace, UsageError

MAX_PIXELS = 50_000_000
"""Pictures with more pixels are refused: 200 MB once decoded, far beyond any screenshot."""

Pixels = npt.NDArray[np.uint8]
"""Height x width x 4, red, green, blue, alpha, contiguous."""

ImageLike = str | Path | bytes | npt.NDArray[Any]
"""A path to a PNG file, the bytes of one, or an array (height x width, x 3 or x 4, uint8)."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DAMAGED = "Take the picture again, or restore the file"


def read_source(source: ImageLike, role: str) -> bytes | Pixels:
    """The encoded bytes of a path or of bytes; the pixels of an array. `role` names the picture in errors.

    Raises UsageError for a path that cannot be read and for something that is no picture at all.
    """
    if isinstance(source, bytes):
        return source
    if isinstance(source, np.ndarray):
        return _from_array(source, role)
    try:
        return Path(source).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"Cannot read {role}: {source} ({reason})", hint="Check the path") from error
    except TypeError as error:
        raise UsageError(
            f"Cannot compare {role}: it is of type {type(source).__name__}",
            hint="Pass a path, PNG bytes or a numpy array",
        ) from error


def png_size(data: bytes, role: str = "the picture") -> tuple[int, int]:
    """Width and height in pixels as a PNG's header states them, without decoding.

    Raises InvalidTrace for anything that is not a PNG, and for one that is empty or beyond MAX_PIXELS.
    """
    if data[:8] != _SIGNATURE or data[12:16] != b"IHDR" or len(data) < 33:
        what = "is empty" if not data else "is not a PNG"
        raise InvalidTrace(f"Cannot read {role}: it {what}", hint=_DAMAGED)
    width, height = struct.unpack(">II", data[16:24])
    if width * height == 0 or width * height > MAX_PIXELS:
        raise InvalidTrace(
            f"Cannot read {role}: its header says {width} x {height} pixels",
            hint=f"Pictures may have up to {MAX_PIXELS // 1_000_000} million pixels",
        )
    return width, height


def decode(data: bytes, role: str = "the picture") -> Pixels:
    """The pixels of a PNG. Raises InvalidTrace when it is damaged, cut short or too large."""
    png_size(data, role)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if image.mode.startswith(("I", "F")):
                raise InvalidTrace(
                    f"Cannot read {role}: it has more than 8 bits a channel",
                    hint="Save it with 8 bits a channel",
                )
            return np.ascontiguousarray(np.asarray(image.convert("RGBA")))
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
        zlib.error,
        Image.DecompressionBombError,
    ) as e:
        raise InvalidTrace(f"Cannot read {role}: the PNG is damaged ({e})", hint=_DAMAGED) from e


def to_pixels(source: bytes | Pixels, role: str) -> Pixels:
    """Decode what `read_source` gave, unless it is decoded already."""
    return decode(source, role) if isinstance(source, bytes) else source


def packed(pixels: Pixels) -> npt.NDArray[np.uint32]:
    """The same memory seen as one number per pixel: comparing those is four times less work."""
    return pixels.view(np.uint32)[..., 0]


def pixels_digest(source: ImageLike) -> str:
    """SHA-256, in hex, of size and decoded pixels: equal for two PNGs that differ only in their encoding."""
    pixels = to_pixels(read_source(source, "the picture"), "the picture")
    height, width = pixels.shape[:2]
    digest = hashlib.sha256(f"rgba8 {width}x{height}\n".encode())
    digest.update(pixels.data)
    return digest.hexdigest()


def encode(pixels: npt.NDArray[np.uint8]) -> bytes:
    """PNG bytes of an array, height x width x 3 or x 4. Quick rather than small."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _from_array(array: npt.NDArray[Any], role: str) -> Pixels:
    channels = array.shape[2] if array.ndim == 3 else 1
    if array.dtype != np.uint8 or array.ndim not in (2, 3) or channels not in (1, 3, 4) or array.size == 0:
        raise UsageError(
            f"Cannot compare {role}: the array has shape {array.shape} and type {array.dtype}",
            hint="Pass uint8, height x width, with 3 or 4 channels or none",
        )
    height, width = array.shape[:2]
    if height * width > MAX_PIXELS:
        raise UsageError(
            f"Cannot compare {role}: it has {width} x {height} pixels",
            hint=f"Pictures may have up to {MAX_PIXELS // 1_000_000} million pixels",
        )
    if channels == 4:
        return np.ascontiguousarray(array)
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., :3] = array if array.ndim == 3 else array[..., None]
    return pixels
