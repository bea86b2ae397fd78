"""tallystick sources, releases, metrics, tables: what there is to ask, and what it is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tallystick.nouns.table import Derivation
from tallystick.views.cli.options import Desk, desk_options, output_options
from tallystick.views.cli.output import Output

if TYPE_CHECKING:  # the machine is loaded when a command is run, not when its help is shown
    from tallystick.tables.graph import Graph


@click.command()
@output_options
@desk_options
def sources(desk: Desk, output: Output) -> None:
    """List the sources: who publishes each, how often, and which tables it fills.

    \b
    Example:
      tallystick sources --format csv
    """
    bench = desk.open()
    told = {late.source: late for late in reversed(bench.lateness)}  # the publisher's own promise comes first
    rows = [
        {
            "source": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "cadence": source.cadence.value,
            "last_release": told[source.id].last_day,
            "expected_by": told[source.id].expected_by,
            "days_late": told[source.id].days_late if told[source.id].expected_by else None,
            "licence": source.licence,
            "publishes": list(source.publishes),
            "citation": source.citation,
        }
        for source in bench.pipeline.catalog.sources.values()
    ]
    columns = [
        "source", "title", "publisher", "cadence", "last_release", "expected_by", "days_late", "licence", "publishes",
        "citation",
    ]  # fmt: skip
    output.write(columns, rows, notes="What is overdue, and what never came: tallystick late")


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
    rows = [
        {
            "metric": metric.name,
            "unit": metric.unit,
            "title": metric.title,
            "by": list(metric.by),
            "period_by": metric.on,
            "from_tables": list(metric.inputs),
            "definition": metric.definition,
        }
        for metric in chosen
    ]
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
        schema = graph.unbound(name).schema()
        output.write(["column", "type"], [{"column": column, "type": str(kind)} for column, kind in schema.items()])
        return
    columns = ["table", "made_from", "meaning"]
    output.write(columns, [_table(graph, table) for table in graph.names])


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
    in_force = {part.release for part in bench.edition.parts}
    columns = ["release", "source", "name", "as_of", "published", "retrieved", "in_force", "size", "sha256", "origin"]
    rows = [
        {
            "release": release.id,
            "source": release.source,
            "name": release.name,
            "as_of": release.provenance.as_of,
            "published": release.provenance.published,
            "retrieved": release.retrieved,
            "in_force": release.id in in_force,
            "size": release.size,
            "sha256": release.sha256,
            "origin": release.provenance.origin,
        }
        for release in bench.pipeline.ledger.releases(source)
    ]
    output.write(columns, rows)


def _definition(rows: list[dict[str, Any]], name: str | None) -> str:
    return "\n" + str(rows[0]["definition"]) if name else "Define one in full: tallystick metrics NAME"


def _table(graph: Graph, name: str) -> dict[str, Any]:
    if name in graph.catalog.published:
        source = graph.catalog.published[name]
        return {"table": name, "made_from": [f"source {source.id}"], "meaning": source.publishes[name].grain}
    if name in graph.registers:
        return {"table": name, "made_from": [f"register {name}"], "meaning": "kept by hand, a citation on every row"}
    made: tuple[Derivation, ...] = graph.parts.get(name) or (graph.derivations[name],)
    inputs = sorted({table for derivation in made for table in derivation.inputs})
    return {"table": name, "made_from": inputs, "meaning": made[0].definition.split("\n", 1)[0]}
