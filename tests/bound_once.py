"""A home's first Edition, made from the file of an empty one: to bind all views takes longer than most tests."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile

from tallystick.nouns.edition import Edition
from tallystick.tables.build import Warehouse, build
from tallystick.tables.graph import Graph


@dataclass(frozen=True)
class BoundOnce:
    """Stands in for `build`: in a home without Editions, it makes one from the empty one that is kept in `folder`.

    What has the parts of another Edition in common with it is copied, as ever: the views over all rows, which say the
    same of the same columns. A process that a test starts binds them itself.
    """

    folder: Path

    def __call__(
        self,
        edition: Edition,
        graph: Graph,
        warehouse: Warehouse,
        settings: tuple[int, str],
        before: Callable[[Edition], Iterable[Edition]] = lambda _: (),
    ) -> Path:
        if not edition.parts or warehouse.made():
            return build(edition, graph, warehouse, settings, before)
        empty = replace(edition, parts=())
        lent = warehouse.edition(empty.id)
        lent.parent.mkdir(parents=True, exist_ok=True)
        copyfile(self._kept(empty, graph, settings), lent)
        try:
            return build(edition, graph, warehouse, settings, lambda _: (empty,))
        finally:
            lent.unlink(missing_ok=True)

    def _kept(self, empty: Edition, graph: Graph, settings: tuple[int, str]) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return build(empty, graph, Warehouse(self.folder), settings)
