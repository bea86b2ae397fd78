"""Targets laid beside what was observed: every figure a metric's, each series for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tallystick.errors import UnknownName
from tallystick.nouns.edition import Edition
from tallystick.nouns.metric import Answer, Question
from tallystick.nouns.release import Release
from tallystick.sheets.fill import Span
from tallystick.sheets.targets import TOLD_BY, targets
from tallystick.views.target import asks, target_notes, target_rows, target_table, target_whole

FACTS = dict.fromkeys(
    ("said_by", "said_date", "said_where", "from_date", "to_date", "area", "contested_because", "because", "citation")
)
REGISTER: list[dict[str, Any]] = [
    FACTS | {"target": "ten", "what": "things", "measured_by": "a", "value_number": Decimal("10.000000"),
             "per": "day", "comparison": "at least", "official": "no", "contested": "yes", "settled_by": "a release"},
    FACTS | {"target": "none", "what": "others", "measured_by": "b", "value_number": Decimal("1500"), "per": "total",
             "comparison": "at most", "official": "yes", "contested": "no", "settled_by": "a record of days"},
]  # fmt: skip
VALUES = {"target_actual": 7.0, "target_gap": -3.0, "target_reached": 0.7, "target_trend": None,
          "share_of_target_periods_met": 0.25, "target_periods": 4}  # fmt: skip


@dataclass
class FakeBench:
    """Gives the register, and for each metric one row of one series."""

    asked: list[Question] = field(default_factory=list)
    edition = Edition(known_on=None, code="none", parts=())
    day = date(2026, 1, 1)
    known_on: date | None = None

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        keys = {"target": "ten", "series": "daily", "grain": "day", "in_force": "yes", "aor": "SEA"}
        row = {name: keys[name] for name in question.by} | {"value": VALUES[question.metric]}
        return Answer(question, "number", "", "e", (row,), caveats=("read this",))

    def table(self, name: str) -> Sequence[dict[str, Any]]:
        series = [{"series": "daily", "counts": "things by day", "limits": "few days"}]
        return {"targets": REGISTER, "observed_series": series}[name]

    def span(self, question: Question) -> Span | None:  # noqa: ARG002
        return None

    def releases_behind(self, question: Question) -> tuple[Release, ...]:  # noqa: ARG002
        return ()


def test_a_target_has_every_metric_s_figure_and_one_that_nothing_observes_is_unknown() -> None:
    bench = FakeBench()
    ten, none = targets(bench, None, ["aor"], everything=False)
    (standing,) = ten.standings
    assert (standing.actual, standing.gap, standing.trend, standing.met, standing.periods) == (7, -3, None, 0.25, 4)
    assert standing.group == {"aor": "SEA"}
    assert none.standings == ()
    assert ten.caveats == ("daily: things by day; few days", "read this")
    assert {question.metric for question in bench.asked} == set(TOLD_BY.values())
    assert all(question.where == {"in_force": ["yes", "partly"]} for question in bench.asked)


def test_other_days_are_asked_for_only_when_wanted_and_a_name_must_be_one() -> None:
    bench = FakeBench()
    assert len(targets(bench, "ten", [], everything=True)) == 1
    assert all(question.where == {"target": "ten"} for question in bench.asked)
    with pytest.raises(UnknownName, match="no target is called 'tenn'"):
        targets(bench, "tenn", [], everything=False)


def test_a_target_is_shown_with_what_it_asks_what_is_unknown_and_what_would_settle_it() -> None:
    shown = targets(FakeBench(), None, ["aor"], everything=False)
    assert [asks(one) for one in shown] == ["at least 10 a day, contested", "at most 1,500"]
    first, second = target_table(shown)
    assert (first["actual"], first["gap"], first["trend_30_days"], first["met"]) == (
        "7.0",
        "-3.0",
        "unknown",
        "25.0% of 4 days",
    )
    assert (second["series"], second["actual"]) == ("nothing held", "unknown")
    notes = "\n".join(target_notes(shown, in_full=False))
    assert "What would settle none: a record of days." in notes
    assert "read this" in notes
    rows = list(target_rows(shown))
    assert [row["actual"] for row in rows] == [7.0, None]
    assert target_whole(shown[1])["unknown_because"]


def test_an_actual_of_a_target_a_year_is_said_to_be_annualised() -> None:
    (ten, _) = targets(FakeBench(), None, [], everything=False)
    yearly = replace(ten, facts=ten.facts | {"per": "year"})
    assert target_table([yearly])[0]["actual"] == "7.0 annualised"
    assert [row["actual_is"] for row in target_rows([yearly, ten])] == ["annualised", None]
    assert target_whole(yearly)["standings"][0]["actual_is"] == "annualised"
    assert "a year that is not over" in "\n".join(target_notes([yearly], in_full=True))
    assert "a year that is not over" not in "\n".join(target_notes([ten], in_full=True))
