"""tallystick show: a metric's figure, or its breakdown."""

from __future__ import annotations

from typing import Any

import click

from tallystick.nouns.metric import Question
from tallystick.views.answer import ShownAnswer, in_words
from tallystick.views.cli.options import Desk, desk_options, output_options, question_options
from tallystick.views.cli.output import Format, Output


@click.command()
@question_options()
@output_options
@desk_options
def show(desk: Desk, question: Question, output: Output) -> None:
    """Show METRIC: one figure, or a table of figures with --by.

    An answer that no row supports is unknown, not zero: null in JSON, an empty cell in CSV.

    \b
    Examples:
      tallystick show obligations --where agency=ICE --from 2024-10-01 --to 2025-09-30
      tallystick show obligations --where agency=ICE --where naics=332994 --format json
      tallystick show obligations --where agency=ICE --by fiscal_year
      tallystick show obligations --where agency=ICE --as-known-on 2026-03-01

    'tallystick metrics' lists what can be asked, and by what.
    """
    bench = desk.open_built(question.as_known_on)
    answer = bench.ask(question)
    if not any(row["value"] for row in answer.rows):
        bench.refuse_unheard(question)
    if output.format is Format.TABLE:
        column = f"value_{answer.unit.lower()}"
        rows = [{**row, column: "unknown" if row["value"] is None else row["value"]} for row in answer.rows]
        title = f"{question.metric}, {in_words(answer)}"
        output.write([*question.by, column], rows, title=title, notes=_notes(answer))
    else:
        output.write([*question.by, "value"], answer.rows, whole=told(answer))


def told(answer: ShownAnswer) -> dict[str, Any]:
    """All of an answer as JSON holds it: `value` for one figure, `rows` for a breakdown."""
    asked = answer.question
    figures: dict[str, Any] = {"rows": answer.rows} if asked.by else {"value": answer.value}
    return figures | {
        "unit": answer.unit,
        "edition": answer.edition,
        "caveats": answer.caveats,
        "question": {
            "metric": asked.metric,
            "where": asked.where,
            "by": asked.by,
            "from": asked.start,
            "to": asked.end,
            "day": asked.day,
            "as_known_on": asked.as_known_on,
        },
        "definition": answer.definition,
    }


def _notes(answer: ShownAnswer) -> str:
    known = f", as known on {answer.question.as_known_on}" if answer.question.as_known_on else ""
    unknown = (
        ["No row answers this: it is unknown, not zero."] if answer.value is None and not answer.question.by else []
    )
    first_line = answer.definition.split("\n", 1)[0]
    return "\n".join(["", *unknown, *answer.caveats, first_line, f"Edition {answer.edition}{known}"])
