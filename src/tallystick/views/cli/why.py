"""tallystick why: a number's rows, the files they stand in, and the files' hashes."""

from __future__ import annotations

from typing import Any

import click

from tallystick.nouns.metric import Question
from tallystick.views.answer import ShownAnswer, figure, in_words
from tallystick.views.behind import file_rows, placed_rows, telling
from tallystick.views.cli.options import Desk, desk_options, output_options, question_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.download import about, told

# The files are listed below the rows with their hashes.
_SPARE = ("ceiling_usd", "recipient_name", "modification_number")


@click.command()
@question_options()
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many rows of a table.")
@output_options
@desk_options
def why(desk: Desk, question: Question, limit: int, output: Output) -> None:
    """Walk the figure of METRIC to the rows behind it.

    Every row comes with its release, the file's name and sha256, the member of the file and the row in it,
    counted from the first row after the header. Of a table that sums up many rows (awards, say) the summed rows come
    first, then the rows of each table that they were summed up from. JSON, CSV and Parquet have every column.

    \b
    Examples:
      tallystick why obligations --where agency=ICE --where piid=70CTD022FR0000170
      tallystick why obligations --where agency=ICE --where naics=332994 --limit 500 --format csv
    """
    bench = desk.open_built(question.as_known_on)
    answer = bench.ask(question)
    rows = placed_rows(bench, question, limit)
    columns = [name for name in dict.fromkeys(name for row in rows for name in row) if name != "release_id"]
    if output.format is Format.TABLE:
        columns = telling(columns)
    files = file_rows(bench, question)
    title = f"{question.metric}, {in_words(answer)}: {figure(answer.seen, answer.unit)}"
    whole = told(answer) | {"from_rows": rows, "files": files}
    beside = about(bench, answer)
    filled = [dict.fromkeys(columns) | row for row in rows]
    output.write(
        columns, filled, whole=whole, title=title, notes=_notes(answer, files, limit), spare=_SPARE, about=beside
    )


def _notes(answer: ShownAnswer, files: list[dict[str, Any]], shown: int) -> str:
    more = [f"{shown:,} rows shown of {answer.counted:,}: --limit"] if (answer.counted or 0) > shown else []
    listed = [f"{file['sha256']}  {file['file']}" for file in files]
    return "\n".join(
        ["", *more, *answer.caveats, *(["Files:", *listed] if answer.counted else []), f"Edition {answer.edition}"]
    )
