"""tallystick notify: tells the operator's hooks what is new."""

from __future__ import annotations

import click

from tallystick.settings import from_environment
from tallystick.views.cli.options import Desk, desk_options


@click.command()
@desk_options
def notify(desk: Desk) -> None:
    """Tell the hooks named in TALLYSTICK_WEBHOOKS what is new since the last time, and go.

    A release that landed, a severe Finding and a changed verdict are news. Bodies are signed after Standard Webhooks;
    what could not be delivered is kept and tried again the next time, later and later. The first time nothing is
    told: how everything stands is taken note of.

    \b
    Example:
      tallystick notify
    """
    # the downloader's libraries are loaded only by commands that open a connection
    from tallystick.notify import tell

    told = tell(desk.open_built(), from_environment(home=desk.home, records=desk.records))
    for trouble in told.delivered.troubles:
        click.echo(trouble, err=True)
    click.echo(f"{told.events:,} new, {told.delivered.arrived:,} delivered, {told.waiting:,} waiting")
