"""The staffing page: a form that needs no script, and an answer that says what it rests on."""

from __future__ import annotations

import re

import pytest

from tests.views.html.conftest import Reader
from tests.views.web.conftest import Server, served

__all__ = ["served"]

PATH = "/staffing"
ASKED = {"ask": ("yes",), "arrivals": ("8",), "staff-technician": ("3",)}


@pytest.fixture(scope="module")
def page(small_reader: Reader) -> str:
    return small_reader.reads(PATH, ASKED)


def test_nothing_is_simulated_before_somebody_asks(small_reader: Reader) -> None:
    page = small_reader.reads("/staffing")
    assert 'method="get" action="/staffing"' in page
    assert 'name="arrivals"' in page
    assert "<h2>The answer" not in page


def test_every_field_has_a_label(page: str) -> None:
    fields = set(re.findall(r'<(?:input|select) id="([^"]+)"', page))
    assert fields == set(re.findall(r'<label for="([^"]+)"', page)) & fields
    assert {"arrivals", "role", "seed", "wait-delivery", "batch-ordering", "hubs"} <= fields


def test_the_answer_has_its_interval_warm_up_seeds_chart_and_command(page: str) -> None:
    assert re.search(r'class="explored">\d+ of the role: programme manager<', page)
    assert "seeds 1 to 4" in page
    assert "days are not counted" in page
    assert "What the share hangs on the most" in page
    assert page.count('class="chart desk"') == 2
    assert "--set arrivals=8 --set staff-technician=3" in page
    assert "Assumptions, not record" in page


def test_what_was_written_stays_in_the_form(page: str) -> None:
    assert re.search(r'id="arrivals"[^>]*value="8"', page)


def test_what_makes_no_sense_is_told_above_the_form(small_reader: Reader) -> None:
    for told, says in (
        ("arrivals=many", "&#39;arrivals&#39; is no number"),
        ("arrivals=nan", "is too large a number"),
        ("share=2", "makes no sense"),
        ("arrivals=5000", "too long to simulate"),
        ("seed=0.5", "a seed is a whole number"),
        ("role=cook", "no role is called"),
    ):
        name, value = told.split("=")
        made = small_reader.gets(PATH, {"ask": ("yes",), name: (value,)})
        assert made.status == 400, told
        assert says in made.body.decode(), told


def test_it_is_told_in_spanish(small_reader: Reader) -> None:
    page = small_reader.reads(PATH, lang="es")
    assert "unidades nuevas al mes" in page
    assert "Simular" in page


@pytest.mark.parametrize("wrong", ["arrivals=0", "arrivals=abc", "share=2", "hubs=0", "staff-technician=0"])
def test_a_number_that_makes_no_sense_is_what_is_told_of_and_not_the_form(served: Server, wrong: str) -> None:
    answer = served.get(f"{PATH}?ask=yes&plan=staffing_287g&{wrong}")
    assert answer.status_code == 400
    assert "there is no parameter" not in answer.text, answer.text
    assert 'role="alert"' in answer.text


def test_hubs_that_would_have_nobody_of_a_role_are_refused(small_reader: Reader) -> None:
    page = small_reader.reads(PATH, {"ask": ("yes",), "hubs": ("100",)})
    assert "100 hubs share no staff" in page
    assert "<h2>The answer" not in page
