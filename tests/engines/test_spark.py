"""A cluster by Spark Connect: what it holds is whole, and what goes wrong is said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from tallystick.engines import spark as engine
from tallystick.engines.dialects import said
from tallystick.engines.duckdb import DuckDB
from tallystick.engines.spark import Spark
from tallystick.errors import TallystickError, UsageError
from tallystick.expressions import days_until_ended, normalised, share_ended
from tests.engines.cluster import spark
from tests.engines.server import free_port

_COLUMNS = {"day": "date", "usd": "decimal(18, 2)", "says": "string", "at": "timestamp"}
_ROWS = {
    "day": pa.array([date(2024, 2, 29), None]),
    "usd": pa.array([Decimal("-0.07"), None], pa.decimal128(18, 2)),
    "says": pa.array(["Who? Ángel's \\ back", None]),
    "at": pa.array([datetime.fromisoformat("2024-03-10T02:30"), None], pa.timestamp("us")),
}


def rows() -> pa.RecordBatchReader:
    return pa.table(_ROWS).to_reader()


@pytest.fixture
def fresh(cluster: str, request: pytest.FixtureRequest) -> Iterator[Spark]:
    with Spark(cluster, request.node.name) as made:
        made.begin()
        yield made


def test_rows_come_back_as_they_went_and_as_they_were_made_there(fresh: Spark) -> None:
    fresh.take("told", _COLUMNS, rows())
    fresh.create("made", "SELECT * FROM `told`")
    fresh.create("none_of_it", "SELECT * FROM `told` WHERE `says` = 'x'")
    for name in ("told", "made"):
        assert fresh.query(f"SELECT * FROM `{name}` ORDER BY `day` DESC").to_pylist() == pa.table(_ROWS).to_pylist()
    none = fresh.query("SELECT * FROM `none_of_it`")
    assert none.num_rows == 0
    assert none.schema.types == pa.table(_ROWS).schema.types


def test_a_value_is_bound_and_a_question_mark_within_text_is_text(fresh: Spark) -> None:
    fresh.take("told", _COLUMNS, rows())
    sql = "SELECT `usd` FROM `told` WHERE `says` = ? AND `says` LIKE 'Who?%' AND `day` = ?"
    day = date(2024, 2, 29)
    assert fresh.query(sql, ["Who? Ángel's \\ back", day]).to_pylist() == [{"usd": Decimal("-0.07")}]
    assert fresh.query(sql, ["' OR '1' = '1", day]).num_rows == 0


def test_many_values_are_bound_each_in_its_place(fresh: Spark) -> None:
    asked = ", ".join(f"? AS `of {place}`" for place in range(12))
    told = [f"value {place}" for place in range(12)]
    assert list(fresh.query(f"SELECT {asked}", told).to_pylist()[0].values()) == told


def test_tables_that_were_not_kept_are_seen_by_nobody_and_gone_afterwards(cluster: str) -> None:
    folder = Path(cluster.rpartition("=")[2])
    with Spark(cluster, "half") as writer, Spark(cluster, "half") as reader:
        writer.begin()
        writer.take("told", _COLUMNS, rows())
        assert not reader.exists()
    assert not list(folder.glob("half*"))


def test_of_two_that_make_the_same_the_first_stands(cluster: str) -> None:
    folder = Path(cluster.rpartition("=")[2])
    with Spark(cluster, "both") as first, Spark(cluster, "both") as second:
        for number, one in enumerate((first, second)):
            one.begin()
            one.create("told", f"SELECT {number} AS `maker`")
        first.keep()
        second.keep()
        assert [one.query("SELECT * FROM `told`").to_pylist() for one in (first, second)] == [[{"maker": 0}]] * 2
    with Spark(cluster, "both") as reader:
        assert reader.exists()
        assert reader.query("SELECT * FROM `told`").to_pylist() == [{"maker": 0}]
    assert len(list(folder.glob("both*"))) == 2


def test_a_server_that_was_started_again_is_told_of_the_tables_again(tmp_path: Path) -> None:
    port = free_port()
    with spark(port) as address:
        made = Spark(f"{address};tables={tmp_path}", "any")
        made.begin()
        made.take("told", _COLUMNS, rows())
        made.keep()
    with spark(port):
        assert made.query("SELECT count(*) AS `rows` FROM `told`").to_pylist() == [{"rows": 2}]
        made.close()


def test_a_statement_that_is_refused_says_why(fresh: Spark) -> None:
    with pytest.raises(TallystickError, match=r"Spark refused a statement: .*nothing"):
        fresh.query("SELECT `nothing`")


def test_a_server_that_is_not_there_is_said_without_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_PATIENCE", 0.2)
    with pytest.raises(UsageError, match="could not be reached") as told:
        Spark(f"sc://127.0.0.1:{free_port()}/;token=secret;tables={tmp_path}", "any")
    assert "secret" not in f"{told.value} {told.value.where}"


@pytest.mark.parametrize("address", ["sc://127.0.0.1:1/", "sc://127.0.0.1:1/;tables=/is/not/there"])
def test_a_cluster_needs_a_folder_that_is_there(address: str) -> None:
    with pytest.raises(UsageError, match="no folder for the tables"):
        Spark(address, "any")


def test_a_client_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(UsageError) as told:
        Spark(f"sc://127.0.0.1:1/;tables={tmp_path}", "any")
    assert told.value.next_step == "install tallystick[spark]"


def test_names_are_spelt_and_stripped_alike_whatever_their_signs(fresh: Spark) -> None:
    names = ["Ámbar  Söhne, Inc.", "a.b'c”d", "Łódź & Co. limited liability company", "\x0b fever \t\x0c", "  ", None]
    fresh.take("told", {"name": "string"}, pa.table({"name": names}).to_reader())
    name = ibis.table({"name": "string"}, name="told").name
    expression = name.as_table().select(spelt=normalised(name), bare=name.strip(), left=name.lstrip())
    with DuckDB() as here:
        here.take("told", pa.table({"name": names}))
        told = here.query(said(expression, here.dialect)).to_pylist()
    found = fresh.query(said(expression, fresh.dialect)).to_pylist()
    assert sorted(found, key=str) == sorted(told, key=str)
    assert {row["bare"] for row in told} >= {"fever", ""}


def test_a_number_that_is_none_is_there(fresh: Spark) -> None:
    fresh.take("told", {"number": "float64"}, pa.table({"number": [1.5, float("nan"), None]}).to_reader())
    number = ibis.table({"number": "float64"}, name="told").number
    asked = number.as_table().aggregate(there=number.notnull().sum(), absent=number.isnull().sum())
    assert fresh.query(said(asked, fresh.dialect)).to_pylist() == [{"there": 2, "absent": 1}]


def test_estimates_are_those_of_the_embedded_engine(fresh: Spark, tmp_path: Path) -> None:
    spells = {"days": [3, 5, 5, 8, 13, 21, 30], "after": [-1, -1, 2, -1, 4, -1, -1], "how": [1, 1, 2, 0, 1, 1, 0]}
    schema = ibis.schema(dict.fromkeys(spells, "int64"))
    told = ibis.table(schema, name="spells")
    parts = {f"median_{end}": days_until_ended(told, 0.5, end) for end in (-1, 0, 1)}
    shares = {f"share_{end}": share_ended(told, 1, ibis.literal(10), end) for end in (-1, 0, 1)}
    expression = told.aggregate(**parts, **shares)
    with DuckDB() as here:
        here.take("spells", pa.table(spells))
        (mine,) = here.query(said(expression, here.dialect)).to_pylist()
    fresh.take("spells", dict(schema.items()), pa.table(spells).to_reader())
    with spark() as another, Spark(f"{another};tables={tmp_path}", "any"):
        pass  # the session that was begun last is at a server that is gone
    (its,) = fresh.query(said(expression, fresh.dialect)).to_pylist()
    assert its == pytest.approx(mine)
    assert mine["median_0"] == 13
    assert mine["share_0"]
