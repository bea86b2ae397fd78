"""tallystick notify: tells the operator's hooks what is new."""

from __future__ import annotations

import click

from tallystick.bench import Bench
from tallystick.errors import TallystickError
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, for_others, from_environment
from tallystick.views.archived import refuse_no_archive
from tallystick.views.cli.options import Desk, desk_options


@click.command()
@desk_options
def notify(desk: Desk) -> None:
    """Tell the hooks named in TALLYSTICK_WEBHOOKS what is new since the last time, and go.

    A release that landed, a severe Finding and a changed verdict are news. Bodies are signed after Standard Webhooks;
    what could not be delivered is kept and tried again the next time, later and later. The first time nothing is
    told: how everything stands is taken note of. What is said of counts of people is what others may hear: under
    TALLYSTICK_PROFILE, `public` where none is named.

    \b
    Example:
      tallystick notify
    """
    settings = from_environment(home=desk.home, records=desk.records)
    refuse_no_archive(settings)
    notified(settings)


def notified(settings: Settings, look: bool = True) -> None:
    """Tell the hooks, and say what that came to; without `look` only what still waits is sent again."""
    # the downloader's libraries are loaded only by commands that open a connection
    from tallystick.notify import tell, tell_again

    settings = for_others(settings)
    told = tell(Bench(Pipeline(settings)), settings) if look else tell_again(settings)
    for trouble in told.delivered.troubles:
        click.echo(trouble, err=True)
    if look or told.delivered.arrived:
        click.echo(f"hooks: {told.events:,} new, {told.delivered.arrived:,} delivered, {told.waiting:,} waiting")


def notified_beside(settings: Settings, look: bool) -> None:
    """The same for a command that goes on whatever becomes of it: what is wrong is said."""
    if settings.webhooks is None:
        return
    try:
        notified(settings, look)
    except TallystickError as error:
        click.echo(str(error), err=True)
