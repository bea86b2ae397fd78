"""What no question may ask, whoever makes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from tallystick.errors import UsageError
from tallystick.nouns.days import FIRST, LAST
from tallystick.nouns.metric import Question


def test_a_breakdown_is_named_once() -> None:
    with pytest.raises(UsageError, match="'state' is named twice"):
        Question("agreements_in_force", by=("state", "month", "state"))
    assert Question("agreements_in_force", by=("state", "month")).by == ("state", "month")


@pytest.mark.parametrize("name", ["start", "end", "day"])
@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max])
def test_days_that_no_release_can_tell_of_are_refused(name: str, day: date) -> None:
    asked: Callable[..., Any] = partial(Question, "obligations")
    with pytest.raises(UsageError, match="too far away"):
        asked(**{name: day})


def test_the_first_and_the_last_day_may_be_asked_about() -> None:
    assert Question("obligations", start=FIRST, end=LAST).end == LAST
