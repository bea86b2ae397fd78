"""Sources and releases made up for one test: a folder of records, a file, and what reading it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tallystick.archive.ledger import Publication
from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.finding import Finding
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings

SOURCE = """
title: Payments
publisher: An office
licence: us-public-domain
citation: https://example.gov/payments
cadence: monthly
releases:
  match: ['payments\\S*']
{releases}
publishes:
  payments_published:
    grain: one payment
    key: [payment_key]
    scope: [office_code, fiscal_year(paid_date)]
    columns:
      payment_key: {{of: key, type: code, required: true}}
      office_code: {{of: office, type: code, required: true}}
      paid_date: {{of: paid, type: date}}
      amount_usd: {{of: amount, type: money}}
      recipient_name: {{of: payee, mask: natural_person}}
      recipient_uei: {{of: uei, type: code, mask: natural_person}}
    drop: {{free text nobody may read: [remark]}}
{more}
"""
HEAD = "key,office,paid,amount,payee,uei,remark"
ROW = "k1,070,2025-01-02,10.50,ACME LLC,ABC123DEF456,none"


class Line:
    """The line from a made-up file to its rows, over a home folder of its own."""

    def __init__(self, folder: Path, releases: str = "", more: str = "", source: str = SOURCE) -> None:
        self.folder = folder
        self.source_folder = folder / "records" / "sources" / "us" / "payments"
        self.source_folder.mkdir(parents=True)
        (self.source_folder / "source.yml").write_text(source.format(releases=releases, more=more))
        self.settings = Settings(folder / "home", (folder / "records",), threads=1, memory_limit="1GB")
        self.pipeline = Pipeline(self.settings)

    @property
    def catalog(self) -> Catalog:
        return self.pipeline.catalog

    def add(self, content: str | bytes, name: str = "payments.csv") -> Publication:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        source = self.catalog.source("payments")
        return self.pipeline.add(source, path, Provenance("payments", name))[1]

    def rows(self, publication: Publication, columns: str = "*") -> list[tuple[Any, ...]]:
        (file,) = publication.files
        path = self.settings.home / "published" / file["table"] / file["file"]
        with DuckDB() as engine:
            return engine.run(f"SELECT {columns} FROM '{path}' ORDER BY member, source_row").fetchall()


def lines(*rows: str) -> str:
    """A file of the made-up layout."""
    return "\n".join([HEAD, *rows]) + "\n"


def kinds(publication: Publication) -> set[str]:
    return {finding.kind for finding in publication.findings}


def finding(publication: Publication, kind: str) -> Finding:
    (found,) = [each for each in publication.findings if each.kind == kind]
    return found
