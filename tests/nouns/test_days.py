"""A day known on is a day that came."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import UsageError
from tallystick.nouns.days import FIRST, LAST, refuse_to_come

TODAY = date(2026, 11, 22)


@given(st.dates())
def test_only_a_day_that_came_can_be_one_known_on(day: date) -> None:
    if FIRST <= day <= TODAY:
        refuse_to_come(day, TODAY)
        return
    with pytest.raises(UsageError) as refused:
        refuse_to_come(day, TODAY)
    assert refused.value.next_step


def test_tomorrow_is_refused_with_the_day_that_it_is() -> None:
    with pytest.raises(UsageError, match="2026-11-23 is not known yet: it is 2026-11-22"):
        refuse_to_come(TODAY + timedelta(days=1), TODAY)
    assert TODAY < LAST
