"""Files at fixed addresses."""

from __future__ import annotations

from datetime import date

from tallystick.nouns.refresh import PlainFiles
from tallystick.sources.fetch.wanted import Wanted


def wanted(interface: PlainFiles, today: date) -> list[Wanted]:
    """The files, under their names of today."""
    return [Wanted(file.name.format(today=today), file.url, file.published) for file in interface.files]
