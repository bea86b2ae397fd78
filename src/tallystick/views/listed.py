"""Says in rows what there is to ask, and what it is made from: sources, promises, metrics, tables, releases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tallystick.nouns.lateness import Lateness
from tallystick.nouns.metric import Metric
from tallystick.nouns.release import Release
from tallystick.nouns.source import Source
from tallystick.nouns.table import Derivation

if TYPE_CHECKING:  # the machine is loaded when it is asked, not when the help of a command is shown
    from tallystick.bench import Bench
    from tallystick.tables.graph import Graph

SOURCE = [
    "source", "title", "publisher", "cadence", "last_release", "expected_by", "days_late", "licence", "publishes",
    "citation",
]  # fmt: skip
RELEASE = ["release", "source", "name", "as_of", "published", "retrieved", "in_force", "size", "sha256", "origin"]
TABLE = ["table", "made_from", "meaning"]
LATE = [
    "source", "promised_by", "cadence", "last_release", "last_day", "expected_by", "days_late", "left_out",
]  # fmt: skip
GAP = ["promised_by", "after", "before", "left_out"]


def source_rows(bench: Bench) -> Iterator[dict[str, Any]]:
    """Every source: who publishes it, how often, what it fills, and how late it is."""
    told = {late.source: late for late in reversed(bench.lateness)}  # the publisher's own promise comes first
    for source in bench.pipeline.catalog.sources.values():
        yield {
            "source": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "cadence": source.cadence.value,
            "last_release": told[source.id].last_day,
            "expected_by": told[source.id].expected_by,
            "days_late": told[source.id].days_late if told[source.id].expected_by else None,
            "licence": source.licence,
            "publishes": list(source.publishes),
            "citation": source.citation,
        }


def metric_row(metric: Metric) -> dict[str, Any]:
    """What can be asked of a metric, and its definition."""
    return {
        "metric": metric.name,
        "unit": metric.unit,
        "title": metric.title,
        "by": list(metric.by),
        "period_by": metric.on,
        "from_tables": list(metric.inputs),
        "definition": metric.definition,
    }


def table_row(graph: Graph, name: str) -> dict[str, Any]:
    """What a table is made from and means. Raises `UnknownName`."""
    graph.unbound(name)
    if name in graph.catalog.published:
        source = graph.catalog.published[name]
        return {"table": name, "made_from": [f"source {source.id}"], "meaning": source.publishes[name].grain}
    if name in graph.registers:
        return {"table": name, "made_from": [f"register {name}"], "meaning": "kept by hand, a citation on every row"}
    made: tuple[Derivation, ...] = graph.parts.get(name) or (graph.derivations[name],)
    inputs = sorted({table for derivation in made for table in derivation.inputs})
    return {"table": name, "made_from": inputs, "meaning": made[0].definition.split("\n", 1)[0]}


def column_rows(graph: Graph, name: str) -> list[dict[str, str]]:
    """The columns of a table with their types. Raises `UnknownName`."""
    return [{"column": column, "type": str(kind)} for column, kind in graph.unbound(name).schema().items()]


def release_rows(bench: Bench, source: str | None = None) -> list[dict[str, Any]]:
    """The releases known on the bench's day, or those of one source, in the order in which they came."""
    in_force = {part.release for part in bench.edition.parts}
    return [release_row(release) | {"in_force": release.id in in_force} for release in releases(bench, source)]


def releases(bench: Bench, source: str | None = None) -> list[Release]:
    """The releases known on the bench's day, and code lists, which are always known."""
    held, day, sources = bench.pipeline.ledger.releases(source), bench.known_on, bench.pipeline.catalog.sources
    return [one for one in held if day is None or one.known_on <= day or _always_known(one, sources)]


def _always_known(release: Release, sources: Mapping[str, Source]) -> bool:
    return release.source in sources and sources[release.source].always_known


def release_row(release: Release) -> dict[str, Any]:
    """What is known of how a release came to be public."""
    return {
        "release": release.id,
        "source": release.source,
        "name": release.name,
        "as_of": release.provenance.as_of,
        "published": release.provenance.published,
        "retrieved": release.retrieved,
        "size": release.size,
        "sha256": release.sha256,
        "origin": release.provenance.origin,
    }


def late_rows(bench: Bench) -> list[dict[str, Any]]:
    """Each promise of a rhythm beside what came of it, the latest first."""
    promised = [told for told in bench.lateness if told.expected_by is not None]
    return [late_row(told) for told in sorted(promised, key=lambda told: -told.days_late)]


def late_row(told: Lateness) -> dict[str, Any]:
    """One promise beside what came of it."""
    return {
        "source": told.source,
        "promised_by": told.promised_by,
        "cadence": told.every.value,
        "last_release": told.last,
        "last_day": told.last_day,
        "expected_by": told.expected_by,
        "days_late": told.days_late,
        "left_out": sum(gap.missed for gap in told.gaps),
    }


def gap_rows(told: Lateness) -> list[dict[str, Any]]:
    """The pairs of releases between which promised ones are not held."""
    return [
        {"promised_by": told.promised_by, "after": gap.after, "before": gap.before, "left_out": gap.missed}
        for gap in told.gaps
    ]
