"""Names of agencies are one agency by what stands beside them, never by being alike."""

from __future__ import annotations

from typing import Any

import ibis

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph
from tallystick.tables.statements import compiled

GRAPH = Graph(Catalog((bundled_records(),)))
COLUMNS = ("list_number", "name", "model", "signed_date", "moa")
Row = tuple[int, str, str, str, str | None]


def derived(name: str, *rows: Row) -> list[dict[str, Any]]:
    """What a table of names makes of entries of one state, given as list, name, model, date signed, memorandum."""
    renamings = GRAPH.derivations["agreements_287g_renamings"].function
    values = ", ".join(str((*row[:4], row[4] or "-")) for row in rows)
    told = f"SELECT * FROM (VALUES {values}) AS t({', '.join(COLUMNS)})"
    with DuckDB(threads=1, memory="200MB") as engine:
        engine.create(
            "entries",
            f"SELECT 'OHIO' AS state, *, name AS agency, DATE '2025-01-01' + list_number::INT AS as_of FROM ({told})",
        )
        schema = {
            "state": "string", "list_number": "int32", "name": "string", "model": "string", "signed_date": "string",
            "moa": "string", "agency": "string", "as_of": "date",
        }  # fmt: skip
        entries = ibis.table(schema, name="entries")
        entries = entries.mutate(moa=entries.moa.nullif("-"))
        found = renamings(entries)
        if name == "agreements_287g_names":
            found = GRAPH.derivations[name].function(entries, found)
        return list(engine.query(compiled(found)).to_pylist())


def joined(*rows: Row) -> list[tuple[str, bool]]:
    return [(row["because"], row["is_joined"]) for row in derived("agreements_287g_renamings", *rows)]


def test_the_same_memorandum_and_place_make_one_agency() -> None:
    one: Row = (1, "harbour police dept", "task", "2025-01-01", "a.pdf")
    assert joined(one, (5, "harbour police department", "task", "2024-01-01", "a.pdf")) == [("memorandum", True)]
    assert joined(one, (5, "harbour police department", "jail", "2024-01-01", "a.pdf")) == []
    assert joined(one, (5, "lantern police department", "task", "2025-01-01", "a.pdf")) == []


def test_the_same_date_joins_only_what_follows_at_once() -> None:
    one: Row = (1, "harbor police", "task", "2025-01-01", None)
    assert joined(one, (2, "harbour police", "task", "2025-01-01", None)) == [("date", True)]
    assert joined(one, (3, "harbour police", "task", "2025-01-01", None)) == []
    assert joined(one, (2, "harbour police", "task", "2025-01-02", None)) == []


def test_a_name_alike_is_never_enough() -> None:
    assert (
        joined((1, "harbor police", "task", "2025-01-01", None), (2, "harbour police", "task", "2024-01-01", None))
        == []
    )


def test_names_in_one_list_are_two_agencies() -> None:
    rows: tuple[Row, ...] = (
        (1, "harbor police", "task", "2025-01-01", "a.pdf"),
        (1, "harbour police", "task", "2025-01-01", "a.pdf"),
    )
    assert joined(*rows) == []


def test_a_sheriff_and_a_police_department_stay_apart_and_are_told() -> None:
    sheriff: Row = (1, "harbour county sheriff", "task", "2025-01-01", "a.pdf")
    assert joined(sheriff, (2, "harbour city police", "task", "2025-01-01", "a.pdf")) == [("memorandum", False)]


def test_what_would_join_names_of_one_list_stays_apart_and_is_told() -> None:
    rows: tuple[Row, ...] = (
        (1, "harbour police", "task", "2025-01-01", "a.pdf"),
        (2, "harbours police", "task", "2025-01-01", "a.pdf"),
        (2, "harbourr police", "task", "2025-01-01", "a.pdf"),
    )
    assert joined(*rows) == [("memorandum", False)] * 2
    names = derived("agreements_287g_names", *rows)
    assert {row["because"] for row in names} == {"ambiguous"}
    assert len({row["agency_key"] for row in names}) == 3


def test_an_agency_keeps_its_first_key_through_several_names() -> None:
    names = derived(
        "agreements_287g_names",
        (1, "green forks police", "task", "2025-01-01", None),
        (2, "greens forks police", "task", "2025-01-01", None),
        (3, "greens fork police", "task", "2025-01-01", None),
        (3, "lantern police", "task", "2025-01-01", None),
    )
    keys = {row["name"]: row["agency_key"] for row in names}
    assert keys.pop("lantern police") == "ohio/lantern-police"
    assert set(keys.values()) == {"ohio/green-forks-police"}
