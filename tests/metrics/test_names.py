"""States, areas and counties may be named by code or name, in any case, whatever spelling a table keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis
import pytest

from tallystick.catalog import Catalog
from tallystick.metrics.names import Names
from tallystick.nouns.metric import Question, Values
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph

NAMES = Names(Graph(Catalog((bundled_records(),))))
TABLE = ibis.table({"state": "string", "aor": "string", "county_name": "string", "piid": "string"}, name="places")


def resolved(where: dict[str, Values], held: Iterable[str]) -> dict[str, Values]:
    def cells(asked: Any) -> Iterable[str]:
        assert asked.columns == ("value",)
        return held

    return NAMES.resolved(Question("residents", where), TABLE, cells).where


@pytest.mark.parametrize("written", ["TX", "tx", "Texas", "TEXAS", " texas "])
@pytest.mark.parametrize("held", ["TX", "TEXAS", "Texas"])
def test_a_state_is_found_by_code_or_name_in_any_case(written: str, held: str) -> None:
    assert resolved({"state": written}, [held, "FL", "FLORIDA"]) == {"state": held}


@pytest.mark.parametrize("written", ["MIA", "mia", "Miami", "miami field office"])
def test_an_area_is_found_by_its_code_its_name_and_its_office(written: str) -> None:
    assert resolved({"aor": written}, ["ATL", "MIA"]) == {"aor": "MIA"}


@pytest.mark.parametrize("written", ["Collier", "COLLIER COUNTY", "collier county"])
@pytest.mark.parametrize("held", ["Collier County", "COLLIER"])
def test_a_county_is_found_with_and_without_what_it_is(written: str, held: str) -> None:
    assert resolved({"county": written}, [held, "Dade County"]) == {"county": held}


def test_one_thing_spelt_in_two_ways_is_let_through_in_both() -> None:
    assert resolved({"county": "lee"}, ["LEE", "Lee County", "Leeds"]) == {"county": ["LEE", "Lee County"]}


def test_patterns_other_dimensions_and_unknown_names_stay_as_written() -> None:
    where: dict[str, Values] = {"state": ["T*", "Atlantis"], "piid": "tx"}
    assert resolved(where, ["TX"]) == where


@pytest.mark.parametrize(
    ("dimension", "written", "hint"),
    [("aor", "Miammi", "MIA (Miami)"), ("state", "Texs", "TX (Texas)"), ("state", "Floridda", "FLORIDA")],
)
def test_a_name_that_is_not_there_is_answered_with_the_code_of_the_near_one(
    dimension: str, written: str, hint: str
) -> None:
    assert hint in NAMES.near(dimension, written, ["MIA", "ATL", "TX", "FLORIDA"])
