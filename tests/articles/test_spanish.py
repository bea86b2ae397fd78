"""Sentences in Spanish: their numbers are read as Spanish writes them, and stand where they stand in the article."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.articles.article import Paragraph
from tallystick.articles.dateline import day_in
from tallystick.articles.find import quantities
from tallystick.articles.quantity import Kind
from tallystick.articles.spanish import gloss

HELD = "Más de 60.000 personas estaban detenidas el 9 de abril de 2026, según la hoja de cálculo de la agencia."


@pytest.mark.parametrize(
    ("text", "states"),
    [
        (HELD, "> 60000e0"),
        ("La cifra exacta de los que estaban en los centros era de 60.311.", "≈ 60311e0"),
        ("Según él, unas 1,28 millones de personas figuraban en la lista.", "about 128e4"),
        ("El gobierno gastó 81,1 millones de dólares en los contratos de la empresa.", "≈ 811e5"),
        ("Casi el 40% de las personas que estaban en el centro no tenía condena.", "nearly 40e-2"),
    ],
)
def test_a_number_is_read_as_spanish_writes_it(text: str, states: str) -> None:
    told = gloss(text)
    assert told is not None
    found = [one for one in quantities(told.text) if one.kind is not Kind.PERIOD]
    assert [one.states for one in found] == [states]
    placed = told.placed(found[0])
    assert text[placed.start : placed.end] == placed.text
    assert any(sign.isdigit() for sign in placed.text)


def test_a_day_is_a_day() -> None:
    told = gloss(HELD)
    assert told is not None
    (period,) = [one for one in quantities(told.text) if one.kind is Kind.PERIOD]
    assert told.placed(period).text == "9 de abril de 2026"
    assert day_in([Paragraph("Houston, 27 de abril de 2026")]) == date(2026, 4, 27)


@pytest.mark.parametrize(
    "text", ["ICE held 60,311 people in El Paso and Los Fresnos.", "No.", "De la Rosa y Compañía got $3 million."]
)
def test_english_is_left_as_it_is(text: str) -> None:
    assert gloss(text) is None
