"""Reads the claims that people wrote."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tallystick.catalog import Catalog, read_yaml
from tallystick.errors import RecordError
from tallystick.nouns.claim import Claim


def claims(catalog: Catalog) -> Mapping[str, Claim]:
    """Every claim by its file's name, in the order of year and name. Raises `RecordError` for two of one name."""
    found: dict[str, Claim] = {}
    for name, path in catalog.below("claims", ".yml"):
        short = name.rsplit("/", 1)[-1].removesuffix(".yml")
        if short in found:
            raise RecordError(f"two claims are called '{short}'", where=str(path), next_step="rename one file")
        found[short] = msgspec.structs.replace(read_yaml(path, Claim), name=short)
    return found
