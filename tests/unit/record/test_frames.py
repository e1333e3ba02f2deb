"""Where a frame is among the frames of its page."""

from __future__ import annotations

from reenact.record.frames import FrameTree


def attached(frame, parent):
    return {"frameId": frame, "parentFrameId": parent}


def test_places_are_counted_in_each_document():
    tree = FrameTree()
    for frame, parent in (("a", "top"), ("b", "top"), ("c", "b"), ("d", "b")):
        tree.attached(attached(frame, parent))
    assert [tree.place(frame) for frame in ("top", "a", "b", "c", "d")] == ["", "0", "1", "1/0", "1/1"]


def test_what_comes_behind_a_frame_that_is_taken_away_moves_up():
    tree = FrameTree()
    for frame in ("a", "b"):
        tree.attached(attached(frame, "top"))
    tree.detached({"frameId": "a", "reason": "swap"})
    assert tree.place("b") == "1"
    tree.detached({"frameId": "a", "reason": "remove"})
    tree.detached({"frameId": "a", "reason": "remove"})
    assert tree.place("b") == "0"


def test_a_page_may_have_frames_when_it_is_first_looked_at():
    tree = FrameTree()
    tree.begin(
        {
            "frame": {"id": "top"},
            "childFrames": [{"frame": {"id": "a"}, "childFrames": [{"frame": {"id": "b"}}]}],
        }
    )
    tree.attached(attached("a", "top"))
    tree.attached(attached("c", "a"))
    assert [tree.place(frame) for frame in ("a", "b", "c")] == ["0", "0/0", "0/1"]
