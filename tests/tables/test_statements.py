"""What is kept by the text of its SQL is found again by every process."""

from __future__ import annotations

import ibis

from tallystick.tables.statements import compiled


def test_columns_that_are_dropped_stand_in_one_order_whatever_order_a_set_gives() -> None:
    names = [f"column_{number}" for number in range(40)]
    table = ibis.table(dict.fromkeys(names, "string"), name="wide")
    sql = compiled(table.drop("column_7", "column_1", "column_30", "column_12", "column_5"))
    assert 'EXCLUDE ("column_1", "column_12", "column_30", "column_5", "column_7")' in sql
