"""tallystick refresh: what is new of a source, from its publisher."""

from __future__ import annotations

import click

from tallystick.errors import FetchError
from tallystick.views.cli.options import Desk, desk_options, jobs_option, output_options
from tallystick.views.cli.output import Output
from tallystick.views.cli.progress import progress

COLUMNS = ["file", "outcome", "release", "as_of", "size"]


@click.command()
@click.argument("source")
@jobs_option
@output_options
@desk_options
def refresh(desk: Desk, source: str, jobs: int | None, output: Output) -> int:
    """Download what is new of SOURCE from its publisher, archive it and read it.

    Polite and resumable: it waits between requests, goes on where it stopped, asks only for what changed, and keeps
    to daily quotas. While any part of what was asked for is refused nothing is archived, and the exit code is 5.

    \b
    Example:
      tallystick refresh naics_codes
    """
    bench = desk.open_with(jobs)
    with progress("refreshing", desk.quiet) as told:
        had = bench.pipeline.refresh(source, told)
    rows: list[dict[str, object]] = [
        {
            "file": release.name,
            "outcome": "new",
            "release": release.id,
            "as_of": release.provenance.as_of,
            "size": release.size,
        }
        for release in had.new
    ]
    rows += [{"file": name, "outcome": "unchanged"} for name in had.unchanged]
    rows += [{"file": refused.name, "outcome": "refused"} for refused in had.refused]
    output.write(COLUMNS, rows)
    for refused in had.refused:
        click.echo(f"tallystick: {refused.name} was refused: {refused.why}", err=True)
    return FetchError.exit_code if had.refused else 0
