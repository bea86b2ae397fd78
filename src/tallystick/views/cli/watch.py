"""tallystick watch: asks the publishers in their turn, and puts what is new in force."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from functools import partial
from typing import Any

import click

from tallystick import clock
from tallystick.bench import Bench
from tallystick.errors import FetchError, TallystickError
from tallystick.pipeline import Pipeline
from tallystick.rounds import Rounds, Told
from tallystick.settings import Settings, from_environment
from tallystick.views.cli.notify import notified_beside
from tallystick.views.cli.options import Desk, desk_options

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Span(click.ParamType[timedelta]):
    """A stretch of time on the command line: 90s, 15m, 6h, 1d."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,6})([smhd])", str(value))
        if found is None:
            self.fail(f"'{value}' is not a stretch of time; write 90s, 15m, 6h or 1d", param, ctx)
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--every", type=Span(), help="Ask each source this often (15m, 6h, 1d), whatever its cadence.")
@click.option("--once", is_flag=True, help="Ask those whose turn it is, then end; for cron and timers.")
@desk_options
def watch(desk: Desk, sources: tuple[str, ...], every: timedelta | None, once: bool) -> int:
    """Ask publishers for new releases, each source in its turn; archive, judge and put in force what is new.

    Without SOURCE all are asked that say where their releases are to be had. A source that fails is asked again
    after ten minutes, then after twice as long, and holds up no other. A server over the same home notices what
    comes by itself, and hooks named in TALLYSTICK_WEBHOOKS are told, as by 'tallystick notify'. Of each new Edition
    the forecasts of every process are made and kept, to be judged later. With --once the exit code is 5 when a
    source failed.

    \b
    Examples:
      tallystick watch
      tallystick watch --once
      tallystick watch naics_codes psc_codes --every 6h
    """
    settings = from_environment(home=desk.home, records=desk.records)
    rounds = Rounds(Pipeline(settings), partial(_tell, settings), every)
    chosen = rounds.sources(sources)
    with rounds.alone():
        if once:
            return 0 if rounds.once(chosen) else FetchError.exit_code
        click.echo(f"watching {len(chosen)} sources; Ctrl-C ends it")
        sys.stdout.flush()
        rounds.go(chosen)
    return 0


def _tell(settings: Settings, told: Told) -> None:
    at = clock.now().isoformat()
    if told.failed:
        click.echo(f"{at} {told.name} failed: {told.failed}", err=True)
    elif told.edition:
        click.echo(f"{at} edition {told.edition} is in force")
    else:
        came = f"new: {', '.join(told.new)}" if told.new else "nothing new"
        click.echo(f"{at} {told.name}: {came}")
    if told.edition:
        _forecast(settings)
    notified_beside(settings, look=told.edition is not None)
    sys.stdout.flush()


def _forecast(settings: Settings) -> None:
    """Keep what is said of units under way, also where nobody looks: only what was kept can be judged."""
    bench = Bench(Pipeline(settings))
    try:
        made = bench.forecasting.all_made()
    except TallystickError as error:
        click.echo(f"no forecasts were made: {error}", err=True)
        return
    finally:
        bench.close()
    click.echo(f"forecasts kept: {', '.join(one.process for one in made) or 'none, no unit is under way'}")
