"""The size and the zoom of one page's window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reenact.replay.stage_page import StagePage

_SAME = 0.001
_EDGE = 1e-5


class Viewport:
    """Gives a page the recorded size of its window, in CSS pixels, and the recorded zoom.

    No driver can zoom a browser. A smaller window with more device pixels for each CSS pixel lays out and
    draws the same, as far as its size in CSS pixels, which must be whole, allows.
    """

    def __init__(self, page: StagePage, environment: Mapping[str, Any]) -> None:
        self._page = page
        self._scale = float(environment.get("device_scale_factor") or 1)
        self._mobile = bool(environment.get("mobile"))
        self._screen = environment.get("screen") or {}
        self._unzoomed: Mapping[str, int] = environment.get("viewport") or {}
        self._zoomed = False

    async def become(self, width: float, height: float, scale: float) -> None:
        """Have `width` x `height` CSS pixels with `scale` device pixels for each."""
        size = {"width": round(width), "height": round(height)}
        if abs(scale - self._scale) > _SAME:
            scale = self._fitting(size, scale)
        else:
            self._unzoomed = size
            if not self._zoomed:
                await self._page.page.set_viewport_size(size)  # type: ignore[arg-type]
                return
        # From here on Playwright no longer knows the size, and would not set it again.
        self._zoomed = True
        screen = {f"screen{side.capitalize()}": pixels for side, pixels in self._screen.items()}
        metrics = {**size, **screen, "deviceScaleFactor": scale, "mobile": self._mobile}
        await self._page.send("Emulation.setDeviceMetricsOverride", metrics)

    def _fitting(self, size: Mapping[str, int], scale: float) -> float:
        """The scale next to `scale` with which the picture gets the size it had without zoom."""
        sides = [(pixels * self._scale, size[side]) for side, pixels in self._unzoomed.items()]
        least = max(((pixels - 0.5) / css for pixels, css in sides), default=scale)
        most = min(((pixels + 0.5) / css for pixels, css in sides), default=scale) - _EDGE
        return min(max(scale, least), most) if least < most else scale
