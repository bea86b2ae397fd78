"""tallystick build: what is given and archived becomes an Edition that answers."""

from __future__ import annotations

from datetime import date

import click

from tallystick.views.cli.options import DAY, Desk, desk_options, output_options
from tallystick.views.cli.output import Output
from tallystick.views.cli.progress import progress


@click.command()
@click.option("--as-known-on", type=DAY, help="Build the Edition of what was public on that day instead.")
@output_options
@desk_options
def build(desk: Desk, as_known_on: date | None, output: Output) -> None:
    """Build the Edition that the releases in the archive make.

    \b
    Examples:
      tallystick build
      tallystick build --as-known-on 2026-03-01
    """
    bench = desk.open(as_known_on)
    with progress("building", desk.quiet) as step:
        step("tables", 1)
        edition = bench.edition
    releases = {release.id: release for release in bench.pipeline.ledger.releases()}
    rows = [
        {
            "table": part.table,
            "file": releases[part.release].name,
            "release": part.release,
            "scopes": list(part.scopes),
        }
        for part in edition.parts
    ]
    output.write(["table", "file", "release", "scopes"], rows, title=f"Edition {edition.id}")
