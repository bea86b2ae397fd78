"""A register as a file: every table, every citation, and no person in it."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tallystick.errors import UnknownName
from tallystick.views.entry_files import FORMS
from tests.views.html.conftest import Reader

# Of the schemata that are written, the properties that they have and what their ends may be: the model of
# FollowTheMoney 4.11.2, whose library took 983 such entities without a word: https://followthemoney.tech/explorer/schemata/.
THING = {"name", "summary", "sourceUrl"}
EDGE = {"role", "summary", "sourceUrl", "retrievedAt"}
SCHEMATA = {
    "Organization": THING,
    "PublicBody": THING,
    "Asset": THING,
    "Position": THING,
    "Contract": THING | {"procedureNumber"},
    "Document": THING | {"title"},
    "UnknownLink": EDGE | {"subject", "object"},
    "Documentation": EDGE | {"document", "entity"},
}
ENDS = ("subject", "object", "document", "entity")


def test_the_archive_has_a_table_of_each_list_with_a_citation_on_every_row(small_reader: Reader) -> None:
    made = zipfile.ZipFile(io.BytesIO(small_reader.gets("/registers/technologies/technologies.zip").body))
    schema = small_reader.bench.kept.schemas["technologies"]
    assert set(made.namelist()) == {
        "about.json",
        "technologies.csv",
        *(f"technologies_{name}.csv" for name in schema.lists),
    }
    header, *rows = made.read("technologies_events.csv").decode().splitlines()
    assert header.endswith("citation,told_date")
    assert len(rows) == sum(len(one.lists["events"]) for one in small_reader.bench.kept.of("technologies"))
    assert json.loads(made.read("about.json"))["never"] == schema.never


@pytest.mark.parametrize("form", FORMS)
def test_equal_registers_are_equal_bytes(small_reader: Reader, form: str) -> None:
    path = f"/registers/data_sharing/data_sharing.{form}"
    assert small_reader.gets(path).body == small_reader.gets(path).body != b""


def test_json_holds_every_entry_whole(small_reader: Reader) -> None:
    whole = json.loads(small_reader.gets("/registers/technologies/technologies.json").body)
    assert [one["entry"] for one in whole["entries"]] == [
        one.name for one in small_reader.bench.kept.of("technologies")
    ]


@pytest.mark.parametrize(
    "register", ["technologies", "data_sharing", "oversight_bodies", "posts", "recommendations", "reports"]
)
def test_entities_are_of_schemata_that_there_are_and_no_person(small_reader: Reader, register: str) -> None:
    lines = small_reader.gets(f"/registers/{register}/{register}.ftm").body.splitlines()
    entities = {one["id"]: one for one in map(json.loads, lines)}
    assert len(entities) == len(lines) > 0
    for one in entities.values():
        assert set(one["properties"]) <= SCHEMATA[one["schema"]]
        ends = [made for name in ENDS for made in one["properties"].get(name, ())]
        assert set(ends) <= set(entities)
        assert len(ends) == (2 if "role" in one["properties"] else 0)
    assert "Person" not in {one["schema"] for one in entities.values()}


def test_a_form_that_there_is_not_is_refused(small_reader: Reader) -> None:
    with pytest.raises(UnknownName):
        small_reader.gets("/registers/technologies/technologies.docx")
    with pytest.raises(UnknownName):
        small_reader.gets("/registers/technologies/other.zip")
