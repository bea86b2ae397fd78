"""Rows of a release become one Parquet file for each table it publishes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import structs

from tallystick.archive.durable import incoming, settle
from tallystick.archive.ledger import Publication as Published
from tallystick.archive.store import Store
from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.errors import RecordError
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.member import Member
from tallystick.nouns.release import Release
from tallystick.nouns.source import Publication, Restates, Source
from tallystick.sources import csv
from tallystick.sources.counted import short_of_count
from tallystick.sources.flowing import flowing
from tallystick.sources.header import Header, header
from tallystick.sources.members import in_utf8, members, packed_names
from tallystick.sources.packing import left_members, own_members
from tallystick.sources.published import Written, judge, unreadable_rows
from tallystick.sources.read import EVERY_TABLE, Reader, as_text, reader
from tallystick.sources.repair import repairs_done
from tallystick.sources.withheld import withheld_cells
from tallystick.sources.within import carried

_HOW_WE_READ = "17"


def reading(source: Source) -> str:
    """Names how a release of `source` is read: changes when its files or our way of reading change."""
    digest = hashlib.sha256(_HOW_WE_READ.encode())
    for path in sorted(path for path in source.folder.glob("*") if path.suffix in (".yml", ".py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def publish(
    release: Release, source: Source, store: Store, folder: Path, engine: DuckDB, others: Collection[Source] = ()
) -> Published:
    """Read `release` strictly and write its Parquet files below `folder`.

    Of a ZIP with files of several series the source's own members are read; `others` are the sources that may read
    the rest. The answer holds the files and every Finding of the reading. Raises `ReleaseError` when the bytes are
    not such a release at all.
    """
    read = reader(source)
    names = packed_names(release, store)
    ours = own_members(names, source, others, release.name)
    restates = source.restates_of(release.name, *ours)
    text = read is None and not release.name.endswith(".parquet")
    opened = members(release, store, text=text, pages=source.pages, wanted=ours.__contains__)
    files: list[dict[str, Any]] = []
    findings = [*left_members(release, names, ours, others)]
    with opened as packed, TemporaryDirectory(prefix="tallystick-rows-") as rows:
        encoding = source.encoding_of(Path(release.name).name)
        made = [_by_table(member, read, Path(rows), encoding) for member in packed]
        _are_published(source, made)
        findings += [found for member in packed for found in carried(release, member)]
        findings += [found for member in packed for found in short_of_count(release, member, source)]
        as_read = structs.replace(source, delimiter=",") if read else source
        for table in source.publishes:
            if plain := tuple(found for its in made if (found := its.get(table) or its.get(EVERY_TABLE))):
                path = folder / table / f"{release.id}-{reading(source)}.parquet"
                findings += _table(release, as_read, source.publishes[table], plain, path, engine)
                files.append(_described(engine, table, restates, path))
    return Published(release.id, reading(source), tuple(files), tuple(findings))


def _table(
    release: Release, source: Source, publication: Publication, plain: Sequence[Member], path: Path, engine: DuckDB
) -> list[Finding]:
    """Write one table's rows of all `plain` members to `path`; what was found of them."""
    heads = [header(member, source, publication) for member in plain]
    both = list(zip(plain, heads, strict=True))
    selects = [csv.select(member, head, source, publication, release) for member, head in both]
    with incoming(path.parent.parent) as temporary:
        with flowing(engine, plain):
            engine.write_in_order(" UNION ALL BY NAME ".join(selects), temporary)
        settle(temporary, path)
    written = Written(release, source, publication, path, engine)
    columns = {name: column for head in heads for name, column in head.found(publication).items()}
    return [
        *_about_columns(release, plain, heads),
        *unreadable_rows(engine, release, plain),
        *judge(written),
        *withheld_cells(written),
        *repairs_done(engine, written.rows, columns, release.id),
        *_expired(engine, release, source, publication, both),
    ]


def _by_table(member: Member, read: Reader | None, rows: Path, encoding: str) -> Mapping[str, Member]:
    """The member's rows as text by the table they are of; `EVERY_TABLE` where each table reads the same rows."""
    made = as_text(member, read, rows) if read else None
    return {EVERY_TABLE: in_utf8(member, encoding)} if made is None else made


def _are_published(source: Source, made: Iterable[Mapping[str, Member]]) -> None:
    """Raise `RecordError` where `read.py` gives rows of a table that `source.yml` does not name."""
    for table in dict.fromkeys(table for its in made for table in its if table != EVERY_TABLE):
        if table not in source.publishes:
            raise RecordError(
                f"read.py gives rows of '{table}', which source.yml does not publish", where=str(source.folder)
            )


def _described(engine: DuckDB, table: str, restates: Restates, path: Path) -> dict[str, Any]:
    rows = engine.run(f"SELECT scope, count(*) FROM {quoted(str(path))} GROUP BY scope ORDER BY scope").fetchall()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "table": table,
        "file": path.name,
        "sha256": sha256,
        "rows": sum(count for _, count in rows),
        "scopes": dict(rows),
        "restates": restates.value,
    }


def _about_columns(release: Release, plain: Sequence[Member], heads: Sequence[Header]) -> Iterator[Finding]:
    told = [
        ("unknown_column", "has column(s) that nobody named", "unknown",
         "name each in source.yml, under columns or under drop"),
        ("strange_preamble", "has line(s) above its header that nobody knows", "strange",
         "see what they say, and name the pattern under preamble in source.yml"),
        ("missing_column", "lacks column(s) that every release must have", "missing",
         "see whether the publisher renamed them"),
    ]  # fmt: skip
    for kind, says, which, next_step in told:
        seen = [
            {"member": member.name, "column": name}
            for member, head in zip(plain, heads, strict=True)
            for name in getattr(head, which)
        ]
        if seen:
            names = ", ".join(dict.fromkeys(row["column"] for row in seen))
            yield Finding(
                release.id, kind, Severity.SEVERE, f"{release.name} {says}: {names}",
                evidence=tuple(seen), count=len(seen), next_step=next_step,
            )  # fmt: skip


def _expired(
    engine: DuckDB,
    release: Release,
    source: Source,
    publication: Publication,
    read: Iterable[tuple[Member, Header]],
) -> Iterator[Finding]:
    """Corrections whose rows are there and no longer say what was corrected."""
    pairs = list(read)
    for own, column in publication.columns.items():
        for told in csv.corrections(own, source, publication):
            rows: list[tuple[int, int]] = []
            for member, head in pairs:
                theirs = head.theirs(own, column)
                if theirs:
                    says = f"coalesce(trim(\"{theirs}\"), '') = {quoted(told.says)}"
                    with flowing(engine, [member]):
                        rows += engine.run(
                            f"SELECT count(*), count(*) FILTER (WHERE {says}) FROM {csv.rows(member, head, source)} "
                            f"WHERE {csv.where(told, head, source, publication)}"
                        ).fetchall()
            if sum(found for found, _ in rows) and not sum(same for _, same in rows):
                yield Finding(
                    release.id,
                    "correction_expired",
                    Severity.WARNING,
                    f"{release.name} no longer says '{told.says}' in {own}, which a correction mends: {told.because}",
                    evidence=({"where": str(told.where), "column": own, "says": told.says, "means": told.means},),
                    count=1,
                    next_step="the publisher mended it: take the correction out of source.yml",
                )
