"""tallystick manifest: which files make the tables of an Edition, for engines that know nothing of Tallystick."""

from __future__ import annotations

import json
from datetime import date

import click

from tallystick.views.cli.options import DAY, Desk, desk_options


@click.command()
@click.option("--as-known-on", type=DAY, help="Of the Edition of what was public on that day instead.")
@desk_options
def manifest(desk: Desk, as_known_on: date | None) -> None:
    """Print the manifest of an Edition as JSON: the Parquet files of each published table, where they lie here.

    A table is the rows of its files; of a file with `scopes` only those whose column `scope` is among them; without
    the rows that the file `without` names by release_id, member and source_row. No file is ever changed, so what a
    manifest names stays readable while the next Edition is made. docs/read-from-elsewhere.md has the lines that read
    one.

    \b
    Examples:
      tallystick manifest > now.json
      tallystick manifest --as-known-on 2026-03-01 > then.json
    """
    pipeline = desk.open_built().pipeline
    click.echo(json.dumps(pipeline.manifest(pipeline.edition(as_known_on)), indent=1, ensure_ascii=False))
