"""tallystick sources, releases, metrics, tables: what there is to ask, and what it is made from."""

from __future__ import annotations

from typing import Any

import click

from tallystick.views.cli.options import Desk, desk_options, output_options
from tallystick.views.cli.output import Output
from tallystick.views.listed import (
    RELEASE,
    SOURCE,
    TABLE,
    column_rows,
    metric_row,
    release_rows,
    source_rows,
    table_row,
)


@click.command()
@output_options
@desk_options
def sources(desk: Desk, output: Output) -> None:
    """List the sources: who publishes each, how often, and which tables it fills.

    \b
    Example:
      tallystick sources --format csv
    """
    rows = list(source_rows(desk.open()))
    output.write(SOURCE, rows, notes="What is overdue, and what never came: tallystick late")


@click.command()
@click.argument("name", required=False)
@output_options
@desk_options
def metrics(desk: Desk, name: str | None, output: Output) -> None:
    """List the metrics, or define the metric NAME in full.

    \b
    Examples:
      tallystick metrics
      tallystick metrics obligations
    """
    known = desk.open().metrics
    chosen = [known.metric(name)] if name else list(known.by_name.values())
    rows = [metric_row(metric) for metric in chosen]
    short = ["metric", "unit", "title"]
    output.write([*short, "by", "period_by", "from_tables"] if name else short, rows, notes=_definition(rows, name))


@click.command()
@click.argument("name", required=False)
@output_options
@desk_options
def tables(desk: Desk, name: str | None, output: Output) -> None:
    """List the tables, or the columns of the table NAME.

    \b
    Examples:
      tallystick tables
      tallystick tables contract_actions
    """
    graph = desk.open().pipeline.graph
    if name:
        output.write(["column", "type"], column_rows(graph, name))
        return
    output.write(TABLE, [table_row(graph, table) for table in graph.names])


@click.command()
@click.option("--source", help="Only those of this source.")
@output_options
@desk_options
def releases(desk: Desk, source: str | None, output: Output) -> None:
    """List the releases in the archive: what each is called, which day it speaks for, its hash.

    \b
    Example:
      tallystick releases --source usaspending_captures
    """
    bench = desk.open_built()
    if source:
        bench.pipeline.catalog.source(source)
    output.write(RELEASE, release_rows(bench, source))


def _definition(rows: list[dict[str, Any]], name: str | None) -> str:
    return "\n" + str(rows[0]["definition"]) if name else "Define one in full: tallystick metrics NAME"
