"""The options that commands share, and what they are turned into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import tallystick
from tallystick.nouns.metric import Question
from tallystick.settings import for_others, from_environment
from tallystick.views.archived import refuse_no_archive
from tallystick.views.asked import filters
from tallystick.views.cli.output import Format, Output

if TYPE_CHECKING:
    from tallystick.views.door import Door

Function = Callable[..., Any]

SOMETHING_FAILS = 8  # the exit code of --strict when something judged fails


@dataclass(frozen=True)
class Desk:
    """What a command works at: which home, which records over the project's, and whether it keeps quiet."""

    home: str | None
    records: str | None
    quiet: bool

    def open(self, known_on: date | None = None) -> Door:
        """The bench, whether or not anything is in the home folder yet."""
        bench = tallystick.open(self.home, self.records)
        return bench.at(known_on) if known_on else bench

    def open_with(self, jobs: int | None, known_on: date | None = None) -> Door:
        """The same bench on `jobs` of the machine's cores; on as many as the settings say, if None."""
        bench = self.open(known_on)
        if jobs is None:
            return bench
        settings = replace(bench.pipeline.settings, threads=jobs)
        return replace(bench, pipeline=replace(bench.pipeline, settings=settings))

    def open_built(self, known_on: date | None = None) -> Door:
        """The bench over a home that holds something. Raises `EditionError` when there is no archive."""
        refuse_no_archive(from_environment(home=self.home, records=self.records))
        return self.open(known_on)

    def open_for_others(self, known_on: date | None = None) -> Door:
        """The same bench as others may hear it: under `public`, where no profile was named. Raises `EditionError`."""
        bench = self.open_built(known_on)
        settings = for_others(bench.pipeline.settings)
        return replace(bench, pipeline=replace(bench.pipeline, settings=settings))


class Day(click.ParamType[date]):
    """A day on the command line, year-month-day."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a day; write year-month-day, for example 2025-01-20", param, ctx)


DAY = Day()


def desk_options(function: Function) -> Function:
    """Give a command `--home`, `--records`, `--quiet` and `--debug`; its first parameter becomes the desk."""

    @click.option("--home", metavar="FOLDER", help="Where the archive lies (TALLYSTICK_HOME, else .tallystick).")
    @click.option(
        "--records", metavar="FOLDER", help="Your own records, laid over the project's (TALLYSTICK_RECORDS)."
    )
    @click.option("--quiet", is_flag=True, help="Show no progress.")
    @click.option("--debug", is_flag=True, expose_value=False, help="On a defect, show where in the code.")
    @wraps(function)
    def at_a_desk(home: str | None, records: str | None, quiet: bool, **rest: Any) -> Any:
        return function(Desk(home, records, quiet), **rest)

    return at_a_desk


def jobs_option(function: Function) -> Function:
    """Give a command `--jobs`, as the parameter `jobs`; None when it is not said."""
    return click.option(
        "--jobs", "-j", type=click.IntRange(min=1), metavar="N",
        help="Read so many files at once (TALLYSTICK_THREADS, else as many as there are cores).",
    )(function)  # fmt: skip


def output_options(function: Function) -> Function:
    """Give a command `--format` and `--output`, as the parameter `output`."""

    @click.option(
        "--format",
        "kind",
        type=click.Choice([kind.value for kind in Format]),
        default=Format.TABLE.value,
        help="As what the rows come out; figures are exact in each.",
    )
    @click.option("--output", "path", type=click.Path(path_type=Path), help="Write to this file instead.")
    @wraps(function)
    def with_output(*desk: Any, kind: str, path: Path | None, **rest: Any) -> Any:
        return function(*desk, output=Output(Format(kind), path), **rest)

    return with_output


def question_options(*, required: bool = True) -> Callable[[Function], Function]:
    """Give a command the metric it asks and its filters, as `question`; a metric not named is ''."""

    def add(function: Function) -> Function:
        @wraps(function)
        def with_question(
            *desk: Any, metric: str | None, where: tuple[str, ...], by: tuple[str, ...], **rest: Any
        ) -> Any:
            dimensions = tuple(name for named in by for name in named.split(",") if name)
            days = {name: rest.pop(name) for name in ("start", "end", "day", "as_known_on")}
            question = Question(metric or "", filters(where), dimensions, **days)
            return function(*desk, question=question, **rest)

        made: Function = with_question
        for option in reversed(_QUESTION):
            made = option(made)
        return click.argument("metric", required=required)(made)

    return add


_QUESTION = (
    click.option("--where", "-w", multiple=True, metavar="NAME=VALUE",
                 help="Filter; the same name again means either; * is any text."),
    click.option("--by", "-b", multiple=True, metavar="NAME", help="Break down by this; may be said again."),
    click.option("--from", "start", type=DAY, help="First day of the period."),
    click.option("--to", "end", type=DAY, help="Last day of the period, itself inside it."),
    click.option("--as-known-on", type=DAY, help="Answer from what was public on that day."),
    click.option("--day", type=DAY, help="The day that a metric looks ahead from, if it does."),
)  # fmt: skip
