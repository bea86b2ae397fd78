"""What may be asked for and what was, of real instruments: figures as the register tells them, never mixed."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.bench import Bench
from tallystick.nouns.finding import Verdict
from tallystick.nouns.metric import Question

pytestmark = pytest.mark.real_data


@pytest.mark.parametrize(
    ("metric", "where", "told"),
    [
        ("sharing_cap", {"instrument": "ssa-ice-2025"}, 50_000),
        ("sharing_cap", {"instrument": "irs-ice-2025"}, None),
        ("sharing_volume", {"instrument": "irs-ice-2025", "basis": "requested"}, 1_280_000),
        ("sharing_volume", {"instrument": "irs-ice-2025", "basis": "refused", "request": "first"}, 7_600_000),
        ("sharing_volume", {"instrument": "irs-ice-2025", "basis": "refused", "request": "second"}, 7_300_000),
        ("sharing_volume", {"instrument": "irs-ice-2025", "basis": "refused"}, None),
        ("sharing_volume", {"instrument": "irs-ice-2025", "basis": "found unlawful"}, 42_695),
        ("sharing_volume", {"instrument": "irs-ice-2025"}, None),
        ("sharing_volume", {"basis": "requested"}, 1_280_000),
        ("share_of_requests_matched", {"instrument": "irs-ice-2025"}, 47_489 / 1_280_000),
        ("volume_against_cap", {"instrument": "ssa-ice-2025"}, None),
        ("months_above_cap", {"instrument": "irs-ice-2025"}, None),
    ],
)
def test_figures_of_instruments(
    real_bench: Bench, metric: str, where: dict[str, str | list[str]], told: float | None
) -> None:
    assert real_bench.ask(Question(metric, where)).value == told


def test_a_volume_that_was_told_later_was_not_known_then(real_bench: Bench) -> None:
    asked = Question("sharing_volume", {"instrument": "irs-ice-2025", "basis": "requested"})
    assert real_bench.at(date(2025, 10, 1)).ask(asked).value is None


@pytest.mark.parametrize(("known_on", "in_june"), [(date(2025, 12, 1), None), (date(2026, 3, 1), 1_280_000)])
def test_a_request_has_its_own_day_once_that_is_told(real_bench: Bench, known_on: date, in_june: int | None) -> None:
    asked = Question(
        "sharing_volume",
        {"instrument": "irs-ice-2025", "basis": "requested"},
        start=date(2025, 6, 1),
        end=date(2025, 6, 30),
    )
    assert real_bench.at(known_on).ask(asked).value == in_june


def test_a_limit_and_a_request_of_two_instruments_are_not_divided(real_bench: Bench) -> None:
    judged = real_bench.claim("data-sharing-request-against-monthly-limit").now
    cap, asked, times = judged.stated.figures
    assert (cap.verdict, asked.verdict) == (Verdict.HOLDS, Verdict.HOLDS)
    assert times.value is None
    assert judged.word == "not one figure: different instruments"
    assert "'asked' is of irs-ice-2025 and 'cap' is of ssa-ice-2025" in times.because


def test_each_sentence_is_judged_under_its_own_instrument(real_bench: Bench) -> None:
    cap = real_bench.claim("social-security-50000-a-month")
    asked = real_bench.claim("tax-agency-million-in-four-months")
    assert cap.now.stated.verdict is Verdict.HOLDS
    assert cap.then.stated.verdict is Verdict.HOLDS
    assert asked.now.stated.verdict is Verdict.HOLDS
    assert asked.now.word == Verdict.HOLDS
    assert {one.definition for one in asked.now.beside} == {
        "names that the agency could match",
        "addresses that were given",
    }
