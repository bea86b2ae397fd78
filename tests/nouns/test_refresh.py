"""What is written under `refresh:` is checked when it is read, not when it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.catalog import Catalog, read_yaml
from tallystick.errors import RecordError
from tallystick.nouns.refresh import PlainFiles
from tallystick.settings import bundled_records

WRITTEN = """
interface: plain_files
hosts: [files.example.gov]
files:
  - {url: https://files.example.gov/codes.csv, name: "NAME"}
"""


@pytest.mark.parametrize("name", ["codes.csv", "codes_{today:%Y%m%d}.csv"])
def test_a_name_may_hold_the_day(tmp_path: Path, name: str) -> None:
    path = tmp_path / "refresh.yml"
    path.write_text(WRITTEN.replace("NAME", name))
    assert read_yaml(path, PlainFiles).files[0].name == name


@pytest.mark.parametrize("name", ["codes_{tomorrow}.csv", "codes_{}.csv", "codes_{today.csv", "codes_{today:%", ""])
def test_a_name_with_a_placeholder_that_nothing_fills_is_refused_where_it_stands(tmp_path: Path, name: str) -> None:
    path = tmp_path / "refresh.yml"
    path.write_text(WRITTEN.replace("NAME", name))
    with pytest.raises(RecordError) as refused:
        read_yaml(path, PlainFiles)
    assert refused.value.where == str(path)


def test_every_address_of_a_source_is_one_that_its_hosts_allow() -> None:
    for source in Catalog((bundled_records(),)).sources.values():
        for interface in source.refresh:
            named = [getattr(interface, name, "") for name in ("agencies", "listing", "search", "count")]
            named += [file.url for file in getattr(interface, "files", [])]
            for address in filter(None, named):
                assert any(address.startswith(f"https://{host}/") for host in interface.hosts), address
