"""What a replay knows of where a document stands, on a machine that is too busy to say it in time."""

from __future__ import annotations

import asyncio
import time

from reenact.replay.stage_page import LiveDocument

_STOP = {"why": "input", "n": 8, "sequence": 2, "skips": []}


def _document() -> LiveDocument:
    document = LiveDocument("d1", "http://example.test/", 1, known=True, top=True)
    document.sequence = 1
    return document


def _tell(document: LiveDocument) -> None:
    document.stop, document.sequence = _STOP, 2
    document.stood.set()


def _block(seconds: float) -> None:
    time.sleep(seconds)


def test_word_that_comes_while_the_limit_passes_counts():
    async def meet() -> object:
        document = _document()
        document.leave_stop(woken=True)
        waiting = asyncio.ensure_future(document.standing(0.01))
        await asyncio.sleep(0)
        # Nothing of the loop runs until the limit is over: then both are due in one round.
        _block(0.05)
        asyncio.get_running_loop().call_soon(_tell, document)
        return await waiting

    assert asyncio.run(meet()) == _STOP


def test_what_is_told_to_go_on_is_the_stop_that_was_left_not_the_next_one():
    document = _document()
    document.leave_stop(woken=True)
    _tell(document)
    assert document.left == 1
