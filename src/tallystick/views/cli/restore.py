"""tallystick restore: what a copy or a home holds, into the ledger and the store that the settings name."""

from __future__ import annotations

from pathlib import Path

import click

from tallystick.archive.backup import bring_back
from tallystick.pipeline import Pipeline
from tallystick.settings import from_environment
from tallystick.views.cli.options import Desk, desk_options
from tallystick.views.cli.progress import progress


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@desk_options
def restore(desk: Desk, folder: Path) -> None:
    """Bring what a copy or a home in FOLDER holds into the home, or into the ledger and the bucket that are named.

    So a home moves to TALLYSTICK_LEDGER and TALLYSTICK_STORE, and a copy comes back. What is there already must be
    the beginning of what FOLDER holds; else nothing is added. Doing it again goes on where it stopped.

    \b
    Examples:
      tallystick restore /mnt/backup/tallystick --home /var/lib/tallystick
      TALLYSTICK_LEDGER=postgresql://... TALLYSTICK_STORE=s3://... tallystick restore .tallystick
    """
    pipeline = Pipeline(from_environment(home=desk.home, records=desk.records))
    with pipeline.ledger as ledger, progress("copying", desk.quiet) as told:
        copied = bring_back(folder, pipeline.settings.home, ledger, told)
        told("to the bucket", 0, 0)
        pipeline.keep_all()
    click.echo(f"{copied.releases:,} releases are held; {copied.files:,} files with {copied.size:,} bytes were new")
    click.echo("put the Edition in force: tallystick build")
