"""Rows that are single persons are asked by no metric."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.catalog import Catalog
from tallystick.errors import RecordError
from tallystick.metrics.evaluate import Metrics
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph

METRIC = '''
from tallystick import metric


@metric(unit="count", on="arrest_date", by=["aor"])
def rows_of_persons(ero_arrests_published):
    """Rows, one a person."""
    return ero_arrests_published.count()
'''


def test_a_metric_over_rows_of_single_persons_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "persons.py").write_text(METRIC)
    catalog = Catalog((bundled_records(), tmp_path))
    with pytest.raises(RecordError, match="single persons") as failure:
        Metrics(catalog, Graph(catalog)).metric("rows_of_persons")
    assert "table of counts" in failure.value.next_step


def test_the_rows_released_of_arrests_and_removals_are_only_counted() -> None:
    hidden = Catalog((bundled_records(),)).only_counted
    assert {"ero_arrests_published", "ice_removals_published"} <= hidden
