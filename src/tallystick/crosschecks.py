"""Runs what must be so between registers, papers, inventories and contracts over one Edition's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tallystick.catalog import Catalog
from tallystick.errors import RecordError
from tallystick.nouns.crosscheck import ABOUT, DAY, SAYS, Crosscheck
from tallystick.nouns.finding import Finding


def crosschecks(catalog: Catalog) -> Mapping[str, Crosscheck]:
    """Every function of `records/crosschecks`, by name. Raises `RecordError` for two of one name."""
    found: dict[str, Crosscheck] = {}
    for module in catalog.modules("crosschecks"):
        for value in vars(module).values():
            if not isinstance(value, Crosscheck):
                continue
            if value.name in found:
                raise RecordError(f"two crosschecks are called '{value.name}'", where=str(module.__file__))
            found[value.name] = value
    return found


def expression(check: Crosscheck, table: Callable[[str], Any]) -> Any:
    """The rows that are not as `check` says, in the order of what they are about; `table` gives a table by name.

    Raises `RecordError` when they would say nothing.
    """
    made = check.function(*(table(name) for name in check.inputs))
    if missing := [name for name in (ABOUT, SAYS) if name not in made.columns]:
        raise RecordError(f"the crosscheck '{check.name}' has no column '{missing[0]}'", where="records/crosschecks")
    return made.order_by([ABOUT, SAYS])


def findings(check: Crosscheck, rows: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """A Finding for each row of the check's expression. Raises `RecordError` for a row without a sentence."""
    for row in rows:
        if not row[SAYS]:
            raise RecordError(
                f"the crosscheck '{check.name}' says nothing of '{row[ABOUT]}'",
                where="records/crosschecks",
                next_step="a sentence with a NULL in it is NULL: say what its words are where a cell states nothing",
            )
        evidence = {name: value for name, value in row.items() if name not in (ABOUT, SAYS, DAY)}
        yield Finding(
            release="",
            kind=check.name,
            severity=check.severity,
            says=row[SAYS],
            scope=row[ABOUT],
            evidence=(evidence,) if evidence else (),
            count=1,
            next_step=check.next_step,
            day=row.get(DAY),
        )
