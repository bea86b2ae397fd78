"""The figures of contract spending that were verified by hand, to the cent, in both Editions where captures differ.

Beside each metric stands the same figure by plain SQL over the captured files, which shares nothing with the line
from bytes to figure but the bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tallystick.bench import Bench
from tallystick.nouns.finding import Verdict
from tallystick.nouns.metric import Question, Values

pytestmark = pytest.mark.real_data

FEBRUARY = date(2026, 2, 20)
ARMS = {"agency": "ICE", "naics": "332994"}
ARMS_NAME = "SMALL ARMS, ORDNANCE, AND ORDNANCE ACCESSORIES MANUFACTURING"
NEWEST = "*_Contract_Obligations.csv"
OF_FEBRUARY = "earlier_captures/*_asof_20260213_*.csv.gz"


def asked(
    bench: Bench, where: Mapping[str, Values], start: str, end: str, metric: str = "obligations"
) -> Decimal | None:
    question = Question(metric, dict(where), start=date.fromisoformat(start), end=date.fromisoformat(end))
    value = bench.ask(question).value
    assert value is None or isinstance(value, Decimal)
    return value


def captured(real_data: Path, files: str, condition: str, amount: str = "usd") -> Decimal:
    """The same by plain SQL over the files as they came."""
    path = real_data / "procurement/usaspending_transactions_api" / files
    sql = (
        f'SELECT sum({amount}) FROM (SELECT *, CAST("Federal Action Obligation" AS DECIMAL(20, 2)) AS usd '
        f"FROM read_csv('{path}', all_varchar = true, union_by_name = true)) "
        f"WHERE \"Agency\" = 'ICE' AND {condition}"
    )
    with duckdb.connect() as connection:
        row = connection.execute(sql).fetchone()
    assert row is not None
    return Decimal(row[0])


def over(start: str, end: str) -> str:
    return f"\"Action Date\" BETWEEN '{start}' AND '{end}'"


ARMS_ROWS = f"\"NAICS Description\" = '{ARMS_NAME}'"
QUANTICO, GEISSELE = "70CMSW25FR0000151", "70CMSW25FR0000135"
CLEARVIEW, PARAGON, PALANTIR = "70CMSD25P00000111", "70CTD024P00000012", "70CTD022FR0000170"
OF_ONE_AWARD = [
    (QUANTICO, "2025-09-30", "2025-09-30", "9999966.10"),
    (GEISSELE, "2025-09-29", "2025-09-29", "9098590.16"),
    (CLEARVIEW, "2025-09-05", "2025-09-05", "3750000.00"),
    (PALANTIR, "2025-04-11", "2025-04-11", "29898236.00"),
    (PALANTIR, "2022-09-20", "2025-09-26", "139314020.61"),
    (PALANTIR, "2022-09-20", "2026-03-03", "139314020.61"),
    (PALANTIR, "2022-09-20", "2026-08-20", "150703824.61"),
    (PARAGON, "2024-09-27", "2024-09-27", "2000000.00"),
    (PARAGON, "2024-09-28", "2026-08-20", "0.00"),
]


def of(piid: str) -> dict[str, Values]:
    return {"agency": "ICE", "piid": piid}


@pytest.mark.parametrize(
    ("start", "end", "figure"),
    [("2025-01-20", "2025-10-20", "71515761.68"), ("2024-01-20", "2024-10-20", "9715842.85")],
)
def test_orders_of_weapons_are_the_verified_sums(
    real_bench: Bench, real_data: Path, start: str, end: str, figure: str
) -> None:
    assert asked(real_bench, ARMS, start, end) == Decimal(figure)
    assert captured(real_data, NEWEST, f"{ARMS_ROWS} AND {over(start, end)}") == Decimal(figure)


@pytest.mark.parametrize(("piid", "start", "end", "figure"), OF_ONE_AWARD)
def test_the_award_had_the_verified_sum_between_two_days(
    real_bench: Bench, real_data: Path, piid: str, start: str, end: str, figure: str
) -> None:
    assert asked(real_bench, of(piid), start, end) == Decimal(figure)
    assert captured(real_data, NEWEST, f"\"Award ID\" = '{piid}' AND {over(start, end)}") == Decimal(figure)


def test_the_order_of_immigration_os_is_one_modification(real_bench: Bench) -> None:
    where = of(PALANTIR) | {"modification_number": "P00009"}
    assert asked(real_bench, where, "2025-04-01", "2025-04-30") == Decimal("29898236.00")


@pytest.mark.parametrize(
    ("where", "condition"),
    [
        (ARMS, ARMS_ROWS),
        (of(QUANTICO), f"\"Award ID\" = '{QUANTICO}'"),
        (of(CLEARVIEW), f"\"Award ID\" = '{CLEARVIEW}'"),
        ({"agency": "ICE"}, "true"),
    ],
)
def test_each_edition_gives_what_its_own_capture_says(
    real_bench: Bench, real_data: Path, where: Mapping[str, Values], condition: str
) -> None:
    """As known on 2026-02-20 the capture of 2026-02-13 is in force, now that of 2026-08-20."""
    period = ("2024-10-01", "2025-09-30")
    within = f"{condition} AND {over(*period)}"
    assert asked(real_bench.at(FEBRUARY), where, *period) == captured(real_data, OF_FEBRUARY, within)
    assert asked(real_bench, where, *period) == captured(real_data, NEWEST, within)


def test_the_total_of_fiscal_year_2025_fell_between_the_editions(real_bench: Bench) -> None:
    february = asked(real_bench.at(FEBRUARY), {"agency": "ICE"}, "2024-10-01", "2025-09-30")
    now = asked(real_bench, {"agency": "ICE"}, "2024-10-01", "2025-09-30")
    assert (february, now) == (Decimal("3988773028.84"), Decimal("3988661487.38"))


def test_new_money_and_money_taken_back_add_up_to_obligations(real_bench: Bench) -> None:
    period = ("2024-01-20", "2024-10-20")
    gross = asked(real_bench, ARMS, *period, metric="gross_obligations")
    back = asked(real_bench, ARMS, *period, metric="de_obligations")
    assert gross == Decimal("9751871.47")
    assert back == Decimal("9715842.85") - Decimal("9751871.47")


def test_a_row_that_paging_repeated_is_one_action(real_bench: Bench, real_data: Path) -> None:
    """157 captured rows, one of $0 captured twice."""
    condition = f"{ARMS_ROWS} AND {over('2025-01-20', '2025-10-20')}"
    assert captured(real_data, NEWEST, condition, amount="1") == 157
    question = Question("actions", dict(ARMS), start=date(2025, 1, 20), end=date(2025, 10, 20))
    assert real_bench.ask(question).value == 156


def test_a_sum_that_reaches_a_year_not_held_is_unknown_and_not_short(real_bench: Bench) -> None:
    """In February the years before 2025 were not held: what was obligated before then is not known."""
    question = Question("obligations", of(PALANTIR), start=date(2022, 9, 20), end=date(2025, 9, 26))
    answer = real_bench.at(FEBRUARY).ask(question)
    assert answer.value is None
    assert any("7012/FY2024" in caveat and "unknown" in caveat for caveat in answer.caveats)


def test_a_truncated_capture_is_called_out_beside_the_figure(real_bench: Bench) -> None:
    answer = real_bench.ask(
        Question("obligations", {"agency": "ICE"}, start=date(2021, 10, 1), end=date(2023, 9, 30))
    )
    assert {scope for scope in ("7012/FY2022", "7012/FY2023") if any(scope in c for c in answer.caveats)} == {
        "7012/FY2022",
        "7012/FY2023",
    }
    whole = real_bench.ask(Question("obligations", {"agency": "ICE"}, start=date(2023, 10, 1), end=date(2025, 9, 30)))
    assert not any("incomplete" in caveat for caveat in whole.caveats)


def test_vest_would_find_investigations(real_bench: Bench) -> None:
    def orders(words: str) -> int:
        where: dict[str, Values] = {"agency": "ICE", "description": words}
        return int(real_bench.ask(Question("actions", where, start=date(2025, 9, 1), end=date(2025, 9, 30))).value)

    assert orders("*VEST*") > orders("*INVESTIGATI*") / 2 > orders("*BODY ARMOR*")


def test_clearview_and_paragon_by_register_are_not_the_other_firms_of_that_name(real_bench: Bench) -> None:
    by_word = real_bench.ask(Question("obligations", {"recipient_name": "PARAGON*"}, start=date(2024, 10, 1))).value
    by_register = real_bench.ask(Question("obligations", {"recipient": "paragon-solutions"})).value
    assert by_register == Decimal("2000000.00")
    assert by_word > 10 * by_register
    firms = real_bench.ask(Question("awards", {"description": "*CLEARVIEW*"}, by=("agency", "recipient"))).rows
    assert {"clearview-ai"} < {row["recipient"] for row in firms if row["agency"] == "CBP"}


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("ice-weapons-70-million", Verdict.HOLDS),
        ("quantico-tactical-10-million", Verdict.HOLDS),
        ("geissele-9-million", Verdict.HOLDS),
        ("clearview-3-75-million", Verdict.HOLDS),
        ("palantir-30-million", Verdict.HOLDS),
        ("palantir-139-million", Verdict.HOLDS),
        ("paragon-2-million-reactivated", Verdict.HOLDS),
        ("armour-holsters-gear-september-2025", Verdict.HOLDS),
        ("clearview-9-2-million-ceiling", Verdict.UNKNOWN),
        ("case-management-159-million-ceiling", Verdict.UNKNOWN),
        ("surveillance-300-million-planned", Verdict.UNKNOWN),
        ("social-media-centre-30-analysts", Verdict.UNKNOWN),
    ],
)
def test_the_claim_is_judged(real_bench: Bench, name: str, verdict: Verdict) -> None:
    found = real_bench.claim(name)
    assert found.verdict is verdict
    assert found.then.verdict is Verdict.UNKNOWN
    if verdict is Verdict.UNKNOWN:
        assert found.settled_by
    else:
        assert found.earliest is not None


def test_the_weapons_claim_depends_on_what_a_weapon_is(real_bench: Bench) -> None:
    found = real_bench.claim("ice-weapons-70-million")
    assert found.word == "depends on the definition"
    moved = found.now.ranges[0]
    assert (moved.lowest, moved.lowest_definition) == (Decimal("25930872.15"), "weapons by product")
    assert (moved.highest, moved.highest_definition) == (Decimal("159805211.45"), "armour and gear counted too")
    assert moved.definitions == 9
    stated = found.now.stated.figures[0]
    assert stated.question is not None
    behind = real_bench.why(stated.question, limit=1000)
    assert len(behind) == stated.counted
    assert sum(row["federal_action_obligation_usd"] for row in behind) == stated.value


def test_the_law_gives_74_85_billion_as_was_known_on_the_day(real_bench: Bench) -> None:
    assert real_bench.ask(Question("appropriated", {"agency": "ICE"})).value == Decimal("74850000000.00")
    found = real_bench.claim("ice-74-85-billion")
    assert (found.then.verdict, found.now.verdict) == (Verdict.HOLDS, Verdict.HOLDS)


def test_the_sums_of_75_billion_hold_and_the_year_compared_with_is_not_held(real_bench: Bench) -> None:
    found = real_bench.claim("ice-75-billion-over-four-years")
    verdicts = {figure.check: figure.verdict for figure in found.now.stated.figures}
    assert verdicts["appropriated"] is Verdict.HOLDS
    assert verdicts["a year as said"] is Verdict.HOLDS
    assert verdicts["times fiscal year 2024 as said"] is Verdict.HOLDS
    assert (verdicts["fiscal year 2024"], found.verdict) == (Verdict.UNKNOWN, Verdict.UNKNOWN)
    assert found.settled_by


@pytest.mark.parametrize(
    ("technology", "until", "figure"),
    [
        ("clearview-ai", "2026-08-20", "3750000.00"),
        ("immigrationos", "2026-08-20", "29898236.00"),
        ("palantir-icm", "2025-09-26", "139314020.61"),
        ("palantir-icm", "2026-03-03", "139314020.61"),
        ("palantir-icm", "2026-08-20", "150703824.61"),
        ("paragon-graphite", "2026-08-20", "2000000.00"),
    ],
)
def test_the_sums_are_reached_through_the_technology(
    real_bench: Bench, technology: str, until: str, figure: str
) -> None:
    orders = {"clearview-ai": CLEARVIEW, "paragon-graphite": PARAGON}
    where = {"technology": technology, "piid": orders.get(technology, PALANTIR)}
    assert asked(real_bench, where, "2021-10-01", until, "technology_obligations") == Decimal(figure)


def test_a_year_that_runs_is_set_beside_the_same_days_of_the_year_before(real_bench: Bench) -> None:
    by_year = Question("change_on_year_before", by=("fiscal_year",), where={"agency": "ICE"})
    (running,) = (row for row in real_bench.ask(by_year).rows if row["fiscal_year"] == 2026)
    named_year: dict[str, Values] = {"agency": "ICE", "fiscal_year": "2026"}
    named = real_bench.ask(Question("change_on_year_before", where=named_year))
    until = real_bench.day.isoformat()
    this, last = (
        asked(real_bench, {"agency": "ICE"}, f"{year}-10-01", f"{year + 1}{until[4:]}") for year in (2025, 2024)
    )
    assert this is not None
    assert last
    assert running["value"] == named.value == pytest.approx(float(this / last) - 1)


def test_what_a_cut_off_or_coming_stretch_does_not_hold_is_no_zero(real_bench: Bench) -> None:
    back = real_bench.ask(Question("de_obligations", by=("fiscal_year",), where={"agency": "ICE"}))
    assert {row["fiscal_year"]: row["value"] for row in back.rows if row["fiscal_year"] < 2024} == {
        2022: None,
        2023: None,
    }
    september = real_bench.ask(Question("share_in_september", by=("fiscal_year",), where={"agency": "ICE"}))
    assert [row["value"] for row in september.rows if row["fiscal_year"] == 2026] == [None]
