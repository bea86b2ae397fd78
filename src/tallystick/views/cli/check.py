"""tallystick check: an article against the record; or every entry of every register against its schema."""

from __future__ import annotations

from typing import Any

import click

from tallystick.errors import EditionError, RecordError
from tallystick.tables.entries import faults
from tallystick.views.archived import refuse_no_archive
from tallystick.views.cli.checked import check_article
from tallystick.views.cli.options import Desk, desk_options, output_options
from tallystick.views.cli.output import Output

COLUMNS = ["is", "where", "says", "next_step"]
WRONG, NOT_HELD = "wrong", "not held"


@click.command()
@click.argument("article", metavar="[ARTICLE]", required=False)
@output_options
@desk_options
def check(desk: Desk, article: str | None, output: Output) -> int:
    """Check every number of an ARTICLE, or without one the registers of records.

    An article is a text file, a web page or a PDF, or '-' for standard input. Each number of it is found with its
    sentence; one that says the same as a claim written down here is judged by that claim's figures, by the sentence's
    own words; sums within the article are worked out. What cannot be matched safely is not judged, and says why.

    Of registers every row cites a source with a date, terms exist and names resolve.
    What is wrong is told with its file and place, and the exit code is 3. Contracts and recipients that no release
    held tells of are told as not held, which is no fault: releases have gaps. That needs an archive.

    \b
    Examples:
      tallystick check article.html
      pdftotext article.pdf - | tallystick check -
      tallystick check --records mine
    """
    if article is not None:
        check_article(desk, article, output)
        return 0
    bench = desk.open()
    rows: list[dict[str, Any]] = [
        {"is": WRONG, "where": error.where, "says": error.what, "next_step": error.next_step}
        for error in faults(bench.pipeline.catalog)
    ]
    notes = "" if rows else "Every entry of every register is as its schema says."
    if not rows:
        try:
            refuse_no_archive(bench.pipeline.settings.home)
            rows = [
                {"is": NOT_HELD, "where": one.about, "says": f"{of.names} {cell}: not found in what is held"}
                for one, of, cell in bench.kept.not_held()
            ]
            if rows:
                notes = (
                    f"{len(rows)} names of contracts or recipients were not found in what is held; no other fault."
                )
        except EditionError as error:
            notes += f" What they name was not looked up: {error.what}."
    output.write(COLUMNS, rows, notes=notes)
    return RecordError.exit_code if any(row["is"] == WRONG for row in rows) else 0
