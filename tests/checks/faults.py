"""Faults as they happen, each put into clean rows: what must be found, and of which scope."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from tallystick.nouns.finding import Finding, Severity
from tests.checks.captures import AMOUNT, CBP, DAY, ICE, Row, of

Mutation = Callable[[list[Row]], list[Row]]


@dataclass(frozen=True)
class Fault:
    """`found` is the kind of Finding that must come, of `scope` and at least of `severity`."""

    name: str
    put: Mutation
    found: str
    scope: str | None
    severity: Severity


def is_found(fault: Fault, findings: Iterable[Finding]) -> bool:
    """The fault's Finding came: of its kind, in its place, as severe as it must be or more."""
    order = list(Severity)
    return any(
        finding.kind == fault.found
        and finding.scope == fault.scope
        and order.index(finding.severity) >= order.index(fault.severity)
        for finding in findings
    )


def truncated(rows: int, agency: str = "ICE") -> Mutation:
    """The agency's capture stops after `rows` rows."""
    return lambda clean: [row for own in ("ICE", "CBP") for row in of(clean, own)[: rows if own == agency else None]]


def truncated_by(column: str, rows: int) -> Mutation:
    """The capture was sorted by `column` and stopped after `rows` rows of ICE."""
    return lambda clean: [*sorted(of(clean, "ICE"), key=lambda row: row[column])[:rows], *of(clean, "CBP")]


def without_small(floor: int) -> Mutation:
    """Only ICE actions of `floor` dollars and more."""
    return lambda clean: [row for row in clean if row["Agency"] == "CBP" or float(row[AMOUNT]) >= floor]


def repeated_page(clean: list[Row]) -> list[Row]:
    return [*clean, *of(clean, "ICE")[100:200]]


def thousandfold(clean: list[Row]) -> list[Row]:
    """The largest ICE action is typed a thousand times too large."""
    return [_with(row, AMOUNT, str(Decimal(row[AMOUNT]) * 1000)) if i == 0 else row for i, row in enumerate(clean)]


def slip_of_an_ordinary_amount(clean: list[Row]) -> list[Row]:
    return [_with(row, AMOUNT, str(Decimal(row[AMOUNT]) * 1000)) if i == 300 else row for i, row in enumerate(clean)]


def in_the_wrong_year(clean: list[Row]) -> list[Row]:
    return [_with(row, DAY, "20" + "19" + row[DAY][4:]) if 3 <= i < 8 else row for i, row in enumerate(clean)]


def in_years_to_come(clean: list[Row]) -> list[Row]:
    return [_with(row, DAY, "2052" + row[DAY][4:]) if 3 <= i < 8 else row for i, row in enumerate(clean)]


def zeroed(share: float) -> Mutation:
    def put(clean: list[Row]) -> list[Row]:
        chance = random.Random(7)
        return [_with(r, AMOUNT, "0.00") if r["Agency"] == "ICE" and chance.random() < share else r for r in clean]

    return put


def blanked(column: str) -> Mutation:
    return lambda clean: [_with(row, column, "") if row["Agency"] == "ICE" else row for row in clean]


def swapped(one: str, other: str) -> Mutation:
    return lambda clean: [{**row, one: row[other], other: row[one]} for row in clean]


def shifted(clean: list[Row]) -> list[Row]:
    """Fifty rows whose cells slid one column to the right."""
    names = list(clean[0])
    return [
        dict(zip(names, ["", *list(row.values())[:-1]], strict=True)) if 10 <= i < 60 else row
        for i, row in enumerate(clean)
    ]


def without_agency(clean: list[Row]) -> list[Row]:
    return of(clean, "CBP")


def thinned(clean: list[Row]) -> list[Row]:
    return [row for i, row in enumerate(clean) if row["Agency"] == "CBP" or i % 3]


def restated(clean: list[Row]) -> list[Row]:
    """The hundred largest ICE actions shrink to half."""
    return [
        _with(row, AMOUNT, f"{Decimal(row[AMOUNT]) / 2:.2f}") if row["Agency"] == "ICE" and i < 100 else row
        for i, row in enumerate(clean)
    ]


def slid_amounts(clean: list[Row]) -> list[Row]:
    """Each ICE amount stands one row further down; the total is as it was."""
    own = of(clean, "ICE")
    amounts = [row[AMOUNT] for row in own]
    return [*(_with(row, AMOUNT, amounts[i - 1]) for i, row in enumerate(own)), *of(clean, "CBP")]


def slid(column: str) -> Mutation:
    """From the hundredth row of ICE on, the column says what it says of the row above."""

    def put(clean: list[Row]) -> list[Row]:
        above = of(clean, "ICE")
        ice = [_with(row, column, above[i - 1][column]) if i >= 100 else row for i, row in enumerate(above)]
        return [*ice, *of(clean, "CBP")]

    return put


def in_thousands(clean: list[Row]) -> list[Row]:
    """The amounts of thirty ICE actions, to a cent of a thousand."""
    thirtieth = Decimal(of(clean, "ICE")[29][AMOUNT])
    return [
        _with(row, AMOUNT, str(round(Decimal(row[AMOUNT]) / 1000, 2)))
        if row["Agency"] == "ICE" and Decimal(row[AMOUNT]) >= thirtieth
        else row
        for row in clean
    ]


def without_a_page(clean: list[Row]) -> list[Row]:
    return [*of(clean, "ICE")[:300], *of(clean, "ICE")[400:], *of(clean, "CBP")]


def a_page_for_the_next(clean: list[Row]) -> list[Row]:
    ice = of(clean, "ICE")
    return [*ice[:300], *ice[200:300], *ice[400:], *of(clean, "CBP")]


def rounded(clean: list[Row]) -> list[Row]:
    return [_with(row, AMOUNT, f"{Decimal(row[AMOUNT]):.0f}") if row["Agency"] == "ICE" else row for row in clean]


def without_march(clean: list[Row]) -> list[Row]:
    return [row for row in clean if row["Agency"] == "CBP" or not row[DAY].startswith("2024-03")]


def at_a_limit(clean: list[Row]) -> list[Row]:
    """The capture in no order, stopped at 1,100 rows of ICE's 1,237."""
    mixed = of(clean, "ICE")
    random.Random(3).shuffle(mixed)
    return [*mixed[:1100], *of(clean, "CBP")]


def another_key_for_one_row(clean: list[Row]) -> list[Row]:
    return [*clean, {**clean[0], AMOUNT: "17.00"}]


def _with(row: Row, column: str, value: str) -> Row:
    return {**row, column: value}


INCOMPLETE, SEVERE, WARNING, NOTE = Severity.INCOMPLETE, Severity.SEVERE, Severity.WARNING, Severity.NOTE

IN_ONE_RELEASE = (
    *(
        Fault(f"stops after {n} rows", truncated(n), "truncated_capture", ICE, INCOMPLETE)
        for n in (300, 400, 600, 1100)
    ),
    Fault("the other agency stops", truncated(900, "CBP"), "truncated_capture", CBP, INCOMPLETE),
    Fault("sorted by day, it stops in spring", truncated_by(DAY, 700), "truncated_capture", ICE, INCOMPLETE),
    Fault(
        "sorted by firm, it stops",
        truncated_by("Recipient Name", 700),
        "truncated_capture",
        ICE,
        INCOMPLETE,
    ),
    Fault("only actions from $50,000", without_small(50_000), "truncated_capture", ICE, INCOMPLETE),
    Fault("only actions that take nothing back", without_small(0), "truncated_capture", ICE, INCOMPLETE),
    Fault("a page twice", repeated_page, "duplicate_rows", ICE, SEVERE),
    Fault("the largest amount a thousandfold", thousandfold, "implausible_amount", ICE, SEVERE),
    Fault("rows of another year", in_the_wrong_year, "stray_year", "7012/FY2019", SEVERE),
    Fault("rows of years to come", in_years_to_come, "stray_year", "7012/FY2052", SEVERE),
    Fault("every amount is zero", zeroed(1.1), "empty_column", ICE, SEVERE),
    Fault("no identifiers", blanked("Award ID"), "empty_column", ICE, SEVERE),
    Fault("no amounts", blanked(AMOUNT), "empty_column", ICE, SEVERE),
    Fault("cells slid to the right", shifted, "misfit_cell", None, SEVERE),
    Fault("day and amount change places", swapped(DAY, AMOUNT), "misfit_cell", None, SEVERE),
    Fault(
        "it stops in spring, in no order",
        lambda clean: [r for r in clean if r[DAY] < "2024-05-01"],
        "stale_capture",
        ICE,
        WARNING,
    ),
    Fault("one agency is not there", without_agency, "promised_scope", ICE, INCOMPLETE),
    Fault("an agency has a few rows only", truncated(140), "scope_row_count", ICE, INCOMPLETE),
    Fault("a month is not there", without_march, "month_without_rows", ICE, WARNING),
    Fault("one key, two contents", another_key_for_one_row, "ambiguous_key", ICE, WARNING),
)

BESIDE_THE_LAST = (
    Fault("an agency is missing", without_agency, "missing_scope", ICE, WARNING),
    Fault("a third of the rows is missing", thinned, "row_count_drift", ICE, SEVERE),
    Fault("kind of work and industry change places",
          swapped("Product/Service Description", "NAICS Description"), "swapped_columns", ICE, SEVERE),
    Fault("a column is emptied", blanked("NAICS Description"), "column_emptied", ICE, SEVERE),
    Fault("most amounts are zero", zeroed(0.6), "amounts_zeroed", ICE, SEVERE),
    Fault("a decimal point slips", slip_of_an_ordinary_amount, "power_of_ten", ICE, SEVERE),
    Fault("the total is halved", restated, "restatement", ICE, SEVERE),
    Fault("a month is missing", without_march, "missing_month", ICE, SEVERE),
    Fault("in no order, it stops at a limit", at_a_limit, "row_count_drift", ICE, SEVERE),
    Fault("a page in the middle is missing", without_a_page, "missing_page", ICE, SEVERE),
    Fault("a page stands in the place of the next", a_page_for_the_next, "missing_page", ICE, SEVERE),
    Fault("firms slid down one row", slid("Recipient Name"), "shifted_column", ICE, SEVERE),
    Fault("days slid down one row", slid(DAY), "shifted_column", ICE, SEVERE),
    Fault("some amounts are told in thousands", in_thousands, "power_of_ten", ICE, SEVERE),
    Fault("firm and description change places",
          swapped("Recipient Name", "Transaction Description"), "swapped_columns", ICE, SEVERE),
    Fault("amounts slid down one row", slid_amounts, "restatement", ICE, SEVERE),
    Fault("amounts are rounded to dollars", rounded, "restatement", ICE, SEVERE),
    Fault("no amount changed, another column did", blanked("Recipient Name"), "same_amounts", ICE, NOTE),
    Fault("no amount changed, every identifier went", blanked("Award ID"), "same_amounts", ICE, NOTE),
    Fault("nothing changed but the order", lambda clean: clean[::-1], "same_content", ICE, NOTE),
)  # fmt: skip
