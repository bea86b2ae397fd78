"""tallystick late: what was promised against what came."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from tallystick.nouns.lateness import Lateness
from tallystick.views.cli.options import DAY, Desk, desk_options, output_options
from tallystick.views.cli.output import Output

COLUMNS = ["source", "promised_by", "cadence", "last_release", "last_day", "expected_by", "days_late", "left_out"]


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
        output.write(["promised_by", "after", "before", "left_out"], _gaps(chosen), notes=_said(chosen))
        return
    chosen = [told for told in bench.lateness if told.expected_by is not None]
    chosen.sort(key=lambda told: -told.days_late)
    overdue = sum(told.is_overdue for told in chosen)
    output.write(COLUMNS, [_row(told) for told in chosen], notes=f"{overdue} of {len(chosen)} promises are overdue.")


def _row(told: Lateness) -> dict[str, Any]:
    return {
        "source": told.source,
        "promised_by": told.promised_by,
        "cadence": told.every.value,
        "last_release": told.last,
        "last_day": told.last_day,
        "expected_by": told.expected_by,
        "days_late": told.days_late,
        "left_out": sum(gap.missed for gap in told.gaps),
    }


def _gaps(chosen: list[Lateness]) -> list[dict[str, Any]]:
    return [
        {"promised_by": told.promised_by, "after": gap.after, "before": gap.before, "left_out": gap.missed}
        for told in chosen
        for gap in told.gaps
    ]


def _said(chosen: list[Lateness]) -> str:
    return "\n".join(told.says for told in chosen if told.says) or "Nothing is overdue."
