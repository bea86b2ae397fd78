"""tallystick new: the beginnings of a source, a metric, a claim, a page, a process or an entry of a register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tallystick.errors import UnknownName, UsageError
from tallystick.settings import bundled_records, from_environment
from tallystick.tables.entries import SCHEMA, schema_of, terms
from tallystick.tables.processes import FOLDER
from tallystick.views.cli import scaffold
from tallystick.views.cli.options import DAY, Desk, desk_options
from tallystick.views.cli.scaffold import Scaffold, checked
from tallystick.views.pages.read import pages

_NAME, _NAME_EXAMPLE = r"[a-z][a-z0-9_]*", "city_budgets: small letters, digits and underscores"

_CLAIM_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_PAGE_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
_PAGE_EXAMPLE = "border-wall: small letters and digits, joined by hyphens"
_ENTRY_EXAMPLE = "harbour-cameras: small letters and digits, joined by hyphens"
_CLAIM_EXAMPLE = "ice-vehicles-40-million: small letters and digits, joined by hyphens"


@click.group()
def new() -> None:
    """Begin a source, metric, claim, page, process or entry: files that work, or ask for what they lack.

    They are written into your own records folder (--records or TALLYSTICK_RECORDS), or into a checkout's.
    """


@new.command()
@click.argument("name")
@click.option(
    "--like",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A CSV file of the series, to take the columns from.",
)
@desk_options
def source(desk: Desk, name: str, like: Path | None) -> None:
    """Begin the source NAME: source.yml and a sample.

    \b
    Example:
      tallystick new source city_budgets --like downloads/budgets_2025.csv --records mine
    """
    checked(name, _NAME, _NAME_EXAMPLE)
    folder = _folder(desk)
    if name in desk.open().pipeline.catalog.sources:
        raise UsageError(f"there is a source called '{name}' already", next_step="choose another name")
    made = scaffold.source(name, like)
    sample = next(path for path in made if "/sample/" in path)
    _write(made, folder, f"tallystick add {name} {folder / sample}", desk)


@new.command()
@click.argument("name")
@desk_options
def metric(desk: Desk, name: str) -> None:
    """Begin the metric NAME: its function and its examples.

    \b
    Example:
      tallystick new metric obligations_to_small_firms --records mine
    """
    checked(name, _NAME, _NAME_EXAMPLE)
    folder = _folder(desk)
    if name in desk.open().metrics.by_name:
        raise UsageError(f"there is a metric called '{name}' already", next_step="choose another name")
    _write(scaffold.metric(name), folder, f"tallystick show {name} --by fiscal_year", desk)


@new.command()
@click.argument("name")
@click.option("--on", type=DAY, required=True, help="The day on which it was said.")
@desk_options
def claim(desk: Desk, name: str, on: date) -> None:
    """Begin the claim NAME: what was said, and one check of it.

    \b
    Example:
      tallystick new claim ice-vehicles-40-million --on 2025-10-22 --records mine
    """
    checked(name, _CLAIM_NAME, _CLAIM_EXAMPLE)
    folder = _folder(desk)
    if name in desk.open().claim_names:
        raise UsageError(f"there is a claim called '{name}' already", next_step="choose another name")
    _write(scaffold.claim(name, on), folder, f"tallystick claims {name}", desk)


@new.command()
@click.argument("name")
@desk_options
def page(desk: Desk, name: str) -> None:
    """Begin the page NAME of the workbench: a Markdown file with prose and two views.

    \b
    Example:
      tallystick new page border-wall --records mine
    """
    # the libraries of a server take a second to load, which no other command should wait for
    from tallystick.views.html.routes import ROUTES

    checked(name, _PAGE_NAME, _PAGE_EXAMPLE)
    folder = _folder(desk)
    taken = {*pages(desk.open().pipeline.catalog), *(route.path.split("/")[1] for route in ROUTES)}
    if name in taken:
        raise UsageError(f"there is a page called '{name}' already", next_step="choose another name")
    _write(scaffold.page(name), folder, "tallystick serve", desk)


@new.command()
@click.argument("name")
@desk_options
def process(desk: Desk, name: str) -> None:
    """Begin the process NAME: stages with their events, and made-up units that go through them.

    \b
    Example:
      tallystick new process permits --records mine
    """
    checked(name, _NAME, "permits: small letters, digits and underscores")
    folder, catalog = _folder(desk), desk.open().pipeline.catalog
    if f"{FOLDER}/{name}.yml" in catalog.files:
        raise UsageError(f"there is a process called '{name}' already", next_step="choose another name")
    _write(scaffold.process(name), folder, "tallystick check", desk)


@new.command()
@click.argument("register")
@click.argument("name")
@desk_options
def entry(desk: Desk, register: str, name: str) -> None:
    """Begin the entry NAME of a REGISTER: a file whose blanks ask for what its schema must have.

    Once they are filled, 'tallystick check' says whether the entry is as it must be.

    \b
    Example:
      tallystick new entry technologies harbour-cameras --records mine
    """
    checked(name, _PAGE_NAME, _ENTRY_EXAMPLE)
    folder, catalog = _folder(desk), desk.open().pipeline.catalog
    schemas = {path.parent.name: path for _, path in catalog.below("registers", f"/{SCHEMA}")}
    if register not in schemas:
        raise UnknownName("register", register, schemas)
    if f"registers/{register}/{name}.yml" in catalog.files:
        raise UsageError(f"there is an entry called '{name}' already", next_step="choose another name")
    schema = schema_of(schemas[register])
    if schema.taken_from:
        raise UsageError(
            f"the entries of '{register}' are taken from the table '{schema.taken_from}' and have no files",
            next_step="tell what was read in the register or release that the table is made from",
        )
    _write(scaffold.entry(name, schema, terms(catalog, schema)), folder, "tallystick check", desk)


def _folder(desk: Desk) -> Path:
    """The records folder to write into; made if it was named and is not there. Raises `UsageError`."""
    if desk.records:
        Path(desk.records).mkdir(parents=True, exist_ok=True)
    own = from_environment(home=desk.home, records=desk.records).records[1:]
    if own:
        return own[-1]
    project = bundled_records()
    if not project.name.startswith("_"):
        return project
    raise UsageError(
        "no folder of your own records was named",
        next_step="name one with --records FOLDER or TALLYSTICK_RECORDS; it is laid over the project's",
    )


def _write(made: Scaffold, folder: Path, then: str, desk: Desk) -> None:
    for path in scaffold.write(made, folder):
        click.echo(f"wrote {path}")
    click.echo(f"next:  {then}" + (f" --records {desk.records}" if desk.records else ""))
