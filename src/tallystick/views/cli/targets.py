"""tallystick targets: what was to be reached, beside what was observed."""

from __future__ import annotations

import click

from tallystick.views.cli.options import Desk, desk_options, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.target import FACTS, FIGURES, target_notes, target_rows, target_table, target_whole

_WORDS = {"area": "aor"}


@click.command()
@click.argument("name", required=False)
@click.option("--by", "-b", multiple=True, metavar="NAME", help="Break down by area, quarter, fiscal_year or month.")
@click.option("--all-days", is_flag=True, help="Also the days before and after a target was in force.")
@output_options
@desk_options
def targets(desk: Desk, name: str | None, by: tuple[str, ...], all_days: bool, output: Output) -> None:
    """Lay targets beside what was observed: actual, gap, trend, and the share of days that met them.

    A target is what somebody said was to be reached; the register says who, when and where, whether it was official
    and whether it is contested. Each series that observes it stands for itself: they count differently. A target
    that no release held observes is unknown, with what would settle it.

    \b
    Examples:
      tallystick targets
      tallystick targets arrests-75-a-day-per-office --by area,quarter
      tallystick targets arrests-3000-a-day --all-days --by fiscal_year --format json
    """
    dimensions = tuple(_WORDS.get(word, word) for named in by for word in named.split(",") if word)
    shown = desk.open_built().targets(name, dimensions, everything=all_days)
    if output.format is Format.TABLE:
        columns = ["target", "asks", *dimensions, "series", "in_force", "actual", "gap", "trend_30_days", "met"]
        notes = "\n" + "\n".join(target_notes(shown, in_full=name is not None))
        output.write(columns, target_table(shown), title="Targets beside what was observed", notes=notes)
        return
    columns = [*FACTS, *dimensions, *FIGURES, "settled_by"]
    about = {"edition": shown[0].edition}
    output.write(columns, list(target_rows(shown)), whole=[target_whole(one) for one in shown], about=about)
