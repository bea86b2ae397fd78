"""tallystick claims: what was said, beside what the records say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from tallystick.nouns.finding import Verdict
from tallystick.nouns.judgement import Judgement, Reading
from tallystick.views.answer import figure
from tallystick.views.cli.options import SOMETHING_FAILS, Desk, desk_options, output_options
from tallystick.views.cli.output import Format, Output
from tallystick.views.cli.progress import progress

if TYPE_CHECKING:  # the machine is loaded when a command is run, not when its help is shown
    from tallystick.views.door import Door

SHORT = ["claim", "on", "then", "now", "said"]
COLUMNS = ["claim", "on", "by", "then", "now", "edition_then", "edition_now", "said", "citation", "settled_by"]
FIGURES = ["known", "definition", "check", "figure", "unit", "verdict", "rows", "because"]
ALL_FIGURES = ["known", "known_on", "edition", "definition", "check", "value", "unit", "verdict", "rows", "because"]


@click.command()
@click.argument("name", metavar="[CLAIM]", required=False)
@click.option("--strict", is_flag=True, help="Exit with 8 when a claim fails now.")
@output_options
@desk_options
def claims(desk: Desk, name: str | None, strict: bool, output: Output) -> int:
    """Judge every claim, or one CLAIM in full.

    Each is judged as known on the day it was said (then) and as known now, under its stated definition; one claim
    in full shows the figure under every definition that a fair reader could have meant. A claim that the data
    held cannot settle is unknown. A failing claim is an answer, not an error, unless --strict asks for that.

    \b
    Examples:
      tallystick claims
      tallystick claims ice-weapons-70-million
      tallystick claims --format csv --output verdicts.csv
    """
    bench = desk.open_built()
    if name:
        judgements = [bench.claim(name)]
        _show(judgements[0], output)
    else:
        judgements = _judged(bench, desk.quiet)
        output.write(
            SHORT if output.format is Format.TABLE else COLUMNS,
            [_row(judgement) for judgement in judgements],
            notes=_count(judgements),
        )
    fails = any(judgement.verdict is Verdict.FAILS for judgement in judgements)
    return SOMETHING_FAILS if strict and fails else 0


def _judged(bench: Door, quiet: bool) -> list[Judgement]:
    judgements = []
    with progress("judging", quiet) as told:
        names = list(bench.claim_names)
        for done, name in enumerate(names):
            told(name, done, len(names))
            judgements.append(bench.claim(name))
    return judgements


def _row(judgement: Judgement) -> dict[str, Any]:
    claim = judgement.claim
    return {
        "claim": claim.name,
        "on": claim.on,
        "by": claim.by,
        "then": judgement.then.word,
        "now": judgement.now.word,
        "edition_then": judgement.then.edition,
        "edition_now": judgement.now.edition,
        "said": claim.said,
        "citation": claim.citation,
        "settled_by": list(judgement.settled_by),
    }


def _count(judgements: list[Judgement]) -> str:
    words = [judgement.word for judgement in judgements]
    counted = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))
    return (
        f"{len(judgements)} claims: {counted}\nOne in full: tallystick claims CLAIM" if judgements else "No claims."
    )


def _show(judgement: Judgement, output: Output) -> None:
    claim = judgement.claim
    rows = [row for known, reading in _readings(judgement) for row in _figures(known, reading)]
    whole = _row(judgement) | {"note": claim.note, "figures": rows}
    title = (
        f"{claim.said}\n{claim.by}, {claim.on}: {claim.citation}\nthen {judgement.then.word}, now {judgement.word}\n"
    )
    columns = FIGURES if output.format is Format.TABLE else ALL_FIGURES
    output.write(columns, rows, whole=whole, title=title, notes=_notes(judgement))


def _readings(judgement: Judgement) -> Iterator[tuple[str, Reading]]:
    yield "then", judgement.then
    if judgement.earliest is not None:
        yield "earliest", judgement.earliest
    yield "now", judgement.now


def _figures(known: str, reading: Reading) -> Iterator[dict[str, Any]]:
    for outcome in reading.outcomes:
        for found in outcome.figures:
            yield {
                "known": known,
                "known_on": reading.known_on,
                "edition": reading.edition,
                "definition": outcome.definition,
                "check": found.check,
                "value": found.value,
                "figure": figure(found.value, found.unit),
                "unit": found.unit,
                "verdict": found.verdict,
                "rows": found.counted,
                "because": found.because,
            }


def _notes(judgement: Judgement) -> str:
    caveats = dict.fromkeys(c for o in judgement.now.outcomes for f in o.figures for c in f.caveats)
    settled = [f"What would settle it: {what}" for what in judgement.settled_by]
    moved = [f"{check}: changed by {change:,} since then" for check, change in judgement.changed.items() if change]
    return "\n".join([*filter(None, [judgement.claim.note]), *moved, *caveats, *settled])
