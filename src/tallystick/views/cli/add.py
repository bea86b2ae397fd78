"""tallystick add: files become releases of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from tallystick.archive.ledger import ACCEPT, Publication
from tallystick.errors import ReleaseError, UsageError
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Provenance, Release
from tallystick.pipeline import Pipeline
from tallystick.views.cli.options import DAY, Desk, desk_options, jobs_option, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.cli.progress import progress
from tallystick.views.cli.severe import tell_severe

COLUMNS = ["file", "release", "as_of", "rows", "findings", "incomplete", "severe"]
_MOST_TOLD = 5


@click.command()
@click.argument("source")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--as-of", type=DAY, help="The day the data speak for, when the file's name does not say it.")
@click.option("--published", type=DAY, help="The day the publisher put it out.")
@click.option("--origin", metavar="URL", help="Where the file was found.")
@click.option("--tool", metavar="NAME", help="What captured it, if it was not a plain download.")
@jobs_option
@output_options
@desk_options
def add(desk: Desk, source: str, files: tuple[Path, ...], jobs: int | None, output: Output, **stated: Any) -> int:
    """Archive each FILE as a release of SOURCE and read it strictly.

    A file is kept as it is, whatever is found in it: of the reading, and beside what was held before. What a severe
    Finding is about stays out of the Editions until a person accepts it; while that is so the exit code is 4. It is 4
    too for a file that was cut off: its rows answer where no whole release does, and its totals are too low.
    Of a ZIP with files of several series, those of SOURCE are read, and a Finding names the source of each other.
    Several files are read at once; what comes of them is the same, byte for byte, however many are.

    \b
    Examples:
      tallystick add usaspending_captures CBP_ICE_FY2025_asof_20260820_api.csv.gz
      tallystick add sam_opportunities notices.csv --as-of 2026-08-20 --origin https://sam.gov/data-services

    'tallystick sources' lists the sources.
    """
    bench = desk.open_with(jobs)
    wanted = bench.pipeline.catalog.source(source)
    for path in files:
        _refuse_what_is_no_file(path)
    with progress("adding", desk.quiet) as told:
        given = [(wanted, path, Provenance(source, path.name, **stated)) for path in files]
        intake = bench.pipeline.add_all(given, told)
    for one in intake.refused:
        click.echo(f"tallystick: {one.name} {one.became}: {one.why}", err=True)
    added = [(release, bench.pipeline.readings.of(release)) for release in intake.taken]
    rows = [_row(release, publication, bench.findings()) for release, publication in added]
    names = {release.id: release.name for release, _ in added}
    held = [finding for finding in bench.held_back() if finding.release in names]
    if rows or output.format is not Format.TABLE:  # a program reads that there are none
        output.write(COLUMNS, rows, notes=_about(rows, [f for f in bench.findings() if f.release in names], names))
    tell_severe(held, names)
    is_amiss = held or intake.refused or _are_cut_off(bench.pipeline, bench.findings(), names)
    return ReleaseError.exit_code if is_amiss else 0


def _are_cut_off(pipeline: Pipeline, findings: Iterable[Finding], names: Container[str]) -> bool:
    """Whether one of the releases is incomplete, and nobody accepted that it is."""
    decisions = pipeline.ledger.decisions()
    cut = {f.id for f in findings if f.severity is Severity.INCOMPLETE and f.release in names}
    return any(its_id not in decisions or decisions[its_id].choice != ACCEPT for its_id in cut)


def _about(rows: list[dict[str, Any]], findings: list[Finding], files: Mapping[str, str]) -> str:
    """What makes a total too low, where and what to do next; `files` names the file of each release."""
    grave = [f for f in findings if f.severity is Severity.INCOMPLETE]
    lines = [
        f"{finding.severity}: {finding.says}\n"
        f"  where: {files[finding.release]}, {finding.scope or 'all of it'}\n"
        f"  next:  {finding.next_step + '; its rows: ' if finding.next_step else ''}tallystick findings {finding.id}"
        for finding in grave[:_MOST_TOLD]
    ]
    lines += [f"and {len(grave) - _MOST_TOLD} more as grave"] if len(grave) > _MOST_TOLD else []
    return "\n".join([*lines, *(["'tallystick findings' tells what was found."] if findings and rows else [])])


def _row(release: Release, publication: Publication, findings: tuple[Finding, ...]) -> dict[str, Any]:
    severities = Counter(finding.severity for finding in findings if finding.release == release.id)
    return {
        "file": release.name,
        "release": release.id,
        "as_of": release.provenance.as_of,
        "rows": sum(file["rows"] for file in publication.files),
        "findings": severities.total(),
        "incomplete": severities[Severity.INCOMPLETE],
        "severe": severities[Severity.SEVERE],
    }


def _refuse_what_is_no_file(path: Path) -> None:
    """All files are looked at before the first is added, so that a wrong one leaves nothing half-done."""
    if path.is_dir():
        raise UsageError("this is a folder, not a file", where=str(path), next_step=f"name the files: {path}/*")
    if not path.is_file():
        raise ReleaseError("there is no such file", where=str(path), next_step="correct the path")
    if path.stat().st_size == 0:
        raise ReleaseError("the file is empty", where=str(path), next_step="download it again")
