"""Shows on stderr how far long work has come; silent when nobody looks at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar


class Step(Protocol):
    """Told the name of each thing that is begun, and how many there are once that is known."""

    def __call__(self, doing: str, total: int | None = None) -> None: ...


def _silent(doing: str, total: int | None = None) -> None:
    """Nobody is looking."""


@contextmanager
def progress(what: str, quiet: bool) -> Iterator[Step]:
    """A bar named `what` that goes one step at each call of what this gives."""
    if quiet or not sys.stderr.isatty():
        yield _silent
        return
    columns = (TextColumn("{task.fields[what]}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    doing_column = TextColumn("[dim]{task.description}", markup=True)
    with Bar(*columns, doing_column, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", what=what, total=None)
        begun = False

        def step(doing: str, total: int | None = None) -> None:
            nonlocal begun
            bar.update(task, description=doing.replace("[", r"\["), total=total or bar.tasks[0].total)
            if begun:
                bar.advance(task)
            begun = True

        yield step
