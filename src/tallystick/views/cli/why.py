"""tallystick why: a number's rows, the files they stand in, and the files' hashes."""

from __future__ import annotations

import click

from tallystick.nouns.metric import Question
from tallystick.views.answer import figure, in_words
from tallystick.views.cli.options import Desk, desk_options, output_options, question_options
from tallystick.views.cli.output import Output


@click.command()
@question_options()
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many rows to show.")
@output_options
@desk_options
def why(desk: Desk, question: Question, limit: int, output: Output) -> None:
    """Walk the figure of METRIC to the rows behind it.

    Every row comes with its release, the file's name and sha256, the member of the file and the row in it,
    counted from the first row after the header.

    \b
    Examples:
      tallystick why obligations --where agency=ICE --where piid=70CTD022FR0000170
      tallystick why obligations --where agency=ICE --where naics=332994 --limit 500 --format csv
    """
    bench = desk.open_built(question.as_known_on)
    answer = bench.ask(question)
    releases = {release.id: release for release in bench.pipeline.ledger.releases()}
    rows = [
        {
            "file": releases[row["release_id"]].name,
            **row,
            "sha256": releases[row["release_id"]].sha256,
        }
        for row in bench.why(question, limit)
    ]
    first = ["file", "member", "source_row"]
    columns = [*first, *(name for name in (rows[0] if rows else {}) if name not in first)]
    title = f"{question.metric}, {in_words(answer)}: {figure(answer.value, answer.unit)}"
    output.write(columns, rows, title=title, notes=f"Edition {answer.edition}")
