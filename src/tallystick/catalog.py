"""Loads what people write in `records/` into one namespace; refuses doubles, suggests near names."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import msgspec
import yaml

from tallystick.errors import RecordError, UnknownName
from tallystick.nouns.source import Source

try:  # the same loader in C, ten times as fast, where PyYAML was built with it
    from yaml import CSafeLoader as _Loader
except ImportError:
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_T = TypeVar("_T")
_ONLY_SHOW = ("pages/", "languages/", "wording/")
_SAID_OF_NUMBERS = ("claims/",)
_SAID_OF_TABLES = ("tables/", "metrics/", "codes/", "processes/", "registers/")


@dataclass(frozen=True)
class Catalog:
    """Everything in the records folders, the later folders laid over the earlier ones.

    A file of a later folder replaces the file at the same path of an earlier one; two files that define the
    same name are refused.
    """

    folders: tuple[Path, ...]

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """Every record by its path below the records folder, overlaid."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    found[path.relative_to(folder).as_posix()] = path
        return found

    @cached_property
    def fingerprint(self) -> str:
        """A hash over the path and bytes of every record that a number is made of: not of how it is shown."""
        return self._hashed(lambda name: not name.startswith(_ONLY_SHOW)).hexdigest()[:12]

    @cached_property
    def answering(self) -> str:
        """A hash over the records that answers depend on: a claim more leaves every answer as it was."""
        return self._hashed(lambda name: not name.startswith(_ONLY_SHOW + _SAID_OF_NUMBERS)).hexdigest()[:12]

    @cached_property
    def statements(self) -> str:
        """A hash over what statements over the tables are made of: the records that say them, the columns published.

        A claim more, or a release read otherwise into the same columns, leaves them as they were.
        """
        digest = self._hashed(lambda name: name.startswith(_SAID_OF_TABLES))
        for table, source in sorted(self.published.items()):
            columns = [(name, column.type) for name, column in source.publishes[table].columns.items()]
            digest.update(repr((table, columns, table in self.only_counted)).encode())
        return digest.hexdigest()[:12]

    def _hashed(self, counts: Callable[[str], bool]) -> hashlib._Hash:
        """A hash over the path and bytes of the records whose path counts."""
        digest = hashlib.sha256()
        for name, path in sorted(self.files.items()):
            if counts(name):
                digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return digest

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id; the id is the folder's path below `sources/` without the country."""
        found: dict[str, Source] = {}
        for name, path in self.below("sources", "source.yml"):
            source_id = name.split("/")[-2]
            if source_id in found:
                raise RecordError(
                    f"two sources are called '{source_id}'", where=str(path), next_step="rename one folder"
                )
            written = read_yaml(path, Source)
            found[source_id] = msgspec.structs.replace(written, id=source_id, folder=path.parent)
        return found

    @cached_property
    def published(self) -> Mapping[str, Source]:
        """Which source publishes each published table."""
        found: dict[str, Source] = {}
        for source in self.sources.values():
            for table in source.publishes:
                if table in found:
                    raise RecordError(
                        f"'{source.id}' and '{found[table].id}' both publish '{table}'",
                        where=str(source.folder / "source.yml"),
                        next_step="rename one table",
                    )
                found[table] = source
        return found

    @cached_property
    def only_counted(self) -> frozenset[str]:
        """The published tables of which a row is about one person: they are counted, and no row is ever shown."""
        return frozenset(
            table
            for source in self.sources.values()
            for table, told in source.publishes.items()
            if told.one_row_a_person
        )

    @cached_property
    def guarded(self) -> frozenset[str]:
        """The published tables that could tell a small count of people: of single persons, or finely counted."""
        return self.only_counted | {
            table
            for source in self.sources.values()
            for table, told in source.publishes.items()
            if told.finely_counted
        }

    def source(self, name: str) -> Source:
        """The source called `name`; raises `UnknownName` with near names."""
        if name not in self.sources:
            raise UnknownName("source", name, self.sources)
        return self.sources[name]

    def below(self, folder: str, suffix: str) -> Iterator[tuple[str, Path]]:
        """Records in `folder` whose path ends with `suffix`, in the order of their paths."""
        for name, path in sorted(self.files.items()):
            if name.startswith(f"{folder}/") and name.endswith(suffix):
                yield name, path

    def modules(self, folder: str) -> Iterator[ModuleType]:
        """The Python records of `folder`, each loaded anew under a name of its own; it may import its neighbours."""
        for name, path in self.below(folder, ".py"):
            yield load_module(name, path)

    def written(self, folder: str, kind: type[_T]) -> Mapping[str, _T]:
        """Every YAML record of `folder` as `kind`, by its file's name, which it takes as `name`.

        In the order of their paths. Raises `RecordError` for two of one name.
        """
        found: dict[str, _T] = {}
        for path_name, path in self.below(folder, ".yml"):
            name = path_name.rsplit("/", 1)[-1].removesuffix(".yml")
            if name in found:
                raise RecordError(f"two {folder} are called '{name}'", where=str(path), next_step="rename one file")
            found[name] = msgspec.structs.replace(read_yaml(path, kind), name=name)  # type: ignore[type-var]
        return found


def load_module(name: str, path: Path) -> ModuleType:
    """Run the Python record at `path`; it may import those of its folder: `from .tabs import TABS`.

    They are loaded anew with it. Raises `RecordError` with the line when it does not run.
    """
    known_as = "tallystick_records." + name.removesuffix(".py").replace("/", ".")
    spec = importlib.util.spec_from_file_location(known_as, path)
    if spec is None or spec.loader is None:
        raise RecordError("this record cannot be loaded as Python", where=str(path))
    module = importlib.util.module_from_spec(spec)
    _as_package(known_as.rpartition(".")[0], path.parent)
    sys.modules[known_as] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise RecordError(
            f"this record does not run: {type(error).__name__}: {error}",
            where=str(path),
            next_step="run the file through Python to see the line",
        ) from error
    return module


def _as_package(name: str, folder: Path) -> None:
    """Let the records of a folder import one another, and forget those loaded from a folder of this name before."""
    for loaded in [loaded for loaded in sys.modules if loaded.startswith(f"{name}.")]:
        del sys.modules[loaded]
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package


def read_yaml(path: Path, kind: type[_T]) -> _T:
    """Read one YAML record as `kind`. Raises `RecordError` naming the key that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(f"this is not YAML: {error}", where=str(path)) from error
    return parse_yaml(text, kind, str(path))


def read_words(path: Path) -> Any:
    """Read one YAML record with every value as the text that stands there. Raises `RecordError`."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Words)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecordError(f"this is not YAML: {error}", where=str(path)) from error


@dataclass(frozen=True)
class Placed:
    """What stands at a `line` of a YAML file: a text, the `items` of a list, or the `pairs` of a mapping."""

    line: int
    text: str | None = None
    items: tuple[Placed, ...] | None = None
    pairs: tuple[tuple[Placed, Placed], ...] | None = None


def read_placed(path: Path) -> Placed:
    """Read one YAML record with the line of all that stands there, keys that stand twice too.

    Raises `RecordError`.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Words)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecordError(f"this is not YAML: {error}", where=str(path)) from error
    return _placed(root) if root else Placed(1, "")


def _placed(node: yaml.Node) -> Placed:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Placed(line, pairs=tuple((_placed(key), _placed(value)) for key, value in node.value))
    if isinstance(node, yaml.SequenceNode):
        return Placed(line, items=tuple(_placed(item) for item in node.value))
    return Placed(line, str(node.value))


def parse_yaml(text: str, kind: type[_T], where: str) -> _T:
    """Read YAML written at `where` as `kind`. Raises `RecordError` naming the key that is wrong."""
    try:
        written: Any = yaml.load(text, Loader=_Strict)
    except yaml.YAMLError as error:
        raise RecordError(f"this is not YAML: {error}", where=where) from error
    try:
        return msgspec.convert(written, kind)
    except msgspec.ValidationError as error:
        raise RecordError(str(error), where=where, next_step="correct the key that the message names") from error


class _Strict(_Loader):
    """YAML without its surprises: a key may stand once only, and yes/no/on/off stay words."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    "while reading a mapping", node.start_mark, f"the key '{key}' stands twice", node.start_mark
                )
        return super().construct_mapping(node, deep=deep)


_Strict.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Strict.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


class _Words(_Strict):
    """The same, and nothing is made of what stands there: a day, a number or a code stays as it was written."""


_Words.yaml_implicit_resolvers = {}
