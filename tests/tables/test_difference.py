"""Two states of a table differ by exactly the rows and cells that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.difference import Difference
from tallystick.tables.difference import Ours, Pairing, difference

Row = tuple[str, str | None, str | None, str]
"""piid, recipient, award key, amount."""

KEY = ("piid",)


def compare(
    before: Sequence[Row], after: Sequence[Row], key: tuple[str, ...] = KEY, ours: Ours | None = None
) -> Difference:
    with DuckDB(threads=1) as engine:
        for side, rows in (("before", before), ("after", after)):
            engine.run(
                f"CREATE TABLE {side} (release_id VARCHAR, source_row BIGINT, piid VARCHAR, recipient VARCHAR, "
                f"award_key VARCHAR, amount_usd DECIMAL(20,2))"
            )
            for number, (piid, recipient, award_key, amount) in enumerate(rows, start=1):
                values = ", ".join("NULL" if v is None else f"'{v}'" for v in (piid, recipient, award_key))
                engine.run(f"INSERT INTO {side} VALUES ('{side}-release', {number}, {values}, {amount})")
        return difference(engine, "actions", ("one", "other"), Pairing(key, ours=ours or {}))


def counts(found: Difference) -> tuple[int, int, int, int]:
    return found.added, found.removed, found.changed, found.unchanged


def test_a_row_that_came_one_that_went_and_one_that_changed_are_told_apart() -> None:
    found = compare(
        [("A", "x", None, "1.00"), ("B", "x", None, "2.00"), ("C", "x", None, "3.00")],
        [("A", "x", None, "1.00"), ("C", "y", None, "3.50"), ("D", "x", None, "9.00")],
    )
    assert counts(found) == (1, 1, 1, 1)
    assert found.columns == {"amount_usd": 1, "recipient": 1}
    assert [(r["change"], r["piid"]) for r in found.rows.to_pylist()] == [
        ("added", "D"),
        ("removed", "B"),
        ("changed", "C"),
    ]
    assert found.cells.to_pylist() == [
        {"piid": "C", "changed_by": "publisher", "column": "amount_usd", "before": "3.00", "after": "3.50"},
        {"piid": "C", "changed_by": "publisher", "column": "recipient", "before": "x", "after": "y"},
    ]


def test_what_we_derive_is_counted_apart_and_comes_after_what_the_publisher_changed() -> None:
    before: list[Row] = [("A", "x", None, "9"), ("B", "x", None, "1"), ("C", "x", None, "1"), ("D", "x", None, "5")]
    after: list[Row] = [("A", "y", None, "9"), ("B", "x", None, "2"), ("C", "y", None, "8")]
    found = compare(before, after, ours={"after-release": ["recipient"]})
    assert (found.changed, found.derived, found.ours) == (3, 1, ("recipient",))
    assert [(row["piid"], row["changed_by"]) for row in found.rows.to_pylist()] == [
        ("C", "publisher"),
        ("D", "publisher"),
        ("B", "publisher"),
        ("A", "derived"),
    ]


def test_a_column_that_only_releases_not_compared_derive_is_the_publishers() -> None:
    found = compare([("A", "x", None, "9")], [("A", "y", None, "9")], ours={"another-release": ["recipient"]})
    assert (found.changed, found.derived) == (1, 0)


def test_each_changed_row_says_where_it_lies_on_both_sides() -> None:
    before: list[Row] = [("B", "x", None, "1"), ("A", "x", None, "1")]
    after: list[Row] = [("A", "y", None, "1"), ("B", "x", None, "1")]
    (row,) = compare(before, after).rows.to_pylist()
    assert (row["release_id_before"], row["source_row_before"]) == ("before-release", 2)
    assert (row["release_id_after"], row["source_row_after"]) == ("after-release", 1)


def test_the_moves_of_the_money_add_up_to_the_change_of_the_total() -> None:
    found = compare([("A", "x", None, "1.10"), ("B", "x", None, "2.20")], [("A", "x", None, "1.00")])
    (money,) = found.money
    assert (money.before, money.after, money.delta) == (Decimal("3.30"), Decimal("1.00"), Decimal("-2.30"))
    assert (money.added, money.removed, money.changed) == (Decimal("0.00"), Decimal("2.20"), Decimal("-0.10"))


def test_a_column_that_one_side_does_not_have_is_named_and_calls_no_row_changed() -> None:
    found = compare([("A", "x", None, "1"), ("B", "x", None, "1")], [("A", "x", "K1", "1"), ("B", "x", "K2", "1")])
    assert counts(found) == (0, 0, 0, 2)
    (absent,) = found.absent
    assert (absent.column, absent.side, absent.releases, absent.rows) == (
        "award_key",
        "before",
        ("before-release",),
        2,
    )
    assert "award_key is absent before" in absent.says


def test_a_cell_that_was_filled_and_now_is_blank_is_a_change_where_the_column_is_not_absent() -> None:
    found = compare([("A", "x", "K1", "1"), ("B", "x", "K2", "1")], [("A", "x", "K1", "1"), ("B", "x", None, "1")])
    assert found.columns == {"award_key": 1}
    assert found.absent == ()


def test_of_rows_under_one_key_only_the_copy_that_is_missing_is_removed() -> None:
    twice = [("A", "x", None, "0"), ("A", "x", None, "0"), ("A", "y", None, "5")]
    assert counts(compare(twice, twice[1:])) == (0, 1, 0, 2)
    assert counts(compare(twice, twice[:2])) == (0, 1, 0, 2)
    assert counts(compare(twice[1:], twice)) == (1, 0, 0, 2)


def test_of_rows_under_one_key_those_alike_are_paired_before_the_one_that_changed() -> None:
    before: list[Row] = [("A", "x", None, "1"), ("A", "x", None, "2"), ("A", "x", None, "3")]
    after: list[Row] = [("A", "x", None, "3"), ("A", "x", None, "7"), ("A", "x", None, "1")]
    found = compare(before, after)
    assert counts(found) == (0, 0, 1, 2)
    assert found.cells.to_pylist() == [
        {"piid": "A", "changed_by": "publisher", "column": "amount_usd", "before": "2.00", "after": "7.00"}
    ]


def test_rows_without_a_key_come_and_go_and_never_change() -> None:
    found = compare(
        [("A", "x", None, "1"), ("A", "x", None, "1")], [("A", "x", None, "1"), ("A", "y", None, "1")], ()
    )
    assert counts(found) == (1, 1, 0, 1)


def test_a_table_without_a_row_is_compared_too() -> None:
    assert counts(compare([], [("A", "x", None, "1")])) == (1, 0, 0, 0)
    assert compare([], []).is_empty


_ROWS = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.sampled_from(["x", "y", None]),
        st.none(),
        st.sampled_from(["1.00", "2.00", "-3.00"]),
    ),
    max_size=6,
)


@given(before=_ROWS, after=_ROWS, key=st.sampled_from([(), ("piid",), ("piid", "recipient")]))
@hypothesis_settings(max_examples=40, deadline=None)
def test_what_two_lists_of_rows_share_is_counted_as_a_multiset(
    before: list[Row], after: list[Row], key: tuple[str, ...]
) -> None:
    found = compare(before, after, key)
    shared = Counter(before) & Counter(after)
    missing = not before or not after or {r[1] for r in before} == {None} or {r[1] for r in after} == {None}
    if not missing:
        assert found.unchanged == shared.total()
    assert found.added + found.changed + found.unchanged == len(after)
    assert found.removed + found.changed + found.unchanged == len(before)
    for money in found.money:
        assert money.delta == money.added - money.removed + money.changed
        assert money.after == sum((Decimal(row[3]) for row in after), Decimal(0))
