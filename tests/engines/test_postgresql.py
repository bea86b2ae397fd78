"""PostgreSQL as a warehouse: what it holds is whole, and what goes wrong is said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from tallystick.engines.dialects import said
from tallystick.engines.duckdb import DuckDB
from tallystick.engines.postgresql import PostgreSQL
from tallystick.errors import TallystickError, UsageError
from tallystick.expressions import days_until_ended, normalised, share_ended

_COLUMNS = {"day": ibis.dtype("date"), "usd": ibis.dtype("decimal(18, 2)"), "says": ibis.dtype("string")}
_ROWS = {
    "day": pa.array([date(2024, 2, 29), None]),
    "usd": pa.array([Decimal("-0.07"), None], pa.decimal128(18, 2)),
    "says": pa.array(["Who? Ángel", None]),
}


def rows() -> pa.RecordBatchReader:
    return pa.table(_ROWS).to_reader()


@pytest.fixture
def fresh(server: str, request: pytest.FixtureRequest) -> Iterator[PostgreSQL]:
    with PostgreSQL(server, f"of {request.node.name}"[:60]) as engine:
        yield engine


def test_rows_come_back_as_they_went(fresh: PostgreSQL) -> None:
    fresh.begin()
    fresh.take("told", _COLUMNS, rows())
    assert fresh.query("SELECT * FROM told ORDER BY day").to_pylist() == pa.table(_ROWS).to_pylist()


def test_a_value_is_bound_and_a_question_mark_within_text_is_text(fresh: PostgreSQL) -> None:
    fresh.begin()
    fresh.take("told", _COLUMNS, rows())
    sql = "SELECT usd FROM told WHERE says = ? AND says LIKE 'Who?%' AND day = ?"
    assert fresh.query(sql, ["Who? Ángel", date(2024, 2, 29)]).to_pylist() == [{"usd": Decimal("-0.07")}]
    assert fresh.query(sql, ["'; DROP TABLE told", date(2024, 2, 29)]).num_rows == 0


def test_tables_that_were_not_kept_are_seen_by_nobody_and_gone_afterwards(server: str) -> None:
    with PostgreSQL(server, "half") as writer, PostgreSQL(server, "half") as reader:
        writer.begin()
        writer.take("told", _COLUMNS, rows())
        assert not reader.exists()
    with PostgreSQL(server, "half") as again:
        assert not again.exists()
        again.begin()
        again.take("told", _COLUMNS, rows())
        again.keep()
    with PostgreSQL(server, "half") as reader:
        assert reader.exists()
        assert reader.tables() == ["told"]


def test_a_statement_that_is_refused_says_why(fresh: PostgreSQL) -> None:
    with pytest.raises(TallystickError, match='column "nothing" does not exist'):
        fresh.query("SELECT nothing")


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(UsageError, match="could not be reached") as told:
        PostgreSQL("postgresql://someone:secret@127.0.0.1:1/none", "any")
    assert told.value.where == "127.0.0.1:1/none"
    assert "secret" not in str(told.value)


def test_a_driver_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    with pytest.raises(UsageError) as told:
        PostgreSQL("postgresql://127.0.0.1/any", "any")
    assert told.value.next_step == "install tallystick[postgresql]"


def test_names_are_spelt_alike_whatever_their_letters(fresh: PostgreSQL) -> None:
    names = ["Ámbar  Söhne, Inc.", "a.b'c”d", "Łódź & Co. limited liability company", "東京 Corporation", "  ", None]
    fresh.begin()
    fresh.take("told", {"name": ibis.dtype("string")}, pa.table({"name": names}).to_reader())
    expression = ibis.table({"name": "string"}, name="told").select(spelt=normalised(ibis._.name))
    with DuckDB() as here:
        here.take("told", pa.table({"name": names}))
        told = here.query(said(expression, here.dialect))["spelt"].to_pylist()
    assert fresh.query(said(expression, fresh.dialect))["spelt"].to_pylist() == told
    assert told[0] == "ÁMBAR SÖHNE INC"


def test_estimates_are_those_of_the_embedded_engine(fresh: PostgreSQL) -> None:
    spells = {"days": [3, 5, 5, 8, 13, 21, 30], "after": [-1, -1, 2, -1, 4, -1, -1], "how": [1, 1, 2, 0, 1, 1, 0]}
    schema = ibis.schema(dict.fromkeys(spells, "int64"))
    told = ibis.table(schema, name="spells")
    parts = {f"median_{end}": days_until_ended(told, 0.5, end) for end in (-1, 0, 1)}
    shares = {f"share_{end}": share_ended(told, 1, ibis.literal(10), end) for end in (-1, 0, 1)}
    expression = told.aggregate(**parts, **shares)
    with DuckDB() as here:
        here.take("spells", pa.table(spells))
        (mine,) = here.query(said(expression, here.dialect)).to_pylist()
    fresh.begin()
    fresh.take("spells", dict(schema.items()), pa.table(spells).to_reader())
    (its,) = fresh.query(said(expression, fresh.dialect)).to_pylist()
    assert its == pytest.approx(mine)
    assert mine["median_0"] == 13
    assert mine["share_0"]


def test_what_may_be_a_day_or_a_number_is_none_where_it_is_not(fresh: PostgreSQL) -> None:
    texts = ["2024-02-29", "2023-02-29", "12", "x", "", None]
    fresh.begin()
    fresh.take("told", {"text": ibis.dtype("string")}, pa.table({"text": texts}).to_reader())
    text = ibis.table({"text": "string"}, name="told").text
    tried = text.as_table().select(day=text.try_cast("date"), number=text.try_cast("int64"))
    found = fresh.query(said(tried, fresh.dialect)).to_pydict()
    assert found == {"day": [date(2024, 2, 29), *[None] * 5], "number": [None, None, 12, None, None, None]}
