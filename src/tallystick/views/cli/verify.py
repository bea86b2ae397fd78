"""tallystick verify: is every byte still what it was when it came in?"""

from __future__ import annotations

import click

from tallystick.errors import ArchiveError
from tallystick.views.cli.options import Desk, desk_options, output_options
from tallystick.views.cli.output import Output
from tallystick.views.cli.progress import progress

COLUMNS = ["kind", "release", "says", "next_step"]


@click.command()
@output_options
@desk_options
def verify(desk: Desk, output: Output) -> int:
    """Hash every archived file and everything published from it anew.

    Exit code 6 when anything is damaged or missing.

    \b
    Example:
      tallystick verify && echo "all as it was"
    """
    bench = desk.open_built()
    with progress("hashing", desk.quiet) as told:
        found = bench.verify(told)
    rows = [{column: getattr(finding, column) for column in COLUMNS} for finding in found]
    held = sum(1 for _ in bench.pipeline.ledger.releases())
    output.write(COLUMNS, rows, notes="" if rows else f"All {held} releases are as they came in.")
    return ArchiveError.exit_code if found else 0
