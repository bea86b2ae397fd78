"""tallystick entries: the registers that people keep, the entries of one, or one entry with all its citations."""

from __future__ import annotations

import click

from tallystick.nouns.register import EntryShown
from tallystick.views.cli.options import Desk, desk_options, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.entry import (
    REGISTER,
    ROW,
    brief_rows,
    entry_rows,
    entry_whole,
    events,
    register_rows,
    register_whole,
)
from tallystick.views.kinds.entries import chosen_by


@click.command()
@click.argument("register", required=False)
@click.argument("entry", required=False)
@output_options
@desk_options
def entries(desk: Desk, register: str | None, entry: str | None, output: Output) -> None:
    """List the registers, the entries of a REGISTER, or one ENTRY with its citations.

    A register tells of things bought, agreed, written or asked for; every row has its citation and the day on which
    that was told. As known on an earlier day, what was told later is not there.

    \b
    Examples:
      tallystick entries
      tallystick entries technologies
      tallystick entries technologies clearview-ai
      tallystick entries technologies --format xlsx --output technologies.xlsx
    """
    bench = desk.open_built()
    if register is None:
        short = ["register", "title", "entries"] if output.format is Format.TABLE else REGISTER
        output.write(short, register_rows(bench), notes="The entries of one: tallystick entries REGISTER")
        return
    if entry is None:
        kept = bench.kept.of(register)
        rows, schema = brief_rows(kept), bench.kept.schemas[register]
        every = list(dict.fromkeys(name for row in rows for name in row))
        terms = list(chosen_by(schema))
        short = ["entry", "title", *terms, "told_date", "findings"] if output.format is Format.TABLE else every
        about = {name: told for name, told in register_whole(schema).items() if name != "columns"}
        output.write(short, rows, title=schema.never, notes=f"One: tallystick entries {register} ENTRY", about=about)
        return
    shown = bench.kept.one(register, entry)
    rows = list(entry_rows(shown))
    if output.format in (Format.PARQUET, Format.XLSX):
        rows = [row | {"value": str(row["value"])} for row in rows]
    columns = ["part", "row", "column", "value", "told_date", "citation"] if output.format is Format.TABLE else ROW
    dated = [f"{one.period}: {one.says}" for one in events(bench, shown)]
    notes = "\n".join(["", *dated, *_found(shown)])
    about = {"title": shown.title, "never": shown.schema.never, "edition": shown.edition}
    title = f"{shown.title}\n{shown.schema.never}"
    output.write(columns, rows, whole=entry_whole(shown), title=title, notes=notes, about=about)


def _found(shown: EntryShown) -> list[str]:
    return [f"{one.id} {one.says}" for one in shown.findings] or ["No check between registers found anything of it."]
