"""One document lies in one file, whoever links to it and in whatever order."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tallystick.views.publish.names import relative, wanted


def test_pages_lie_where_their_paths_say_and_other_languages_in_folders() -> None:
    assert wanted("/").file == "index.html"
    assert wanted("/claims/x").file == "claims/x.html"
    assert wanted("/claims/x", language="es").file == "es/claims/x.html"
    assert wanted("/feeds/releases.atom").file == "feeds/releases.atom"
    assert wanted("/assets/ground.css", language="es").file == "assets/ground.css"


def test_data_is_of_no_language_and_ends_as_its_format() -> None:
    asked = {"metric": ("obligations",), "format": ("parquet",)}
    assert wanted("/data", asked, "es") == wanted("/data", asked)
    assert wanted("/data", asked).file.endswith(".parquet")


def test_the_order_of_parameters_and_filters_makes_no_other_file() -> None:
    one = wanted("/why", {"metric": ("m",), "where": ("a=1", "b=2")})
    assert one == wanted("/why", {"where": ("b=2", "a=1"), "metric": ("m",)})
    assert one.file != wanted("/why", {"metric": ("m",), "where": ("a=1", "b=3")}).file


@given(st.text(min_size=1), st.lists(st.text(min_size=1), max_size=3))
def test_every_name_is_one_that_any_host_carries(path: str, where: list[str]) -> None:
    file = wanted(f"/place/{path}", {"where": tuple(where)}).file
    assert re.fullmatch(r"[A-Za-z0-9_./-]+", file)
    assert ".." not in file.split("/")


def test_links_are_relative_to_the_file_that_they_stand_in() -> None:
    assert relative("index.html", "claims/x.html") == "claims/x.html"
    assert relative("es/claims/x.html", "assets/a.css") == "../../assets/a.css"
