from __future__ import annotations

import pickle

import pytest

from reenact import errors


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.CouldNotRun, 3),
        (errors.BrowserNotFound, 3),
        (errors.UnreachableUrl, 3),
        (errors.DiskFull, 3),
        (errors.InvalidTrace, 4),
        (errors.NewerTrace, 4),
        (errors.NothingSelected, 5),
    ],
)
def test_each_error_has_its_exit_code(kind, code):
    assert kind("what: where", hint="do this").exit_code == code
    assert issubclass(kind, errors.ReenactError)


def test_an_error_is_one_line_that_nothing_in_it_can_break():
    error = errors.UsageError("no such \x1b[31mpage\r\n::error::: /a/b.", hint="Look\x00 at it.")
    assert str(error) == "no such [31mpage ::error::: /a/b. Look at it"


def test_an_error_survives_a_process_border():
    error = pickle.loads(pickle.dumps(errors.InvalidTrace("what: where", hint="do this")))
    assert (type(error), str(error), error.hint) == (errors.InvalidTrace, "what: where. do this", "do this")
