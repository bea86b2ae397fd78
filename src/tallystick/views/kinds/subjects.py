"""The areas or states that have a sheet of their own, each leading to it."""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.views.kinds.kind import Kind
from tallystick.views.shown import Column, Shown
from tallystick.views.visit import Visit

_LIES_AT = {"area": "/area", "state": "/place"}


@dataclass(frozen=True)
class Subject:
    """Something with a sheet: its name, and the path of the sheet."""

    name: str
    path: str


class Subjects(Kind, frozen=True, kw_only=True):
    """Every subject of the sheet that `of` names: `area` or `state`."""

    of: str

    def __post_init__(self) -> None:
        if self.of not in _LIES_AT:
            raise ValueError(f"`of` is one of: {', '.join(_LIES_AT)}")

    def shown(self, visit: Visit) -> Shown:
        """The subjects by name; none where nothing held names any."""
        sheet = visit.bench.sheets[self.of]
        code, *_, name = sheet.subject.named_by[0]
        rows = sorted(visit.bench.table(sheet.subject.table), key=lambda row: str(row[name]))
        return Shown(
            self.title or sheet.title,
            columns=(Column(code, code), Column(name, name)),
            rows=tuple({code: row[code], name: row[name]} for row in rows),
            edition=visit.bench.edition.id,
            template="subjects",
            about=tuple(Subject(str(row[name]), f"{_LIES_AT[self.of]}/{row[code]}") for row in rows),
        )
