"""tallystick forecast: what lies ahead of units under way, and how what was said before turned out."""

from __future__ import annotations

from datetime import date

import click

from tallystick.views.cli.options import DAY, Desk, desk_options, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.forecast import (
    FLOWS,
    NO_FLOWS,
    NO_TARGET_SET,
    PAST,
    RESTS,
    SCORED,
    SCORES,
    UNITS,
    flow_rows,
    last_watched,
    not_heard_of,
    past_rows,
    score_rows,
    told_beside,
    unit_rows,
    why_none,
)

_READABLE = [
    "title", "state", "entered_date", "watched_until_date", "due_date", "chance_in_time", "chance_within_30_days",
    "naive_chance_within_30_days", "expected_date", "expected_date_low", "expected_date_high",
]  # fmt: skip
_READABLE_PAST = [
    "title", "state", "entered_date", "said_of_date", "chance_within_30_days", "expected_date", "expected_date_low",
    "expected_date_high", "done_date", "became",
]  # fmt: skip
_SPARE = ("state", "naive_chance_within_30_days", "entered_date")


@click.command()
@click.argument("process")
@click.option("--of", type=click.Choice(["units", "programme", "score", "past"]), default="units", show_default=True)
@click.option("--stage", help="A stage of the process; else the whole way, or the first stage with a target.")
@click.option("--as-known-on", type=DAY, metavar="DAY", help="From what was known on a past day.")
@click.option("--look-back", type=DAY, metavar="DAY", help="First make forecasts of past days since then.")
@click.option("--every", type=click.IntRange(1), default=7, show_default=True, help="Days between past days.")
@output_options
@desk_options
def forecast(
    desk: Desk, process: str, of: str, stage: str | None, output: Output, as_known_on: date | None,
    look_back: date | None, every: int,
) -> None:  # fmt: skip
    """Tell what lies ahead of a PROCESS: of its units under way, of the whole programme, how good it was,
    or what was said of units on the last past day with several under way, and what became of them.

    What is said from all that is known is kept when it is made, and judged once the truth is known, always beside a
    naive forecast of the same day. With --look-back forecasts are made of past days, each from what was known then
    alone, and judged alike.

    \b
    Examples:
      tallystick forecast requests_287g --as-known-on 2025-07-01
      tallystick forecast requests_287g --of programme
      tallystick forecast requests_287g --of score --look-back 2025-09-01 --every 14
    """
    bench = desk.open_built(as_known_on)
    if look_back is not None:
        made = sum(1 for _ in bench.forecasting.looked_back(process, look_back, every, stage))
        click.echo(f"{made} past days looked back on", err=True)
    found = bench.forecasting.made(process, stage)
    judged, its = bench.forecasting.judged(process, stage), bench.forecasting.stage(process, stage)
    beside = told_beside(bench.forecasting.kept(process, stage), judged)
    about, notes = {"edition": bench.edition.id}, [*beside, f"Edition {bench.edition.id}"]
    title = f"{process}, {its}"
    if of == "score":
        output.write(
            SCORES, list(score_rows(judged.scores)), title=title, notes="\n".join([SCORED, *notes]), about=about
        )
        return
    if of == "programme":
        notes = ([] if found and found.flows else [NO_FLOWS]) + notes
        output.write(FLOWS, list(flow_rows(found)), title=title, notes="\n".join([RESTS, *notes]), about=about)
        return
    if of == "past":
        rows = list(past_rows(judged))
        columns = _READABLE_PAST if output.format is Format.TABLE else PAST
        output.write(columns, rows, title=title, notes="\n".join([RESTS, *notes]), spare=("state",), about=about)
        return
    rows = list(unit_rows(found))
    if not rows:
        notes = [why_none(found), "'--of past' shows what was last said of any, and what became of them.", *notes]
    elif found:
        notes = [last_watched(found), *filter(None, [not_heard_of(found)]), *notes]
    if found and found.target_days is None:
        notes = [NO_TARGET_SET, *notes]
    columns = _READABLE if output.format is Format.TABLE else UNITS
    title += f", {sum(unit.heard_of for unit in found.units) if found else 0} under way" + (
        f" on {found.day}" if found else ""
    )
    output.write(columns, rows, title=title, notes="\n".join([RESTS, *notes]), spare=_SPARE, about=about)
