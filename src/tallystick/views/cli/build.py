"""tallystick build: what is given and archived becomes an Edition that answers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tallystick.nouns.intake import Intake
from tallystick.views.cli.options import DAY, Desk, desk_options, jobs_option, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.cli.progress import Told, progress
from tallystick.views.cli.severe import tell_severe

if TYPE_CHECKING:  # the machine is loaded when a command is run, not when its help is shown
    from tallystick.views.door import Door

COLUMNS = ["source", "releases", "in_force", "rows", "findings", "incomplete", "severe"]


@click.command()
@click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
    help="Take in every file of this folder that a source asks for (TALLYSTICK_DATA).",
)  # fmt: skip
@click.option("--left-alone", is_flag=True, help="Name every file that no source asks for.")
@click.option("--as-known-on", type=DAY, help="Build the Edition of what was public on that day instead.")
@jobs_option
@output_options
@desk_options
def build(
    desk: Desk, data: Path | None, left_alone: bool, as_known_on: date | None, jobs: int | None, output: Output
) -> None:
    """Take in what is given and build the Edition that answers.

    With a data folder, every file in it goes to the source whose pattern its name fits. With none, and nothing
    archived yet, the starter edition that the project carries is taken in. Doing it again costs little and
    changes nothing; doing it after an interruption goes on where that stopped.

    \b
    Examples:
      tallystick build
      tallystick build --data ../shared/data
      tallystick build --data ../shared/data --left-alone
      tallystick build --as-known-on 2026-03-01
    """
    bench = desk.open_with(jobs, as_known_on)
    with progress("taking in", desk.quiet) as told:
        intake = _take_in(bench, data, told)
    with progress("building", desk.quiet) as told:
        told("tables", 0, 0)
        position = bench.pipeline.ledger.position()
        bench.built()
        edition = bench.edition
        bench.pipeline.put_in_front(edition, position)
    rows = _by_source(bench)
    left = _left(intake, left_alone)
    output.write(COLUMNS, rows, title=f"Edition {edition.id}", notes="\n".join([*_about(intake, rows), *left]))
    if left_alone and output.format is not Format.TABLE:
        click.echo("\n".join(left), err=True)
    tell_severe(bench.held_back(), {release.id: release.name for release in bench.pipeline.ledger.releases()})


def _take_in(bench: Door, data: Path | None, told: Told) -> Intake:
    folder = data or bench.pipeline.settings.data
    if folder is not None:
        return bench.pipeline.take_in(folder, told)
    if bench.pipeline.is_starter_only():
        return bench.pipeline.take_in_starter(told)
    return Intake((), ())


def _by_source(bench: Door) -> list[dict[str, Any]]:
    in_force = {part.release for part in bench.edition.parts}
    rows = {made.release: sum(file["rows"] for file in made.files) for made in bench.pipeline.ledger.publications()}
    releases = {release.id: release for release in bench.pipeline.ledger.releases()}
    counts: dict[str, Counter[str]] = {}
    for name, release in releases.items():
        count = counts.setdefault(release.source, Counter())
        count.update(releases=1, in_force=int(name in in_force), rows=rows.get(name, 0))
    for finding in bench.findings():
        counts[releases[finding.release].source].update(["findings", finding.severity.value])
    return [
        {"source": source} | {name: count[name] for name in COLUMNS[1:]} for source, count in sorted(counts.items())
    ]


def _about(intake: Intake, rows: list[dict[str, Any]]) -> list[str]:
    lines = [f"{one.name} {one.became}: {one.why.what}" for one in intake.refused]
    if any(row["severe"] or row["incomplete"] for row in rows):
        lines.append("What was found, and what it keeps out of the Edition: tallystick findings")
    return lines


def _left(intake: Intake, named: bool) -> list[str]:
    """How many files were left alone and how to see which; each of them, where they are to be `named`."""
    if not intake.left_alone:
        return []
    told = f"{len(intake.left_alone)} file(s) that no source asks for were left alone"
    if not named:
        return [f"{told}; build --left-alone names them"]
    return [f"{told}:", *(f"  {path}" for path in intake.left_alone)]
