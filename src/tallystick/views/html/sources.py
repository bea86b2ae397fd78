"""The pages of a source, of a release and of an Edition: what came, when, with which hash, and what is in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tallystick.errors import ReleaseError, UnknownName
from tallystick.nouns.edition import Edition, Part
from tallystick.nouns.release import Release
from tallystick.tables.inforce import stated_order
from tallystick.views.finding import by_gravity
from tallystick.views.html.render import document
from tallystick.views.left_out import left_out
from tallystick.views.listed import releases
from tallystick.views.turning import turned
from tallystick.views.visit import Document, Visit

_FINDINGS = 20
_PARTS = 100


@dataclass(frozen=True)
class Filled:
    """A table that a release fills: with how many rows, over how many stretches, and in how many it is in force."""

    table: str
    rows: int
    stretches: int
    in_force: int
    sha256: str


@dataclass(frozen=True)
class Built:
    """An Edition, when it was first built, if it was, and the names of its releases by id."""

    edition: Edition
    at: datetime | None
    names: Mapping[str, str] = field(hash=False)


def source(visit: Visit, path: Mapping[str, str]) -> Document:
    """The source called `id`: its promises, its tables, its releases. Raises `UnknownName` with near names."""
    bench = visit.bench
    told = bench.pipeline.catalog.source(path["id"])
    came = sorted(releases(bench, told.id), key=stated_order, reverse=True)
    found = Counter(one.release for one in bench.findings())
    return document(
        "source.html",
        visit,
        source=told,
        promises=[one for one in bench.lateness if one.source == told.id],
        left_out=list(left_out(bench, told)),
        coverage={table: bench.coverage(table) for table in told.publishes},
        releases=came,
        in_force=_in_force(visit),
        found=found,
        found_in_all=sum(found[release.id] for release in came),
    )


def release(visit: Visit, path: Mapping[str, str]) -> Document:
    """The release called `id`, if it was known on the day of the visit. Raises `UnknownName` with near names."""
    bench, known = visit.bench, {one.id: one for one in releases(visit.bench)}
    if path["id"] not in known:
        raise UnknownName("release", path["id"], known)
    told = known[path["id"]]
    series = sorted((one for one in known.values() if one.source == told.source), key=stated_order)
    place = series.index(told)
    found = [one for one in bench.findings() if one.release == told.id]
    return document(
        "release.html",
        visit,
        release=told,
        tables=_filled(visit, told),
        findings=sorted(found, key=by_gravity)[:_FINDINGS],
        found_in_all=len(found),
        before=_of_its_stretches(visit, told, series[:place][::-1]),
        after=_of_its_stretches(visit, told, series[place + 1 :]),
        same_bytes=[one for one in known.values() if one.sha256 == told.sha256 and one.id != told.id],
    )


def edition(visit: Visit, path: Mapping[str, str]) -> Document:
    """The Edition called `id`: the visit's own, or one that was built before. Raises `UnknownName`."""
    built = _built(visit, path["id"])
    page = turned(built.edition.parts, _PARTS, visit)
    releases_of_it = {part.release for part in built.edition.parts}
    tables = Counter(part.table for part in built.edition.parts)
    return document("edition.html", visit, built=built, page=page, held=len(releases_of_it), tables=tables)


def _built(visit: Visit, name: str) -> Built:
    ledger, own = visit.bench.pipeline.ledger, visit.bench.edition
    names = {one.id: one.name for one in ledger.releases()}
    built = ledger.edition(name)
    if name == own.id:
        return Built(own, built.at if built else None, names)
    if built is None:
        raise UnknownName("Edition", name, [own.id])
    return Built(built.edition, built.at, names)


def _in_force(visit: Visit) -> frozenset[str]:
    return frozenset(part.release for part in visit.bench.edition.parts)


def _of_its_stretches(visit: Visit, told: Release, others: Sequence[Release]) -> Release | None:
    """The first of the others that tells of a stretch that this release tells of too."""
    own = _stretches(visit, told)
    return next((other for other in others if own & _stretches(visit, other)), None)


def _stretches(visit: Visit, told: Release) -> set[tuple[str, str]]:
    try:
        files = visit.bench.pipeline.readings.of(told).files
    except ReleaseError:
        return set()
    return {(file["table"], scope) for file in files for scope in file["scopes"]}


def _filled(visit: Visit, told: Release) -> tuple[Filled, ...] | None:
    """What the release fills; None where it cannot be read."""
    try:
        files = visit.bench.pipeline.readings.of(told).files
    except ReleaseError:
        return None
    parts: dict[str, Part] = {part.table: part for part in visit.bench.edition.parts if part.release == told.id}
    return tuple(
        Filled(
            file["table"],
            file["rows"],
            len(file["scopes"]),
            len(parts[file["table"]].scopes) if file["table"] in parts else 0,
            file["sha256"],
        )
        for file in files
    )
