"""What the statements over the tables are made of, and what leaves them as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.catalog import Catalog
from tallystick.settings import bundled_records

_SOURCE = "sources/us/psc_codes/source.yml"


def laid_over(folder: Path, name: str, text: str) -> Catalog:
    """The records with the file `name` as it is given."""
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return Catalog((bundled_records(), folder))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("claims/one-more.yml", "", "name: one-more\n"),
        (_SOURCE, "min: 400", "min: 1"),
    ],
)
def test_a_record_that_no_statement_is_made_of_leaves_the_statements_as_they_were(
    tmp_path: Path, catalog: Catalog, name: str, old: str, new: str
) -> None:
    other = laid_over(tmp_path, name, changed(name, old, new))
    assert other.fingerprint != catalog.fingerprint
    assert other.statements == catalog.statements


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tables/one_more.py", "", "'''A table more.'''\n"),
        ("codes/taxonomy.yml", "version: ", "version: other-"),
        (_SOURCE, "type: date", "type: text"),
    ],
)
def test_a_record_that_statements_are_made_of_makes_others(
    tmp_path: Path, catalog: Catalog, name: str, old: str, new: str
) -> None:
    assert laid_over(tmp_path, name, changed(name, old, new)).statements != catalog.statements


def changed(name: str, old: str, new: str) -> str:
    """The record `name` with one word for another, or a record of this text where there is none."""
    if not old:
        return new
    text = (bundled_records() / name).read_text()
    assert old in text
    return text.replace(old, new, 1)
