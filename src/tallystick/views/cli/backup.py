"""tallystick backup: a copy of all that cannot be made again, while the home is in use."""

from __future__ import annotations

from pathlib import Path

import click

from tallystick.archive.backup import back_up
from tallystick.pipeline import Pipeline
from tallystick.settings import Storage, from_environment
from tallystick.views.archived import refuse_no_archive
from tallystick.views.cli.options import Desk, desk_options
from tallystick.views.cli.progress import progress


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@desk_options
def backup(desk: Desk, folder: Path) -> None:
    """Bring a copy of the home in FOLDER up to date: every release, decision, report and forecast.

    The home may be in use. The copy is whole at every instant, also when this is killed, and only what is new to it
    is copied. It is a home itself: 'verify --home FOLDER' hashes it, and 'backup' of it to an empty folder restores
    it. Settings, the files of webhooks and records of your own lie elsewhere and are not in it.

    \b
    Examples:
      tallystick backup /mnt/backup/tallystick
      tallystick backup /var/lib/tallystick --home /mnt/backup/tallystick
    """
    settings = from_environment(home=desk.home, records=desk.records)
    refuse_no_archive(settings)
    with progress("copying", desk.quiet) as told:
        if settings.storage == Storage():
            copied = back_up(settings.home, folder, told)
        else:
            pipeline = Pipeline(settings)
            with pipeline.ledger as ledger:
                told("from the bucket", 0, 0)
                pipeline.bring_all()
                copied = back_up(settings.home, folder, told, ledger if settings.storage.ledger else None)
    new = f"{copied.files:,} files with {copied.size:,} bytes were new to it"
    click.echo(f"{copied.releases:,} releases are in {folder}: {new}")
    click.echo(f"see whether it is whole: tallystick verify --home {folder}")
