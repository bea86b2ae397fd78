"""tallystick serve: the workbench in the browser, and the API."""

from __future__ import annotations

import click

from tallystick.settings import from_environment
from tallystick.views.archived import refuse_no_archive
from tallystick.views.cli.options import Desk, desk_options

PORT = 8400


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@desk_options
def serve(desk: Desk, host: str, port: int) -> None:
    """Serve the workbench to browsers, and the API to programs, until interrupted. It only reads.

    \b
    Examples:
      tallystick serve
      tallystick serve --port 8080
    """
    # the libraries of a server take a second to load, which no other command should wait for
    from tallystick.views.web.run import run

    settings = from_environment(home=desk.home, records=desk.records)
    refuse_no_archive(settings.home)
    run(settings, host, port)
