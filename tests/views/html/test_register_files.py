"""A register as a file: every table, every citation, and no person in it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tallystick.bench import Bench
from tallystick.errors import UnknownName
from tallystick.views.entry_files import FORMS
from tests.views.html.conftest import Reader
from tests.views.html.followthemoney import above, faults, model

REGISTERS = ["technologies", "data_sharing", "oversight_bodies", "posts", "recommendations", "reports"]


def entities_of(reader: Reader, register: str) -> dict[str, dict[str, Any]]:
    lines = reader.gets(f"/registers/{register}/{register}.ftm").body.splitlines()
    found = {one["id"]: one for one in map(json.loads, lines)}
    assert len(found) == len(lines) > 0
    return found


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


@pytest.mark.parametrize("register", REGISTERS)
def test_the_model_of_followthemoney_takes_every_entity_whole(small_reader: Reader, register: str) -> None:
    entities = entities_of(small_reader, register)
    assert faults(entities) == []
    assert "Person" not in {one["schema"] for one in entities.values()}


def test_every_schema_of_the_excerpt_has_all_that_it_extends() -> None:
    schemata = model()["schemata"]
    ranges = {told["range"] for one in schemata.values() for told in one["properties"].values() if "range" in told}
    assert {name for written in schemata for name in above(written)} == set(schemata)
    assert {"Thing", "LegalEntity", "Document", "Contract"} <= ranges & set(schemata)


FIRM = {"id": "a", "schema": "Organization", "properties": {"name": ["A Firm"]}}
BODY = {"id": "b", "schema": "PublicBody", "properties": {"name": ["An Agency"]}}


@pytest.mark.parametrize(
    ("schema", "properties", "says"),
    [
        ("Thing", {}, "no entity is a Thing"),
        ("Purchase", {}, "no entity is a Purchase"),
        ("Contract", {}, "title is required"),
        ("Contract", {"title": ["T"], "cost": ["1"]}, "Contract has no cost"),
        ("Contract", {"title": ["T"], "amount": ["$1"]}, "amount is not '$1'"),
        ("Contract", {"title": ["T"], "contractDate": ["2025-13-01"]}, "contractDate is not '2025-13-01'"),
        ("Contract", {"title": ["T"], "sourceUrl": ["not an address"]}, "sourceUrl is not 'not an address'"),
        ("Contract", {"title": ["T"], "authority": ["nobody"]}, "authority is not 'nobody'"),
        ("ContractAward", {"supplier": ["a"], "contract": ["b"]}, "contract is not 'b'"),
        ("Organization", {"name": ["A", "A"]}, "name is no list of values, each once"),
        ("Organization", {"name": [""]}, "name is not ''"),
    ],
)
def test_what_the_model_refuses_is_told(schema: str, properties: dict[str, list[str]], says: str) -> None:
    named = {} if "supplier" in properties else {"name": ["T"]}
    one = {"id": "c", "schema": schema, "properties": named | properties}
    assert faults({"a": FIRM, "b": BODY, "c": one}) == [f"c: {says}"]


def test_a_contract_has_its_money_its_authority_and_its_supplier(
    small_reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    award_row = {
        "award_key": "CONT_AWD_1", "piid": "70CMSD25P00000111", "agency": "ICE", "recipient": "clearview-ai",
        "obligated_usd": Decimal("3699999.75"), "first_action_date": date(2025, 10, 5),
    }  # fmt: skip
    monkeypatch.setattr(Bench, "those", lambda *_: [award_row])
    entities = entities_of(small_reader, "technologies")
    (contract,) = [one for one in entities.values() if one["properties"].get("title") == ["70CMSD25P00000111"]]
    told = contract["properties"]
    assert (told["amount"], told["currency"], told["contractDate"]) == (["3699999.75"], ["USD"], ["2025-10-05"])
    assert entities[told["authority"][0]]["properties"]["abbreviation"] == ["ICE"]
    (award,) = [one for one in entities.values() if one["schema"] == "ContractAward"]
    assert award["properties"]["contract"] == [contract["id"]]
    assert award["properties"]["amount"] == ["3699999.75"]
    assert entities[award["properties"]["supplier"][0]]["schema"] == "Organization"


def test_a_ruling_names_its_case_and_what_happened_is_an_event(small_reader: Reader) -> None:
    entities = entities_of(small_reader, "data_sharing").values()
    cases = [one["properties"] for one in entities if one["schema"] == "CourtCase"]
    assert cases
    assert all(case["caseNumber"] and case["court"] for case in cases)
    events = [one["properties"] for one in entities if one["schema"] == "Event"]
    assert all(event["startDate"] <= event["endDate"] for event in events)


def test_a_form_that_there_is_not_is_refused(small_reader: Reader) -> None:
    with pytest.raises(UnknownName):
        small_reader.gets("/registers/technologies/technologies.docx")
    with pytest.raises(UnknownName):
        small_reader.gets("/registers/technologies/other.zip")
