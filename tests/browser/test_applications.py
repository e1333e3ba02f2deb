"""Real applications: recorded by a scripted person, replayed three times with the server stopped."""

from __future__ import annotations

import pytest
from tests.applications import get
from tests.fidelity.measure import measure

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("name", ["backoffice", "django_admin", "swagger_ui", "game_2048", "todomvc_vue"])
def test_session_replays_to_the_pixel_three_times(name, tmp_path):
    measurement = measure(get(name), tmp_path, replays=3)

    assert measurement.complaints() == []
    assert [replay.verdict for replay in measurement.replays] == ["reproduced"] * 3
    for replay in measurement.replays:
        points = [point for step in replay.steps for point in step.checkpoints]
        assert len(points) == len(measurement.trace.checkpoints)
        assert {point.changed_pixels for point in points} == {0}
    assert measurement.unpictured == []
    assert measurement.trace.status == "complete"
    print(
        f"{name}: {measurement.identical} of {measurement.total} checkpoints identical, "
        f"{measurement.speed_up:.1f} times faster than recorded"
    )
