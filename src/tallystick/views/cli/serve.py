"""tallystick serve: the workbench in the browser, and the API."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from tallystick.disclosure.profile import OPEN, PUBLIC
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
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="Serve by so many processes at one address; one that dies is begun anew.",
)
@click.option("--to-everyone", is_flag=True, help="Tell others small counts of people, with TALLYSTICK_PROFILE=open.")
@desk_options
def serve(desk: Desk, host: str, port: int | None, names: tuple[str, ...], processes: int, to_everyone: bool) -> None:
    """Serve the workbench to browsers, and the API to programs, until interrupted. It only reads.

    It listens on this machine alone, and tells counts of people as they are. Where others can reach it (--host,
    --name, TALLYSTICK_SITE) small counts are hidden, and all that would tell them (TALLYSTICK_PROFILE=public, from
    TALLYSTICK_THRESHOLD people on). What is recorded while it runs, by whichever
    process, comes in force by itself.

    \b
    Examples:
      tallystick serve
      tallystick serve --port 0
      tallystick serve --name numbers.example.org --processes 4
    """
    # the libraries of a server take a second to load, which no other command should wait for
    from tallystick.pipeline import Pipeline
    from tallystick.reporting.seal import seal_what_waits
    from tallystick.views.web.run import Served, run

    settings = from_environment(home=desk.home, records=desk.records)
    reached = host not in _OWN or bool(names) or bool(settings.site)
    settings = replace(settings, profile=settings.profile or (PUBLIC if reached else OPEN))
    if reached and settings.profile == OPEN and not to_everyone:
        raise UsageError(
            "others could reach this server, and the profile 'open' shows small counts of people as they are",
            next_step="leave out TALLYSTICK_PROFILE, or weigh it and say --to-everyone",
        )
    if processes > 1 and settings.takes_reports:
        raise UsageError(
            "reports are taken by one process, which counts how many each token sends",
            next_step="leave out --processes, or let another server over this home take the reports",
        )
    if not settings.takes_reports:  # the first report may be what a home begins with
        refuse_no_archive(settings)
    seal_what_waits(Pipeline(settings))
    ports = (PORT, 0) if port is None else (port,)
    run(Served(settings, frozenset(name.lower() for name in names), processes), (host, ports), _tell)


def _tell(url: str) -> None:
    click.echo(f"The workbench is at {url}  (Ctrl-C ends it)")
    sys.stdout.flush()
