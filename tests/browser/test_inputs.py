"""Inputs of a replay come to the page one by one, however busy the machine is."""

from __future__ import annotations

import asyncio

import pytest
from fixtures.pages.site import document

from reenact.replay.inputs import InputDevice

pytestmark = pytest.mark.browser

LONG = "<p style='height: 3000px; background: linear-gradient(#fff, #888)'>A page to scroll</p>"


@pytest.mark.parametrize("kind", ["wheel", "down"])
def test_a_mouse_that_comes_to_its_first_input_is_none_itself(session, monkeypatch, kind):
    site = session.site({"/": document("Long", LONG)})
    with session.record():
        page = session.open(site, 300)
        for _ in range(2):
            if kind == "wheel":
                page.mouse.wheel(0, 100)
            else:
                page.mouse.down()
                page.mouse.up()
        page.wait_for_timeout(500)
    mouse = InputDevice._mouse

    async def slowly(device, what, event):
        await mouse(device, what, event)
        # Long enough for the page to go on to its next input, if it takes this for the first.
        await asyncio.sleep(0.1)

    monkeypatch.setattr(InputDevice, "_mouse", slowly)
    session.assert_reproduced()
