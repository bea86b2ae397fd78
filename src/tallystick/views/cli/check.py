"""tallystick check: an article against the record; or every register and process against its schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tallystick.errors import EditionError, RecordError, TallystickError
from tallystick.tables.entries import Checked, checked
from tallystick.tables.processes import process_faults, unknown_in
from tallystick.views.archived import refuse_no_archive
from tallystick.views.cli.options import DAY, SOMETHING_FAILS, Desk, desk_options, output_options
from tallystick.views.cli.output import Output

if TYPE_CHECKING:  # the machine is loaded when it is asked, not when the help of a command is shown
    from tallystick.views.door import Door

COLUMNS = ["is", "where", "says", "next_step"]
WRONG, NOT_HELD = "wrong", "not held"
_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("article", metavar="[ARTICLE]", required=False)
@click.option("--strict", is_flag=True, help="Exit with 8 where a name of the registers is not held.")
@output_options
@desk_options
@click.option("--on", type=DAY, help="The day the article was published, where it does not say so itself.")
@click.option("--page", type=_FILE, help="Write the article with marks and notes to this HTML file.")
@click.option("--claim-review", type=_FILE, help="Write schema.org's ClaimReview of what was judged to this file.")
@click.option("--save", type=_FILE, metavar="RECORDS", help="Write what a metric answers as claims into this folder.")
@click.option("--proposer", metavar="COMMAND", help="Let a command propose matches for the numbers left.")
@click.option("--cited", default="", metavar="URL", help="Where the article can be read, for claims that are saved.")
def check(desk: Desk, article: str | None, strict: bool, output: Output, **also: Any) -> int:
    """Check every number of an ARTICLE, or without one the registers and processes of records.

    An article is a text file, a web page or a PDF, or '-' for standard input. Each number of it is found with its
    sentence; one that says the same as a claim written down here, or that a metric answers, is judged by the figures,
    by the sentence's own words; sums within the article are worked out. What cannot be matched safely is not judged,
    and says why.

    Of registers every row cites a source with a date, terms exist and names resolve. All that is wrong is told at
    once, each with file, line, row and column, and the exit code is 3. Contracts, recipients and reports that no
    release held tells of are told beside it as not held. That alone is no fault, for releases have gaps: the exit
    code is 0, or 8 with --strict. It needs an archive.

    Of processes every event and stage is there, no stage ends before it starts, no way back is there but the loops
    that are meant, and the tables and metrics that they name exist.

    \b
    Examples:
      tallystick check article.html
      pdftotext article.pdf - | tallystick check -
      tallystick check article.txt --on 2025-10-22 --page checked.html
      tallystick check article.txt --save mine && tallystick claims --records mine
      tallystick check --records mine
    """
    if article is not None:
        # pages and what reads articles take a moment to load, which other commands need not wait for
        from tallystick.views.cli.checked import Also, check_article

        check_article(desk, article, output, Also(**also))
        return 0
    bench = desk.open()
    found, of_processes = checked(bench.pipeline.catalog), _of_processes(bench)
    wrong: list[dict[str, Any]] = [
        {"is": WRONG, "where": error.where, "says": error.what, "next_step": error.next_step}
        for error in (*found.faults, *of_processes)
    ]
    not_held, notes = _not_held(bench, found, of_processes)
    said = f"{len(wrong)} faults." if wrong else "Every entry of every register, and every process, is as it must be."
    output.write(COLUMNS, [*wrong, *not_held], notes=f"{said} {notes}")
    return RecordError.exit_code if wrong else SOMETHING_FAILS if strict and not_held else 0


def _of_processes(bench: Door) -> list[TallystickError]:
    """All that is wrong with the processes; what they name is looked up once they can be read."""
    catalog = bench.pipeline.catalog
    if wrong := list(process_faults(catalog)):
        return wrong
    graph = bench.pipeline.graph
    return list(unknown_in(catalog, graph.processes, graph.derived_names, bench.metrics.by_name))


def _not_held(
    bench: Door, found: Checked, of_processes: Sequence[TallystickError]
) -> tuple[list[dict[str, Any]], str]:
    """What the entries name that nothing held tells of, whatever else is wrong with their files."""
    if of_processes:
        return [], "What registers name was not looked up: the processes must be mended first."
    if found.of_registers:
        return [], "What they name was not looked up: a register or vocabulary must be mended first."
    try:
        refuse_no_archive(bench.pipeline.settings)
        kept = replace(bench, pipeline=bench.pipeline.over(found.registers)).kept
        rows = [
            {
                "is": NOT_HELD,
                "where": one.where,
                "says": f"{one.kind} {one.called}: not found in what is held",
                "next_step": "compare it with its citation; releases have gaps",
            }
            for one in kept.not_held(found.named)
        ]
    except EditionError as error:
        return [], f"What they name was not looked up: {error.what}."
    return rows, f"{len(rows)} names of contracts, recipients or reports were not found in what is held."
