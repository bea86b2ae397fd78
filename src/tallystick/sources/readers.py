"""Who reads releases ahead of the process that asks for them: processes of this machine, or workers of a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from tallystick.archive.ledger import Publication
from tallystick.catalog import Catalog
from tallystick.nouns.release import Release
from tallystick.settings import Settings
from tallystick.sources.ahead import Ahead
from tallystick.sources.tasks import Tasks


class Readers(AbstractContextManager["Readers"], Protocol):
    """Read releases that were asked for, until this is left."""

    def ask(self, releases: Sequence[Release]) -> None:
        """Begin to read them, or those that are worth it."""

    def made(self, release: Release) -> Publication | None:
        """What reading the release gave, once it was read; None where nobody was asked or could do it."""


def readers(settings: Settings, catalog: Catalog) -> Readers:
    """Those that the settings name."""
    if not settings.readers:
        return Ahead(settings, catalog)
    return Tasks(settings, catalog)
