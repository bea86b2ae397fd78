"""What a profile tells less of than another follows from what that one shows: rounding, and zeros that are hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import linprog

from tallystick.bench import Bench
from tallystick.disclosure.less import less, rounded
from tallystick.disclosure.profile import Profile, profile
from tallystick.disclosure.rule import Rule
from tallystick.errors import UsageError
from tallystick.nouns.metric import Question
from tallystick.nouns.protection import Protection
from tallystick.pipeline import Pipeline
from tallystick.settings import People, Settings

BY_CELL = Question("arrests", by=("day", "aor"))
BREAKDOWNS = (("day", "aor"), ("month", "aor"), ("day",), ("month",), ("aor",), ("fiscal_year",), ())


@pytest.fixture(scope="module")
def under(guarded_home: Settings) -> Callable[..., Bench]:
    def made(name: str, **people: object) -> Bench:
        return Bench(Pipeline(replace(guarded_home, profile=name, people=People(**people))))  # type: ignore[arg-type]

    return made


def told(bench: Bench, question: Question) -> dict[tuple[object, ...], object]:
    answer = bench.ask(question)
    return {tuple(row[name] for name in question.by): row["value"] for row in answer.rows}


def test_rounded_tells_what_public_tells_as_tens(under: Callable[..., Bench]) -> None:
    public, tens = under("public"), under("rounded")
    for by in BREAKDOWNS:
        asked = Question("arrests", by=by)
        assert told(tens, asked) == {
            key: None if count is None else rounded(count, 10)  # type: ignore[arg-type]
            for key, count in told(public, asked).items()
        }
    assert any("rounded to the nearest 10" in says for says in tens.ask(BY_CELL).caveats)
    assert not any(
        "every figure here is exact" in says for says in tens.ask(Question("arrests", by=("aor",))).caveats
    )


def test_what_is_made_of_rounded_counts_is_made_of_these_alone(under: Callable[..., Bench]) -> None:
    tens = under("rounded")
    pair = tens.ask(Question("arrests", {"aor": ["DAL", "MIA"]}, by=("month",)))
    parts = told(tens, Question("arrests", by=("month", "aor")))
    for row in pair.rows:
        both = [parts[row["month"], name] for name in ("DAL", "MIA")]
        assert row["value"] == (None if None in both else sum(both))  # type: ignore[arg-type]


def test_rounding_alone_would_tell_counts_exactly_and_rounding_what_is_shown_does_not() -> None:
    """Four areas in which somebody was arrested, each told as 0, and all of them as 0: one person in each."""
    sums = {"A_ub": np.ones((1, 4)), "b_ub": np.array([4.0])}
    one = np.array([1.0, 0, 0, 0])
    least, most = (linprog(sign * one, bounds=[(1, 4)] * 4, method="highs", **sums).x[0] for sign in (1, -1))
    assert least == most == 1


def test_whoever_adds_up_rounded_parts_narrows_nothing_that_is_hidden(under: Callable[..., Bench]) -> None:
    """By linear programs over all days of an area: every figure is known to five, every sum holds."""
    tens, rule = under("rounded"), profile("rounded").rule
    assert rule
    cells = told(tens, BY_CELL)
    for month, area in [key for key, count in told(tens, Question("arrests", by=("month", "aor"))).items() if count]:
        days = [key for key in cells if key[1] == area and key[0].replace(day=1) == month]  # type: ignore[attr-defined]
        of_month = told(tens, Question("arrests", by=("month", "aor")))[month, area]
        bounds = [(1, None) if cells[day] is None else (cells[day] - 5, cells[day] + 4) for day in days]  # type: ignore[operator]
        total = np.ones((1, len(days)))
        for place in [place for place, day in enumerate(days) if cells[day] is None]:
            one = np.eye(len(days))[place]
            ends = [
                linprog(
                    sign * one,
                    A_ub=np.vstack([total, -total]),
                    b_ub=[of_month + 4, 5 - of_month],  # type: ignore[operator]
                    bounds=bounds,
                ).x[place]
                for sign in (1, -1)
            ]
            assert ends[1] - ends[0] >= rule.width - 1e-6


def test_where_zeros_are_hidden_nobody_is_not_told_from_few(under: Callable[..., Bench]) -> None:
    shown, hiding = under("public"), under("custom", zeros=False)
    before, after = told(shown, BY_CELL), told(hiding, BY_CELL)
    nobody = set(after) - set(before)
    assert nobody
    assert {key: count for key, count in after.items() if key in before} == before
    day, area = min(nobody, key=str)
    one = Question("arrests", {"aor": area}, start=day, end=day)  # type: ignore[dict-item, arg-type]
    assert shown.ask(one).hidden == ()
    assert hiding.ask(one).value is None
    assert hiding.ask(one).hidden == hiding.ask(replace(one, where={"aor": "BUF"})).hidden == (0,)
    longer = replace(one, end=day + timedelta(1))  # type: ignore[operator, arg-type]
    assert hiding.ask(longer).value is None
    assert "so are zeros" in hiding.gate.profile.says
    assert hiding.ask(Question("arrests", by=("month",))).rows == shown.ask(Question("arrests", by=("month",))).rows


def test_where_zeros_are_hidden_a_day_on_which_nobody_was_counted_anywhere_is_a_hidden_one() -> None:
    plan = Protection(count="arrests", dimensions=[["day", "month"], ["aor"]], tables=[["day", "aor"]])
    days = [date(2018, 10, 1), date(2018, 10, 2), date(2018, 10, 4), date(2018, 12, 1)]
    rows = [
        {"of_table": "day,aor", "day": day, "month": day.replace(day=1), "aor": area, "arrests": 20}
        for day in days
        for area in ("DAL", "MIA")
    ]
    whole = [
        {"of_table": "month", "day": None, "month": day.replace(day=1), "aor": None, "arrests": 60} for day in days
    ]
    told_ = less(plan, pa.Table.from_pylist([*rows, *whole[2:]]), Profile("custom", Rule(), zeros=False)).to_pylist()
    found = {(row["day"], row["aor"]): row for row in told_ if row["of_table"] == "day,aor"}
    assert len(found) == 2 * 62
    nobody = found[date(2018, 10, 3), "DAL"]
    assert (nobody["arrests"], nobody["month"]) == (None, date(2018, 10, 1))
    across = [found[date(2018, 10, day), "DAL"]["arrests"] for day in (2, 3, 4)]
    assert across == [20, None, 20]
    months = {row["month"]: row["arrests"] for row in told_ if row["of_table"] == "month"}
    assert months == {date(2018, 10, 1): 60, date(2018, 11, 1): None, date(2018, 12, 1): 60}


def test_what_a_deployment_has_otherwise_is_custom_and_says_so() -> None:
    assert profile("public").says.startswith("public: counts of 1 to 10 people are hidden")
    stricter = profile("public", People(threshold=21, rounding=5, dominance=0.85))
    assert stricter.name == "custom"
    assert "1 to 20 people" in stricter.says
    assert "nearest 5" in stricter.says
    assert "over 85%" in stricter.says
    assert profile("rounded").base == 10


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("secret", People()),
        ("custom", People()),
        ("public", People(threshold=2)),
        ("rounded", People(threshold=5)),
        ("public", People(rounding=0)),
        ("public", People(dominance=1.5)),
    ],
)
def test_a_profile_that_nobody_knows_or_that_protects_nobody_is_refused(name: str, people: People) -> None:
    with pytest.raises(UsageError):
        profile(name, people)
