"""tallystick claims: what was said, beside what the records say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from tallystick.nouns.finding import Verdict
from tallystick.nouns.judgement import Judgement
from tallystick.views.cli.judged import in_full, listed
from tallystick.views.cli.options import SOMETHING_FAILS, Desk, desk_options, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.cli.progress import progress
from tallystick.views.judgement import figure_rows, judgement_row, judgement_whole

if TYPE_CHECKING:  # the machine is loaded when a command is run, not when its help is shown
    from tallystick.views.door import Door

COLUMNS = [
    "claim", "on", "by", "then", "now", "edition_then", "edition_now", "said", "citation", "ranges", "settled_by",
]  # fmt: skip
FIGURES = [
    "known", "known_on", "edition", "definition", "role", "check", "value", "unit", "verdict", "margin", "rows",
    "range", "because", "definition_because", "metric", "where", "from", "to", "why", "caveats",
]  # fmt: skip


@click.command()
@click.argument("name", metavar="[CLAIM]", required=False)
@click.option("--strict", is_flag=True, help="Exit with 8 when a claim fails now.")
@output_options
@desk_options
def claims(desk: Desk, name: str | None, strict: bool, output: Output) -> int:
    """Judge every claim, or one CLAIM in full.

    Each is judged as known on the day it was said (then) and as known now, under its stated definition; one claim
    in full shows the figure under every definition that a fair reader could have meant, how far it moves between
    them, and the command that walks it to its rows. A claim that the data
    held cannot settle is unknown. A failing claim is an answer, not an error, unless --strict asks for that.

    \b
    Examples:
      tallystick claims
      tallystick claims ice-weapons-70-million
      tallystick claims --format csv --output verdicts.csv
    """
    bench = desk.open_built()
    if name:
        judgements: Sequence[Judgement] = [bench.claim(name)]
        _show(judgements[0], output)
    else:
        judgements = _judged(bench, desk.quiet)
        _list(judgements, output)
    fails = any(judgement.verdict is Verdict.FAILS for judgement in judgements)
    return SOMETHING_FAILS if strict and fails else 0


def _judged(bench: Door, quiet: bool) -> Sequence[Judgement]:
    judgements = []
    with progress("judging", quiet) as told:
        names = list(bench.claim_names)
        for done, name in enumerate(names):
            told(name, done, len(names))
            judgements.append(bench.claim(name))
    return judgements


def _list(judgements: Sequence[Judgement], output: Output) -> None:
    if output.format is Format.TABLE:
        return output.tell(listed(judgements, output.width))
    rows = [judgement_row(judgement) for judgement in judgements]
    spoken = [row | {"ranges": [f"{one['check']}: {one['in_words']}" for one in row["ranges"]]} for row in rows]
    return output.write(COLUMNS, spoken, whole=rows)


def _show(judgement: Judgement, output: Output) -> None:
    if output.format is Format.TABLE:
        return output.tell(in_full(judgement, output.width))
    rows = list(figure_rows(judgement))
    # one column of Parquet holds one type, and a filter is a value or a list of them
    spoken = [row | {"where": _as_text(row["where"])} for row in rows]
    return output.write(FIGURES, spoken, whole=judgement_whole(judgement))


def _as_text(where: object) -> str | None:
    return None if where is None else msgspec.json.encode(where).decode()
