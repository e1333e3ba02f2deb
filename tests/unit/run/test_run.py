from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest

from reenact.errors import CouldNotRun, InvalidTrace, UsageError
from reenact.replay.events import TraceStarted
from reenact.replay.result import TraceResult
from reenact.run import Outcome, Plan, RunOutcome, run


def result(verdict, trace=Path("x.reenact")):
    return TraceResult(trace=trace, name="x", verdict=verdict, mode="recorded", seconds=1, recorded_seconds=2)


def replayer(answers):
    def begin(trace, /, *, on_event):
        answer = answers[trace.name]
        on_event(TraceStarted(trace, trace.name, 3, 1, 1))
        replaying = Future()
        if isinstance(answer, KeyboardInterrupt):
            raise answer
        if isinstance(answer, BaseException):
            replaying.set_exception(answer)
        else:
            replaying.set_result(result(answer, trace))
        return replaying

    return begin


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (["reproduced", "reproduced"], 0),
        (["reproduced", "changed"], 1),
        (["diverged", "reproduced"], 1),
        (["changed", "incomparable"], 3),
        (["changed", CouldNotRun("no")], 3),
        ([InvalidTrace("bad"), "reproduced", CouldNotRun("no"), "changed"], 4),
        ([UsageError("no"), "changed"], 2),
        (["changed", KeyboardInterrupt(), "changed"], 130),
        ([], 5),
    ],
)
def test_the_worst_of_all_traces_decides(answers, code, workers):
    named = {f"{number}.reenact": answer for number, answer in enumerate(answers)}
    done = []
    outcome = run(Plan(tuple(map(Path, named))), replayer(named), workers=workers, on_outcome=done.append)
    assert outcome.exit_code == code
    assert list(outcome.outcomes) == done


def test_one_invalid_trace_does_not_stop_the_others():
    named = {"a": InvalidTrace("bad"), "b": "reproduced"}
    events = []
    outcome = run(Plan((Path("a"), Path("b"))), replayer(named), on_event=events.append)
    assert [one.verdict for one in outcome.outcomes] == ["invalid", "reproduced"]
    assert [(event.index, event.total) for event in events] == [(1, 2), (2, 2)]
    assert [one.name for one in outcome.results] == ["x"]


def test_as_many_as_wanted_are_under_way_and_told_in_their_order():
    under_way, most, done = {}, [], []

    def begin(trace, /, *, on_event):
        del on_event
        under_way[trace] = Future()
        most.append(len(under_way))
        if len(under_way) == 2 or trace.name == "d":
            # The one that began last is done first.
            under_way.pop(trace).set_result(result("reproduced", trace))
            if trace.name == "d":
                under_way.pop(Path("a")).set_exception(InvalidTrace("bad"))
        return under_way.get(trace) or _done(result("reproduced", trace))

    outcome = run(Plan(tuple(map(Path, "abcd"))), begin, workers=2, on_outcome=done.append)
    assert max(most) == 2
    assert [one.trace.name for one in outcome.outcomes] == ["a", "b", "c", "d"]
    assert [one.verdict for one in done] == ["invalid", "reproduced", "reproduced", "reproduced"]


def test_what_is_under_way_ends_with_an_interrupt():
    replaying = []

    def begin(trace, /, *, on_event):
        del on_event
        if trace.name == "c":
            raise KeyboardInterrupt
        replaying.append(_done(result("reproduced", trace)) if trace.name == "b" else Future())
        return replaying[-1]

    outcome = run(Plan(tuple(map(Path, "abc"))), begin, workers=2)
    assert outcome.exit_code == 130
    assert [one.trace.name for one in outcome.outcomes] == ["b"]
    assert replaying[0].cancelled()


def _done(found):
    future = Future()
    future.set_result(found)
    return future


def test_what_a_defect_of_ours_raises_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        run(Plan((Path("a"),)), replayer({"a": ZeroDivisionError()}))


def test_an_outcome_without_result_could_not_run():
    assert Outcome(Path("a")).exit_code == 3
    assert RunOutcome(interrupted=True).exit_code == 130
