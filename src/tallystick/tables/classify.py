"""Compiles the taxonomy to one expression."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import ibis

from tallystick.catalog import Catalog, read_yaml
from tallystick.errors import RecordError
from tallystick.nouns.taxonomy import Rule, Taxonomy

UNCLASSIFIED = "unclassified"
_FILE = "codes/taxonomy.yml"
_COLUMNS = {"psc": "psc_code", "naics": "naics_code"}


@dataclass(frozen=True)
class Classifier:
    """Says of each row of contract actions what the money buys, and by which rule."""

    taxonomy: Taxonomy

    def __call__(self, rows: Any) -> Any:
        """`rows` with `category` and `category_rule`; a row that no rule fits is `unclassified` by no rule."""
        branches = [(_fits(rows, rule), ibis.literal(rule.name)) for rule in self.taxonomy.rules]
        ruled = rows.mutate(category_rule=ibis.cases(*branches) if branches else ibis.null("string"))
        categories = [(rule.name, rule.category) for rule in self.taxonomy.rules]
        unknown = ibis.literal(UNCLASSIFIED)
        return ruled.mutate(category=ruled.category_rule.cases(*categories, else_=unknown) if categories else unknown)


def classifier(catalog: Catalog) -> Classifier:
    """The classifier of a catalog's `codes/taxonomy.yml`. Raises `RecordError` with every fault at once."""
    path = catalog.files.get(_FILE)
    if path is None:
        return Classifier(Taxonomy(version="none", categories={}, rules=[]))
    taxonomy = read_yaml(path, Taxonomy)
    if faults := taxonomy.faults():
        raise RecordError("; ".join(faults), where=str(path), next_step="correct the rules named, then build again")
    return Classifier(taxonomy)


def _fits(rows: Any, rule: Rule) -> Any:
    return ibis.and_(*[_any(rows[_COLUMNS.get(about, about)], values) for about, values in rule.conditions().items()])


def _any(cell: Any, values: Iterable[str]) -> Any:
    plain = [value for value in values if not value.endswith("*")]
    begins = [value.removesuffix("*") for value in values if value.endswith("*")]
    return ibis.or_(*([cell.isin(plain)] if plain else []), *[cell.startswith(start) for start in begins])
