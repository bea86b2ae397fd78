"""Takes from the model of FollowTheMoney what a test holds our entities against.

    python -m scripts.followthemoney_model FOLDER

FOLDER is the library as its wheel unpacks, `followthemoney/` in it: nothing of it is run, so that what it needs
compiled is not needed. Of each schema that we write, and of all that it extends: whether it is abstract, what it
requires, and every property with its type, and the schema that it has to lead to.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

WRITTEN = (
    "Asset", "Contract", "ContractAward", "CourtCase", "Document", "Documentation", "Event", "Note", "Organization",
    "Position", "PublicBody", "UnknownLink",
)  # fmt: skip
KEPT = Path(__file__).parent.parent / "tests" / "views" / "html" / "followthemoney.yml"
TYPE = re.compile(r'^    name = "(\w+)"(?:(?!^class ).)*?^    max_length = (\d+)', re.MULTILINE | re.DOTALL)
LONGEST = {"name": 384, "entity": 200}
"""Lengths that the library takes from elsewhere: `rigour.env.MAX_NAME_LENGTH` and `ENTITY_ID_LEN`."""
COMMON = 250


def model(library: Path) -> dict[str, Any]:
    """The excerpt: `types` with the longest value of each, `schemata` with those they extend."""
    read = {path.stem: yaml.safe_load(path.read_text())[path.stem] for path in (library / "schema").glob("*.yaml")}
    names = sorted({name for written in WRITTEN for name in _whole(read, written)})
    schemata = {name: _schema(read[name]) for name in names}
    lengths = _lengths(library / "types") | LONGEST
    types = sorted({told["type"] for one in schemata.values() for told in one["properties"].values()})
    return {"types": {name: lengths.get(name, COMMON) for name in types}, "schemata": schemata}


def _whole(read: Mapping[str, Any], name: str) -> Iterator[str]:
    yield name
    for above in read[name].get("extends", []):
        yield from _whole(read, above)


def _schema(told: Mapping[str, Any]) -> dict[str, Any]:
    properties = {name: _property(one) for name, one in sorted(told.get("properties", {}).items())}
    return {
        "extends": told.get("extends", []),
        "abstract": bool(told.get("abstract")),
        "required": told.get("required", []),
        "properties": properties,
    }


def _property(told: Mapping[str, Any]) -> dict[str, str]:
    kind = told.get("type", "string")
    return {"type": kind} | ({"range": told.get("range", "Thing")} if kind == "entity" else {})


def _lengths(types: Path) -> dict[str, int]:
    found = (TYPE.findall(path.read_text()) for path in sorted(types.glob("*.py")))
    return {name: int(length) for of in found for name, length in of}


def main() -> None:
    """Write the excerpt."""
    library = Path(sys.argv[1]) / "followthemoney"
    version = re.search(r'__version__ = "([\d.]+)"', (library / "__init__.py").read_text())
    head = (
        f"# An excerpt of the model of FollowTheMoney {version[1] if version else ''} (MIT licence), made by\n"
        "# scripts/followthemoney_model.py from its schemata: https://followthemoney.tech/explorer/schemata/\n"
    )
    KEPT.write_text(head + yaml.safe_dump(model(library), sort_keys=False, default_flow_style=None, width=118))


if __name__ == "__main__":
    main()
