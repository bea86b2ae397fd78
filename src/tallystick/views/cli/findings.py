"""tallystick findings, accept, undo: what was found in what came in, and what a person says to it."""

from __future__ import annotations

from functools import wraps
from typing import Any

import click

from tallystick.archive.ledger import ACCEPT
from tallystick.decisions import Decisions
from tallystick.errors import UsageError
from tallystick.nouns.finding import Finding, Severity
from tallystick.views.cli.options import SOMETHING_FAILS, Desk, Function, desk_options, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.finding import AMONG, COLUMNS, finding_named, finding_rows, finding_whole

SHORT = ["finding", "severity", "kind", "file", "scope", "says", "decided"]


def _which_options(function: Function) -> Function:
    """Give a command the columns to narrow Findings by, as the parameter `which`."""

    @click.option("--source", help="Only those about releases of this source.")
    @click.option("--kind", "check", help="Only those of this kind, such as stale_tab.")
    @click.option(
        "--severity",
        type=click.Choice([severity.value for severity in Severity]),
        help="Only those of this severity.",
    )
    @click.option("--scope", help="Only those about this scope or entry, such as FY2022/facilities.")
    @click.option("--among", type=click.Choice(AMONG), help="Only those in releases, or between registers.")
    @click.option("--severe", is_flag=True, help="Only those that keep something out of the Editions.")
    @wraps(function)
    def with_which(*desk: Any, check: str | None, severe: bool, **rest: Any) -> Any:
        told = {name: rest.pop(name) for name in ("source", "severity", "scope", "among")}
        which = {**told, "kind": check} | ({"severity": Severity.SEVERE.value} if severe else {})
        return function(*desk, which={name: said for name, said in which.items() if said}, **rest)

    return with_which


@click.command()
@click.argument("name", metavar="[FINDING]", required=False)
@_which_options
@click.option("--strict", is_flag=True, help="Exit with 8 when a severe one stands that nobody accepted.")
@output_options
@desk_options
def findings(desk: Desk, name: str | None, which: dict[str, str], strict: bool, output: Output) -> int:
    """List what was found in releases and between registers, or show the rows behind one FINDING.

    \b
    Examples:
      tallystick findings --severe
      tallystick findings --source usaspending_captures --format json
      tallystick findings --kind stale_tab --scope FY2022/facilities
      tallystick findings --among registers --scope technologies/clearview-ai
      tallystick findings 3f9c21a07b
    """
    bench = desk.open_built()
    if name:
        _show(finding_named(bench, name), output)
        return 0
    if "source" in which:
        bench.pipeline.catalog.source(which["source"])
    rows = [row for row in finding_rows(bench) if all(row[name] == said for name, said in which.items())]
    output.write(SHORT if output.format is Format.TABLE else COLUMNS, rows, notes=_about(rows))
    stands = any(row["severity"] == Severity.SEVERE and row["decided"] != ACCEPT for row in rows)
    return SOMETHING_FAILS if strict and stands else 0


@click.command()
@click.argument("name", metavar="FINDING")
@click.option("--because", required=True, help="Why it may stand. Kept in the ledger for good.")
@click.option("--by", required=True, help="Who says so: a role or a desk, as it shall be read later.")
@desk_options
def accept(desk: Desk, name: str, because: str, by: str) -> None:
    """Let what a severe FINDING is about into the Editions.

    \b
    Example:
      tallystick accept 3f9c21a07b --by "data desk" --because "the publisher confirmed the amount"
    """
    bench = desk.open_built()
    wanted = finding_named(bench, name)
    if not wanted.release or wanted.severity not in (Severity.SEVERE, Severity.INCOMPLETE):
        raise UsageError(
            f"{wanted.id} is a {wanted.severity}: it keeps nothing out, so there is nothing to accept",
            where=wanted.says,
            next_step="only severe and incomplete ones are accepted: tallystick findings --severe",
        )
    finding = Decisions(bench.pipeline).accept(wanted.id, because, by)
    click.echo(f"accepted: {finding.says}")


@click.command()
@click.argument("name", metavar="FINDING")
@click.option("--because", required=True, help="Why the acceptance does not stand.")
@click.option("--by", required=True, help="Who says so.")
@desk_options
def undo(desk: Desk, name: str, because: str, by: str) -> None:
    """Take the acceptance of a FINDING back; both stay in the ledger."""
    bench = desk.open_built()
    finding = Decisions(bench.pipeline).undo(finding_named(bench, name).id, because, by)
    click.echo(f"stands again: {finding.says}")


def _about(rows: list[dict[str, Any]]) -> str:
    return "The rows behind one: tallystick findings FINDING" if rows else "Nothing was found."


def _show(finding: Finding, output: Output) -> None:
    rows = [dict(row) for row in finding.evidence]
    columns = list(dict.fromkeys(name for row in rows for name in row)) or ["evidence"]
    more = f"{finding.count} in all, the first {len(rows)} shown" if finding.count > len(rows) else ""
    output.write(
        columns,
        rows,
        whole=finding_whole(finding),
        title=finding.says,
        notes="\n".join(filter(None, [more, finding.next_step])),
    )
