"""tallystick serve: the workbench in the browser, and the API."""

from __future__ import annotations

import sys

import click

from tallystick.errors import UsageError
from tallystick.settings import from_environment
from tallystick.views.archived import refuse_no_archive
from tallystick.views.cli.options import Desk, desk_options

PORT = 8400
_OWN = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"0 takes any free one.  [default: {PORT}, if it is free]"
)
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name that readers call this server by.")
@click.option("--to-everyone", is_flag=True, help="Listen where others can reach it, small counts of people and all.")
@desk_options
def serve(desk: Desk, host: str, port: int | None, names: tuple[str, ...], to_everyone: bool) -> None:
    """Serve the workbench to browsers, and the API to programs, until interrupted. It only reads.

    It listens on this machine alone. Counts of people have no disclosure control yet: before a server listens where
    others can reach it, --to-everyone must say that this was weighed. What is recorded while it runs, by whichever
    process, comes in force by itself.

    \b
    Examples:
      tallystick serve
      tallystick serve --port 0
      tallystick serve --name numbers.example.org
    """
    if host not in _OWN and not to_everyone:
        raise UsageError(
            f"others could reach {host}, and small counts of people are shown as they are: there is no disclosure "
            "control yet",
            next_step="leave out --host, or weigh it and say --to-everyone",
        )
    # the libraries of a server take a second to load, which no other command should wait for
    from tallystick.views.web.run import run

    settings = from_environment(home=desk.home, records=desk.records)
    refuse_no_archive(settings.home)
    ports = (PORT, 0) if port is None else (port,)
    run(settings, (host, ports), frozenset(name.lower() for name in names), _tell)


def _tell(url: str) -> None:
    click.echo(f"The workbench is at {url}  (Ctrl-C ends it)")
    sys.stdout.flush()
