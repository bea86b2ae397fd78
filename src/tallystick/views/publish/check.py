"""Whether a written site is whole: every link, file, anchor and chart of it is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from tallystick.views.publish.references import References, references
from tallystick.views.urls import unquoted

_ELSEWHERE = re.compile(r"^(https?|mailto):", re.IGNORECASE)


_BEGINS = {"pdf": b"%PDF-", "parquet": b"PAR1", "xlsx": b"PK", "zip": b"PK"}
"""How a file of each kind begins, of those that nothing is read from here."""


@dataclass(frozen=True)
class Check:
    """Takes in file after file, and at the end says what is missing. `site` is the address that it will lie at."""

    site: str = ""
    _found: dict[str, References] = field(default_factory=dict, init=False, repr=False, compare=False)
    _hollow: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    def take(self, file: str, body: bytes) -> None:
        """Remember what a file refers to and offers, and whether it is what its name says."""
        if not body or not body.startswith(_BEGINS.get(file.rpartition(".")[2], b"")):
            self._hollow.append(f"{file}: {'what was made is no such file' if body else 'nothing is in it'}")
            return
        self._found[file] = references(file, body)

    def missing(self, files: Collection[str]) -> Iterator[str]:
        """What is missing, in the order of the files it is missed in; `files` are all that were written."""
        yield from sorted(self._hollow)
        anchors: Mapping[str, Collection[str]] = {file: its.anchors for file, its in self._found.items()}
        for file, its in sorted(self._found.items()):
            for lead in sorted(its.leads):
                wrong = self._wrong(file, lead, files, anchors)
                if wrong:
                    yield f"{file}: {wrong}"
            yield from (f"{file}: the chart '{title}' is not drawn" for title in its.empty)
            for title in dict.fromkeys(its.left_out):
                yield f"{file}: the map '{title}' is left out: its shapes are not installed (sh scripts/geography.sh)"

    def _wrong(
        self, file: str, lead: str, files: Collection[str], anchors: Mapping[str, Collection[str]]
    ) -> str | None:
        """What is wrong with a link, if anything is."""
        at = self._place(file, lead)
        if at is None:
            return None
        target, _, anchor = at.partition("#")
        if target.startswith("/"):
            return f"the link '{lead}' only works at the root of a host"
        target = posixpath.normpath(unquoted(target)) if target else file
        if target.startswith("../"):
            return f"the link '{lead}' leads out of the site"
        if target not in files:
            return f"the link '{lead}' leads to no file"
        if anchor and target in anchors and unquoted(anchor) not in anchors[target]:
            return f"the link '{lead}' leads to no anchor of {target}"
        return None

    def _place(self, file: str, lead: str) -> str | None:
        """The link as a path of the site, not yet tidied; None where it leads elsewhere."""
        if self.site and (lead == self.site or lead.startswith(f"{self.site}/")):
            return lead.removeprefix(self.site).lstrip("/") or "index.html"
        if _ELSEWHERE.match(lead):
            return None
        path, sign, anchor = lead.partition("#")
        return (posixpath.join(posixpath.dirname(file), path) if path else "") + sign + anchor
