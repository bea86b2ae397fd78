"""/data.json: the catalog as DCAT-US 1.1 has it, the version whose address and layout harvesters look for.

Source: https://resources.data.gov/resources/dcat-us/.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallystick.views.asked import asked_of
from tallystick.views.download import MEDIA_TYPES
from tallystick.views.formats import as_json
from tallystick.views.metadata.datasets import Dataset, datasets
from tallystick.views.visit import Document, Visit

_STANDARD = "https://project-open-data.cio.gov/v1.1/schema"
_PUBLIC_DOMAIN = "http://www.usa.gov/publicdomain/label/1.0/"
_NAME = "Tallystick"


def data_json(visit: Visit, _: Mapping[str, str]) -> Document:
    """Every data set with the files that it can be had as."""
    told = {
        "@context": f"{_STANDARD}/catalog.jsonld",
        "@id": visit.links.whole("/data.json"),
        "@type": "dcat:Catalog",
        "conformsTo": _STANDARD,
        "describedBy": f"{_STANDARD}/catalog.json",
        "dataset": [_dataset(visit, one) for one in datasets(visit.bench)],
    }
    return Document(as_json(told), "application/json")


def _dataset(visit: Visit, one: Dataset) -> dict[str, Any]:
    metric = one.metric
    told = {
        "@type": "dcat:Dataset",
        "identifier": visit.links.whole(_identifier(visit, metric.name)),
        "title": metric.title.rstrip("."),
        "description": metric.definition,
        "keyword": ["immigration enforcement", *metric.name.split("_"), metric.unit],
        "modified": str(visit.bench.day),
        "publisher": {"@type": "org:Organization", "name": _NAME},
        "contactPoint": {"@type": "vcard:Contact", "fn": _NAME, "hasEmail": f"mailto:{_contact(visit)}"},
        "accessLevel": "public",
        "landingPage": visit.links.whole("/explore", asked_of(one.question)),
        "distribution": [_distribution(visit, one, form, kind) for form, kind in MEDIA_TYPES.items()],
    }
    cited = [source.citation for source in one.sources if source.citation.startswith("http")]
    told |= {"references": cited} if cited else {}
    return told | ({"license": _PUBLIC_DOMAIN} if one.is_public_domain else {})


def _distribution(visit: Visit, one: Dataset, form: str, kind: str) -> dict[str, str]:
    return {
        "@type": "dcat:Distribution",
        "title": f"{one.metric.name} as {form}",
        "downloadURL": visit.links.whole("/data", {**asked_of(one.question), "format": (form,)}),
        "mediaType": kind.partition(";")[0],
        "format": form,
        "describedBy": visit.links.whole("/datapackage.json"),
        "describedByType": "application/json",
    }


def _identifier(visit: Visit, metric: str) -> str:
    """A site without a server has no API: there a metric is its definition."""
    return f"/api/v1/metrics/{metric}" if visit.links.live else f"/definitions/{metric}"


def _contact(visit: Visit) -> str:
    return visit.bench.pipeline.settings.contact
