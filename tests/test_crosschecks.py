"""Crosschecks: each row that is not as it must be is a Finding, and a check that says nothing is refused."""

from __future__ import annotations

import ibis
import pytest

from tallystick import crosscheck
from tallystick.crosschecks import expression, findings
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import RecordError
from tallystick.tables.statements import compiled

PAPERS = ibis.table({"name": "string", "paper": "string"}, name="papers")
HELD = "SELECT * FROM (VALUES ('b', 'none'), ('a', 'none')) AS rows(name, paper)"


@crosscheck(severity="note", next_step="look for one")
def without_paper(papers: ibis.Table) -> ibis.Table:
    """Nothing goes without a paper."""
    return papers.select("paper", about=papers.name, says="no paper found for " + papers.name)


@crosscheck(next_step="look")
def silent(papers: ibis.Table) -> ibis.Table:
    """Says nothing."""
    return papers.select(about=papers.name)


def test_each_row_is_a_finding_with_its_evidence_in_the_order_of_what_it_is_about() -> None:
    with DuckDB(threads=1) as engine:
        engine.create("papers", HELD)
        rows = engine.query(compiled(expression(without_paper, lambda _: PAPERS))).to_pylist()
    found = list(findings(without_paper, rows))
    assert [one.scope for one in found] == ["a", "b"]
    assert found[0].evidence == ({"paper": "none"},)
    assert (found[0].kind, found[0].says, found[0].next_step) == (
        "without_paper",
        "no paper found for a",
        "look for one",
    )
    assert len({one.id for one in found}) == 2


def test_a_crosscheck_without_a_sentence_is_refused() -> None:
    with pytest.raises(RecordError, match="no column 'says'"):
        expression(silent, lambda _: PAPERS)


def test_a_row_without_a_sentence_is_refused_by_the_name_of_its_check() -> None:
    rows = [{"about": "a", "says": None, "paper": "none"}]
    with pytest.raises(RecordError, match="'without_paper' says nothing of 'a'"):
        list(findings(without_paper, rows))
