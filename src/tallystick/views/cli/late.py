"""tallystick late: what was promised against what came."""

from __future__ import annotations

from datetime import date

import click

from tallystick.nouns.lateness import Lateness
from tallystick.views.cli.options import DAY, Desk, desk_options, output_options
from tallystick.views.cli.output import Output
from tallystick.views.listed import GAP, LATE, gap_rows, late_rows


@click.command()
@click.argument("source", required=False)
@click.option("--as-known-on", type=DAY, help="As of that day instead of today.")
@output_options
@desk_options
def late(desk: Desk, source: str | None, as_known_on: date | None, output: Output) -> None:
    """List what is overdue: each promise of a rhythm, by the publisher or a law, against the releases that came.

    `left_out` counts the promised releases that are not held between two that are: they never came, or nobody
    collected them. With SOURCE each such gap is listed.

    \b
    Examples:
      tallystick late
      tallystick late ice_detention_statistics --format json
    """
    bench = desk.open(as_known_on)
    if source is not None:
        bench.pipeline.catalog.source(source)
        chosen = [told for told in bench.lateness if told.source == source]
        output.write(GAP, [row for told in chosen for row in gap_rows(told)], notes=_said(chosen))
        return
    rows = late_rows(bench)
    overdue = sum(row["days_late"] > 0 for row in rows)
    output.write(LATE, rows, notes=f"{overdue} of {len(rows)} promises are overdue.")


def _said(chosen: list[Lateness]) -> str:
    return "\n".join(told.says for told in chosen if told.says) or "Nothing is overdue."
