"""Where the frames of a page are, as the browser tells it.

The windows themselves are not asked: that would wake those that are still empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page


class FrameTree:
    """The frames of a page; those of each document in the order of ``window.frames``."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._children: dict[str, list[str]] = {}

    def begin(self, tree: Mapping[str, Any]) -> None:
        """Take what ``Page.getFrameTree`` tells of a page that has frames already."""
        for child in tree.get("childFrames", ()):
            self.attached({"frameId": child["frame"]["id"], "parentFrameId": tree["frame"]["id"]})
            self.begin(child)

    def attached(self, event: Mapping[str, Any]) -> None:
        """``Page.frameAttached``."""
        frame, parent = event["frameId"], event["parentFrameId"]
        if frame not in self._parents:
            self._parents[frame] = parent
            self._children.setdefault(parent, []).append(frame)

    def detached(self, event: Mapping[str, Any]) -> None:
        """``Page.frameDetached``. A frame that only changes its process stays where it is."""
        if event.get("reason") == "swap" or event["frameId"] not in self._parents:
            return
        self._children[self._parents.pop(event["frameId"])].remove(event["frameId"])

    def place(self, frame: str) -> str:
        """Indexes among the frames of each document, from the top down: "0/2"; empty for the page itself."""
        places: list[str] = []
        while frame in self._parents:
            parent = self._parents[frame]
            places.append(str(self._children[parent].index(frame)))
            frame = parent
        return "/".join(reversed(places))


def origin_of(url: str) -> str:
    """Return scheme, host and port of a web address; empty for any other."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else ""


def foreign_frames(page: Page) -> list[str]:
    """Return the origins of a page's frames that are of another origin than what is around them.

    Empty for one that has shown nothing yet. Those without an origin (sandboxed, ``data:``) are left out.
    """
    found = []
    for frame in page.frames:
        around = frame.parent_frame
        while around is not None and around.parent_frame is not None and not origin_of(around.url):
            around = around.parent_frame
        if around is None:
            continue
        origin = origin_of(frame.url)
        if (origin and origin != origin_of(around.url)) or not frame.url:
            found.append(origin)
    return found
