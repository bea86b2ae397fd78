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

# Of the schemata that are written, the properties that they have: an excerpt of the model of FollowTheMoney 4.11.2,
# https://followthemoney.tech/explorer/schemata/. Where its library is installed, all of the model is asked.
THING = {"name", "summary", "sourceUrl"}
EDGE = {"role", "summary", "sourceUrl", "retrievedAt"}
MONEY = {"amount", "currency", "amountUsd"}
SCHEMATA = {
    "Organization": THING,
    "PublicBody": THING | {"abbreviation"},
    "Asset": THING,
    "Position": THING,
    "Contract": THING | MONEY | {"title", "procedureNumber", "contractDate", "authority"},
    "ContractAward": MONEY | {"supplier", "contract", "date", "documentNumber", "sourceUrl"},
    "Document": THING | {"title", "fileName"},
    "CourtCase": THING | {"caseNumber", "court"},
    "Event": THING | {"startDate", "endDate"},
    "Note": {"name", "description", "entity"},
    "UnknownLink": EDGE | {"subject", "object"},
    "Documentation": EDGE | {"document", "entity"},
}
MUST = {
    "Contract": {"title"}, "ContractAward": {"supplier", "contract"}, "UnknownLink": {"subject", "object"},
    "Documentation": {"document", "entity"}, "Document": {"fileName"},
}  # fmt: skip
ENDS = {
    "authority": {"PublicBody"}, "supplier": {"Organization"}, "contract": {"Contract"}, "document": {"Document"},
    "entity": set(SCHEMATA), "subject": set(SCHEMATA), "object": set(SCHEMATA),
}  # fmt: skip
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
def test_entities_are_of_schemata_that_there_are_and_no_person(small_reader: Reader, register: str) -> None:
    entities = entities_of(small_reader, register)
    for one in entities.values():
        told = one["properties"]
        assert MUST.get(one["schema"], {"name"}) <= set(told) <= SCHEMATA[one["schema"]]
        for name in ENDS.keys() & told.keys():
            assert {entities[made]["schema"] for made in told[name]} <= ENDS[name]
    assert "Person" not in {one["schema"] for one in entities.values()}


@pytest.mark.parametrize("register", REGISTERS)
def test_the_library_of_followthemoney_takes_every_entity_whole(small_reader: Reader, register: str) -> None:
    model = pytest.importorskip("followthemoney", reason="it has to be compiled: pip install followthemoney").model
    entities = entities_of(small_reader, register)
    for one in entities.values():
        model.get(one["schema"]).validate(one)
        proxy = model.get_proxy(one, cleaned=False)
        assert {name: len(proxy.get(name)) for name in one["properties"]} == {
            name: len(set(cells)) for name, cells in one["properties"].items()
        }
        for of, cell in proxy.itervalues():
            assert of.range is None or model.get(entities[cell]["schema"]).is_a(of.range)


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
