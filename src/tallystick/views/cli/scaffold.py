"""The files that a new source, metric, claim, page or process begins with, and their writing into a folder."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from itertools import islice
from pathlib import Path
from string import Template

from tallystick.errors import TallystickError, UsageError
from tallystick.nouns.register import CITED, Column, Schema

Scaffold = Mapping[str, str]
"""The text of each file by its path below a records folder."""

_SAMPLE_ROWS = 3
_EXAMPLE = (["name", "day", "amount_usd"], [["first", "2025-01-20", "100.00"], ["second", "2025-01-21", "-25.50"]])
_EXAMPLE_TYPES = {"day": "date", "amount_usd": "money"}


def source(name: str, like: Path | None) -> Scaffold:
    """A source that reads `like` (or a made-up file) with every column named, its first rows as the sample."""
    header, rows = _beginning(like) if like else _EXAMPLE
    ours = _own_names(header)
    lines = [
        f"      {own}: {{of: {_yaml(theirs)}{_type(own, like)}}}" for own, theirs in zip(ours, header, strict=True)
    ]
    file_name = like.name if like else f"{name}.csv"
    folder = f"sources/us/{name}"
    told = {
        "title": _title(name),
        "pattern": re.escape(file_name).replace("\\", "\\\\"),
        "key": "" if like else ours[0],
        "columns": "\n".join(lines),
    }
    sample = "\n".join(_csv_line(row) for row in [header, *rows]) + "\n"
    return {f"{folder}/source.yml": _filled("source.yml", name, **told), f"{folder}/sample/{file_name}": sample}


def metric(name: str) -> Scaffold:
    """A metric that sums obligations, with examples that hold."""
    title = _title(name)
    return {
        f"metrics/{name}.py": _filled("metric.py", name, title=title),
        f"metrics/{name}.examples.yml": _filled("metric.examples.yml", name, title=title),
    }


def claim(name: str, on: date) -> Scaffold:
    """A claim said on a day, with one check and one other definition."""
    start = date(on.year - (on.month < 10), 10, 1)
    told = {"title": _title(name), "day": on.isoformat(), "start": start.isoformat(), "year": str(on.year)}
    return {f"claims/{on.year}/{name}.yml": _filled("claim.yml", name, **told)}


def page(name: str) -> Scaffold:
    """A page with a figure and a breakdown."""
    return {f"pages/{name}.md": _filled("page.md", name, title=_title(name))}


def process(name: str) -> Scaffold:
    """A process of two stages, and the table and register that its events come from."""
    told = {"title": _title(name)}
    return {
        f"processes/{name}.yml": _filled("process.yml", name, **told),
        f"tables/{name}_stages.py": _filled("process_stages.py", name, **told),
        f"registers/{name}_dates.csv": _filled("process_dates.csv", name, **told),
    }


def entry(name: str, schema: Schema, terms: Mapping[str, Sequence[str]]) -> Scaffold:
    """An entry with a blank for each column of its schema, and a row of each list to begin with.

    What must be there stands open; what may be left out, and every list, is a comment.
    """
    lines = [
        f"# {schema.title}. {' '.join(schema.never.split())}",
        "# Fill the blanks; what nobody tells stays out.",
        "",
    ]
    lines += [_blank(column, one, terms) for column, one in schema.fields.items()]
    lines += [f"{column}:   # {means}" for column, means in CITED.items()]
    for called, rows in schema.lists.items():
        lines += ["", f"# {called}:   # {rows.means}"]
        cells = [_blank(column, one, terms).removeprefix("# ") for column, one in rows.columns.items()]
        cells += [f"{column}:   # {means}" for column, means in CITED.items()]
        lines += [f"#   {'- ' if place == 0 else '  '}{cell}" for place, cell in enumerate(cells)]
    return {f"registers/{schema.name}/{name}.yml": "\n".join(lines) + "\n"}


def _blank(name: str, column: Column, terms: Mapping[str, Sequence[str]]) -> str:
    known = terms.get(column.of or "", ())
    one_of = f"; one of: {', '.join(known)}" if known else f"; as {column.matches}" if column.matches else ""
    return f"{'' if column.must else '# '}{name}:   # {column.means}{one_of}"


def checked(name: str, shape: str, example: str) -> str:
    """`name` if it has the shape of such a name. Raises `UsageError`."""
    if not re.fullmatch(shape, name):
        raise UsageError(f"'{name}' cannot be its name", next_step=f"write it like {example}")
    return name


def write(scaffold: Scaffold, folder: Path) -> list[Path]:
    """Write the files below `folder`, none over another. Raises `UsageError` when one is there already."""
    paths = {folder / name: text for name, text in scaffold.items()}
    for path in paths:
        if path.exists():
            raise UsageError("there is such a file already", where=str(path), next_step="choose another name")
    try:
        for path, text in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TallystickError(
            f"could not write the new files: {error.strerror}",
            where=str(error.filename or folder),
            next_step="name a folder that can be written with --records",
        ) from error
    return list(paths)


def _filled(template: str, name: str, **told: str) -> str:
    text = files("tallystick.views.cli").joinpath("templates", f"{template}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(name=name, **told)


def _beginning(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(islice(csv.reader(file), _SAMPLE_ROWS + 1))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(
            f"the example file cannot be read as UTF-8 CSV: {error}", where=str(path), next_step="name a CSV file"
        ) from error
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        raise UsageError(
            "the example file needs a header and at least one whole row", where=str(path), next_step="name another"
        )
    return rows[0], rows[1:]


def _own_names(header: list[str]) -> list[str]:
    """Column names as we write them: lower case, one underscore between words, each once."""
    names: list[str] = []
    for place, theirs in enumerate(header, start=1):
        words = re.sub(r"[^a-z0-9]+", "_", theirs.lower()).strip("_") or f"column_{place}"
        name = f"column_{words}" if words[0].isdigit() else words
        names.append(name if name not in names else f"{name}_{place}")
    return names


def _type(own: str, like: Path | None) -> str:
    """Types are never guessed from a publisher's file: all is text until a person says more."""
    return f", type: {_EXAMPLE_TYPES[own]}" if like is None and own in _EXAMPLE_TYPES else ""


def _yaml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _csv_line(row: list[str]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' if re.search(r'[",\n\r]', cell) else cell for cell in row)


def _title(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]
