"""Recipients: proof, register and decisions; never likeness."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import ibis
import pytest

from tallystick.bench import Bench
from tallystick.decisions import Decisions
from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.edition import listed
from tallystick.nouns.metric import Question
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tallystick.tables.link import canonical, normalised
from tallystick.tables.review import Known, proposals
from tallystick.tables.statements import compiled
from tests.tables.conftest import Captured

AWARD = "CONT_AWD_70{}_7012_-NONE-_-NONE-"


def recipients_of(pipeline: Pipeline) -> list[str]:
    found = Bench(pipeline).engine.query("SELECT DISTINCT recipient FROM contract_actions ORDER BY 1").to_pylist()
    return [row["recipient"] for row in found]


def spelt(name: str) -> str | None:
    with DuckDB(threads=1) as engine:
        engine.run(f"CREATE TABLE said AS SELECT {quoted(name)} AS name")
        said = ibis.table({"name": "string"}, name="said")
        (row,) = engine.query(compiled(said.select(name=normalised(said.name)))).to_pylist()
        found: str | None = row["name"]
        return found


def test_punctuation_and_the_length_of_the_legal_form_do_not_make_another_name() -> None:
    assert spelt("Csi Aviation, Inc.") == spelt("CSI AVIATION INCORPORATED") == "CSI AVIATION INC"
    assert spelt("PEN-LINK, LIMITED") == spelt("PEN-LINK, LTD")
    assert spelt("WIDGETS, L.L.C.") == spelt("WIDGETS LIMITED LIABILITY COMPANY") == "WIDGETS LLC"
    assert spelt(" ,. ") is None


def test_another_legal_form_is_another_firm() -> None:
    assert spelt("WIDGETS INC") != spelt("WIDGETS LLC")


def test_the_guard_companies_are_not_the_spyware_firm(captured: Captured) -> None:
    names = ["PARAGON SYSTEMS INC", "PARAGON SOLUTIONS (US) INC", "PARAGON PROFESSIONAL SERVICES LLC"]
    lines = [f"ICE,70{n},{name},1.00,2025-11-02,0,{AWARD.format(n)}" for n, name in enumerate(names)]
    pipeline = captured(lines)
    assert recipients_of(pipeline) == ["paragon-professional-services", "paragon-solutions", "paragon-systems"]
    assert Bench(pipeline).proposals.recipients(cutoff=40) == ()


def test_a_likeness_is_proposed_and_merges_only_when_a_person_says_so(captured: Captured) -> None:
    pipeline = captured(
        [
            f"ICE,70A,ALTANA TECHNOLOGIES INC,5.00,2025-11-02,0,{AWARD.format('A')}",
            f"ICE,70B,ALTANA TECHNOLOGIES USG INC,3.00,2025-11-03,0,{AWARD.format('B')}",
            f"ICE,70C,BYSTANDER LLC,1.00,2025-11-03,0,{AWARD.format('C')}",
        ]
    )
    one, other, bystander = "name:ALTANA TECHNOLOGIES INC", "name:ALTANA TECHNOLOGIES USG INC", "name:BYSTANDER LLC"
    (proposal,) = Bench(pipeline).proposals.recipients()
    assert (proposal.recipient, proposal.other, proposal.at_stake_usd) == (one, other, Decimal("3.00"))
    assert recipients_of(pipeline) == [one, other, bystander]

    Decisions(pipeline).match((one, other), "unsure", "the register of firms was not reachable", "a tester")
    assert [again.choice for again in Bench(pipeline).proposals.recipients()] == ["unsure"]
    Decisions(pipeline).match((other, one), "yes", "one address in the register of firms", "a tester")
    assert recipients_of(pipeline) == [one, bystander]
    assert Bench(pipeline).proposals.recipients() == ()
    Decisions(pipeline).match((one, other), "no", "the address was misread", "a tester")
    assert recipients_of(pipeline) == [one, other, bystander]
    assert Bench(pipeline).proposals.recipients() == ()


def test_a_decision_changes_the_rows_of_its_pair_and_no_other(captured: Captured) -> None:
    lines = [f"ICE,70{n},FIRM {n} LLC,{n}.00,2025-11-02,0,{AWARD.format(n)}" for n in range(1, 6)]
    pipeline = captured(lines)
    asked = "SELECT * FROM contract_actions ORDER BY action_key"
    before = Bench(pipeline).engine.query(asked).to_pylist()
    Decisions(pipeline).match(("name:FIRM 2 LLC", "name:FIRM 4 LLC"), "yes", "one address", "a tester")
    after = Bench(pipeline).engine.query(asked).to_pylist()
    changed = [(then, now) for then, now in zip(before, after, strict=True) if then != now]
    assert [(then["recipient"], now["recipient"]) for then, now in changed] == [
        ("name:FIRM 4 LLC", "name:FIRM 2 LLC")
    ]
    assert [{**then, "recipient": None} for then, _ in changed] == [{**now, "recipient": None} for _, now in changed]


def test_an_edition_says_which_recipients_were_merged(captured: Captured) -> None:
    pipeline = captured([f"ICE,70A,ALTANA INC,5.00,2025-11-02,0,{AWARD.format('A')}"])
    before = pipeline.edition()
    Decisions(pipeline).match(("name:ALTANA INC", "paragon-systems"), "yes", "said so", "a tester")
    after = pipeline.edition()
    assert after.merged == (("name:ALTANA INC", "paragon-systems"),)
    assert before.id != after.id
    assert listed(after.known_on, after.code, after.listing) == after


def test_a_decision_about_a_recipient_that_nobody_has_is_refused_with_near_names(captured: Captured) -> None:
    pipeline = captured([f"ICE,70A,ALTANA INC,5.00,2025-11-02,0,{AWARD.format('A')}"])
    with pytest.raises(UnknownName, match="ALTANA LLC") as refused:
        Decisions(pipeline).match(("name:ALTANA LLC", "paragon-systems"), "no", "said so", "a tester")
    assert "name:ALTANA INC" in refused.value.next_step
    assert pipeline.ledger.decisions() == {}


def test_a_bundle_says_which_recipients_were_merged_and_who_decided_it(captured: Captured, tmp_path: Path) -> None:
    pipeline = captured([f"ICE,70A,ALTANA INC,5.00,2025-11-02,0,{AWARD.format('A')}"])
    Decisions(pipeline).match(("name:ALTANA INC", "paragon-systems"), "yes", "said so", "a tester")
    asked = Question("obligations", {"recipient": "paragon-systems"})
    folder = Bench(pipeline).freeze([asked], tmp_path / "bundle")
    told = json.loads((folder / "data/provenance.json").read_text())
    assert told["edition"]["merged"] == [{"recipient": "name:ALTANA INC", "stands_as": "paragon-systems"}]
    (decision,) = told["decisions"]
    assert (decision["choice"], decision["because"], decision["by"]) == ("yes", "said so", "a tester")
    assert (folder / "data/results/01-obligations/result.csv").read_text() == "value\n5.00\n"


@pytest.mark.parametrize(
    ("recipient", "other", "choice", "because"),
    [("a", "a", "yes", "so"), ("a", "b", "perhaps", "so"), ("a", "b", "yes", "  ")],
)
def test_what_is_no_decision_is_refused(
    captured: Captured, recipient: str, other: str, choice: str, because: str
) -> None:
    with pytest.raises(UsageError):
        Decisions(captured([])).match((recipient, other), choice, because, "a tester")


def test_one_award_with_two_names_is_proposed_however_unlike_they_are() -> None:
    known = [Known("a", "DYNCORP", Decimal(2)), Known("b", "AMENTUM", Decimal(9))]
    (proposal,) = proposals(known, {frozenset("ab"): "CONT_AWD_1"}, {}, cutoff=90)
    assert "CONT_AWD_1" in proposal.because
    assert proposal.at_stake_usd == Decimal(2)


@pytest.mark.real_data
def test_an_owner_is_named_beside_the_owned_and_not_in_its_place(real_bench: Bench) -> None:
    rows = real_bench.engine.query(
        "SELECT recipient, owner, count(*) OVER (PARTITION BY recipient) AS times FROM recipients "
        "WHERE recipient IN ('bi-incorporated', 'geo-group', 'palantir')"
    ).to_pylist()
    assert {(row["recipient"], row["owner"], row["times"]) for row in rows} == {
        ("bi-incorporated", "geo-group", 1),
        ("geo-group", None, 1),
        ("palantir", None, 1),
    }


@pytest.mark.real_data
def test_a_name_stands_for_a_uei_only_where_one_award_proves_it(real_data: Path, settings: Settings) -> None:
    pipeline = Pipeline(settings)
    for source, file in [
        ("usaspending_captures", "usaspending_transactions_api/CBP_ICE_FY2025_Contract_Obligations.csv"),
        ("usaspending_awards", "usaspending_award_csv/Contracts_PrimeAwardSummaries_2025-03-21_H19M57S23_1.csv"),
    ]:
        path = real_data / "procurement" / file
        pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))
    bench = Bench(pipeline)
    linked = bench.engine.query(
        "SELECT DISTINCT recipient, recipient_name FROM contract_actions WHERE recipient LIKE 'uei:%'"
    ).to_pylist()
    captured_on: dict[str, set[str]] = {}
    with (
        real_data / "procurement/usaspending_transactions_api/CBP_ICE_FY2025_Contract_Obligations.csv"
    ).open() as lines:
        for row in csv.DictReader(lines):
            captured_on.setdefault(row["Recipient Name"], set()).add(row["Generated Award ID"])
    with path.open(encoding="utf-8") as lines:
        proved = {
            (r["contract_award_unique_key"], r["recipient_name"]): r["recipient_uei"] for r in csv.DictReader(lines)
        }
    assert len(linked) > 5
    for row in linked:
        name, uei = row["recipient_name"], row["recipient"].removeprefix("uei:")
        assert uei in {proved.get((award, name)) for award in captured_on[name]}


def identified(rows: list[tuple[str, str | None, str | None]]) -> list[str]:
    """The recipients of rows of name, UEI and CAGE, where the register knows Widgets Inc and its UEI."""
    with DuckDB(threads=1) as engine:
        cells = ", ".join(
            "(" + ", ".join("NULL" if cell is None else quoted(cell) for cell in row) + ", NULL::VARCHAR)"
            for row in rows
        )
        columns = "recipient_name, recipient_uei, recipient_cage_code, recipient_parent_uei"
        engine.run(f"CREATE TABLE said AS SELECT * FROM (VALUES {cells}) AS t({columns})")
        engine.run("CREATE TABLE by_uei AS SELECT 'UEIOFWIDGETS' AS name, 'widgets' AS recipient")
        engine.run("CREATE TABLE by_name AS SELECT 'WIDGETS INC' AS name, 'widgets' AS recipient, true AS has_uei")
        said = ibis.table(dict.fromkeys(columns.split(", "), "string"), name="said")
        by_uei = ibis.table({"name": "string", "recipient": "string"}, name="by_uei")
        by_name = ibis.table({"name": "string", "recipient": "string", "has_uei": "boolean"}, name="by_name")
        found = engine.query(
            compiled(canonical(said, by_uei, by_name).select("recipient_name", "recipient"))
        ).to_pylist()
        told = {row["recipient_name"]: row["recipient"] for row in found}
        return [told[name] for name, _, _ in rows]


def test_an_identifier_goes_before_a_name_and_a_namesake_with_another_uei_is_another() -> None:
    told = [
        ("Widgets, Incorporated", None, None),
        ("WIDGETS INC", "UEIOFANOTHER", None),
        ("WIDGETS HOLDING", "UEIOFWIDGETS", None),
        ("ACME LLC", "UEIOFACME", "1ABC2"),
        ("BETA LLC", None, "3DEF4"),
        ("GAMMA L.L.C.", None, None),
        ("(withheld)", "(withheld)", None),
    ]
    assert identified(told) == [
        "widgets",
        "uei:UEIOFANOTHER",
        "widgets",
        "uei:UEIOFACME",
        "cage:3DEF4",
        "name:GAMMA LLC",
        "withheld",
    ]
