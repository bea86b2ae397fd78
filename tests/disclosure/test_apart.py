"""Counts that come in one after another: whoever reads every state of them narrows no hidden day."""

from __future__ import annotations

import calendar
from datetime import date
from itertools import product

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tallystick.disclosure.apart import cells_apart
from tallystick.disclosure.rule import Rule
from tallystick.nouns.protection import Protection

PLAN = Protection(
    name="counts",
    count="counted",
    dimensions=[["day", "month", "fiscal_year"], ["office", "aor"]],
    tables=[["day", "office"], ["month", "office"]],
    least_revised="least_revised",
)
RULE = Rule(threshold=4)
MOST = RULE.largest_hidden
LENGTH = 28
Tellings = dict[int, list[int]]  # of each day of February 2026, in order


def cells(tellings: Tellings, rule: Rule = RULE) -> tuple[dict[int, int | None], int | None]:
    """What is told of each day, and of the month."""
    rows = [
        {
            "day": date(2026, 2, day), "month": date(2026, 2, 1), "fiscal_year": 2026, "office": "SEA", "aor": "SEA",
            "note": "never told", "counted": told[-1],
            "least_revised": min((one for one in told if one), default=None) if len(told) > 1 else None,
        }
        for day, told in tellings.items()
    ]  # fmt: skip
    names = [*rows[0], "least_revised"]
    columns = {name: [row[name] for row in rows] for name in dict.fromkeys(names)}
    typed = columns | {name: pa.array(columns[name], pa.int64()) for name in ("counted", "least_revised")}
    told = cells_apart(PLAN, pa.table(typed), rule).to_pylist()
    assert {row["note"] for row in told} == {row["least_revised"] for row in told} == {None}
    (month,) = (row for row in told if row["of_table"] == "month,office")
    assert (month["month"], month["fiscal_year"], month["aor"], month["day"]) == (date(2026, 2, 1), 2026, "SEA", None)
    return {row["day"].day: row["counted"] for row in told if row["of_table"] == "day,office"}, month["counted"]


def whole(*few: int, shown: int = 5) -> Tellings:
    """February with a few counts on its first days, and enough people on all others."""
    return {day: [few[day - 1] if day <= len(few) else shown] for day in range(1, LENGTH + 1)}


def test_small_days_are_hidden_and_zeros_and_others_shown() -> None:
    days, month = cells({1: [0], 2: [3], 3: [4], 4: [1]})
    assert days == {1: 0, 2: None, 3: 4, 4: None}
    assert month is None


def test_a_month_without_hidden_days_is_their_sum_so_far() -> None:
    assert cells({1: [0], 2: [9], 3: [4]}) == ({1: 0, 2: 9, 3: 4}, 13)


def test_a_whole_month_is_told_where_each_hidden_day_may_hold_anything() -> None:
    assert calendar.monthrange(2026, 2)[1] == LENGTH
    assert cells(whole(2, 2))[1] == 4 + 26 * 5  # 1 and 3, or 3 and 1
    assert cells(whole(2, 1))[1] is None  # none of the two can hold 3
    assert cells(whole(3, 2))[1] is None  # none of the two can hold 1
    assert cells(whole(3))[1] is None
    assert cells(whole(1, 1, 1))[1] is None
    assert cells(whole(3, 1, 1))[1] == 5 + 25 * 5


def test_a_month_that_is_not_whole_or_whose_hidden_days_were_told_anew_is_not_told() -> None:
    month = whole(2, 2)
    assert cells(month)[1] is not None
    assert cells({day: told for day, told in month.items() if day < LENGTH})[1] is None
    assert cells(month | {9: [5, 7]})[1] == 4 + 25 * 5 + 7
    for retold in ([2, 3], [2, 2, 2], [9, 2]):
        assert cells(month | {2: retold, 3: [2]})[1] is None
    assert cells(month | {9: [1, 6]})[1] is None


@given(
    first=st.lists(st.integers(0, 5), min_size=5, max_size=5),
    anew=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=3),
    late=st.integers(0, 4),
)
def test_every_state_together_leaves_a_hidden_count_open_from_end_to_end(
    first: list[int], anew: list[tuple[int, int]], late: int
) -> None:
    """The reader knows which days were told anew and when, and keeps every state; all that fits is tried out."""
    states = [whole(*first)]
    states.insert(0, {day: told for day, told in states[0].items() if day != late + 1})
    for place, count in anew:
        states.append(states[-1] | {place + 1: [*states[-1][place + 1], count]})
    told = [cells(state) for state in states]
    slots = sorted({(day, len(state[day])) for state in states for day in range(1, 6) if day in state})
    counts = {(day, number): states[-1][day][number - 1] for day, number in slots}
    hidden = [slot for slot in slots if 1 <= counts[slot] <= MOST]
    sums = [
        (month - sum(count for count in days.values() if count is not None), [
            slot for slot in hidden if slot[0] in state and slot[1] == len(state[slot[0]])
        ])
        for state, (days, month) in zip(states, told, strict=True)
        if month is not None
    ]  # fmt: skip
    fits = [
        dict(zip(hidden, values, strict=True))
        for values in product(range(1, MOST + 1), repeat=len(hidden))
        if all(
            left == sum(value for slot, value in zip(hidden, values, strict=True) if slot in parts)
            for left, parts in sums
        )
    ]
    for slot in hidden:
        assert {fit[slot] for fit in fits} >= {1, MOST}
