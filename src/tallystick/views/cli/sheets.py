"""tallystick area, tallystick place: figures of one area or place side by side."""

from __future__ import annotations

import click

from tallystick.nouns.sheet import FilledSheet
from tallystick.views.cli.options import Desk, desk_options, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.sheet import COLUMNS, sheet_notes, sheet_rows, sheet_table, sheet_whole


@click.command()
@click.argument("name", metavar="AREA")
@click.option("--quarter", metavar="YEARQn", help="The calendar quarter, 2025Q3; the last whole one if none is said.")
@output_options
@desk_options
def area(desk: Desk, name: str, quarter: str | None, output: Output) -> None:
    """Review one AREA of responsibility in a quarter: no number stands alone.

    Volume beside composition, length of stay, people held, inspections, deaths, agreements and the community's
    population, each figure with its metric, what it rests on, and, where it is unknown, why. AREA is the name of its
    field office or its three letters. What is on the sheet is written in records/sheets/area.yml.

    \b
    Examples:
      tallystick area Seattle --quarter 2025Q3
      tallystick area CHI --quarter 2018Q2 --format json
    """
    _write(desk.open_built().sheet("area", [name], quarter), output)


@click.command()
@click.argument("state")
@click.argument("county", required=False)
@output_options
@desk_options
def place(desk: Desk, state: str, county: str | None, output: Output) -> None:
    """Show what the published record says of a STATE, or of a COUNTY in it, over time.

    Agreements in force, people held in facilities there, arrests where published, composition, population covered and
    money obligated, before and after an agreement begins; windows stated, no cause claimed. What is on the sheets is
    written in records/sheets/state.yml and county.yml.

    \b
    Examples:
      tallystick place Florida
      tallystick place FL Collier --format json
    """
    words = [state, county] if county else [state]
    _write(desk.open_built().sheet("county" if county else "state", words), output)


def _write(sheet: FilledSheet, output: Output) -> None:
    title = f"{sheet.sheet.title}: {sheet.called}" + (f", {sheet.quarter}" if sheet.quarter else "")
    if output.format is Format.TABLE:
        notes = "\n" + "\n".join(sheet_notes(sheet))
        columns = ["part", "figure", "of", "value", "rests_on"]
        output.write(columns, sheet_table(sheet), title=f"{title}\n{sheet.sheet.about}", notes=notes)
        return
    whole = sheet_whole(sheet)
    about = {name: value for name, value in whole.items() if name != "parts"}
    rows = list(sheet_rows(sheet))
    if output.format is Format.PARQUET:
        rows = [row | {"value": None if row["value"] is None else float(row["value"])} for row in rows]
    output.write(COLUMNS, rows, whole=whole, about=about)
