"""tallystick freeze: answers as a bundle that a stranger can check."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tallystick.errors import UsageError
from tallystick.nouns.metric import Question
from tallystick.views.cli.options import Desk, desk_options, question_options
from tallystick.views.cli.progress import progress

_MOST_TOLD = 3


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@question_options(required=False)
@click.option(
    "--claim", "claims", multiple=True, metavar="CLAIM", help="Freeze what this claim asks; may be said again."
)
@click.option("--everything", is_flag=True, help="Put in every release of the Edition, not only those reached.")
@click.option(
    "--originals",
    is_flag=True,
    help="Put in the publishers' files with what is withheld of natural persons too: not for handing on.",
)
@desk_options
def freeze(
    desk: Desk, folder: Path, question: Question, claims: tuple[str, ...], everything: bool, originals: bool
) -> None:
    """Write a METRIC's figure, or what claims ask, as an evidence bundle into the new FOLDER.

    The bundle (BagIt) holds the releases behind the figures, the definitions, the results and a note for whoever
    verifies it: with standard tools alone, and by running it again to the same bytes. It is made to be handed on: a
    figure whose rows are counts of people is refused, unless TALLYSTICK_PROFILE is open.

    \b
    Examples:
      tallystick freeze evidence obligations --where agency=ICE --where naics=332994 --from 2025-01-20
      tallystick freeze evidence --claim ice-weapons-70-million
    """
    asked: list[Question | str] = [*([question] if question.metric else []), *claims]
    if not asked:
        raise UsageError("nothing was named to freeze", next_step="name a metric, or a claim with --claim")
    bench = desk.open_for_others(question.as_known_on)
    with progress("freezing", desk.quiet) as told:
        told(str(folder), 0, 0)
        made = bench.freeze(asked, folder, everything, originals)
    click.echo(f"wrote {made} (Edition {bench.edition.id})")
    if stayed := _stayed_out(made):
        click.echo(
            f"{len(stayed)} publisher's file(s) stay out, for what is withheld of natural persons in them "
            f"({', '.join(stayed[:_MOST_TOLD])}{', ...' if len(stayed) > _MOST_TOLD else ''}); an excerpt holds the "
            "rows counted of a delimited one. --originals puts them in, for a bundle that is not handed on."
        )
    click.echo(f"next:  python -m bagit --validate {made} && python {made / 'data' / 'resum.py'}")


def _stayed_out(bundle: Path) -> list[str]:
    """The names of the releases whose original is not in the bundle."""
    told = json.loads((bundle / "data" / "provenance.json").read_text("utf-8"))
    return [release["name"] for release in told["releases"] if not release["original_is_here"]]
