"""/datapackage.json: what there is to take away as a Data Package (version 2), each column with its type and unit.

Source: https://datapackage.org/standard/data-package/.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from tallystick.views.asked import asked_of
from tallystick.views.formats import as_json
from tallystick.views.metadata.datasets import PUBLIC_DOMAIN, Column, Dataset, datasets
from tallystick.views.visit import Document, Visit

_STANDARD = "https://datapackage.org/profiles/2.0"


def datapackage(visit: Visit, _: Mapping[str, str]) -> Document:
    """Every data set as a resource in CSV."""
    bench = visit.bench
    told = {
        "$schema": f"{_STANDARD}/datapackage.json",
        "name": "tallystick",
        "id": bench.edition.id,
        "title": "Tallystick",
        "description": "Public numbers on immigration enforcement, each a function of the Edition that `id` names.",
        "homepage": visit.links.whole("/"),
        "version": bench.edition.id,
        "created": datetime.combine(bench.day, time(), UTC).isoformat(),
        "resources": [_resource(visit, one) for one in datasets(bench)],
    }
    return Document(as_json(told), "application/json")


def _resource(visit: Visit, one: Dataset) -> dict[str, Any]:
    told = {
        "name": one.metric.name,
        "type": "table",
        "path": visit.links.whole("/data", {**asked_of(one.question), "format": ("csv",)}),
        "title": one.metric.title.rstrip("."),
        "description": one.metric.definition,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "sources": [{"title": source.title, "path": source.citation} for source in one.sources],
        "schema": {
            "$schema": f"{_STANDARD}/tableschema.json",
            "fields": [_field(column) for column in one.columns],
            "missingValues": [""],
        },
    }
    public = [{"name": PUBLIC_DOMAIN, "path": "https://creativecommons.org/publicdomain/mark/1.0/"}]
    return told | ({"licenses": public} if one.is_public_domain else {})


def _field(column: Column) -> dict[str, str]:
    told = {"name": column.name, "type": column.type, "description": column.says, "unit": column.unit}
    return {name: text for name, text in told.items() if text}
