"""Real applications: recorded by a scripted person, replayed three times with the server stopped."""

from __future__ import annotations

import pytest
from tests.applications import get
from tests.fidelity.measure import measure

from reenact.changes import changes_of

CHANGES = {
    "django_admin": (
        "amelia",
        "accepted",
        {
            "First name": ("", "Harriet"),
            "Last name": ("", "Quimby"),
            "Email address": ("", "harriet@example.com"),
            "Staff status": ("off", "on"),
        },
    ),
    "backoffice": (
        "admin",
        "accepted",
        {
            "Amount": ("15,979.61", "1,480.00"),
            "Priority": ("Normal", "Urgent"),
            "Note": ("Matches the purchase order.", "Matches the purchase order. One pallet returned."),
        },
    ),
}
"""One change of the session, as an auditor reads it: by whom, with which outcome, from what to what."""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def fields(change):
    return {field.label: (field.old, field.new) for field in change.fields}


@pytest.mark.parametrize("name", ["backoffice", "django_admin", "swagger_ui", "game_2048", "todomvc_vue"])
def test_session_replays_to_the_pixel_three_times(name, tmp_path):
    measurement = measure(get(name), tmp_path, replays=3)

    # The first ones say what went wrong, the gaps say what the recording missed.
    assert measurement.complaints()[:12] == [], measurement.trace.gaps
    assert [replay.verdict for replay in measurement.replays] == ["reproduced"] * 3
    assert measurement.trace.certification["verdict"] == "certified"
    checkpoints = [checkpoint for checkpoint in measurement.trace.checkpoints if not checkpoint.interim]
    recorded = sum(checkpoint.source == "recording" for checkpoint in checkpoints)
    every = len(checkpoints)
    # Most of them on an idle machine; a busy one leaves less time between two actions.
    assert 0 < recorded <= every
    assert measurement.identical == measurement.total == recorded + 2 * every
    assert measurement.unpictured == []
    assert measurement.trace.status == "complete"
    if name in CHANGES:
        told = [(change.by, change.outcome, fields(change)) for change in changes_of(measurement.trace)]
        assert CHANGES[name] in told
    print(
        f"{name}: {measurement.identical} of {measurement.total} checkpoints identical "
        f"({recorded} of {every} pictures are the recording's own), "
        f"{measurement.speed_up:.1f} times faster than recorded"
    )
