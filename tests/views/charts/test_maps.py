"""Maps: places by class, the unknown hatched, nothing dropped in silence, small enough for a page."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest

from tallystick.errors import UsageError
from tallystick.settings import bundled_geography
from tallystick.views.charts import draw
from tallystick.views.charts.atlas import COUNTIES, Atlas, atlas
from tallystick.views.charts.draw import drawing
from tallystick.views.charts.kept import drawings
from tallystick.views.shown import Chart, Mark, Shown
from tests.views.charts.shown import SVG, pictures, shown, texts, titles

# Two squares that share an edge, in one state, and a third far from both in another.
SQUARES = """{"type": "Topology", "bbox": [0, 0, 30, 10], "transform": {"scale": [1, 1], "translate": [0, 0]},
"arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]],
[[25, 0], [5, 0], [0, 10], [-5, 0], [0, -10]]],
"objects": {"counties": {"geometries": [
{"type": "Polygon", "id": "48001", "properties": {"name": "West"}, "arcs": [[0, 1]]},
{"type": "MultiPolygon", "id": "48003", "properties": {"name": "East"}, "arcs": [[[2, -1]]]},
{"type": "Polygon", "id": "40001", "properties": {"name": "Far"}, "arcs": [[3]]}]},
"states": {"geometries": [
{"type": "Polygon", "id": "48", "properties": {"name": "Texas"}, "arcs": [[2, 1]]},
{"type": "Polygon", "id": "40", "properties": {"name": "Oklahoma"}, "arcs": [[3]]}]}}}"""


@pytest.fixture
def squares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Atlas:
    """Three counties in two states, in place of all."""
    (tmp_path / COUNTIES).write_text(SQUARES)
    monkeypatch.setattr(draw, "bundled_geography", lambda: tmp_path)
    drawings.cache_clear()
    found = atlas(tmp_path)
    assert found is not None
    return found


@pytest.fixture
def real_atlas() -> Atlas:
    """The shapes that set-up brings."""
    found = atlas(bundled_geography())
    assert found is not None, "set-up brings the shapes of maps: run 'sh scripts/geography.sh'"
    return found


def mapped(of: str, rows: Iterable[Mapping[str, Any]], unit: str = "count", **more: Any) -> Shown:
    return shown(Chart(Mark.MAP, "place", "value", unit, of=of, **more), rows, place="place", value="value")


def rows(**figures: Any) -> list[dict[str, Any]]:
    return [{"place": place.removeprefix("_"), "value": figure} for place, figure in figures.items()]


def fills(picture: Tree.Element) -> dict[str, str]:
    """The fill of each place that a row tells of, by what is said of it."""
    return {
        path.findtext(f"{SVG}title") or "": group.get("fill", "")
        for group in picture.iter(f"{SVG}g")
        for path in group.iterfind(f"{SVG}path")
        if path.find(f"{SVG}title") is not None
    }


@pytest.mark.usefixtures("squares")
def test_counties_have_the_shade_of_their_class_and_the_legend_says_which() -> None:
    picture, legend, _ = pictures(mapped("county", rows(_48001=5, _48003=400, _40001=0)))
    found = fills(picture)
    assert set(found) == {"West, Texas: 5", "East, Texas: 400", "Far, Oklahoma: 0"}
    assert len(set(found.values())) == 3
    assert texts(legend) == ["0", "5 to 399", "400"]


@pytest.mark.usefixtures("squares")
def test_a_place_of_which_nothing_is_known_is_hatched_and_is_no_zero() -> None:
    picture, legend, _ = pictures(mapped("county", rows(_48001=0, _48003=None)))
    found = fills(picture)
    assert found["East, Texas: unknown"].startswith("url(#")
    assert not found["West, Texas: 0"].startswith("url(#")
    assert "Not known: 2 of 3" in (picture[1].text or "")
    assert texts(legend) == ["0", "unknown"]


@pytest.mark.usefixtures("squares")
def test_a_place_without_a_row_is_zero_only_where_the_chart_says_so() -> None:
    for zero, known in ((True, ["0 or not listed", "5"]), (False, ["5", "unknown"])):
        _, legend, _ = pictures(mapped("county", rows(_48001=5), unlisted_is_zero=zero))
        assert texts(legend) == known


@pytest.mark.usefixtures("squares")
def test_a_place_that_the_map_does_not_have_is_told() -> None:
    told = "In the table and not on this map: 09110"
    picture, legend, _ = pictures(mapped("county", [*rows(_48001=5, _09110=3), {"place": None, "value": 8}]))
    assert told in (picture[1].text or "")
    assert told in texts(legend)
    assert "What names no place is in the table alone" in texts(legend)


@pytest.mark.usefixtures("squares")
def test_what_names_no_place_has_no_part_in_the_scale_of_a_map() -> None:
    _, legend, _ = pictures(mapped("county", [*rows(_48001=5), {"place": None, "value": 238}], most=238))
    assert texts(legend)[0] == "5"


@pytest.mark.usefixtures("squares")
def test_counties_whose_state_is_told_by_other_places_are_not_known_to_have_none() -> None:
    _, legend, _ = pictures(mapped("county", rows(_40999=3, _48001=5), unlisted_is_zero=True))
    assert {"0 or not listed", "unknown"} <= set(texts(legend))


@pytest.mark.usefixtures("squares")
def test_states_are_found_by_name_in_any_case_by_code_and_by_what_places_calls_them() -> None:
    for names, places in (("TEXAS", {}), ("48", {}), ("TX", {"48": "TX"})):
        picture, *_ = pictures(mapped("state", rows(**{f"_{names}": 7}), places=places))
        assert "Texas: 7" in fills(picture)


def test_an_area_is_its_counties_drawn_as_one(squares: Atlas) -> None:
    lie_in = {"48001": "DAL", "48003": "DAL"}
    picture, *_ = pictures(mapped("area", rows(DAL=7), places=lie_in))
    assert titles(picture) == ["DAL: 7"]
    (outline,) = [path.get("d", "") for path in picture.iter(f"{SVG}path") if path.find(f"{SVG}title") is not None]
    assert outline.count("M") == 1, "one ring: the edge that both share is not in it"
    assert squares.outline(squares.shapes["county"][1:]) == outline


@pytest.mark.usefixtures("squares")
def test_maps_on_one_scale_have_the_same_legend() -> None:
    columns = [{"place": "48001", "value": 5, "before": 1}, {"place": "48003", "value": 400, "before": 2}]
    legends = []
    for up in ("value", "before"):
        chart = Chart(Mark.MAP, "place", up, "count", of="county", most=400)
        legends.append(texts(pictures(shown(chart, columns, place="place", value="now", before="before"))[1]))
    assert legends[0] == legends[1]


def test_without_shapes_a_map_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "bundled_geography", lambda: tmp_path)
    drawings.cache_clear()
    for picture in pictures(mapped("county", rows(_48001=5))):
        assert " ".join(texts(picture)).startswith("The map is left out: the shapes of counties and states are not")


def test_damaged_shapes_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / COUNTIES).write_text(SQUARES[:400])
    with pytest.raises(UsageError) as refused:
        atlas(tmp_path)
    assert refused.value.next_step == "sh scripts/geography.sh"


def test_a_map_of_every_county_fits_a_page(real_atlas: Atlas) -> None:
    every = [{"place": shape.fips, "value": int(shape.fips)} for shape in real_atlas.shapes["county"]]
    assert len(every) == 3142
    drawn = drawing(mapped("county", every))
    assert len(drawn) < 900_000
    assert len(gzip.compress(drawn.encode())) < 250_000
    drawings.cache_clear()
    assert drawing(mapped("county", every)) == drawn


def test_no_two_drawings_on_a_page_share_an_id(real_atlas: Atlas) -> None:
    assert real_atlas.arcs
    drawn = [mapped(of, rows(Texas=figure)) for of in ("state", "county") for figure in (None, 5)]
    ids = [one.get("id") for what in drawn for picture in pictures(what) for one in picture.iter() if one.get("id")]
    assert len(ids) == len(set(ids)) > 0
