"""tallystick audit-disclosure: does what is published tell small counts of people?"""

from __future__ import annotations

from dataclasses import asdict

import click

from tallystick.views.cli.options import SOMETHING_FAILS, Desk, desk_options, output_options
from tallystick.views.cli.output import Format, Output

COLUMNS = ["table", "cell", "least", "most", "how", "at"]
_SHOWN = 40


@click.command("audit-disclosure")
@click.argument("where", required=False, metavar="[FOLDER|ADDRESS]")
@click.option(
    "--most", type=click.IntRange(1, 5000), default=60, show_default=True, help="So many questions to each metric."
)
@output_options
@desk_options
def audit_disclosure(desk: Desk, where: str | None, most: int, output: Output) -> int:
    """Attack what is published: a FOLDER that publish wrote, a server at an ADDRESS, else what is told to others.

    It hears only what any reader can, puts all figures together, with those of earlier Editions, and works out by
    linear programming what of each small count of people in this home can be known. Every cell that is told, or known
    more closely than the rule allows, is listed, and the exit code is then 8. The list tells what is hidden: keep it
    on your own machine.

    \b
    Examples:
      tallystick audit-disclosure
      tallystick audit-disclosure site
      tallystick audit-disclosure http://127.0.0.1:8400 --most 200 --format json
    """
    found = desk.open_built().audit_disclosure(where, most)
    rows = [asdict(leak) for leak in found.leaks]
    whole = asdict(found)
    heard = f"{found.answers:,} answers with {found.figures:,} figures were heard"
    cells = f"{found.cells:,} cells of the plans, {found.told:,} were told and {found.protected:,} may not be known"
    says = (
        f"{len(rows):,} can be known all the same." if rows else "None of these can be known more closely than that."
    )
    short = rows[:_SHOWN] if output.format is Format.TABLE else rows
    output.write(COLUMNS, short, whole=whole, notes=f"{heard}. Of {cells}. {says}")
    return SOMETHING_FAILS if rows else 0
