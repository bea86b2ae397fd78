"""Tables are compared by the columns that they declare."""

from __future__ import annotations

import pytest

from tallystick.catalog import Catalog
from tallystick.errors import UnknownName
from tallystick.tables.graph import Graph
from tallystick.tables.states import comparison


def test_contract_actions_are_found_again_by_columns_that_every_capture_has(catalog: Catalog) -> None:
    found = comparison(Graph(catalog), "contract_actions", "")
    assert found.key == ("sub_agency_code", "piid", "modification_number")
    assert found.aside == ("action_key",)


def test_a_published_table_is_compared_by_its_own_key(catalog: Catalog) -> None:
    found = comparison(Graph(catalog), "usaspending_captures_published", "")
    assert found.key == tuple(catalog.published[found.table].publishes[found.table].key)
    assert found.aside == ()


def test_a_derived_table_is_compared_by_its_declared_key(catalog: Catalog) -> None:
    assert comparison(Graph(catalog), "awards", "").key == ("award_key",)


def test_a_table_that_is_not_there_is_refused_with_near_names(catalog: Catalog) -> None:
    with pytest.raises(UnknownName, match="contract_action"):
        comparison(Graph(catalog), "contract_action", "")
