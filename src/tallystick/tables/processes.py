"""What people wrote of staged work, as tables; and the milestones of every process in one table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from importlib.metadata import version
from typing import Any

import ibis
from msgspec.structs import replace

from tallystick.catalog import Catalog, read_yaml
from tallystick.errors import RecordError, TallystickError, UnknownName
from tallystick.nouns.process import OVERALL, SYNTHETIC, Process, Within, faults
from tallystick.nouns.table import Derivation
from tallystick.nouns.way import way_of
from tallystick.tables.registers import Register, first_of

FOLDER = "processes"
FIRST, LAST = date(2000, 1, 1), date(2035, 12, 31)
"""The days that the working-day calendar covers."""
MILESTONES = {
    "unit": "string", "event": "string", "day": "date", "earliest_date": "date", "release_id": "string",
    "member": "string", "source_row": "int64",
}  # fmt: skip
ATTRIBUTES = ("title", "state", "model", "agency", "owner", "category", "size")
UNITS = {
    "unit": "string", "watched_from_date": "date", "watched_until_date": "date", "missing_from_date": "date",
    **dict.fromkeys(ATTRIBUTES, "string"),
}  # fmt: skip
_STAGES = (
    "process", "stage", "place", "title", "enters", "leaves", "may_be_skipped", "is_told", "known_within_days",
    "is_synthetic", "target_days_number", "target_calendar", "target_means", "citation",
)  # fmt: skip
_EXITS = ("process", "exit", "means", "citation")
_WAYS = ("process", "stage", "other", "way", "citation")
_HOLIDAYS = ("holiday_date", "holiday", "citation")
_OURS = "this project's records"


def processes(catalog: Catalog) -> Mapping[str, Process]:
    """Every process by name. Raises `RecordError` or `UnknownName` with file and place for the first fault."""
    found = catalog.written(FOLDER, Process)
    if wrong := list(_wrong(catalog, found)):
        raise first_of(wrong)
    return found


def unknown_in(
    catalog: Catalog, written: Mapping[str, Process], tables: Collection[str], metrics: Collection[str]
) -> Iterator[TallystickError]:
    """The tables and metrics that processes name and that are not there, each with its place."""
    for name, process in written.items():
        where = str(catalog.files[_path(catalog, name)])
        for key, table in (("milestones", process.milestones), ("units", process.units)):
            if table is not None and table not in tables:
                yield UnknownName("table", table, tables, where=f"{where}, {key}")
        for metric in process.counted_by:
            if metric not in metrics:
                yield UnknownName("metric", metric, metrics, where=f"{where}, counted_by")


def _path(catalog: Catalog, name: str) -> str:
    return next(path for path, _ in catalog.below(FOLDER, ".yml") if path.rsplit("/", 1)[-1] == f"{name}.yml")


def process_faults(catalog: Catalog) -> Iterator[TallystickError]:
    """All that is wrong with the processes, file by file, each with its place."""
    found: dict[str, Process] = {}
    for path_name, path in catalog.below(FOLDER, ".yml"):
        try:
            found[path_name.rsplit("/", 1)[-1].removesuffix(".yml")] = read_yaml(path, Process)
        except TallystickError as error:
            yield error
    yield from _wrong(catalog, found)


def _wrong(catalog: Catalog, found: Mapping[str, Process]) -> Iterator[TallystickError]:
    paths = {name.rsplit("/", 1)[-1].removesuffix(".yml"): path for name, path in catalog.below(FOLDER, ".yml")}
    for name, process in found.items():
        if process.synthetic != name.startswith(SYNTHETIC):
            says = f"the name of a process that is synthetic, and of no other, begins with '{SYNTHETIC}'"
            yield RecordError(says, where=f"{paths[name]}, synthetic", next_step="rename the file, or mend the flag")
        for place, says, known in faults(process):
            where = f"{paths[name]}, {place}"
            if known:
                noun, given = says.removeprefix("no ").split(" is called ")
                yield UnknownName(noun, given.strip("'"), known, where=where)
            else:
                yield RecordError(says, where=where, next_step="see docs/add-a-process.md")


def process_registers(written: Mapping[str, Process]) -> Iterator[Register]:
    """`process_stages` (the whole way among them), `process_exits`, `process_ways`, `federal_holidays`."""
    yield Register("process_stages", _STAGES, tuple(_stages(written)))
    exits = ((name, exit, means, _OURS) for name, one in written.items() for exit, means in one.exits.items())
    yield Register("process_exits", _EXITS, tuple(exits))
    yield Register("process_ways", _WAYS, tuple(row for one in written.values() for row in _ways(one)))
    yield Register("federal_holidays", _HOLIDAYS, tuple(_holidays()))


def _stages(written: Mapping[str, Process]) -> Iterator[tuple[str | None, ...]]:
    for name, process in written.items():
        told = [(stage, one.enters, one.leaves, one) for stage, one in process.stages.items()]
        rows = [
            (stage, enters, leaves, one.may_be_skipped, one.told, one.target) for stage, enters, leaves, one in told
        ]
        whole = process.overall
        rows.append((OVERALL, whole.enters, whole.leaves, False, True, whole.target))
        for place, (stage, enters, leaves, skipped, is_told, target) in enumerate(rows, start=1):
            yield (
                name, stage, f"{place:02}", process.title, enters, leaves, _yes(skipped), _yes(is_told),
                str(process.known_within_days), _yes(process.synthetic), *_target(process, target),
            )  # fmt: skip


def _ways(process: Process) -> Iterator[tuple[str, ...]]:
    """Of each stage those that come no sooner, those before it with none between that is told, and loops back."""
    told = {
        name: replace(one, may_be_skipped=one.may_be_skipped or not one.told) for name, one in process.stages.items()
    }
    way = way_of(replace(process, stages=told))
    for stage in way.stages:
        for kind, others in (
            ("no sooner", way.later[stage] | {stage}), ("straight from", way.straight[stage]),
            ("again after", way.again[stage]),
        ):  # fmt: skip
            yield from ((process.name, stage, other, kind, _OURS) for other in sorted(others))


def _target(process: Process, target: Within | None) -> tuple[str | None, ...]:
    if target is None:
        return (None, process.calendar.value, None, _OURS)
    return (str(target.days), (target.calendar or process.calendar).value, target.means, target.citation)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _holidays() -> Iterator[tuple[str | None, ...]]:
    # a library whose tables of every country need a moment to load
    from holidays.countries.united_states import UnitedStates

    where = (
        f"5 U.S.C. 6103, and the days on which they are kept as the library holidays {version('holidays')} has them"
    )
    years = range(FIRST.year, LAST.year + 1)
    days = UnitedStates(years=years, observed=True)  # type: ignore[no-untyped-call]
    for day, name in sorted(days.items()):
        yield day.isoformat(), name, where


def process_derivations(written: Mapping[str, Process]) -> Iterator[Derivation]:
    """`process_milestones` and `process_units`: the rows of the tables that the processes name, under its name."""
    for name, columns, key in (
        ("process_milestones", MILESTONES, ("process", "unit", "event", "day")),
        ("process_units", UNITS, ("process", "unit")),
    ):
        tables = {process: table for process, one in written.items() if (table := _of(one, name))}
        inputs = tuple(dict.fromkeys(tables.values()))
        yield Derivation(name, _United(name, tables, columns), inputs, key=key)


def _of(process: Process, name: str) -> str | None:
    return process.milestones if name == "process_milestones" else process.units


class _United:
    """The function of a table that is made of those that processes name; `__doc__` is its definition."""

    def __init__(self, name: str, tables: Mapping[str, str], columns: Mapping[str, str]) -> None:
        self._tables, self._columns = tables, columns
        self.__name__ = name
        self.__doc__ = _DEFINITIONS[name]

    def __call__(self, **tables: Any) -> Any:
        parts = [self._shaped(process, tables[table]) for process, table in self._tables.items()]
        return ibis.union(parts[0], *parts[1:]) if len(parts) > 1 else (parts or [self._none()])[0]

    def _shaped(self, process: str, rows: Any) -> Any:
        if "process" in rows.columns:
            rows = rows.filter(rows.process == process)
        missing = [name for name in ("unit", "event", "day") if name in self._columns and name not in rows.columns]
        if missing:
            raise RecordError(
                f"the table of '{process}' has no column '{missing[0]}'",
                where=f"records/{FOLDER}/{process}.yml",
                next_step=f"it needs: {', '.join(self._columns)}",
            )
        told = {
            name: (rows[name] if name in rows.columns else ibis.null()).cast(kind)
            for name, kind in self._columns.items()
        }
        return rows.select(process=ibis.literal(process), **told)

    def _none(self) -> Any:
        row = {"process": ibis.null("string"), **{name: ibis.null(kind) for name, kind in self._columns.items()}}
        one = ibis.range(0, 1).unnest().name("one").as_table()
        return one.filter(one.one < 0).select(**row)


_DEFINITIONS = {
    "process_milestones": """What happened to the units of every process, as their tables tell it.

`day` is when it had happened at the latest, `earliest_date` when at the earliest: the same where the day is known,
NULL where nothing held tells how long before. The release is the one that tells it first.""",
    "process_units": """The units of every process: what each is, and from when to when it was watched.

A unit is an agency's request, a contract, a recommendation: never a person. One that came to notice late has a
`watched_from_date` after its first event; what would have ended before that day would not have been seen. Where units
stand on lists while they wait, `missing_from_date` is the first list that lacks it; NULL while the newest has it.""",
}
