"""The description of the API says how reports are posted, where a server takes them."""

from __future__ import annotations

import json

import pytest
from schemathesis.core.result import Ok
from schemathesis.openapi import from_dict

from tallystick.reporting.forms import MEDIA_TYPES, Form, told_in
from tallystick.reporting.kinds import KINDS, Kind
from tallystick.views.api.part import openapi
from tallystick.views.api.reports_described import PATH

WITH, WITHOUT = json.loads(openapi(takes_reports=True)), json.loads(openapi())
POST = WITH["paths"][PATH]["post"]


def test_a_server_that_takes_none_describes_none() -> None:
    assert PATH not in WITHOUT["paths"]
    assert {path for path, told in WITHOUT["paths"].items() if set(told) != {"get"}} == set()


def test_every_kind_and_form_is_described() -> None:
    assert POST["parameters"][0]["schema"]["enum"] == [name.replace("_", "-") for name in KINDS]
    assert set(POST["requestBody"]["content"]) == set(MEDIA_TYPES)
    assert POST["security"] == [{"token": []}]
    assert {"200", "201", "401", "404", "413", "422", "429", "503"} == set(POST["responses"])


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_rows_of_a_kind_have_its_columns_and_its_example_is_read(kind: Kind) -> None:
    name = kind.name
    row = WITH["components"]["schemas"]["".join(part.title() for part in name.split("_")) + "Row"]
    assert list(row["properties"]) == list(KINDS[name].names)
    told = told_in(POST["requestBody"]["content"]["text/csv"]["examples"][name]["value"].encode(), Form.CSV)
    assert set(row["required"]) <= set(told.columns) <= set(row["properties"])


def test_what_is_referred_to_is_there() -> None:
    operations = [one.ok().label for one in from_dict(WITH).get_all_operations() if isinstance(one, Ok)]
    assert f"POST {PATH}" in operations
