"""Charts on pages: names and summaries, gaps, what is left out; anything at all draws to safe and equal bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.views.charts.draw import drawing
from tallystick.views.charts.kept import Kept, drawings
from tallystick.views.shown import Chart, Column, Mark, Shown
from tallystick.views.words import Words
from tests.views.charts.shown import SVG, by_month, desk, pictures, shown, texts, titles

PLOTTED = (Mark.BARS, Mark.LINE, Mark.AREAS, Mark.SPECIFICATION)


def test_a_chart_is_drawn_for_a_desk_and_for_a_phone() -> None:
    wide, narrow = pictures(by_month(Decimal(5), Decimal(7)))
    assert (wide.get("class"), narrow.get("class")) == ("chart desk", "chart phone")
    assert float(wide.get("width", "0")) > 600 > 400 > float(narrow.get("width", "0"))
    assert wide.get("viewBox", "").startswith("0 0 680 ")


def test_what_has_no_chart_draws_nothing() -> None:
    assert drawing(Shown("words alone")) == ""


def test_a_picture_says_its_name_and_what_it_shows() -> None:
    picture = desk(by_month(Decimal(5), Decimal("-7.25"), None))
    assert picture.get("role") == "img"
    assert picture[0].tag == f"{SVG}title"
    assert picture[0].text == "What is drawn"
    assert picture[1].tag == f"{SVG}desc"
    assert picture[1].text == (
        "Line of 3 rows. First: Jan 2024: $5.00. Last: Feb 2024: -$7.25. "
        "Highest: Jan 2024: $5.00. Lowest: Feb 2024: -$7.25. Not known: 1 of 3."
    )


def test_it_says_so_in_spanish() -> None:
    words = Words("es", {"Line of {count} rows": "Línea de {count} filas", "US dollars": "dólares"})
    picture = desk(by_month(Decimal(5), Decimal(7)), words)
    assert (picture[1].text or "").startswith("Línea de 2 filas. First: ene 2024: $5.00.")
    assert "dólares" in texts(picture)


def test_bars_have_their_intervals_and_those_of_unknown_ends_have_none() -> None:
    columns = (Column("who", "who"), Column("share", "share", "share"))
    chart = Chart(Mark.BARS, "who", "share", "share", ends=("low", "high"))

    def strokes(*ends: tuple[float | None, float | None]) -> int:
        rows = tuple({"who": str(n), "share": 0.5, "low": low, "high": high} for n, (low, high) in enumerate(ends))
        picture = desk(Shown("x", columns=columns, rows=rows, chart=chart))
        return sum(part.tag in (f"{SVG}line", f"{SVG}path") for part in picture.iter())

    of_both = strokes((0.4, 0.6), (0.45, 0.55))
    assert of_both - strokes((0.4, 0.6), (None, None)) == 3, "a line and a stroke at each end"


def test_whoever_points_at_a_mark_is_told_its_exact_figure() -> None:
    assert titles(desk(by_month(Decimal("5.10"), Decimal(7)))) == ["Jan 2024: $5.10", "Feb 2024: $7.00"]


@pytest.mark.parametrize("skip", [2, -1])
def test_a_month_without_a_figure_breaks_the_line_and_is_no_zero(skip: int) -> None:
    picture = desk(by_month(4, 5, None, 6, 7, unit="count", skip=skip))
    lines = [
        path.get("d", "") for path in picture.iter(f"{SVG}path") if path.get("stroke-width") == "2" and len(path) == 0
    ]
    assert [line.count("M") for line in lines] == [2], "one line, in two pieces"
    assert len(titles(picture)) == 4


def test_months_without_rows_keep_their_room_on_the_axis() -> None:
    rows = [{"month": date(year, 1, 1), "value": 1} for year in (2020, 2021, 2024)]
    picture = desk(shown(Chart(Mark.BARS, "month", "value", "count"), rows))
    places = [
        float(found) for path in picture.iter(f"{SVG}path") for found in _starts(path) if path.find("*") is not None
    ]
    first, second, third = sorted(places)
    assert third - second == pytest.approx(3 * (second - first), rel=0.1)


def _starts(path: Tree.Element) -> list[str]:
    return re.findall(r"^M(-?[\d.]+)", path.get("d", ""))


def test_nothing_known_is_said_in_words() -> None:
    for picture in pictures(by_month(None, None)):
        assert texts(picture) == ["Nothing that could be drawn is known"]
        assert "Not known: 2 of 2" in (picture[1].text or "")


def test_of_many_names_the_largest_are_drawn_and_the_picture_says_so() -> None:
    rows = [{"name": f"name {place}", "value": place} for place in range(100)]
    drawn = pictures(shown(Chart(Mark.BARS, "name", "value", "count"), rows))
    for picture, most in zip(drawn, (30, 10), strict=True):
        assert len(titles(picture)) == most
        assert titles(picture)[0] == "name 99: 99"
        assert f"The {most} largest of 100 are drawn" in texts(picture)
        assert f"The {most} largest of 100 are drawn" in (picture[1].text or "")


def test_of_many_series_the_largest_are_drawn_and_the_picture_says_so() -> None:
    rows = [{"month": date(2024, 1, 1), "who": f"who {place}", "value": place} for place in range(20)]
    picture = desk(shown(Chart(Mark.LINE, "month", "value", "count", series="who"), rows))
    assert len(titles(picture)) == 8
    assert "The 8 largest of 20 are drawn (who)" in texts(picture)


def test_a_long_name_is_cut_and_told_in_full() -> None:
    name = "The Company of a Very Long Name Indeed " * 8
    for picture in pictures(shown(Chart(Mark.BARS, "name", "value", "count"), [{"name": name, "value": 3}])):
        assert any(text.split("The Company")[0].endswith("…") or "…" in text for text in texts(picture))
        assert name.strip() in titles(picture)


def test_figures_of_a_year_before_stand_beside_and_are_named() -> None:
    chart = Chart(Mark.BARS, "fiscal_year", "value", "USD", beside="before")
    rows = [{"fiscal_year": year, "value": Decimal(year), "before": Decimal(year - 1)} for year in (2023, 2024)]
    picture = desk(shown(chart, rows, value="Obligated", before="A year before"))
    assert {"Obligated", "A year before", "FY2023", "FY2024"} <= set(texts(picture))
    assert titles(picture)[0] == "FY2023: $2,023.00; A year before: $2,022.00"


def test_bars_beside_each_other_stand_in_the_order_of_their_legend() -> None:
    chart = Chart(Mark.BARS, "name", "value", "USD", beside="before")
    rows = [{"name": name, "value": 4, "before": 2} for name in ("The first of the long names", "The second of them")]
    picture = desk(shown(chart, rows, value="Obligated", before="A year before"))
    said = texts(picture)
    assert said.index("Obligated") < said.index("A year before")
    drawn = [bar.get("d", "") for bar in picture.iter(f"{SVG}path") if bar.find(f"{SVG}title") is not None]
    down_the_page = [tuple(map(float, re.findall(r"[\d.]+", bar)[1:3])) for bar in drawn]
    widths = [width for _, width in sorted(down_the_page)]
    assert widths == sorted(widths[:2], reverse=True) * 2, (
        "the figure above the one beside it, as the legend names them"
    )


def test_a_bar_that_is_unknown_is_a_word_and_a_zero_is_none() -> None:
    chart = Chart(Mark.BARS, "facility", "value", "count", beside="beds")
    rows: list[dict[str, Any]] = [
        {"facility": "Adams County Center", "value": 9, "beds": 0},
        {"facility": "Baker County Jail", "value": 8, "beds": None},
        {"facility": "Collier County Jail", "value": None, "beds": ""},
    ]
    written = _words(desk(shown(chart, rows, facility="facility", value="people", beds="beds")))
    assert (written.count("unknown"), written.count("blank")) == (2, 1)


def test_a_month_that_is_unknown_has_its_word_upright_and_where_there_is_no_room_a_mark() -> None:
    assert _words(desk(by_month(1, None, 3, mark=Mark.BARS))).count("unknown") == 1
    many = _words(desk(by_month(*([1, None] * 60), mark=Mark.BARS)))
    assert (many.count("unknown"), many.count("?")) == (0, 60)


def _words(picture: Tree.Element) -> list[str]:
    """What is written in a picture, without what is said to whoever points at it."""
    return [one.text or "" for one in picture.iter(f"{SVG}text")]


def test_a_step_alone_between_gaps_is_drawn_and_the_gaps_are_named() -> None:
    months = [date(2020, 1, 1), date(2020, 2, 1), date(2021, 6, 1), date(2022, 10, 1), date(2022, 11, 1)]
    rows = [{"month": month, "model": model, "value": 5} for month in months for model in ("one", "two")]
    drawn = desk(
        shown(Chart(Mark.AREAS, "month", "value", "count", "model"), rows, month="month", value="agreements")
    )
    assert {"Jun 2021, one: 5", "Jun 2021, two: 5"} <= set(titles(drawn))
    assert "nothing held" in texts(drawn)
    assert "Nothing held tells of: Mar 2020 to May 2021, Jul 2021 to Sep 2022" in texts(drawn)


def test_areas_have_a_gap_where_a_part_is_unknown() -> None:
    rows = [
        {"month": date(2024, month, 1), "who": who, "value": None if (month, who) == (3, "b") else 5}
        for month in range(1, 6)
        for who in "ab"
    ]
    picture = desk(shown(Chart(Mark.AREAS, "month", "value", "count", series="who"), rows))
    drawn = [path.get("d", "") for path in picture.iter(f"{SVG}path") if path.find(f"{SVG}title") is not None]
    assert [area.count("M") for area in drawn] == [2, 2], "both parts, in two pieces"


def test_shares_are_never_put_on_top_of_one_another() -> None:
    rows = [{"fiscal_year": 2024, "who": who, "value": 0.5} for who in "ab"]
    for unit, heights in (("share", 1), ("count", 2)):
        picture = desk(shown(Chart(Mark.BARS, "fiscal_year", "value", unit, series="who"), rows))
        tops = {_top(path) for path in picture.iter(f"{SVG}path") if path.find(f"{SVG}title") is not None}
        assert len(tops) == heights


def _top(path: Tree.Element) -> str:
    return str(re.findall(r"^M-?[\d.]+,(-?[\d.]+)", path.get("d", ""))[0])


def test_drawings_are_kept_and_forgotten_oldest_first() -> None:
    kept = Kept(10)
    made: list[str] = []

    def made_of(text: str) -> Callable[[], str]:
        def make() -> str:
            made.append(text)
            return text * 4

        return make

    for text in "abacba":
        assert kept.kept(text, made_of(text)) == text * 4
    assert made == ["a", "b", "c", "b", "a"], "b made room for c, then a for b, then c for a"


def test_threads_draw_the_same() -> None:
    whats = [by_month(*(Decimal(place * step % 7) for place in range(9))) for step in range(1, 5)]
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(drawing, whats * 2))
    drawings.cache_clear()
    assert drawn == [drawing(what) for what in whats * 2]


LABELS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "]]>",
            "\" onload='x",
            "&amp;",
            "שלום עולם",
            "مرحبا",
            "x" * 300,
            "a\x00b\ud800c",
            "datum",
        ]
    ),
)
FIGURES = st.one_of(
    st.none(),
    st.just("withheld"),
    st.just(""),
    st.integers(-(10**18), 10**18),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.floats(),
)
TIMES = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)), st.just("not a day"))
ROWS = st.lists(
    st.fixed_dictionaries(
        {"name": LABELS, "month": TIMES, "value": FIGURES, "other": FIGURES, "who": LABELS, "verdict": LABELS}
    ),
    max_size=12,
)


@given(
    rows=ROWS,
    mark=st.sampled_from(PLOTTED),
    along=st.sampled_from(["name", "month"]),
    series=st.sampled_from([None, "who"]),
    beside=st.sampled_from([None, "other"]),
)
@settings(max_examples=15, deadline=None)
def test_anything_draws_to_safe_and_equal_bytes(
    rows: list[dict[str, object]], mark: Mark, along: str, series: str | None, beside: str | None
) -> None:
    verdict = "verdict" if mark is Mark.SPECIFICATION else None
    what = shown(Chart(mark, along, "value", "USD", series, beside, verdict=verdict), rows, name="<b>", value="]]>")
    drawn = drawing(what)
    assert_safe(what, drawn)
    drawings.cache_clear()
    assert drawing(what) == drawn


def assert_safe(what: Shown, drawn: str) -> None:
    for picture in pictures(what):
        for element in picture.iter():
            assert element.tag.removeprefix(SVG) in TAGS
            assert not {"style", "href", "class"} & set(element.attrib) - ({"class"} if element is picture else set())
            assert not any(name.startswith("on") for name in element.attrib)
            numbers = [
                value for name, value in element.attrib.items() if name in ("d", "transform", "width", "height")
            ]
            assert not any(re.search("NaN|Infinity|undefined", value) for value in numbers)
    assert "<script" not in drawn


TAGS = {"svg", "title", "desc", "g", "path", "line", "rect", "text", "tspan", "pattern"}


@pytest.mark.parametrize("mark", PLOTTED)
def test_five_thousand_rows_are_drawn(mark: Mark) -> None:
    rows = [{"day": date(2010, 1, 1) + timedelta(days=place), "value": place % 91} for place in range(5000)]
    along = "day" if mark is not Mark.SPECIFICATION else "value"
    what = shown(Chart(mark, along, "value", "count"), rows[: 5000 if along == "day" else 200])
    drawn = drawing(what)
    assert_safe(what, drawn)
    assert len(drawn) < 900_000


@pytest.mark.parametrize("mark", [Mark.BARS, Mark.LINE, Mark.AREAS])
def test_a_month_that_is_not_whole_is_drawn_otherwise_and_named(mark: Mark) -> None:
    every = by_month(5, 7, 9, 1, unit="count", mark=mark)
    assert every.chart is not None
    part = replace(every, chart=replace(every.chart, not_whole=("2024-04-01",)))
    assert "fill-opacity" not in drawing(every)
    faint = re.findall('fill-opacity="([^"]+)"', drawing(part))
    assert len(set(faint) - {"1"}) == 1
    assert "Not whole, drawn paler: Apr 2024" in texts(desk(part))
    assert titles(desk(part))[-1] == "Apr 2024: 1"


def test_beside_another_year_only_the_month_that_is_not_whole_is_paler() -> None:
    rows = [{"month": date(2024, month, 1), "value": 4, "before": 3} for month in (1, 2, 3)]
    chart = Chart(Mark.BARS, "month", "value", "count", beside="before", not_whole=("2024-03-01",))
    picture = drawing(shown(chart, rows, month="month", value="Obligated", before="a year before")).split("<svg")[1]
    assert len(re.findall(r'fill-opacity="0\.4"', picture)) == 2


def test_the_axis_of_shares_is_in_per_cent_as_their_table_is() -> None:
    written = texts(desk(by_month(Decimal("0.305"), Decimal("0.538"), unit="share")))
    assert {"0%", "50%"} <= set(written)
    assert "share" not in written
