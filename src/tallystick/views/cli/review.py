"""tallystick review: what may be one or may be mended, proposed to a person, who decides."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from tallystick.decisions import Decisions
from tallystick.errors import UsageError
from tallystick.views.cli.options import Desk, Function, desk_options, output_options
from tallystick.views.cli.output import Output

if TYPE_CHECKING:
    from tallystick.views.door import Door

_REGISTERED = {
    "ai-uses": (["earlier", "later", "title", "later_title", "score"], "ai_use_case_matches"),
    "piids": (["says", "means", "repair", "uses", "is_known", "agencies"], "piid_repairs"),
}
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
@click.option(
    "--of",
    "what",
    type=click.Choice(list(_REGISTERED)),
    help="List instead what a row of a register decides: AI uses that may be one in two inventories, dirty PIIDs.",
)
@output_options
@desk_options
def review(
    desk: Desk, recipients: tuple[str, ...], choice: _Choice, what: str | None, cutoff: float, output: Output
) -> None:
    """List pairs of recipients that may be one, or decide a pair.

    A likeness of names is a reason to look and no more: nothing is merged until a person says yes. The last
    decision on a pair counts, and all of them stay in the ledger.

    \b
    Examples:
      tallystick review --cutoff 95
      tallystick review --of ai-uses --cutoff 75
      tallystick review --of piids
      tallystick review chevo chevo-consulting --same yes --because "renamed 2026-03-01, same UEI" --by "data desk"
    """
    bench = desk.open_built()
    if what:
        _registered(bench, what, cutoff, output)
        return
    if not recipients and choice.same is None:
        rows = [asdict(proposal) for proposal in bench.proposals.recipients(cutoff)]
        output.write(COLUMNS, rows, notes="" if rows else "No pair is waiting.")
        return
    if len(recipients) != 2 or choice.same is None:
        raise UsageError(
            "a decision names two recipients and says --same",
            next_step="tallystick review RECIPIENT OTHER --same yes|no|unsure --because WHY --by WHO",
        )
    Decisions(bench.pipeline).match((recipients[0], recipients[1]), choice.same, choice.because, choice.by)
    click.echo(f"{choice.same}: {recipients[0]} and {recipients[1]}")


def _registered(bench: Door, what: str, cutoff: float, output: Output) -> None:
    found = bench.proposals.piids() if what == "piids" else bench.proposals.ai_uses(cutoff)
    columns, register = _REGISTERED[what]
    notes = f"A row of records/registers/{register}.csv decides, with its reason and citation."
    output.write(columns, [asdict(proposal) for proposal in found], notes=notes if found else "Nothing is waiting.")
