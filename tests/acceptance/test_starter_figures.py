"""The verified figures from the starter edition alone: what a fresh checkout shows without any download."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.finding import Verdict
from tallystick.nouns.metric import Question, Values
from tests.acceptance.test_procurement import ARMS, FEBRUARY, OF_ONE_AWARD, asked, of
from tests.real_home import real_pipeline


@pytest.fixture(scope="module")
def starter(starter_home: Path) -> Bench:
    return Bench(real_pipeline(starter_home))


@pytest.mark.parametrize(
    ("where", "start", "end", "figure"),
    [
        (ARMS, "2025-01-20", "2025-10-20", "71515761.68"),
        (ARMS, "2024-01-20", "2024-10-20", "9715842.85"),
        *((of(piid), start, end, figure) for piid, start, end, figure in OF_ONE_AWARD),
    ],
)
def test_the_starter_edition_gives_the_verified_sum(
    starter: Bench, where: Mapping[str, Values], start: str, end: str, figure: str
) -> None:
    assert asked(starter, where, start, end) == Decimal(figure)


def test_the_starter_edition_shows_that_fiscal_year_2025_fell(starter: Bench) -> None:
    period = ("2024-10-01", "2025-09-30")
    february, now = (asked(bench, {"agency": "ICE"}, *period) for bench in (starter.at(FEBRUARY), starter))
    assert (february, now) == (Decimal("3988773028.84"), Decimal("3988661487.38"))


def test_the_starter_edition_calls_out_its_truncated_captures(starter: Bench) -> None:
    answer = starter.ask(Question("obligations", {"agency": "ICE"}, start=date(2021, 10, 1), end=date(2023, 9, 30)))
    for scope in ("7012/FY2022", "7012/FY2023"):
        assert any(scope in caveat for caveat in answer.caveats)


def test_the_starter_edition_holds_what_congress_appropriated(starter: Bench) -> None:
    """$45B of section 90003 and $29.85B of section 100052 of Public Law 119-21."""
    ice = "U.S. Immigration and Customs Enforcement"
    rows = starter.engine.query("SELECT recipient_name, amount_usd FROM appropriations_published").to_pylist()
    assert sum(row["amount_usd"] for row in rows if row["recipient_name"] == ice) == Decimal("74850000000.00")


@pytest.mark.parametrize(
    "name",
    [
        "ice-weapons-70-million",
        "quantico-tactical-10-million",
        "geissele-9-million",
        "clearview-3-75-million",
        "palantir-30-million",
        "palantir-139-million",
    ],
)
def test_the_claim_holds_on_the_starter_edition_alone(starter: Bench, name: str) -> None:
    assert starter.claim(name).verdict is Verdict.HOLDS


def test_a_claim_that_rests_on_descriptions_is_unknown_where_none_are_carried(starter: Bench) -> None:
    assert starter.claim("paragon-2-million-reactivated").verdict is Verdict.UNKNOWN


def test_the_starter_edition_counts_the_weapons_orders_as_the_captures_do(starter: Bench) -> None:
    question = Question("actions", dict(ARMS), start=date(2025, 1, 20), end=date(2025, 10, 20))
    assert starter.ask(question).value == 156
