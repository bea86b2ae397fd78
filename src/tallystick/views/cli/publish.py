"""tallystick publish: a static site of one Edition, for any web host."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from tallystick.errors import UsageError
from tallystick.settings import for_others, from_environment
from tallystick.views.cli.options import DAY, Desk, desk_options
from tallystick.views.cli.progress import progress


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--site", metavar="ADDRESS", help="Where it will lie: https://example.org/figures (TALLYSTICK_SITE).")
@click.option("--on", type=DAY, help="The day of which it says what is overdue, if not that the Edition speaks for.")
@desk_options
def publish(desk: Desk, folder: Path, site: str | None, on: date | None) -> None:
    """Write the workbench of the Edition in force as a static site into FOLDER.

    It holds every page with its charts, the why of every figure, data to take away and feeds, and needs no server:
    any web host can carry it, and it opens from a disk. The same Edition gives the same bytes. While any link, file
    or chart is missing nothing is published and all that is missing is listed (exit code 8); an earlier site in
    FOLDER stays until the new one is whole. Small counts of people are hidden, and what would tell them, unless
    TALLYSTICK_PROFILE is open.

    \b
    Examples:
      tallystick publish site
      tallystick publish site --site https://example.org/figures
      tallystick publish site --on 2026-08-31
    """
    # templates and the drawing library take a while to load, which no other command should wait for
    from tallystick.views.pages.read import pages
    from tallystick.views.publish import site as made
    from tallystick.views.publish.timeless import TimelessBench
    from tallystick.views.publish.walk import Desk as Visits
    from tallystick.views.words import languages

    settings = from_environment(home=desk.home, records=desk.records)
    address = _address(settings.site if site is None else site)
    hiding = for_others(settings)
    pipeline = replace(desk.open_built().pipeline, settings=hiding)
    day = on or TimelessBench(pipeline).day
    bench = TimelessBench(pipeline, today=day)
    catalog = bench.pipeline.catalog
    shown = {name: page for name, page in pages(catalog).items() if name not in made.NEEDS_A_SERVER}
    with progress("publishing", desk.quiet) as told:
        done = made.publish(Visits(bench, shown, languages(catalog), address), folder.absolute(), day, told)
    click.echo(f"wrote {folder}: {done.files:,} files, {done.size / 1e6:,.1f} MB (Edition {bench.edition.id}, {day})")
    click.echo(f"next:  (cd {folder} && sha256sum --check --quiet SHA256SUMS), then open {folder / 'index.html'}")


def _address(written: str) -> str:
    if written and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]_~/-]+", written):
        raise UsageError(
            f"'{written[:80]}' is no address that a site can lie at",
            where="--site",
            next_step="write it like https://example.org/figures",
        )
    return written.rstrip("/")
