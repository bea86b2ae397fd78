"""Reads what the project says of the releases that it carries in `records/starter`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from tallystick.catalog import Catalog, read_yaml
from tallystick.errors import RecordError
from tallystick.nouns.release import Provenance
from tallystick.nouns.starter import Starter, StarterRelease

STATEMENT = "starter/releases.yml"


def starter_files(catalog: Catalog) -> Sequence[tuple[StarterRelease, Path]]:
    """Each starter release and where its file lies.

    Raises `RecordError` when there is no starter edition or a file is not the one that is stated.
    """
    statement = catalog.files.get(STATEMENT)
    if statement is None:
        raise RecordError(
            "these records carry no starter edition",
            where=STATEMENT,
            next_step="set TALLYSTICK_DATA to a folder of releases",
        )
    return [(stated, _checked(stated, statement)) for stated in read_yaml(statement, Starter).releases]


def provenance_of(stated: StarterRelease) -> Provenance:
    """The provenance as the ledger keeps it: the publisher's address, and by what the file was derived."""
    return Provenance(
        stated.source,
        stated.file,
        origin=stated.citation,
        published=stated.published,
        as_of=stated.captured,
        tool=f"scripts/make_starter.py from {stated.derived_from} (sha256 {stated.original_sha256})",
    )


def _checked(stated: StarterRelease, statement: Path) -> Path:
    path = statement.parent / stated.file
    if not path.is_file():
        raise RecordError(
            "a file of the starter edition is not there",
            where=str(path),
            next_step="run 'git checkout records/starter', or install the package again",
        )
    if hashlib.sha256(path.read_bytes()).hexdigest() != stated.sha256:
        raise RecordError(
            "a file of the starter edition is not the one that releases.yml states",
            where=str(path),
            next_step="run 'git checkout records/starter', or install the package again",
        )
    return path
