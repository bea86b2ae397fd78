"""Reads the sheets that people wrote."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tallystick.catalog import Catalog, read_yaml
from tallystick.errors import RecordError
from tallystick.nouns.sheet import Sheet


def sheets(catalog: Catalog) -> Mapping[str, Sheet]:
    """Every sheet by its file's name. Raises `RecordError` for two of one name."""
    found: dict[str, Sheet] = {}
    for name, path in catalog.below("sheets", ".yml"):
        short = name.rsplit("/", 1)[-1].removesuffix(".yml")
        if short in found:
            raise RecordError(f"two sheets are called '{short}'", where=str(path), next_step="rename one file")
        found[short] = msgspec.structs.replace(read_yaml(path, Sheet), name=short)
    return found
