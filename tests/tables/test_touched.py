"""Of a table worked out value by value only what changed is worked out again, and it stands as if all were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.engines.duckdb import DuckDB
from tallystick.errors import RecordError
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings
from tallystick.tables import passes
from tallystick.tables.fingerprint import fingerprint
from tallystick.tables.inputs import inputs_by_value
from tallystick.tables.kept import keep

SOURCE = """
title: {source}
publisher: An office
licence: us-public-domain
citation: https://example.gov/{source}
cadence: monthly
releases:
  match: ['{source}_(?P<as_of>\\d{{8}})_(full|delta)\\.csv']
{amends}
publishes:
  {source}_published:
    grain: one row
    key: [{key}]
    scope: [{scope}]
    columns: {{{columns}}}
"""
PAYMENT = (
    "change: {of: change, type: code}, payment_key: {of: key, type: code, required: true}, "
    "award_key: {of: award, type: code}, office_code: {of: office, type: code}, "
    "piid: {of: piid, type: code}, amount_usd: {of: amount, type: money}"
)
AMENDS = "  amends: ['{source}_\\d{{8}}_delta\\.csv']\ndeletes: {{column: change, value: D}}"
SOURCES = {
    "official": ("payment_key", "office_code", PAYMENT, AMENDS),
    "captured": ("payment_key", "office_code", PAYMENT, ""),
    "stated": ("award_key", "office_code", "award_key: {of: key, type: code, required: true}, "
               "office_code: {of: office, type: code}, ceiling_usd: {of: amount, type: money}", ""),
    "groups": ("name", "'all'", "name: {of: key, type: code, required: true}, group_name: {of: group}", ""),
}  # fmt: skip
TABLES = '''
"""Payments of two sources, and what they come to."""

import ibis

from tallystick import rows_of, table

PLACE = ["release_id", "scope", "member", "source_row"]
KEPT = [*PLACE, "payment_key", "award_key", "office_code", "piid", "amount_usd"]


@table(key=["name"])
def group_of(groups_published):
    """The group of each contract number."""
    return groups_published.group_by("name").aggregate(group_name=groups_published.group_name.max())


def _payments(rows, group_of):
    named = rows.left_join(group_of, rows.piid == group_of.name)
    return named.select(*KEPT, "group_name")


@rows_of("payments", precedence=2, key=["payment_key"])
def official_payments(official_published, group_of):
    """Believed first."""
    return _payments(official_published, group_of)


@rows_of("payments", precedence=1, key=["payment_key"])
def captured_payments(captured_published, group_of):
    """Believed where nobody else holds the office."""
    return _payments(captured_published, group_of)


def under_awards(payments):
    """Payments without an award come under the only award of their contract number, or under that number."""
    numbered = payments.filter(payments.award_key.notnull())
    only = numbered.group_by("office_code", "piid").aggregate(
        awards=numbered.award_key.nunique(), only=numbered.award_key.min()
    )
    only = only.filter(only.awards == 1).drop("awards")
    beside = payments.left_join(only, ["office_code", "piid"])
    number = ibis.literal("number ") + beside.office_code + beside.piid
    return beside.mutate(award_key=ibis.coalesce(beside.award_key, beside.only, number)).select(payments.columns)


@table(key=["award_key"], by=["award_key"])
def ceilings(stated_published, group_of):
    """The highest ceiling stated of each award, and how many groups there are."""
    ceilings = stated_published.group_by("award_key").aggregate(ceiling_usd=stated_published.ceiling_usd.max())
    return ceilings.cross_join(group_of.aggregate(groups=group_of.count()))


@table(
    key=["award_key"],
    by=["award_key"],
    keyed={"payments": under_awards},
    within={"payments": ["office_code", "piid"]},
)
def totals(payments, ceilings):
    """What each award came to."""
    keyed = under_awards(payments)
    summed = keyed.group_by("award_key").aggregate(
        payments=keyed.count(), paid_usd=keyed.amount_usd.sum(), last=keyed.payment_key.max(),
        groups_of_it=keyed.group_name.nunique(), piid=keyed.piid.min(),
    )
    told = ceilings.rename(told_award="award_key")
    both = summed.outer_join(told, summed.award_key == told.told_award)
    return both.mutate(award_key=ibis.coalesce(both.award_key, both.told_award)).drop("told_award")
'''
HEADS = {"official": "change,key,award,office,piid,amount", "captured": "change,key,award,office,piid,amount",
         "stated": "key,office,amount", "groups": "key,group"}  # fmt: skip

Came = tuple[str, str, tuple[str, ...]]
"""A source, whether full or delta, and the lines of its file."""


class World:
    """Two sources of payments, one of ceilings and a list that payments are looked up in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, (key, scope, columns, amends) in SOURCES.items():
            file = folder / "records" / "sources" / "us" / name / "source.yml"
            file.parent.mkdir(parents=True)
            told = {"source": name, "key": key, "columns": columns, "amends": amends.format(source=name)}
            text = SOURCE.format(scope=scope, **told)
            file.write_text(text.replace("    scope: ['all']\n", ""))
        (folder / "records" / "tables").mkdir()
        (folder / "records" / "tables" / "payments.py").write_text(TABLES)
        self.pipeline = Pipeline(Settings(folder / "home", (folder / "records",), threads=1, memory_limit="1GB"))
        self.days = 0

    def add(self, came: Came) -> date:
        """Take in one file, a day after the last; that day."""
        source, kind, lines = came
        day = date(2026, 1, 1) + timedelta(days=self.days)
        self.days += 1
        path = self.folder / f"{source}_{day:%Y%m%d}_{kind}.csv"
        path.write_text("\n".join([HEADS[source], *lines]) + "\n")
        self.pipeline.add(self.pipeline.catalog.source(source), path, Provenance(source, path.name))
        return day

    def stands(self, day: date | None = None) -> tuple[str, str]:
        """The fingerprints of the totals of a day as they are derived, and as they are kept."""
        edition = self.pipeline.build(day)
        with DuckDB(self.pipeline.built(edition), read_only=True, threads=1) as engine:
            derived = fingerprint(engine, "totals")
            keep(engine, "totals", edition, self.pipeline.graph, self.pipeline.warehouse)
            return derived, fingerprint(engine, "totals")

    def kept(self) -> tuple[int, int]:
        """How many wholes are kept, and how many others beside one."""
        folder = self.pipeline.settings.home / "derived" / "totals"
        return len(list(folder.glob("*.parquet"))), len(list(folder.glob("*/*.parquet")))


offices, piids = st.sampled_from(["070", "097"]), st.sampled_from(["P1", "P2", ""])
awards = st.sampled_from(["A1", "A2", "A3", "A4", ""])
amounts = st.integers(-9, 9).map(str)
paid = st.tuples(awards, offices, piids, amounts).map(",".join)
payment_rows = st.dictionaries(st.sampled_from([f"k{n}" for n in range(8)]), paid, min_size=1, max_size=8)


def _lines(change: str, rows: dict[str, str]) -> tuple[str, ...]:
    return tuple(f"{change},{key},{rest}" for key, rest in rows.items())


gone = st.sets(st.sampled_from([f"k{n}" for n in range(8)]), max_size=2)
full_files = st.tuples(
    st.sampled_from(["official", "captured"]), st.just("full"), payment_rows.map(lambda r: _lines("", r))
)
deltas = st.tuples(payment_rows, gone).map(
    lambda of: (
        "official", "delta",
        tuple(line for line in _lines("C", of[0]) if line.split(",")[1] not in of[1])
        + tuple(f"D,{key},,,," for key in sorted(of[1])) or ("D,k0,,,,",),
    )
)  # fmt: skip
stated_rows = st.dictionaries(awards.filter(bool), st.tuples(offices, amounts).map(",".join), min_size=1)
statements = stated_rows.map(lambda r: ("stated", "full", tuple(f"{key},{rest}" for key, rest in r.items())))
groups = st.dictionaries(st.sampled_from(["P1", "P2"]), st.sampled_from(["g", "h"]), min_size=1).map(
    lambda r: ("groups", "full", tuple(f"{key},{rest}" for key, rest in r.items()))
)
came = st.lists(st.one_of(full_files, deltas, deltas, statements, groups), min_size=2, max_size=7)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=came, order=st.randoms(use_true_random=False))
def test_after_any_releases_asked_in_any_order_of_days_the_kept_rows_are_those_of_all(
    files: Sequence[Came], order: Random
) -> None:
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        days = [world.add(file) for file in files]
        order.shuffle(days)
        for day in days:
            derived, kept = world.stands(day)
            assert derived == kept


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=came, at_once=st.integers(1, 6))
def test_worked_out_in_passes_the_rows_are_those_of_all(files: Sequence[Came], at_once: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(passes, "AT_ONCE", at_once)
        world = World(Path(folder))
        for file in files:
            world.add(file)
        derived, kept = world.stands()
        assert derived == kept


def test_many_rows_are_worked_out_in_passes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    write = DuckDB.write_lightly

    def told(engine: DuckDB, sql: str, path: Path) -> None:
        written.append(path.name)
        write(engine, sql, path)

    monkeypatch.setattr(passes, "AT_ONCE", 2)
    monkeypatch.setattr(DuckDB, "write_lightly", told)
    world.add(FIRST)
    derived, kept = world.stands()
    assert derived == kept
    assert [name for name in written if name.endswith(".parquet")] == ["0000.parquet", "0001.parquet"]


FIRST = ("captured", "full", (",k1,A1,070,P1,1", ",k2,A2,070,P2,2", ",k3,A3,097,P1,4", ",k4,A4,097,P2,8"))


def _before_and_after(world: World, before: Sequence[Came], after: Came) -> tuple[tuple[str, str], tuple[str, str]]:
    """What stands when the files `before` have come, which is kept whole, and with `after` besides."""
    for file in before:
        world.add(file)
    whole = world.stands()
    world.add(after)
    return whole, world.stands()


OFFICIAL = ("official", "full", (",k1,A1,070,P1,1", ",k2,A2,070,P2,2"))
WITHOUT_AWARDS = ("captured", "full", (",k1,,070,P1,1", ",k2,,070,P1,2", ",k3,A3,070,P3,4"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(FIRST, ("official", "delta", ("C,k2,A7,070,P2,5",)), id="a more believed row of another award"),
        pytest.param(FIRST, ("official", "delta", ("C,k9,A9,070,P9,5",)), id="a row added"),
        pytest.param(OFFICIAL, ("official", "delta", ("C,k2,A1,070,P1,5",)), id="a row moved to another award"),
        pytest.param(OFFICIAL, ("official", "delta", ("D,k2,,,,",)), id="a row taken away"),
        pytest.param(FIRST, ("official", "full", (",k1,A1,070,P1,1", ",k3,A3,070,P1,4")), id="an office of another"),
        pytest.param(FIRST, ("captured", "full", (",k1,A1,070,P1,1",)), id="an office restated with a row less"),
        pytest.param(FIRST, ("captured", "full", (",k1,A1,070,P1,1", ",k2,,070,P1,2")), id="an award forgotten"),
        pytest.param(WITHOUT_AWARDS, ("official", "delta", ("C,k9,A1,070,P1,16",)), id="an award learnt"),
        pytest.param(WITHOUT_AWARDS, ("official", "delta", ("C,k9,,070,P1,16",)), id="one more without an award"),
        pytest.param(FIRST, ("stated", "full", ("A1,070,9", "B1,070,3")), id="a ceiling stated"),
    ],
)
def test_what_one_release_touches_is_worked_out_beside_the_whole(world: World, before: Came, after: Came) -> None:
    first, second = _before_and_after(world, [before], after)
    assert first[0] == first[1] != second[1] == second[0]
    assert world.kept() == (1, 1)


def test_a_changed_lookup_has_everything_worked_out(world: World) -> None:
    first, second = _before_and_after(world, [FIRST, ("groups", "full", ("P1,g",))], ("groups", "full", ("P1,h",)))
    assert first[0] == first[1]
    assert second[0] == second[1]
    assert world.kept() == (2, 0)


def test_the_same_state_is_found_again(world: World) -> None:
    _before_and_after(world, [FIRST], ("official", "delta", ("C,k9,A9,070,P9,5",)))
    assert world.stands() == world.stands()
    assert world.kept() == (1, 1)


def test_a_whole_whose_edition_is_gone_is_nothing_to_stand_beside(world: World) -> None:
    world.add(FIRST)
    world.stands()
    for file in (world.pipeline.settings.home / "editions").rglob("*.duckdb"):
        file.unlink()
    world.add(("official", "delta", ("C,k9,A9,070,P9,5",)))
    derived, kept = world.stands()
    assert derived == kept
    assert world.kept() == (2, 0)


def test_an_edition_that_was_forgotten_while_open_has_everything_worked_out(world: World) -> None:
    _before_and_after(world, [FIRST], ("official", "delta", ("C,k9,A9,070,P9,5",)))
    world.add(("official", "delta", ("C,k8,A8,070,P8,5",)))
    edition, pipeline = world.pipeline.build(), world.pipeline
    with DuckDB(pipeline.built(edition), read_only=True) as engine:
        pipeline.warehouse.edition(edition.id).unlink()
        keep(engine, "totals", edition, pipeline.graph, pipeline.warehouse)
        assert fingerprint(engine, "totals").startswith("6-")
    assert world.kept() == (2, 1)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('by=["award_key"])\ndef ceilings', "by=[])\ndef ceilings", "its input 'ceilings' is not"),
        ('    within={"payments": ["office_code", "piid"]},\n', "", "does not say which rows decide them"),
    ],
)
def test_a_table_that_cannot_be_worked_out_by_value_is_refused(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    world = World(tmp_path)
    file = tmp_path / "records" / "tables" / "payments.py"
    text = file.read_text()
    assert was in text
    file.write_text(text.replace(was, becomes))
    with pytest.raises(RecordError, match=says):
        inputs_by_value(world.pipeline.graph, "totals")
