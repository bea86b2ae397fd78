"""Which tables there are, what each is made from, and in which order they can be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

import ibis

from tallystick.catalog import Catalog
from tallystick.errors import RecordError, UnknownName
from tallystick.nouns.process import Process
from tallystick.nouns.source import Type
from tallystick.nouns.table import Derivation
from tallystick.nouns.taxonomy import Taxonomy
from tallystick.tables.classify import Classifier, classifier
from tallystick.tables.entries import Kept, kept
from tallystick.tables.processes import process_derivations, process_registers, processes
from tallystick.tables.registers import Register, register
from tallystick.tables.statements import Statement, Value, Wording, compiled, reading_once, stated

_IBIS_TYPE = {
    Type.TEXT: "string",
    Type.CODE: "string",
    Type.MONEY: "decimal(18, 2)",
    Type.NUMBER: "decimal(18, 6)",
    Type.INTEGER: "int64",
    Type.DATE: "date",
    Type.TIMESTAMP: "timestamp",
    Type.FLAG: "boolean",
}
# Gives the columns of the taxonomy without its hundreds of rules: enough to know a table's columns.
NOT_CLASSIFIED = Classifier(Taxonomy(version="none", categories={}, rules=[]))
_MOST_STATEMENTS = 2_000
PROVENANCE = {
    "release_id": "string",
    "as_of": "date",
    "scope": "string",
    "member": "string",
    "source_row": "int64",
}


Recall = Callable[[str, Callable[[], Any]], Any]


@dataclass(frozen=True)
class Graph:
    """Every table of a catalog as an unbound expression, resolved by parameter names."""

    catalog: Catalog
    recall: Recall = field(default=lambda _, work_out: work_out(), compare=False, repr=False)
    """Gives what was compiled before, else what it is given to work out: text, lists and mappings."""

    @cached_property
    def derivations(self) -> Mapping[str, Derivation]:
        """Every function of `records/tables`, by its own name."""
        found: dict[str, Derivation] = {}
        for module in self.catalog.modules("tables"):
            for value in vars(module).values():
                if not isinstance(value, Derivation):
                    continue
                if value.name in found or value.name in self.catalog.published:
                    raise RecordError(f"two tables are called '{value.name}'", where=str(module.__file__))
                found[value.name] = value
        return found | {one.name: one for one in process_derivations(self.processes)}

    @property
    def derived_names(self) -> frozenset[str]:
        """The tables that are published or made by a function."""
        parts = {one.rows_of or name for name, one in self.derivations.items()}
        return frozenset({*self.catalog.published, *parts})

    @cached_property
    def processes(self) -> Mapping[str, Process]:
        """The staged processes that people wrote, by name."""
        return processes(self.catalog)

    @cached_property
    def registers(self) -> Mapping[str, Register]:
        """The small tables that people keep by hand, by name."""
        files = [register(path) for _, path in self.catalog.below("registers", ".csv")]
        entries = (table for one in self.entries.values() for table in one.tables())
        made = [*files, *entries, *process_registers(self.processes)]
        found = {one.name: one for one in made}
        if len(found) < len(made):
            twice = next(name for name, times in Counter(one.name for one in made).items() if times > 1)
            raise RecordError(f"two registers are called '{twice}'", where="records/registers")
        if both := sorted(found.keys() & (self.derivations.keys() | self.catalog.published.keys())):
            raise RecordError(f"'{both[0]}' is a register and a table", where="records/registers")
        return found

    @cached_property
    def entries(self) -> Mapping[str, Kept]:
        """The registers whose entries are a file each, by name."""
        return kept(self.catalog)

    @cached_property
    def classifier(self) -> Classifier:
        """The taxonomy, compiled."""
        return classifier(self.catalog)

    @cached_property
    def parts(self) -> Mapping[str, tuple[Derivation, ...]]:
        """The row-mapping functions by the table they are parts of, the most believed first."""
        found: dict[str, list[Derivation]] = {}
        for derivation in self.derivations.values():
            if derivation.rows_of:
                found.setdefault(derivation.rows_of, []).append(derivation)
        return {name: tuple(sorted(of, key=lambda d: -d.precedence)) for name, of in found.items()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every table a metric or a reader may name, in an order in which they can be made."""
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for name in (*self.catalog.published, *self.registers):
            sorter.add(name)
        for derivation in self.derivations.values():
            sorter.add(derivation.rows_of or derivation.name, *derivation.inputs)
        try:
            ordered = tuple(sorter.static_order())
        except CycleError as error:
            raise RecordError(
                f"these tables are made from one another: {' <- '.join(error.args[1])}", where="records/tables"
            ) from error
        for name in ordered:
            self._known(name)
        return ordered

    @cached_property
    def looked_up(self) -> frozenset[str]:
        """The derived tables that row-mapping functions look things up in, and those that these are made from."""
        waiting = [name for parts in self.parts.values() for part in parts for name in part.inputs]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in self.derivations and name not in found:
                found.add(name)
                waiting += self.derivations[name].inputs
        return frozenset(found)

    @cached_property
    def reused(self) -> frozenset[str]:
        """The derived tables over all rows that two tables or more are made from."""
        uses = Counter(name for derivation in self.derivations.values() for name in set(derivation.inputs))
        return frozenset(name for name, times in uses.items() if times > 1 and self.is_over_all_rows(name))

    def is_over_all_rows(self, name: str) -> bool:
        """Whether the table is derived as a whole when somebody asks, and not row by row or for each Edition."""
        return name in self.derivations and name not in self.looked_up

    def published(self, name: str) -> set[str]:
        """The published tables that the table `name` is made from in the end. Raises `UnknownName`."""
        return {made for made in self.made_from(name) if made in self.catalog.published}

    def made_from(self, name: str) -> set[str]:
        """Every table that the table `name` is made from, itself among them. Raises `UnknownName`."""
        self._known(name)
        found: set[str] = set()
        waiting = [name]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            if name in self.parts:
                waiting += [i for part in self.parts[name] for i in part.inputs]
            elif name in self.derivations:
                waiting += self.derivations[name].inputs
        return found

    def unbound(self, name: str) -> Any:
        """The table `name` as an unbound expression, made with those it is made from. Raises `UnknownName`."""
        self._known(name)
        if name not in self._unbound:
            self._unbound[name] = self._made(name)
        return self._unbound[name]

    def expression(self, derivation: Derivation) -> Any:
        """What the function says, over unbound tables; a row-mapping function keeps the rows' provenance."""
        return self._said(derivation, self.classifier)

    def derived(self, derivation: Derivation) -> str:
        """What the function says as one SELECT, made once: every Edition of a catalog runs the same."""
        if derivation.name not in self._derived:
            self._derived[derivation.name] = self.recall(
                f"derived {derivation.name}", lambda: self._compiled(derivation)
            )
        return self._derived[derivation.name]

    def _compiled(self, derivation: Derivation) -> str:
        """Its SELECT; a view that it reads several times is read once: each reading takes all views behind apart."""
        views = [name for name in dict.fromkeys(derivation.inputs) if self.is_over_all_rows(name)]
        return reading_once(compiled(self.expression(derivation)), views)

    def sql(self, expression: Any, dialect: str = "duckdb") -> str:
        """The SQL of an expression over this graph's tables; equal expressions are compiled once."""
        return self.statement(Wording(expression.op(), (), dialect, lambda: expression)).sql

    @cached_property
    def statement(self) -> Callable[[Wording], Statement]:
        """The statement of a wording over this graph's tables: those used last are not compiled again."""
        return lru_cache(_MOST_STATEMENTS)(self._stated)

    def _stated(self, wording: Wording) -> Statement:
        if not wording.told:
            return stated(wording)

        def work_out() -> tuple[Sequence[str], Sequence[Value]]:
            made = stated(wording)
            return made.pieces, made.slots

        pieces, slots = self.recall(f"{wording.told} in {wording.dialect}", work_out)
        return Statement(tuple(pieces), tuple(slots))

    @cached_property
    def _derived(self) -> dict[str, str]:
        return {}

    @cached_property
    def _unbound(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _all(self) -> frozenset[str]:
        derived = {derivation.rows_of or derivation.name for derivation in self.derivations.values()}
        return frozenset({*self.catalog.published, *self.registers, *derived})

    def _known(self, name: str) -> None:
        if name not in self._all:
            raise UnknownName("table", name, self._all)

    def _made(self, name: str) -> Any:
        if name in self.catalog.published:
            return self._as_declared(name)
        if name in self.registers:
            return ibis.table(self.registers[name].schema, name=name)
        columns = self.recall(f"columns of {name}", lambda: self._columns(name))
        return ibis.table(ibis.schema(columns), name=name)

    def _columns(self, name: str) -> dict[str, str]:
        """The columns of a table made here, with their types as text."""
        schema = self._schema(name)
        return {column: str(dtype) for column, dtype in schema.items()}

    def _schema(self, name: str) -> Any:
        if name not in self.parts:
            return self._said(self.derivations[name], NOT_CLASSIFIED).schema()
        schemas = [self._said(part, NOT_CLASSIFIED).schema() for part in self.parts[name]]
        if any(dict(schema.items()) != dict(schemas[0].items()) for schema in schemas):
            raise RecordError(
                f"the parts of '{name}' do not have the same columns and types",
                where=", ".join(part.name for part in self.parts[name]),
            )
        return schemas[0]

    def _said(self, derivation: Derivation, taxonomy: Classifier) -> Any:
        tables = {name: self.unbound(name) for name in derivation.inputs}
        return derivation.function(**tables, **({"taxonomy": taxonomy} if derivation.classifies else {}))

    def _as_declared(self, name: str) -> Any:
        columns = self.catalog.published[name].publishes[name].columns
        schema = PROVENANCE | {own: _IBIS_TYPE[column.type] for own, column in columns.items()}
        return ibis.table(schema, name=name)
