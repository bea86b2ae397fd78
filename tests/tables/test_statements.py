"""What is kept by the text of its SQL is found again by every process."""

from __future__ import annotations

import duckdb
import ibis

from tallystick.tables.statements import compiled, reading_once


def test_columns_that_are_dropped_stand_in_one_order_whatever_order_a_set_gives() -> None:
    names = [f"column_{number}" for number in range(40)]
    table = ibis.table(dict.fromkeys(names, "string"), name="wide")
    sql = compiled(table.drop("column_7", "column_1", "column_30", "column_12", "column_5"))
    assert 'EXCLUDE ("column_1", "column_12", "column_30", "column_5", "column_7")' in sql


def test_a_view_that_is_read_twice_is_read_beforehand_and_once() -> None:
    sql = 'SELECT a.x FROM "v" AS a JOIN "v" AS b ON a.x = b.x JOIN "w" AS c ON c.x = b.x'
    once = reading_once(sql, ["v", "w"])
    assert once.count('FROM "v"') == 1
    assert reading_once(sql, ["w"]) == sql
    with duckdb.connect() as connection:
        connection.execute("CREATE VIEW v AS SELECT range AS x FROM range(5)")
        connection.execute("CREATE VIEW w AS SELECT range AS x FROM range(3)")
        assert sorted(connection.execute(once).fetchall()) == sorted(connection.execute(sql).fetchall())
