"""Which pages are too large for an accessibility tree beside each picture; a busy machine makes none so."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace

import pytest

from reenact.record import accessibility
from reenact.record.accessibility import AccessibilityTrees


@pytest.mark.parametrize(
    ("weight", "seconds", "taken"), [(40, 1.0, 6), (2000, 0.1, 6), (2000, 1.0, 3), (9000, 0.1, 0)]
)
def test_a_page_is_too_large_when_its_own_size_makes_it_slow(monkeypatch, weight, seconds, taken):
    gaps = []
    state = SimpleNamespace(gap=lambda kind, detail: gaps.append((kind, detail)), redactor=None)
    ticks = count(0, seconds)
    monkeypatch.setattr(accessibility.time, "monotonic", lambda: next(ticks))
    trees = AccessibilityTrees(state, lambda method, parameters: {}, lambda: "http://a.test/")
    answers = [trees.take(weight) for _ in range(6)]
    assert [answer is not None for answer in answers] == [True] * taken + [False] * (6 - taken)
    if taken == 6:
        assert gaps == []
    else:
        assert {kind for kind, _ in gaps} == {"accessibility"}
        assert "http://a.test/ is too large" in gaps[0][1]
