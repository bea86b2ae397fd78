"""Freezes answers with all that a stranger needs to check them: bytes, tables, definitions, results, provenance."""

from __future__ import annotations

import csv
import json
import math
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import ibis.expr.operations as ops

from tallystick.archive import resum
from tallystick.archive.bundle import bundle
from tallystick.archive.excerpt import excerpt, places
from tallystick.archive.ledger import Decision
from tallystick.engines import estimates, rerun
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import ArchiveError, UsageError
from tallystick.metrics.evaluate import Metrics
from tallystick.metrics.filters import column
from tallystick.nouns.edition import Edition, Part
from tallystick.nouns.metric import Answer, Question
from tallystick.nouns.release import Release
from tallystick.pipeline import Pipeline
from tallystick.tables.review import is_match
from tallystick.tables.statements import compiled

_NOT_DEFINITIONS = ("starter/",)
_OF_ITS_COMING = "same_bytes"


class Asked(Protocol):
    """What freezing needs of the bench."""

    @property
    def pipeline(self) -> Pipeline: ...
    @property
    def edition(self) -> Edition: ...
    @property
    def engine(self) -> DuckDB: ...
    @property
    def metrics(self) -> Metrics: ...
    def ask(self, question: Question) -> Answer: ...


@dataclass(frozen=True)
class Evidence:
    """Answers of one Edition, to be frozen. `everything` keeps releases in that no row of the questions reaches.

    Publishers' files that hold what was withheld of natural persons stay out, unless `originals` asks for them: then
    the bundle states their sha256 and where they are to be had. Without `instants` it does not say when releases were
    retrieved and decisions made, nor which of the same bytes came first: two homes that hold the same then give the
    same bytes.
    """

    bench: Asked
    answers: tuple[Answer, ...]
    everything: bool = False
    originals: bool = False
    instants: bool = True

    def freeze(self, folder: Path) -> Path:
        """Write the bundle to the new folder `folder`.

        Raises `UsageError` when there is nothing to freeze or the folder is there already, `ArchiveError` when it
        cannot be written or the frozen tables do not give the Edition's answers.
        """
        if not self.answers:
            raise UsageError("there is no question to freeze", next_step="name a metric or a claim that asks one")
        info = {"External-Identifier": f"edition {self.bench.edition.id}", "External-Description": self._title}
        return bundle(folder, self._fill, info)

    @property
    def _title(self) -> str:
        return "Evidence for " + "; ".join(dict.fromkeys(answer.question.metric for answer in self.answers))

    def _fill(self, folder: Path) -> None:
        for number, answer in enumerate(self.answers, start=1):
            self._question(folder / "results" / f"{number:02}-{answer.question.metric}", answer)
        self._requirements(folder)
        (folder / "tables").mkdir()
        reached = None if self.everything else self._reached
        if not self._answered(folder, reached):
            # Some metrics look at more rows than those they count: the year before, say.
            reached = None
            if not self._answered(folder, reached):
                raise ArchiveError("the frozen tables do not give the Edition's answers", where=str(folder))
        self._releases(folder, reached)
        self._records(folder)
        _write(folder / "README.txt", _NOTE.format(edition=self.bench.edition.id, title=self._title))
        for script in (rerun, resum):
            shutil.copyfile(str(script.__file__), folder / Path(str(script.__file__)).name)

    def _requirements(self, folder: Path) -> None:
        """What runs the queries again: the engine, and where they call estimates the file and library of these."""
        needs = ["duckdb"]
        if any(estimates.needed(answer.sql) for answer in self.answers):
            needs += ["numpy", "pandas", "scipy", "statsmodels"]
            shutil.copyfile(str(estimates.__file__), folder / "estimates.py")
        _write(folder / "requirements.txt", "".join(f"{name}=={version(name)}\n" for name in needs))

    # questions

    def _question(self, folder: Path, answer: Answer) -> None:
        folder.mkdir(parents=True)
        rows = self.bench.metrics.rows(answer.question)
        order = [name for name in ("release_id", "member", "source_row") if name in rows.columns] or rows.columns
        metric = self.bench.metrics.metric(answer.question.metric)
        told = asdict(answer.question) | {
            "unit": answer.unit,
            "definition": answer.definition,
            "tables": metric.inputs,
            "by_columns": [column(rows, name) for name in answer.question.by],
            "sums": self._summed(answer.question),
            "answer": list(answer.rows),
            "caveats": answer.caveats,
        }
        _write(folder / "question.json", _json(told))
        _write(folder / "result.sql", answer.sql + "\n")
        _write(folder / "evidence.sql", compiled(rows.order_by(list(order))) + "\n")

    def _summed(self, question: Question) -> str | None:
        """The column whose plain sum the metric is, if it is one."""
        metric = self.bench.metrics.metric(question.metric)
        if metric.takes or len(metric.inputs) != 1:
            return None
        operation = metric.function(self.bench.metrics.rows(question)).op()
        plain = isinstance(operation, ops.Sum) and operation.where is None and isinstance(operation.arg, ops.Field)
        return str(operation.arg.name) if plain else None

    # tables

    @cached_property
    def _tables(self) -> tuple[str, ...]:
        """The tables that the answers' SQL reads."""
        metrics = [self.bench.metrics.metric(answer.question.metric) for answer in self.answers]
        return tuple(dict.fromkeys(name for metric in metrics for name in metric.inputs))

    @cached_property
    def _reached(self) -> frozenset[str]:
        """The releases that the rows of the questions lie in."""
        found: set[str] = set()
        for answer in self.answers:
            rows = self.bench.metrics.rows(answer.question)
            if "release_id" in rows.columns:
                ids = self.bench.engine.query(compiled(rows.select("release_id").distinct())).to_pylist()
                found |= {row["release_id"] for row in ids}
        return frozenset(found)

    def _answered(self, folder: Path, reached: frozenset[str] | None) -> bool:
        """Write the tables, of the releases `reached` or all, and the results; whether they are the answers."""
        for name in self._tables:
            table = self.bench.pipeline.graph.unbound(name)
            if reached is not None and "release_id" in table.columns:
                table = table.filter(table.release_id.isin(sorted(reached) or [""]))
            path = folder / "tables" / f"{name}.parquet"
            self.bench.engine.write(compiled(table.order_by(list(table.columns))), path)
        for path, contents in rerun.answers(folder):
            path.write_bytes(contents)
        return all(
            _agree((folder / "results" / f"{number:02}-{answer.question.metric}" / "result.csv"), answer)
            for number, answer in enumerate(self.answers, start=1)
        )

    # releases

    def _parts(self, reached: frozenset[str] | None) -> list[Part]:
        """The published files behind the tables: of the releases reached, and of those that help to read any."""
        catalog, graph = self.bench.pipeline.catalog, self.bench.pipeline.graph
        kept: dict[Part, None] = {}
        for name in self._tables:
            by_row = "release_id" in graph.unbound(name).columns
            for part in self.bench.edition.parts:
                helps = part.table in catalog.published and catalog.published[part.table].always_known
                if part.table in graph.published(name) and (
                    reached is None or not by_row or helps or part.release in reached
                ):
                    kept[part] = None
        return sorted(kept)

    def _releases(self, folder: Path, reached: frozenset[str] | None) -> None:
        pipeline, parts = self.bench.pipeline, self._parts(reached)
        for part in parts:
            if part.table in pipeline.catalog.only_counted:
                continue
            published = folder / "published" / part.table / part.parquet
            published.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(pipeline.warehouse.published(part), published)
        used = {part.release for part in parts}
        held = [release for release in pipeline.ledger.releases() if release.id in used]
        releases = sorted(held, key=lambda release: release.id)
        named = places(sorted(folder.glob("results/*/evidence.csv")))
        for release in releases:
            if self._stays(release):
                self._excerpt(release, named.get(release.id, {}), folder / "releases" / release.id)
            else:
                self._original(release, folder / "releases" / release.id)
        self._provenance(folder, releases, parts)

    def _original(self, release: Release, folder: Path) -> Path:
        folder.mkdir(parents=True)
        path = folder / Path(release.name).name
        with self.bench.pipeline.store.open(release.sha256) as bytes_, path.open("wb") as out:
            shutil.copyfileobj(bytes_, out)
        return path

    def _excerpt(self, release: Release, rows: Mapping[str, Collection[int]], folder: Path) -> None:
        """The rows counted of a file that stays behind, as they stood in it but for what is withheld."""
        told = self._told(release)
        source = self.bench.pipeline.catalog.source(release.source)
        if not rows or not told["is_text"] or source.counts_persons:
            return
        columns = [column for table in source.publishes.values() for column in table.columns.items()]
        shown = {theirs for own, column in columns if not column.mask for theirs in column.names(own)}
        withheld = {theirs for own, column in columns if column.mask for theirs in column.names(own)}
        with TemporaryDirectory(prefix="tallystick-excerpt-") as aside:
            original = self._original(release, Path(aside) / release.id)
            folder.mkdir(parents=True)
            excerpt(original, told, rows, shown - withheld, folder)

    def _stays(self, release: Release) -> bool:
        """Whether the publisher's file stays behind, for what was withheld of natural persons in it."""
        source = self.bench.pipeline.catalog.source(release.source)
        return not self.originals and (source.withholds or source.counts_persons)

    def _provenance(self, folder: Path, releases: Sequence[Release], parts: Sequence[Part]) -> None:
        pipeline, edition = self.bench.pipeline, self.bench.edition
        decisions = pipeline.ledger.decisions()
        found = (found for release in releases for found in pipeline.readings.of(release).findings)
        findings = [asdict(f) | {"id": f.id} for f in found if self.instants or f.kind != _OF_ITS_COMING]
        about = {finding["id"] for finding in findings}
        told = {
            "edition": {
                "id": edition.id,
                "known_on": edition.known_on,
                "code": edition.code,
                "merged": [{"recipient": one, "stands_as": other} for one, other in edition.merged],
            },
            "parts": [asdict(part) for part in parts],
            "releases": [self._told(release) for release in releases],
            "findings": findings,
            "decisions": [self._decided(d) for s, d in sorted(decisions.items()) if s in about or is_match(s)],
        }
        _write(folder / "provenance.json", _json(told))

    def _decided(self, decision: Decision) -> Mapping[str, Any]:
        told = asdict(decision)
        return told if self.instants else {name: value for name, value in told.items() if name != "at"}

    def _told(self, release: Release) -> Mapping[str, Any]:
        source = self.bench.pipeline.catalog.source(release.source)
        columns = {own: c.names(own) for p in source.publishes.values() for own, c in p.columns.items()}
        plain = Path(release.name).name
        return asdict(release.provenance) | {
            "id": release.id,
            "name": plain,
            "sha256": release.sha256,
            "size": release.size,
            "original_is_here": not self._stays(release),
            **({"retrieved": release.retrieved} if self.instants else {}),
            "publisher": source.publisher,
            "licence": source.licence,
            "citation": source.citation,
            "is_text": plain.lower().endswith((".csv", ".csv.gz", ".zip", ".txt")) and not _has_reader(source.folder),
            "encoding": source.encoding,
            "delimiter": source.delimiter,
            "publisher_columns": columns,
        }

    def _records(self, folder: Path) -> None:
        for name, path in sorted(self.bench.pipeline.catalog.files.items()):
            if not name.startswith(_NOT_DEFINITIONS) and "/sample/" not in name:
                (folder / "records" / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / "records" / name)


def _has_reader(source: Path) -> bool:
    return (source / "read.py").exists()


def _agree(result: Path, answer: Answer) -> bool:
    """Whether a frozen result holds the figures of the answer (unless they were withheld as unknown)."""
    with result.open(encoding="utf-8", newline="") as file:
        cells = [row["value"] for row in csv.DictReader(file)]
    return len(cells) == len(answer.rows) and all(
        row["value"] is None or _equal(cell, row["value"]) for cell, row in zip(cells, answer.rows, strict=True)
    )


def _equal(cell: str, value: Any) -> bool:
    if not cell:
        return False
    return math.isclose(float(cell), value, rel_tol=1e-12) if isinstance(value, float) else Decimal(cell) == value


def _json(told: Any) -> str:
    return json.dumps(told, indent=1, sort_keys=True, default=str, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


_NOTE = """{title}
Edition {edition}

This folder is a BagIt bag (RFC 8493). It holds the answers to some questions about public records, and all that is
needed to check them without asking whoever made it.

1. Nothing was changed since it was made. Beside this folder's parent, in the folder with bagit.txt:

       sha256sum -c manifest-sha256.txt
       sha256sum -c tagmanifest-sha256.txt

2. The figures follow from the rows. With Python 3.11 or newer and no package:

       python data/resum.py

   It adds up evidence.csv of each result, and looks each row's amount up in the publisher's own file. A file that
   tells of natural persons what is withheld here is not in the bundle, but an excerpt of it: the rows counted, each
   cell as it stood, without the columns that are withheld. The excerpt is as true as whoever made the bundle. Have
   the file from the publisher or from them (provenance.json says where, and its sha256), put it where the script
   says, and run it again: then the excerpt is held against the file too. What a search answered once it may never
   answer again, so such a file can be had from whoever keeps it alone; another capture tells whether they differ.

3. The figures follow from the tables. With Python and the one package in requirements.txt, best in an environment
   of its own:

       python -m pip install -r data/requirements.txt
       python data/rerun.py

   It runs every question's SQL again and compares the answers byte by byte.

What is here:

   results/    one folder a question: question.json (what was asked, the unit, the definition in words, the answer
               with its caveats; an answer of null is unknown, and result.csv then only the sum of what is held),
               result.sql and result.csv, evidence.sql and evidence.csv (the rows counted, each
               with the release, member and row it comes from)
   tables/     the tables that the SQL reads
   published/  each release's rows as they were read, typed, before anything was derived from them
   releases/   the publishers' files, byte for byte; excerpt.csv in place of one that holds what is withheld of
               natural persons
   records/    the definitions: sources, tables, metrics, claims
   provenance.json   where each release comes from, its dates and sha256; what was found of it; what was decided

What this does not show: that the publisher's files are right, and that no other release says otherwise. To make the
tables anew from the releases, install Tallystick, add the files and ask the same questions under the same records.
"""
