"""tallystick show: a metric's figure, or its breakdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click

from tallystick.nouns.metric import Answer, Question
from tallystick.views.answer import ShownAnswer, figure, in_words
from tallystick.views.cli.options import Desk, desk_options, output_options, question_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.download import about, marked_rows, marks, told
from tallystick.views.interval import ENDS, with_interval

TIMES = {"year", "fiscal_year", "quarter", "month", "period"}
"""Words for stretches of time; a column of dates is one of time whatever it is called."""
ADDS_UP = {"USD"}
"""Units of which the figures of a breakdown sum to the whole; a count of distinct awards by year, say, does not."""


@click.command()
@question_options()
@click.option(
    "--sort",
    type=click.Choice(["value", "name"]),
    help="Order a breakdown by its figures, the largest first, or by its names (as is the rule for times).",
)
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Show the first N of a breakdown.")
@output_options
@desk_options
def show(desk: Desk, question: Question, sort: str | None, top: int | None, output: Output) -> None:
    """Show METRIC: one figure, or a table of figures with --by.

    An answer that no row supports is unknown, not zero: null in JSON, an empty cell in CSV.

    \b
    Examples:
      tallystick show obligations --where agency=ICE --from 2024-10-01 --to 2025-09-30
      tallystick show obligations --where agency=ICE --where naics=332994 --format json
      tallystick show obligations --where agency=ICE --by fiscal_year
      tallystick show obligations --where agency=ICE --by recipient --top 20
      tallystick show obligations --where agency=ICE --as-known-on 2026-03-01

    'tallystick metrics' lists what can be asked, and by what.
    """
    bench = desk.open_built(question.as_known_on)
    answer = with_interval(bench, bench.ask(question))
    if not any(row["value"] for row in answer.rows):
        bench.refuse_unheard(question)
    if sort == "value" or (sort is None and not is_over_time(answer)):
        answer = replace(answer, rows=_largest_first(answer.rows))
    shown = replace(answer, rows=answer.rows[:top])
    left_out = _left_out(answer, len(shown.rows))
    if output.format is Format.TABLE:
        column = f"value_{answer.unit.lower()}"
        rows = [_worded(row, answer, column) for row in shown.rows]
        notes = "\n".join([*left_out, _notes(answer)])
        title = f"{question.metric}, {in_words(answer)}"
        ends = [name for name in ENDS if any(name in row for row in rows)]
        output.write([*question.by, column, *ends], rows, title=title, notes=notes)
    else:
        beside = about(bench, shown) if output.format in (Format.PARQUET, Format.XLSX) else {}
        output.write([*question.by, "value", *marks(answer)], marked_rows(shown), whole=told(shown), about=beside)
        told_aside = answer.caveats if output.format is Format.CSV else ()  # the other forms hold them
        for line in (*left_out, *told_aside):
            click.echo(line, err=True)


def _worded(row: Mapping[str, Any], answer: ShownAnswer, column: str) -> dict[str, Any]:
    """A row for people: a name that its source does not state, and a figure that is unknown, are not left blank."""
    names = {name: "not stated" if row[name] in (None, "") else row[name] for name in answer.question.by}
    absent = "hidden" if row.get("hidden") else "unknown"
    ends = {end: "unknown" if row[end] is None else row[end] for end in ENDS if end in row}
    return names | {column: absent if row["value"] is None else row["value"]} | ends


def is_over_time(answer: ShownAnswer) -> bool:
    """Whether a breakdown is by a stretch of time or a day: such rows stand in their order."""
    by = answer.question.by
    return bool(TIMES & set(by)) or any(isinstance(row[name], date) for row in answer.rows for name in by)


def _largest_first(rows: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """By value, descending; what is unknown comes last, and ties stay in the order of their names."""
    return tuple(sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0))))


def _left_out(answer: ShownAnswer, shown: int) -> list[str]:
    """A line that says how many rows of a breakdown are not shown; with their sum, where figures may be summed."""
    rest = [row["value"] for row in answer.rows[shown:]]
    if not rest:
        return []
    known = [value for value in rest if value is not None]
    summed = f", {figure(sum(known), answer.unit)} together" if answer.unit in ADDS_UP and known else ""
    return [f"{len(rest):,} of {len(answer.rows):,} are not shown{summed}: --top says how many are"]


def _notes(answer: ShownAnswer) -> str:
    known = f", as known on {answer.question.as_known_on}" if answer.question.as_known_on else ""
    is_unknown = not answer.rows if answer.question.by else answer.value is None
    unknown = [unknown_in_words(answer)] if is_unknown else []
    first_line = answer.definition.split("\n", 1)[0]
    return "\n".join(["", *unknown, *answer.caveats, first_line, f"Edition {answer.edition}{known}"])


def unknown_in_words(answer: Answer) -> str:
    """Why a question without a breakdown has no figure: nothing covers it, no row, or rows that give none."""
    if answer.hidden:
        return f"It is neither zero nor unknown: {answer.unknown_because}."
    if answer.unknown_because:
        return "It is unknown, not zero."
    if not answer.counted:
        return "No row answers this: it is unknown, not zero."
    return (
        f"No one figure follows from the {answer.counted:,} rows asked about: it is unknown, not zero. They state "
        "none, or several that cannot be put together: narrow it with --where, or see the rows with 'tallystick why'."
    )
