"""Whatever the width, no number, key or name is cut."""

from __future__ import annotations

import pytest

from tallystick.views.cli.layout import Column, laid_out, wrapped

MONEY = ("$3,988,773,028.84", "-$111,541.46")
KEYS = ("70CMSW22FR0000035", "70CMSW25C00000009")
PROSE = ("modify the project code of the body worn camera pilot program", "")


def columns() -> list[Column]:
    return [
        Column("piid", KEYS, False),
        Column("description", PROSE, False),
        Column("federal_action_obligation_usd", MONEY, True),
        Column("after_usd", MONEY, True),
    ]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140, None])
def test_every_number_and_key_is_whole_at_every_width(width: int | None) -> None:
    shown = laid_out(columns(), width)
    assert all(cell in shown for cell in (*MONEY, *KEYS))
    assert "…" not in shown
    assert all(word in shown for word in PROSE[0].split())


def test_a_table_that_just_fits_keeps_its_last_column_whole() -> None:
    shown = [
        Column("file", ("CBP_ICE_FY2023_Contract_Obligations.csv",), False),
        Column("source_row", ("6273",), True),
        *columns(),
    ]
    rows = [Column(c.name, c.cells[:1], c.is_number) for c in shown]
    for width in range(20, 200):
        told = laid_out(rows, width)
        assert all(word in told for column in rows for cell in column.cells for word in cell.split()), width


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, laid_out(columns(), width).splitlines())) <= width


def test_columns_that_can_be_spared_give_way_and_a_line_says_so() -> None:
    shown = laid_out(columns(), 50, spare=["description", "after_usd"])
    assert "Not shown at this width: description, after usd" in " ".join(shown.split())
    assert all(cell in shown for cell in (*MONEY, *KEYS))


def test_a_row_becomes_a_record_where_no_table_fits() -> None:
    shown = laid_out(columns(), 40)
    assert "piid" in shown.splitlines()[0]
    assert shown.count("after usd") == len(KEYS)


def test_a_sentence_wraps_between_words_and_a_hash_does_not() -> None:
    digest = "0123456789abcdef" * 4
    shown = wrapped(f"a sentence that goes on\n{digest}  file.csv", 20)
    assert digest in shown
    assert shown.splitlines()[0] == "a sentence that goes"
