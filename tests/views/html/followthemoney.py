"""What the model of FollowTheMoney asks of entities, by an excerpt that has all of each schema that is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?)?)?)?")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
Entities = Mapping[str, Mapping[str, Any]]


@cache
def model() -> dict[str, Any]:
    """The excerpt, as `scripts/followthemoney_model.py` wrote it."""
    return dict(yaml.safe_load((Path(__file__).parent / "followthemoney.yml").read_text()))


def above(name: str) -> Iterator[str]:
    """A schema and all that it extends."""
    yield name
    for other in model()["schemata"][name]["extends"]:
        yield from above(other)


def faults(entities: Entities) -> list[str]:
    """All that the model would refuse of some entities that may name each other: of right ones nothing."""
    return [f"{key}: {fault}" for key, one in entities.items() for fault in _of_one(key, one, entities)]


def _of_one(key: str, one: Mapping[str, Any], entities: Entities) -> Iterator[str]:
    schema = model()["schemata"].get(one["schema"])
    if schema is None or schema["abstract"]:
        yield f"no entity is a {one['schema']}"
        return
    if one["id"] != key or not _is_short(key, "entity") or set(one) != {"id", "schema", "properties"}:
        yield "an entity has an id, a schema and properties, and no more"
    of = list(above(one["schema"]))
    for name in (name for each in of for name in model()["schemata"][each]["required"]):
        if not one["properties"].get(name):
            yield f"{name} is required"
    known = {name: told for each in reversed(of) for name, told in model()["schemata"][each]["properties"].items()}
    for name, values in one["properties"].items():
        if name not in known:
            yield f"{one['schema']} has no {name}"
        elif not isinstance(values, list) or not values or len(values) != len(set(values)):
            yield f"{name} is no list of values, each once"
        else:
            yield from (f"{name} is not '{value}'" for value in values if not _is_right(value, known[name], entities))


def _is_right(value: object, told: Mapping[str, str], entities: Entities) -> bool:
    """Whether a value is as the type of its property asks; of one that names an entity, whether it may."""
    if not isinstance(value, str) or not value.strip() or not _is_short(value, told["type"]):
        return False
    match told["type"]:
        case "date":
            return bool(DATE.fullmatch(value)) and _is_day(value)
        case "number":
            return bool(NUMBER.fullmatch(value))
        case "url":
            return urlsplit(value).scheme in ("http", "https") and "." in urlsplit(value).netloc
        case "entity":
            return value in entities and told["range"] in above(str(entities[value]["schema"]))
        case "name" | "string" | "text":
            return True
        case "country" | "identifier" | "mimetype" | "language" | "topic":
            return value == value.strip()
    return False


def _is_short(value: str, kind: str) -> bool:
    return len(value) <= int(model()["types"][kind])


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(f"{value[:10]}-01-01"[:10])
    except ValueError:
        return False
    return True
