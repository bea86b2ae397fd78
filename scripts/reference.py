"""Writes docs/reference from the live definitions: python -m scripts.reference [folder]."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from inspect import getdoc
from pathlib import Path

import click
import msgspec

from tallystick.bench import Bench
from tallystick.nouns.claim import Claim
from tallystick.nouns.metric import Metric
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.tables.graph import Graph
from tallystick.views.cli.main import tallystick
from tallystick.views.judgement import counted
from tallystick.views.kinds.every import KINDS
from tallystick.views.kinds.kind import Kind
from tallystick.views.pages.read import pages as pages_of

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
_MADE = "<!-- Made by `make docs` from the live definitions; changed there, not here. -->\n"


def pages() -> Mapping[str, str]:
    """Every reference page by its file name."""
    bench = Bench(Pipeline(Settings(home=Path("nowhere"), records=(bundled_records(),))))
    made = {
        "commands.md": _commands(),
        "metrics.md": _metrics(bench.metrics.by_name.values()),
        "tables.md": _tables(bench.pipeline.graph),
        "sources.md": _sources(bench.pipeline),
        "claims.md": _claims(bench.pipeline),
        "pages.md": _kinds() + "\n" + _written(bench.pipeline),
    }
    index = "".join(f"- [{name.removesuffix('.md')}]({name})\n" for name in sorted(made))
    return made | {"README.md": f"{_MADE}\n# Reference\n\n{index}"}


def _page(title: str, sections: Iterable[str]) -> str:
    return "\n".join([_MADE, f"# {title}\n", *sections]).rstrip() + "\n"


def _commands() -> str:
    sections = [f"```text\n{_help(tallystick, 'tallystick')}\n```\n"]
    context = click.Context(tallystick)
    for name in sorted(tallystick.list_commands(context)):
        command = tallystick.get_command(context, name)
        assert command is not None
        sections.append(f"## {name}\n\n```text\n{_help(command, f'tallystick {name}')}\n```\n")
        if isinstance(command, click.Group):
            sections += [
                f"### {name} {below}\n\n```text\n{_help(found, f'tallystick {name} {below}')}\n```\n"
                for below, found in sorted(command.commands.items())
            ]
    return _page("Commands", sections)


def _help(command: click.Command, path: str) -> str:
    context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def _metrics(metrics: Iterable[Metric]) -> str:
    sections = [
        f"## {metric.name}\n\n{metric.definition}\n\n"
        f"Unit: {metric.unit}. From: {', '.join(metric.inputs)}. Period by: {metric.on or 'none'}. "
        f"By: {', '.join(metric.by) or 'nothing'}.\n"
        for metric in sorted(metrics, key=lambda metric: metric.name)
    ]
    return _page("Metrics", sections)


def _tables(graph: Graph) -> str:
    sections = []
    for name in sorted(graph.names):
        schema = graph.unbound(name).schema()
        columns = "".join(f"| {column} | {kind} |\n" for column, kind in schema.items())
        sections.append(f"## {name}\n\n{_meaning(graph, name)}\n\n| column | type |\n|---|---|\n{columns}")
    return _page("Tables", sections)


def _meaning(graph: Graph, name: str) -> str:
    if name in graph.catalog.published:
        source = graph.catalog.published[name]
        return f"Published by the source {source.id}. One row is {source.publishes[name].grain}."
    if name in graph.registers:
        return "A register: kept by hand, a citation on every row."
    return "\n\n".join(made.definition for made in graph.parts.get(name) or (graph.derivations[name],))


def _sources(pipeline: Pipeline) -> str:
    sections = [
        f"## {source.id}\n\n{source.title}.\n\n"
        f"Publisher: {source.publisher}. Licence: {source.licence}. Cadence: {source.cadence}. "
        f"Publishes: {', '.join(source.publishes)}. [Citation]({source.citation}).\n"
        for source in sorted(pipeline.catalog.sources.values(), key=lambda source: source.id)
    ]
    return _page("Sources", sections)


_WHERE = {"sentence": "Where", "record": "A record that it speaks of"}


def _claims(pipeline: Pipeline) -> str:
    sections = [
        f"## {name}\n\n{claim.said}\n\nSaid by: {claim.by}, {claim.on}. {_WHERE[claim.cites]}: {claim.citation}\n\n"
        + "".join(f"- {line}\n" for line in counted(claim))
        for name, claim in sorted(pipeline.catalog.written("claims", Claim).items())
    ]
    return _page("Claims", sections)


def _kinds() -> str:
    """Every kind of view with its options."""
    sections = [f"## {name}\n\n{getdoc(kind)}\n\n{_options(kind)}\n" for name, kind in sorted(KINDS.items())]
    return _page("Views of pages", sections)


def _options(kind: type[Kind]) -> str:
    fields = msgspec.structs.fields(kind)
    needed = [f"`{field.encode_name}`" for field in fields if field.required]
    others = [f"`{field.encode_name}`" for field in fields if not field.required]
    return f"Must be written: {', '.join(needed) or 'nothing'}. May be: {', '.join(others)}."


def _written(pipeline: Pipeline) -> str:
    """Every page that the project has."""
    told = "".join(f"- `{page.name}`: {page.title}. {page.about}\n" for page in pages_of(pipeline.catalog).values())
    return f"# Pages\n\n{told}"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        print(f"wrote {folder / name}")


if __name__ == "__main__":
    main()
