"""Derives the starter edition from the real releases: `python -m scripts.make_starter DATA [RECORDS/starter]`.

Facts only are kept: codes, dates, amounts, organisations, identifiers and the closed descriptions of codes. The
descriptions of transactions are left out, and names that could be a natural person's are withheld. Each file is
one release as it was captured, read through its own source, in a fixed order: the same releases give the same
bytes.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.nouns.release import Provenance, Release
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records

TRANSACTIONS = "https://api.usaspending.gov/api/v2/search/spending_by_transaction/"
CAPTURES = "procurement/usaspending_transactions_api"
COLUMNS = (
    "sub_agency_code, piid, modification_number, action_date, federal_action_obligation_usd, recipient_name, "
    "psc_name, naics_name, award_key"
)
LEFT_OUT = "descriptions of transactions; names that could be a natural person's are withheld"
# The search pages by a hundred, the largest first: whole pages and no de-obligation mean that paging stopped.
_CUT = (
    "SELECT scope, count(*) FROM actions GROUP BY scope "
    "HAVING count(*) % 100 = 0 AND min(federal_action_obligation_usd) >= 0 ORDER BY scope"
)
_CALLED_OUT = "{scope} is a truncated capture: its {rows:,} largest actions, no de-obligation among them"


@dataclass(frozen=True)
class Table:
    """What is carried of a small table: which of its columns, from which files, and what of it is left out."""

    source: str
    files: tuple[str, ...]
    columns: tuple[str, ...]
    left_out: str


TABLES = (
    Table("naics_codes", ("reference/naics.csv", "reference/naics_names_observed.csv"), ("code", "name"), "nothing"),
    Table(
        "psc_codes",
        ("reference/psc_codes.csv", "reference/psc_names_observed.csv"),
        ("code", "name", "start_date", "end_date"),
        "full names and notes on what a class takes in",
    ),
    Table(
        "appropriations",
        ("budget/obbb_appropriations_ice_dhs.csv",),
        ("public_law", "section", "recipient_name", "amount_usd", "fiscal_year", "available_through_date"),
        "purposes in words",
    ),
)

Entry = dict[str, Any]


def main(data: Path, out: Path) -> None:
    """Write the files of the starter edition and `releases.yml` into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="tallystick-starter-") as home:
        pipeline = Pipeline(Settings(home=Path(home), records=(bundled_records(),)))
        entries = list(_derived(pipeline, data, out))
    about = "What the project carries of the public record, so that it can be tried without any download."
    statement = {"about": about, "releases": entries}
    text = yaml.safe_dump(statement, sort_keys=False, allow_unicode=True, width=118)
    (out / "releases.yml").write_text(text, encoding="utf-8")


def _derived(pipeline: Pipeline, data: Path, out: Path) -> Iterator[Entry]:
    for table in TABLES:
        yield _table(pipeline, table, data, out)
    for path in sorted((data / CAPTURES).rglob("CBP_ICE_FY*.csv*")):
        yield _actions(pipeline, _added(pipeline, "usaspending_captures", path), out)


def _table(pipeline: Pipeline, table: Table, data: Path, out: Path) -> Entry:
    """The distinct rows of every file of a small table, under the publisher's names for its columns."""
    releases = [_added(pipeline, table.source, data / file) for file in table.files]
    source = pipeline.catalog.source(table.source)
    (publication,) = source.publishes.values()
    columns = ", ".join(table.columns)
    every = " UNION ".join(f"SELECT {columns} FROM {_read(pipeline, release)}" for release in releases)
    with DuckDB() as engine:
        rows = engine.run(f"SELECT * FROM ({every}) ORDER BY {columns} NULLS FIRST").fetchall()
    header = [publication.columns[column].names(column)[0] for column in table.columns]
    entry = _entry(table.source, out / f"starter_{table.source}.csv.gz", header, rows)
    return entry | _told(source.citation, releases, table.left_out)


def _added(pipeline: Pipeline, source: str, path: Path) -> Release:
    release, _ = pipeline.add(pipeline.catalog.source(source), path, Provenance(source, path.name))
    return release


def _actions(pipeline: Pipeline, release: Release, out: Path) -> Entry:
    """One capture, in the order of agency, award, modification and day."""
    with DuckDB() as engine:
        engine.run(f"CREATE VIEW actions AS FROM {_read(pipeline, release)}")
        rows = engine.run(f"SELECT {COLUMNS} FROM actions ORDER BY {COLUMNS} NULLS FIRST").fetchall()
        cut = engine.run(_CUT).fetchall()
    name = f"starter_actions_{release.name.split('_')[2]}_asof_{release.speaks_for:%Y%m%d}.csv.gz"
    entry = _entry("starter_actions", out / name, COLUMNS.split(", "), rows)
    called_out = [_CALLED_OUT.format(scope=scope, rows=count) for scope, count in cut]
    return entry | _told(TRANSACTIONS, [release], LEFT_OUT) | {"called_out": called_out}


def _told(citation: str, releases: Sequence[Release], left_out: str) -> Entry:
    """What is stated of the originals; the day of several is the last one's."""
    return {
        "citation": citation,
        "derived_from": ", ".join(release.name for release in releases),
        "original_sha256": ", ".join(release.sha256 for release in releases),
        "captured": releases[-1].provenance.as_of,
        "published": releases[-1].provenance.published,
        "left_out": left_out,
    }


def _read(pipeline: Pipeline, release: Release) -> str:
    """What was published of `release`, for the engine to read."""
    (file,) = pipeline.readings.of(release).files
    return f"read_parquet({quoted(str(pipeline.settings.home / 'published' / file['table'] / file['file']))})"


def _entry(source: str, path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Entry:
    return {"source": source, "file": path.name, "rows": len(rows), "sha256": _written(path, header, rows)}


def _written(path: Path, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Write a CSV, compressed without name or time, and return its sha256."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else bundled_records() / "starter")
