"""tallystick review: recipients that may be one, proposed to a person, who decides."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any

import click

from tallystick.errors import UsageError
from tallystick.views.cli.options import Desk, Function, desk_options, output_options
from tallystick.views.cli.output import Output

COLUMNS = ["recipient", "other", "name", "other_name", "score", "because", "at_stake_usd", "choice"]


@dataclass(frozen=True)
class _Choice:
    """What a person decides of a pair, why, and who; `same` is None where nobody decides."""

    same: str | None
    because: str
    by: str


def _choice_options(function: Function) -> Function:
    @click.option("--same", type=click.Choice(["yes", "no", "unsure"]), help="Decide: are the two recipients one?")
    @click.option("--because", default="", help="Why. Kept in the ledger for good.")
    @click.option("--by", default="", help="Who decides: a role or a desk.")
    @wraps(function)
    def with_choice(*desk: Any, same: str | None, because: str, by: str, **rest: Any) -> Any:
        return function(*desk, choice=_Choice(same, because, by), **rest)

    return with_choice


@click.command()
@click.argument("recipients", nargs=-1, metavar="[RECIPIENT OTHER]")
@_choice_options
@click.option(
    "--cutoff", type=click.FloatRange(0, 100), default=90, show_default=True, help="Least likeness of names."
)
@output_options
@desk_options
def review(desk: Desk, recipients: tuple[str, ...], choice: _Choice, cutoff: float, output: Output) -> None:
    """List pairs of recipients that may be one, or decide a pair.

    A likeness of names is a reason to look and no more: nothing is merged until a person says yes. The last
    decision on a pair counts, and all of them stay in the ledger.

    \b
    Examples:
      tallystick review --cutoff 95
      tallystick review chevo chevo-consulting --same yes --because "renamed 2026-03-01, same UEI" --by "data desk"
    """
    bench = desk.open_built()
    if not recipients and choice.same is None:
        rows = [asdict(proposal) for proposal in bench.review(cutoff)]
        output.write(COLUMNS, rows, notes="" if rows else "No pair is waiting.")
        return
    if len(recipients) != 2 or choice.same is None:
        raise UsageError(
            "a decision names two recipients and says --same",
            next_step="tallystick review RECIPIENT OTHER --same yes|no|unsure --because WHY --by WHO",
        )
    bench.pipeline.decide_match(recipients[0], recipients[1], choice.same, choice.because, choice.by)
    click.echo(f"{choice.same}: {recipients[0]} and {recipients[1]}")
