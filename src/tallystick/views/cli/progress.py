"""Shows on stderr how far long work has come; silent when nobody looks at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Told = Callable[[str, int, int], None]
"""Told before each piece of work: its name, how many pieces are done, how many there are (0 if unknown)."""


@contextmanager
def progress(what: str, quiet: bool) -> Iterator[Told]:
    """A bar named `what`, moved by each call of what this gives; gone when the work is done."""
    if quiet or not sys.stderr.isatty():
        yield lambda _name, _done, _of: None
        return
    what_column = TextColumn(what)
    name_column = TextColumn("{task.description}", markup=False, style="dim")
    columns = (what_column, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), name_column)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda name, done, of: bar.update(task, description=name, completed=done, total=of or None)
