"""tallystick replay: what offices had reported by an instant, as a home of its own."""

from __future__ import annotations

from dataclasses import replace as with_
from datetime import datetime
from pathlib import Path

import click

from tallystick.errors import UsageError
from tallystick.pipeline import Pipeline
from tallystick.reporting import cells
from tallystick.reporting.log import Log
from tallystick.reporting.replay import replay as replayed
from tallystick.settings import Storage, from_environment
from tallystick.views.archived import refuse_no_archive
from tallystick.views.cli.options import Desk, desk_options


@click.command()
@click.argument("instant")
@click.argument("folder", type=click.Path(path_type=Path))
@desk_options
def replay(desk: Desk, instant: str, folder: Path) -> None:
    """Replay reports up to an INSTANT with its zone, into a home in FOLDER: what had been told by then, no more.

    Every question can be asked of it, with --home FOLDER. It holds reports alone, and no token. For a past day of
    all that is held, --as-known-on does.

    \b
    Example:
      tallystick replay 2026-03-09T14:05:00-05:00 as-then
    """
    settings = from_environment(home=desk.home, records=desk.records)
    refuse_no_archive(settings)
    try:
        until = datetime.fromisoformat(cells.instant(instant))
    except ValueError as error:
        raise UsageError(str(error), where=instant, next_step="write such an instant") from error
    with Log.of(settings.home) as log:
        found = replayed(log, until, Pipeline(with_(settings, home=folder, storage=Storage())))
    last = f"; the last at {found.last.isoformat()}" if found.last else ""
    click.echo(f"{found.batches:,} batches with {found.rows:,} rows were told by then{last}")
