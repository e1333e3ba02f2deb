from __future__ import annotations

from pathlib import Path

import pytest

from reenact.errors import CouldNotRun, InvalidTrace, UsageError
from reenact.replay.events import TraceStarted
from reenact.replay.result import TraceResult
from reenact.run import Outcome, Plan, RunOutcome, run


def result(verdict, trace=Path("x.reenact")):
    return TraceResult(trace=trace, name="x", verdict=verdict, mode="recorded", seconds=1, recorded_seconds=2)


def replayer(answers):
    def replay(trace, /, *, on_event):
        answer = answers[trace.name]
        on_event(TraceStarted(trace, trace.name, 3, 1, 1))
        if isinstance(answer, BaseException):
            raise answer
        return result(answer, trace)

    return replay


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
def test_the_worst_of_all_traces_decides(answers, code):
    named = {f"{number}.reenact": answer for number, answer in enumerate(answers)}
    done = []
    outcome = run(Plan(tuple(map(Path, named))), replayer(named), on_outcome=done.append)
    assert outcome.exit_code == code
    assert list(outcome.outcomes) == done


def test_one_invalid_trace_does_not_stop_the_others():
    named = {"a": InvalidTrace("bad"), "b": "reproduced"}
    events = []
    outcome = run(Plan((Path("a"), Path("b"))), replayer(named), on_event=events.append)
    assert [one.verdict for one in outcome.outcomes] == ["invalid", "reproduced"]
    assert [(event.index, event.total) for event in events] == [(1, 2), (2, 2)]
    assert [one.name for one in outcome.results] == ["x"]


def test_what_a_defect_of_ours_raises_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        run(Plan((Path("a"),)), replayer({"a": ZeroDivisionError()}))


def test_an_outcome_without_result_could_not_run():
    assert Outcome(Path("a")).exit_code == 3
    assert RunOutcome(interrupted=True).exit_code == 130
